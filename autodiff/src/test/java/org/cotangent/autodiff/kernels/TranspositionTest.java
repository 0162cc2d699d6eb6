package org.cotangent.autodiff.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows become columns, with both providers, whether or not whole vectors fill the sides. */
class TranspositionTest {
  private static final int BEFORE = 3;

  private static List<Kernels> providers() {
    List<Kernels> all = new ArrayList<>(List.of(new ScalarKernels()));
    VectorKernels vector = VectorKernels.create();
    if (vector != null) {
      all.add(vector);
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    "0,0", "1,1", "3,5", "4,4", "4,8", "8,8", "8,16", "11,19", "16,16", "16,64", "48,32", "17,16",
    "16,33", "31,24", "64,100"
  })
  void rowsBecomeColumns(int m, int n) {
    for (Kernels kernels : providers()) {
      double[] x = new double[BEFORE + m * n];
      float[] narrow = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        x[i] = i + 1;
        narrow[i] = i + 1;
      }
      double[] out = new double[m * n];
      float[] narrowOut = new float[m * n];
      kernels.transpose(m, n, x, BEFORE, out);
      kernels.transpose(m, n, narrow, BEFORE, narrowOut);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          String where = kernels.description() + ", element " + i + ", " + j;
          assertEquals(x[BEFORE + i * n + j], out[j * m + i], where);
          assertEquals(narrow[BEFORE + i * n + j], narrowOut[j * m + i], where);
        }
      }
    }
  }
}
