package org.cotangent.atomistic.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.cotangent.metatensor.TensorMap;

/** A model that can be written to a file, and read by its {@link ModelArchitecture}. */
public interface StorableModel extends Model {
  /** Returns the name of the architecture. */
  String architecture();

  /** Returns what the model is made with, apart from its weights; filled into an empty object. */
  ObjectNode hyperparameters(ObjectNode empty);

  /** Returns the weights, by names that are names of files too. */
  Map<String, TensorMap> weights();
}
