/** Systems, neighbors, descriptors, potentials, training, dynamics, engines, the command line. */
module org.cotangent.atomistic {
  requires transitive org.cotangent.metatensor;
  requires commons.math3;
  requires org.apache.commons.numbers.gamma;
  requires org.apache.commons.rng.api;
  requires org.apache.commons.rng.sampling;
  requires org.apache.commons.rng.simple;
  requires transitive com.fasterxml.jackson.databind;
  requires static transitive org.jspecify;
  requires static jdk.incubator.vector;
  requires java.desktop;
  requires jdk.management;
  requires info.picocli;
  requires io.jhdf;
  requires me.tongfei.progressbar;
  requires org.yaml.snakeyaml;
  requires xchart;

  exports org.cotangent.atomistic;
  exports org.cotangent.atomistic.cli;
  exports org.cotangent.atomistic.data;
  exports org.cotangent.atomistic.descriptors;
  exports org.cotangent.atomistic.descriptors.angular;
  exports org.cotangent.atomistic.descriptors.hyperparameters;
  exports org.cotangent.atomistic.descriptors.radial;
  exports org.cotangent.atomistic.dynamics;
  exports org.cotangent.atomistic.engine;
  exports org.cotangent.atomistic.engine.ipi;
  exports org.cotangent.atomistic.engine.lammps;
  exports org.cotangent.atomistic.equivariant;
  exports org.cotangent.atomistic.io;
  exports org.cotangent.atomistic.learnedbasis;
  exports org.cotangent.atomistic.leastsquares;
  exports org.cotangent.atomistic.linearace;
  exports org.cotangent.atomistic.model;
  exports org.cotangent.atomistic.modelfile;
  exports org.cotangent.atomistic.neighbors;
  exports org.cotangent.atomistic.options;
  exports org.cotangent.atomistic.potentials;
  exports org.cotangent.atomistic.report;
  exports org.cotangent.atomistic.run;
  exports org.cotangent.atomistic.training;
  exports org.cotangent.atomistic.units;

  opens org.cotangent.atomistic.cli to
      info.picocli,
      com.fasterxml.jackson.databind;
  opens org.cotangent.atomistic.report to
      com.fasterxml.jackson.databind;

  uses org.cotangent.atomistic.cli.CommandProvider;
  uses org.cotangent.atomistic.model.ModelArchitecture;
  uses org.cotangent.autodiff.ComputeDevices;
}
