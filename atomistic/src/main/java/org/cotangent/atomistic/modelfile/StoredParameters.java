package org.cotangent.atomistic.modelfile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.MetatensorException;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/**
 * Parameters as the bytes of an {@code .mts} file: a block for each tensor, as a matrix of {@code
 * row} and {@code column}; key {@code parameter = k}; info {@code name.k} and {@code shape.k}. All
 * tensors have one element type.
 */
public final class StoredParameters {
  private StoredParameters() {}

  /** Returns the bytes of the file. */
  public static byte[] write(Parameters parameters) throws IOException {
    Map<String, String> info = new TreeMap<>();
    List<TensorBlock> blocks = new ArrayList<>();
    for (int k = 0; k < parameters.size(); k++) {
      Tensor tensor = parameters.tensors().get(k).detach();
      info.put("name." + k, parameters.names().get(k));
      info.put("shape." + k, Arrays.toString(tensor.shape().toArray()));
      int columns = tensor.rank() == 0 ? 1 : tensor.dim(-1);
      int rows = columns == 0 ? 0 : tensor.size() / columns;
      blocks.add(
          TensorBlock.of(
              tensor.reshape(Shape.of(rows, columns)),
              Labels.range("row", rows),
              List.of(),
              Labels.range("column", columns)));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TensorMap.of(Labels.range("parameter", blocks.size()), blocks, info).save(out);
    return out.toByteArray();
  }

  /**
   * Reads parameters.
   *
   * @throws IOException if the names or shapes in the info are missing or do not fit; {@code what}
   *     says what was read
   */
  public static Parameters read(String what, byte[] bytes) throws IOException {
    TensorMap map;
    try {
      map = TensorMap.load(new ByteArrayInputStream(bytes));
    } catch (MetatensorException damage) {
      throw new ModelFileException(what + ": " + damage.getMessage(), damage);
    }
    Parameters.Builder parameters = Parameters.builder();
    for (int k = 0; k < map.size(); k++) {
      String name = map.info().get("name." + k);
      String shape = map.info().get("shape." + k);
      if (name == null || shape == null) {
        throw new ModelFileException(what + " does not say the name and shape of parameter " + k);
      }
      int[] dims;
      try {
        dims =
            Arrays.stream(shape.replaceAll("[\\[\\] ]", "").split(","))
                .filter(part -> !part.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
        parameters.add(name, map.block(k).values().reshape(Shape.of(dims)));
      } catch (IllegalArgumentException mismatch) {
        throw new ModelFileException(
            what
                + " gives parameter "
                + name
                + " the shape "
                + shape
                + ", which its "
                + map.block(k).values().size()
                + " numbers do not have",
            mismatch);
      }
    }
    return parameters.build();
  }
}
