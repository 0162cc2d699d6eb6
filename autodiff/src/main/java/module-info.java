/** Tensors, primitives, derivatives, programs, CPU kernels, layers and optimisers. */
module org.cotangent.autodiff {
  requires static jdk.incubator.vector;
  requires static transitive org.jspecify;
  requires commons.math3;
  requires org.apache.commons.numbers.gamma;
  requires transitive org.apache.commons.rng.api;
  requires org.apache.commons.rng.sampling;
  requires org.apache.commons.rng.simple;

  exports org.cotangent.autodiff;
  exports org.cotangent.autodiff.equivariant;
  exports org.cotangent.autodiff.linalg;
  exports org.cotangent.autodiff.nn;
  exports org.cotangent.autodiff.optim;
  exports org.cotangent.autodiff.kernels to
      org.cotangent.atomistic,
      org.cotangent.bench;
  exports org.cotangent.autodiff.internal to
      org.cotangent.metatensor,
      org.cotangent.atomistic,
      org.cotangent.gpu,
      org.cotangent.bench;
}
