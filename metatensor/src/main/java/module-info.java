/**
 * Labelled, block-sparse tensors with explicit gradients: Labels, TensorBlock, TensorMap,
 * operations, files.
 */
module org.cotangent.metatensor {
  requires transitive org.cotangent.autodiff;
  requires com.fasterxml.jackson.databind;
  requires commons.math3;
  requires org.apache.commons.rng.simple;
  requires static transitive org.jspecify;

  exports org.cotangent.metatensor;
  exports org.cotangent.metatensor.learn;
  exports org.cotangent.metatensor.internal to
      org.cotangent.atomistic;
  exports org.cotangent.metatensor.io to
      org.cotangent.atomistic;
}
