package org.cotangent.atomistic.io;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TensorMap} of one system says about it, as entries and columns of a frame: one row
 * per system is an entry, rows per atom are a column. The explicit gradients of an energy become
 * the column {@code forces} = -gradient and the entry {@code virial} = -strain gradient.
 */
final class LabelMaps {
  private LabelMaps() {}

  /**
   * Adds what a map says to a frame's entries and columns.
   *
   * @param atoms the number of atoms of the frame
   * @throws IllegalArgumentException if the map is not one block with samples of one system or of
   *     its atoms
   */
  static void add(
      String name,
      TensorMap map,
      int atoms,
      Map<String, @Nullable Object> info,
      Map<String, Column> columns) {
    if (map.size() != 1) {
      throw new IllegalArgumentException(
          "'" + name + "' has " + map.size() + " blocks, labels of frames have one");
    }
    TensorBlock block = map.block();
    int width = block.values().size() / Math.max(1, block.samples().size());
    List<String> names = block.samples().names();
    double[] values = block.values().toDoubleArray();
    if (names.equals(List.of("system", "atom"))) {
      columns.put(name, column(name, block.samples(), 1, values, atoms, width));
    } else if (names.equals(List.of("system")) && block.samples().size() <= 1) {
      if (values.length > 0) {
        info.put(name, entry(values, inner(block.values().shape())));
      }
    } else {
      throw new IllegalArgumentException(
          "'%s' has %d samples of %s, labels of a frame have one of [system] or several of [system, atom]"
              .formatted(name, block.samples().size(), names));
    }
    if (name.equals("energy") && names.size() == 1) {
      gradients(block, atoms, info, columns);
    }
  }

  private static void gradients(
      TensorBlock block,
      int atoms,
      Map<String, @Nullable Object> info,
      Map<String, Column> columns) {
    if (block.hasGradient("positions")) {
      TensorBlock slope = block.gradient("positions");
      double[] forces = slope.values().negate().toDoubleArray();
      int atom = slope.samples().names().indexOf("atom");
      columns.put("forces", column("forces", slope.samples(), atom, forces, atoms, 3));
    }
    if (block.hasGradient("strain") && block.gradient("strain").samples().size() == 1) {
      double[] virial = block.gradient("strain").values().negate().toDoubleArray();
      info.put("virial", entry(virial, new int[] {3, 3}));
    }
  }

  private static Column column(
      String name, Labels samples, int atomColumn, double[] values, int atoms, int width) {
    double[] rows = new double[atoms * width];
    Arrays.fill(rows, Double.NaN);
    for (int k = 0; k < samples.size(); k++) {
      int atom = samples.value(k, atomColumn);
      if (atom < 0 || atom >= atoms) {
        throw new IllegalArgumentException(
            "'%s' has a row for atom %d, the system has %d atoms".formatted(name, atom, atoms));
      }
      java.lang.System.arraycopy(values, k * width, rows, atom * width, width);
    }
    int[] shape = width == 1 ? new int[] {atoms} : new int[] {atoms, width};
    return new Column.Numbers(Tensor.of(rows, shape).cast(DType.FLOAT64));
  }

  /** The shape without the samples and without axes of one entry. */
  private static int[] inner(Shape shape) {
    int[] all = shape.toArray();
    return Arrays.stream(all, 1, all.length).filter(length -> length != 1).toArray();
  }

  private static Object entry(double[] values, int[] shape) {
    return shape.length == 0
        ? (Object) values[0]
        : FrameArrays.nested(Tensor.of(values, shape), shape, 0);
  }
}
