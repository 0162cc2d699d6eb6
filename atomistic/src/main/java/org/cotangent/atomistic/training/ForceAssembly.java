package org.cotangent.atomistic.training;

import java.util.List;
import java.util.Locale;
import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.Workspace;
import org.cotangent.autodiff.internal.TensorData;
import org.cotangent.autodiff.kernels.KernelProvider;
import org.cotangent.autodiff.kernels.ProductKernels;

/**
 * Forces and virials from the derivatives of the energy by features. With g_i those by the features
 * G_i of atom i, and the derivatives of features by atoms and strain read where they are stored,
 *
 * <pre>  F_j  = -Σ_(i ≠ j) g_i·∂G_i/∂r_j + Σ_(k ≠ j) g_j·∂G_j/∂r_k
 *  W_ab = -Σ_i g_i·∂G_i/∂ε_ab</pre>
 *
 * <p>FORCES turns g {@code [atoms, features]} into {@code [atoms + 3·systems, 3]}, the virials
 * after the forces; SLOPES is its adjoint. Both are linear and each other's derivative. The atoms
 * of g stand by type, then by system.
 *
 * @param parts for each type and system of a batch its features
 * @param starts where the atoms of each system begin, and the number of all
 * @param features the number of features of an atom
 * @param form which of the two
 */
record ForceAssembly(List<List<StoredFeatures>> parts, int[] starts, int features, Form form)
    implements CustomPrimitive {
  /** Which of the two is computed. */
  enum Form {
    FORCES,
    SLOPES
  }

  /** Which of xx, yy, zz, yz, xz, xy each entry of a symmetric matrix is. */
  private static final int[] ENTRY = {0, 5, 4, 5, 1, 3, 4, 3, 2};

  @Override
  public String label() {
    return "force_assembly_" + form.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    DType dtype = operands[0].dtype();
    int atoms = starts[starts.length - 1];
    int systems = starts.length - 1;
    if (form == Form.FORCES) {
      double[] out = Workspace.zeroDoubles(3 * atoms + 9 * systems);
      eachPart((part, s, from) -> forces(part, s, TensorData.of(operands[0]), from, out));
      return TensorData.wrap(DType.FLOAT64, Shape.of(atoms + 3 * systems, 3), out).cast(dtype);
    }
    Shape shape = Shape.of(atoms, features);
    Object out = Workspace.zeros(dtype, shape.size());
    double[] given = TensorData.doubles(operands[0].cast(DType.FLOAT64));
    eachPart((part, s, from) -> slopes(part, s, given, from, out));
    return TensorData.wrap(dtype, shape, out);
  }

  /** Does something with each part. */
  private interface Work {
    /**
     * @param from where the first atom's features begin
     */
    void accept(StoredFeatures part, int system, int from);
  }

  private void eachPart(Work work) {
    int atom = 0;
    for (List<StoredFeatures> ofType : parts) {
      for (int s = 0; s < ofType.size(); s++) {
        work.accept(ofType.get(s), s, atom * features);
        atom += ofType.get(s).atoms().length;
      }
    }
  }

  private void forces(StoredFeatures part, int system, Object g, int from, double[] out) {
    int[] rowStart = part.rowStart();
    double[] along = new double[Math.max(6, 3 * longest(rowStart))];
    int virial = 3 * starts[starts.length - 1] + 9 * system;
    for (int c = 0; c < part.atoms().length; c++) {
      int at = from + c * features;
      int rows = rowStart[c + 1] - rowStart[c];
      times(3 * rows, part.slopes(), 3 * rowStart[c], g, at, along);
      int own = 3 * (starts[system] + part.atoms()[c]);
      for (int r = 0; r < rows; r++) {
        int other = 3 * (starts[system] + part.moved()[rowStart[c] + r]);
        for (int axis = 0; axis < 3; axis++) {
          out[other + axis] -= along[3 * r + axis];
          out[own + axis] += along[3 * r + axis];
        }
      }
      if (part.strain().dim(0) > 0) {
        times(6, part.strain(), 6 * c, g, at, along);
        for (int k = 0; k < 9; k++) {
          out[virial + k] -= along[ENTRY[k]];
        }
      }
    }
  }

  private void slopes(StoredFeatures part, int system, double[] given, int to, Object out) {
    int[] rowStart = part.rowStart();
    double[] along = new double[Math.max(6, 3 * longest(rowStart))];
    int virial = 3 * starts[starts.length - 1] + 9 * system;
    for (int c = 0; c < part.atoms().length; c++) {
      int at = to + c * features;
      int rows = rowStart[c + 1] - rowStart[c];
      int own = 3 * (starts[system] + part.atoms()[c]);
      for (int r = 0; r < rows; r++) {
        int other = 3 * (starts[system] + part.moved()[rowStart[c] + r]);
        for (int axis = 0; axis < 3; axis++) {
          along[3 * r + axis] = given[own + axis] - given[other + axis];
        }
      }
      addTransposed(3 * rows, part.slopes(), 3 * rowStart[c], along, out, at);
      if (part.strain().dim(0) > 0) {
        java.util.Arrays.fill(along, 0, 6, 0);
        for (int k = 0; k < 9; k++) {
          along[ENTRY[k]] -= given[virial + k];
        }
        addTransposed(6, part.strain(), 6 * c, along, out, at);
      }
    }
  }

  /** Sets {@code along} to some rows of a matrix, from one on, times g. */
  private void times(int rows, Tensor matrix, int row, Object g, int at, double[] along) {
    int n = features;
    if (g instanceof float[] single) {
      float[] out = new float[rows];
      float[] m = TensorData.floats(matrix);
      KernelProvider.KERNELS.gemm(
          1, rows, n, single, at, n, 1, m, row * n, 1, n, out, 0, rows, ProductKernels.SET);
      for (int k = 0; k < rows; k++) {
        along[k] = out[k];
      }
    } else {
      double[] m = TensorData.doubles(matrix);
      double[] x = (double[]) g;
      KernelProvider.KERNELS.gemm(
          1, rows, n, x, at, n, 1, m, row * n, 1, n, along, 0, rows, ProductKernels.SET);
    }
  }

  /** Adds {@code along} times some rows of a matrix to features. */
  private void addTransposed(int rows, Tensor matrix, int row, double[] along, Object out, int at) {
    int n = features;
    if (out instanceof float[] single) {
      float[] x = new float[rows];
      for (int k = 0; k < rows; k++) {
        x[k] = (float) along[k];
      }
      float[] m = TensorData.floats(matrix);
      KernelProvider.KERNELS.gemm(
          1, n, rows, x, 0, rows, 1, m, row * n, n, 1, single, at, n, ProductKernels.ADD);
    } else {
      double[] m = TensorData.doubles(matrix);
      KernelProvider.KERNELS.gemm(
          1,
          n,
          rows,
          along,
          0,
          rows,
          1,
          m,
          row * n,
          n,
          1,
          (double[]) out,
          at,
          n,
          ProductKernels.ADD);
    }
  }

  private static int longest(int[] rowStart) {
    int longest = 0;
    for (int c = 0; c + 1 < rowStart.length; c++) {
      longest = Math.max(longest, rowStart[c + 1] - rowStart[c]);
    }
    return longest;
  }

  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    Form other = form == Form.FORCES ? Form.SLOPES : Form.FORCES;
    return new ForceAssembly(parts, starts, features, other).apply(cotangent);
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return apply(tangent);
  }
}
