package org.cotangent.atomistic.potentials;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;

/**
 * The explicit gradients of an energy's rows, one per system or atom.
 *
 * @param sizes the number of atoms of each system
 * @param samples of the rows
 */
record RowGradients(int[] sizes, Labels samples) {

  /**
   * Returns the block with the derivatives of each row by the positions and the strain of its
   * system.
   *
   * @param inputs the positions of each system, then the deformations of each
   * @param parameters which of {@code positions} and {@code strain}
   */
  TensorBlock withGradients(
      TensorBlock block, Tensor energies, List<Tensor> inputs, List<String> parameters) {
    int[] system = samples.column("system");
    int[] pass = new int[system.length];
    int[] rowsOfSystem = new int[sizes.length];
    int passes = 0;
    for (int row = 0; row < system.length; row++) {
      pass[row] = rowsOfSystem[system[row]]++;
      passes = Math.max(passes, pass[row] + 1);
    }
    // systems do not act on each other, so one pass serves a row of every system
    Tensor[] byPositions = new Tensor[system.length];
    Tensor[] byStrain = new Tensor[system.length];
    for (int p = 0; p < passes; p++) {
      double[] chosen = new double[system.length];
      for (int row = 0; row < system.length; row++) {
        chosen[row] = pass[row] == p ? 1 : 0;
      }
      Tensor cotangent = Tensor.of(chosen).cast(energies.dtype());
      List<Tensor> slopes = Derivatives.pullback(List.of(energies), inputs, List.of(cotangent));
      for (int row = 0; row < system.length; row++) {
        if (pass[row] == p) {
          byPositions[row] = slopes.get(system[row]);
          byStrain[row] = slopes.get(sizes.length + system[row]).unsqueeze(0);
        }
      }
    }
    TensorBlock result = block;
    for (String parameter : parameters) {
      TensorBlock gradient =
          parameter.equals("positions")
              ? positions(system, byPositions, block)
              : strain(byStrain, block);
      result = result.withGradient(parameter, gradient);
    }
    return result;
  }

  private TensorBlock positions(int[] system, Tensor[] slopes, TensorBlock block) {
    List<Integer> flat = new ArrayList<>();
    for (int row = 0; row < system.length; row++) {
      for (int atom = 0; atom < sizes[system[row]]; atom++) {
        flat.add(row);
        flat.add(system[row]);
        flat.add(atom);
      }
    }
    return TensorBlock.of(
        joined(slopes, block.dtype(), 3).unsqueeze(-1),
        Labels.ofFlat(
            List.of("sample", "system", "atom"),
            flat.stream().mapToInt(Integer::intValue).toArray()),
        List.of(Labels.range("xyz", 3)),
        block.properties());
  }

  private TensorBlock strain(Tensor[] slopes, TensorBlock block) {
    return TensorBlock.of(
        joined(slopes, block.dtype(), 3, 3).unsqueeze(-1),
        Labels.range("sample", slopes.length),
        List.of(Labels.range("xyz_1", 3), Labels.range("xyz_2", 3)),
        block.properties());
  }

  private static Tensor joined(Tensor[] slopes, DType dtype, int... inner) {
    if (slopes.length > 0) {
      return Tensor.concatenate(0, List.of(slopes));
    }
    int[] dims = new int[inner.length + 1];
    java.lang.System.arraycopy(inner, 0, dims, 1, inner.length);
    return Tensor.zeros(dtype, dims);
  }
}
