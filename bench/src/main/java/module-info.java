/** JMH suites and comparisons with peers. */
module org.cotangent.bench {
  requires org.cotangent.atomistic;
  requires org.cotangent.gpu;
  requires static transitive org.jspecify;
}
