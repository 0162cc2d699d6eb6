package org.cotangent.atomistic.descriptors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/**
 * Compares explicit gradients with differences of the values: central, of fourth order, (f(-2h) -
 * 8·f(-h) + 8·f(h) - f(2h))/12h.
 */
public final class DescriptorDifferences {
  private static final double STEP = 1e-3;

  /** Relative to the largest number of the block's gradient; h⁴·f⁽⁵⁾/30 with lengths around 1. */
  private static final double TOLERANCE = 1e-8;

  private final Function<System, TensorMap> descriptor;

  private DescriptorDifferences(Function<System, TensorMap> descriptor) {
    this.descriptor = descriptor;
  }

  /** Begins with a descriptor of one system, without gradients. */
  public static DescriptorDifferences of(Function<System, TensorMap> descriptor) {
    return new DescriptorDifferences(descriptor);
  }

  /** One number that moves a system, and where its derivative is in the gradient. */
  private record Move(int atom, int row, int column) {
    System applied(PairGradient gradient, System system, double h) {
      return switch (gradient) {
        case POSITIONS -> system.withPositions(moved(system.positions(), atom, column, h));
        case CELL -> system.withCell(moved(system.cell(), row, column, h));
        case STRAIN ->
            system
                .withCell(strained(system.cell(), h))
                .withPositions(strained(system.positions(), h));
      };
    }

    private static Tensor moved(Tensor matrix, int row, int column, double h) {
      double[] values = matrix.toDoubleArray().clone();
      values[3 * row + column] += h;
      return Tensor.of(values, matrix.dim(0), 3);
    }

    private Tensor strained(Tensor vectors, double h) {
      double[] matrix = {1, 0, 0, 0, 1, 0, 0, 0, 1};
      matrix[3 * row + column] += h;
      return vectors.matmul(Tensor.of(matrix, 3, 3));
    }
  }

  /**
   * Checks all numbers of a gradient of the first system.
   *
   * @param map what the descriptor gives for it, with the gradient
   */
  public void check(PairGradient gradient, TensorMap map, System system) {
    int moving = gradient == PairGradient.POSITIONS ? system.size() : 1;
    int rows = gradient == PairGradient.POSITIONS ? 1 : 3;
    List<Move> moves = new ArrayList<>();
    for (int atom = 0; atom < moving; atom++) {
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < 3; column++) {
          if (gradient != PairGradient.CELL || system.pbc(row)) {
            moves.add(new Move(atom, row, column));
          }
        }
      }
    }
    double[] largest = new double[map.size()];
    for (int k = 0; k < map.size(); k++) {
      Tensor values = map.block(k).gradient(gradient.parameter()).values();
      largest[k] = Math.max(1, values.size() == 0 ? 0 : values.absolute().max().item());
    }
    for (Move move : moves) {
      TensorMap[] around = new TensorMap[4];
      double[] steps = {-2, -1, 1, 2};
      for (int k = 0; k < 4; k++) {
        around[k] = descriptor.apply(move.applied(gradient, system, steps[k] * STEP));
        assertEquals(map.keys(), around[k].keys());
      }
      for (int k = 0; k < map.size(); k++) {
        double[] slope = slope(map.block(k), around, k);
        double[] explicit = explicit(map.block(k), gradient, move);
        for (int i = 0; i < slope.length; i++) {
          String at = gradient + " " + move + " block " + map.keys().entry(k) + " number " + i;
          assertEquals(slope[i], explicit[i], TOLERANCE * largest[k], at);
        }
      }
    }
  }

  private static double[] slope(TensorBlock block, TensorMap[] around, int k) {
    double[] weights = {1, -8, 8, -1};
    int samples = block.samples().size();
    int inner = samples == 0 ? 0 : block.values().size() / samples;
    double[] slope = new double[samples * inner];
    for (int w = 0; w < 4; w++) {
      Labels labels = around[w].block(k).samples();
      double[] values = around[w].block(k).values().toDoubleArray();
      for (int s = 0; s < samples; s++) {
        int at = labels.position(block.samples().entry(s));
        assertTrue(at >= 0, "sample " + block.samples().entry(s) + " is gone");
        for (int i = 0; i < inner; i++) {
          slope[s * inner + i] += weights[w] * values[at * inner + i] / (12 * STEP);
        }
      }
    }
    return slope;
  }

  /** The derivative of all values by one number; rows that are absent are zero. */
  private static double[] explicit(TensorBlock block, PairGradient parameter, Move move) {
    TensorBlock gradient = block.gradient(parameter.parameter());
    int samples = block.samples().size();
    int inner = samples == 0 ? 0 : block.values().size() / samples;
    int directions = parameter == PairGradient.POSITIONS ? 3 : 9;
    double[] all = new double[samples * inner];
    double[] values = gradient.values().toDoubleArray();
    for (int g = 0; g < gradient.samples().size(); g++) {
      if (parameter == PairGradient.POSITIONS
          && (gradient.samples().value(g, 2) != move.atom || gradient.samples().value(g, 1) != 0)) {
        continue;
      }
      int from = (g * directions + 3 * move.row + move.column) * inner;
      for (int i = 0; i < inner; i++) {
        all[gradient.samples().value(g, 0) * inner + i] += values[from + i];
      }
    }
    return all;
  }
}
