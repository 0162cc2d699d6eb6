package org.cotangent.metatensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.cotangent.autodiff.Tensor;

/**
 * A block whose values are a function of a few variables p, of which every sample depends on some
 * only, with its exact gradient and second derivative: to compare what operations make of these
 * with differences.
 *
 * <p>Sample s, component c, property q: Σₖ a[k,s,c,q]·sin(p[k]·b[k,s,c,q]), over the variables k
 * that s knows of; a variable k = (atom, xyz).
 */
final class DifferentiableBlock {
  static final int ATOMS = 3;
  static final int XYZ = 2;
  private static final double STEP = 1e-5;

  private final Labels samples;
  private final List<Labels> components;
  private final Labels properties;
  private final boolean[][] knows;
  private final double[] a;
  private final double[] b;
  private final int columns;

  DifferentiableBlock(long seed, Labels samples, List<Labels> components, Labels properties) {
    this.samples = samples;
    this.components = components;
    this.properties = properties;
    int product = properties.size();
    for (Labels component : components) {
      product *= component.size();
    }
    this.columns = product;
    Random random = new Random(seed);
    knows = new boolean[samples.size()][ATOMS];
    for (int s = 0; s < knows.length; s++) {
      for (int atom = 0; atom < ATOMS; atom++) {
        knows[s][atom] = s != 1 && random.nextInt(3) > 0; // sample 1 has no row at all
      }
    }
    int variables = ATOMS * XYZ;
    a = random.doubles((long) variables * samples.size() * columns, 0.5, 1.5).toArray();
    b = random.doubles((long) variables * samples.size() * columns, 0.5, 1.5).toArray();
  }

  static double[] variables(long seed) {
    return new Random(seed).doubles(ATOMS * XYZ, -1, 1).toArray();
  }

  /** A block of the same labels and gradient rows that is another function. */
  DifferentiableBlock other(long seed) {
    DifferentiableBlock other = new DifferentiableBlock(seed, samples, components, properties);
    for (int s = 0; s < knows.length; s++) {
      other.knows[s] = knows[s];
    }
    return other;
  }

  private double term(int k, int s, int column, double p, int derivative) {
    int at = (k * samples.size() + s) * columns + column;
    double x = p * b[at];
    return switch (derivative) {
      case 0 -> a[at] * Math.sin(x);
      case 1 -> a[at] * b[at] * Math.cos(x);
      default -> -a[at] * b[at] * b[at] * Math.sin(x);
    };
  }

  /** The block at some variables, with its gradient and the gradient of that. */
  TensorBlock at(double[] p, boolean nested) {
    int n = samples.size();
    double[] values = new double[n * columns];
    List<int[]> rows = new ArrayList<>();
    List<int[]> nestedRows = new ArrayList<>();
    for (int s = 0; s < n; s++) {
      for (int atom = ATOMS - 1; atom >= 0; atom--) { // rows need not be sorted
        if (!knows[s][atom]) {
          continue;
        }
        nestedRows.add(new int[] {rows.size(), atom});
        rows.add(new int[] {s, atom});
        for (int xyz = 0; xyz < XYZ; xyz++) {
          int k = atom * XYZ + xyz;
          for (int column = 0; column < columns; column++) {
            values[s * columns + column] += term(k, s, column, p[k], 0);
          }
        }
      }
    }
    double[] first = new double[rows.size() * XYZ * columns];
    double[] second = new double[rows.size() * XYZ * XYZ * columns];
    for (int r = 0; r < rows.size(); r++) {
      for (int xyz = 0; xyz < XYZ; xyz++) {
        int k = rows.get(r)[1] * XYZ + xyz;
        for (int column = 0; column < columns; column++) {
          int s = rows.get(r)[0];
          first[(r * XYZ + xyz) * columns + column] = term(k, s, column, p[k], 1);
          // the derivative by the same variable once more; that by any other is zero
          second[((r * XYZ + xyz) * XYZ + xyz) * columns + column] = term(k, s, column, p[k], 2);
        }
      }
    }
    List<Labels> extra = new ArrayList<>(components);
    extra.addFirst(Labels.range("xyz", XYZ));
    List<Labels> extraTwice = new ArrayList<>(extra);
    extraTwice.addFirst(Labels.range("xyz_2", XYZ));
    TensorBlock gradient = block(first, labels(rows), extra);
    if (nested) {
      gradient = gradient.withGradient("positions", block(second, labels(nestedRows), extraTwice));
    }
    return block(values, samples, components).withGradient("positions", gradient);
  }

  private TensorBlock block(double[] values, Labels rows, List<Labels> axes) {
    return TensorBlock.of(
        Tensor.of(values, TensorBlock.shape(rows, axes, properties).toArray()),
        rows,
        axes,
        properties);
  }

  private static Labels labels(List<int[]> rows) {
    return Labels.of(List.of("sample", "atom"), rows.toArray(int[][]::new));
  }

  /**
   * Compares explicit gradients (and, if they are there, those of the gradients) of a function's
   * result with central differences of its values (of its gradients). Rows that are absent are
   * zero.
   */
  static void assertGradientsAreDerivatives(Function<double[], TensorBlock> f, double[] p) {
    TensorBlock result = f.apply(p);
    TensorBlock gradient = result.gradient("positions");
    compare("gradient", result, gradient, moved -> f.apply(moved), p);
    if (!gradient.gradients().isEmpty()) {
      compare(
          "nested gradient",
          gradient,
          gradient.gradient("positions"),
          moved -> f.apply(moved).gradient("positions"),
          p);
    }
  }

  private static void compare(
      String what,
      TensorBlock block,
      TensorBlock gradient,
      Function<double[], TensorBlock> f,
      double[] p) {
    int columns = block.values().shape().sizeAfter(0);
    for (int atom = 0; atom < ATOMS; atom++) {
      for (int xyz = 0; xyz < XYZ; xyz++) {
        int e = gradient.components().getFirst().position(xyz); // may have been sorted
        Tensor above = f.apply(shifted(p, atom * XYZ + xyz, STEP)).values();
        Tensor below = f.apply(shifted(p, atom * XYZ + xyz, -STEP)).values();
        for (int s = 0; s < block.samples().size(); s++) {
          int row = gradient.samples().position(s, atom);
          for (int column = 0; column < columns; column++) {
            int at = s * columns + column;
            double found = row < 0 ? 0 : gradient.values().at((row * XYZ + e) * columns + column);
            double expected = (above.at(at) - below.at(at)) / (2 * STEP);
            assertEquals( // the error of such a difference is about 1e-9 of the third derivative
                expected,
                found,
                1e-7 * (1 + Math.abs(expected)),
                what + " of sample " + s + ", atom " + atom + ", column " + column);
          }
        }
      }
    }
  }

  private static double[] shifted(double[] p, int k, double by) {
    double[] moved = p.clone();
    moved[k] += by;
    return moved;
  }
}
