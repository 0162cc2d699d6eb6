/**
 * Systems, neighbors, descriptors, potentials, training, dynamics, engines and the command line.
 */
module org.cotangent.atomistic {
  requires transitive org.cotangent.metatensor;
  requires com.fasterxml.jackson.databind;
  requires static transitive org.jspecify;

  exports org.cotangent.atomistic;
  exports org.cotangent.atomistic.io;
  exports org.cotangent.atomistic.neighbors;
  exports org.cotangent.atomistic.units;
}
