package org.cotangent.atomistic.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.cotangent.metatensor.TensorMap;

/**
 * A kind of models that files can hold: the code that makes a {@link StorableModel} again from what
 * the file says about it. A file names its architecture and holds no code. Architectures are given
 * when a file is read, or found as a {@linkplain java.util.ServiceLoader service}.
 */
public interface ModelArchitecture {
  /** Returns the name that files have it under, such as {@code "org.example.harmonic"}. */
  String name();

  /**
   * Returns the model that was stored.
   *
   * @param hyperparameters as {@link StorableModel#hyperparameters} gave them
   * @param weights as {@link StorableModel#weights} gave them
   * @throws IllegalArgumentException if they do not make a model; the message becomes part of the
   *     one about the file
   */
  Model read(ObjectNode hyperparameters, Map<String, TensorMap> weights);
}
