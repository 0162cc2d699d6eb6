/** JMH suites and comparisons with peers. */
module org.cotangent.bench {
  requires org.cotangent.atomistic;
  requires org.cotangent.gpu;
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires info.picocli;
  requires java.management;
  requires jdk.management;
  requires jmh.core;
  requires org.apache.commons.rng.simple;

  opens org.cotangent.bench to
      info.picocli;

  provides org.cotangent.atomistic.cli.CommandProvider with
      org.cotangent.bench.BenchCommands;
}
