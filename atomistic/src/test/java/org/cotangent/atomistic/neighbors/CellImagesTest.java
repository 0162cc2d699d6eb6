package org.cotangent.atomistic.neighbors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

class CellImagesTest {
  private final Random random = new Random(11);

  private int[] shifts(int pairs, int largest) {
    return IntStream.range(0, 3 * pairs)
        .map(_ -> random.nextInt(2 * largest + 1) - largest)
        .toArray();
  }

  private Tensor cells(int systems) {
    double[] entries = new double[9 * systems];
    Arrays.setAll(entries, _ -> random.nextGaussian());
    return Tensor.of(entries, systems, 3, 3);
  }

  @Test
  void pairsOfTheSameSystemAndShiftHaveOneImage() {
    int[] system = {0, 0, 1, 0, 1, 1};
    int[] shift = {0, 0, 0, 1, 0, -1, 1, 0, -1, 1, 0, -1, 0, 0, 0, -1, 0, 1};
    CellImages images = CellImages.of(system, shift);
    assertArrayEquals(new int[] {0, 1, 2, 1, 0, 3}, images.of());
    assertArrayEquals(new int[] {0, 0, 1, 1}, images.system());
    assertArrayEquals(new int[] {0, 0, 0, 1, 0, -1, 1, 0, -1, -1, 0, 1}, images.shift());
  }

  @Test
  void manyImagesAreToldApart() {
    int pairs = 20_000;
    int[] system = IntStream.range(0, pairs).map(p -> p * 7 / pairs).toArray();
    int[] shift = shifts(pairs, 5);
    CellImages images = CellImages.of(system, shift);
    long distinct =
        IntStream.range(0, pairs)
            .mapToObj(
                p -> Arrays.asList(system[p], shift[3 * p], shift[3 * p + 1], shift[3 * p + 2]))
            .filter(one -> !one.subList(1, 4).equals(Arrays.asList(0, 0, 0)))
            .distinct()
            .count();
    assertEquals(distinct + 1, images.system().length);
    for (int p = 0; p < pairs; p++) {
      int image = images.of()[p];
      assertArrayEquals(
          Arrays.copyOfRange(shift, 3 * p, 3 * p + 3),
          Arrays.copyOfRange(images.shift(), 3 * image, 3 * image + 3));
      assertEquals(image == 0 ? 0 : system[p], images.system()[image]);
    }
  }

  @Test
  void displacementsAndTheirDerivativesAreThoseOfEachPair() {
    int pairs = 500;
    int[] system = IntStream.range(0, pairs).map(p -> p % 3).toArray();
    int[] shift = shifts(pairs, 2);
    Tensor cells = cells(3).variable();
    Tensor displacements = CellImages.of(system, shift).displacements(cells);
    double[] weights = random.doubles(3 * pairs).toArray();
    double[] values = cells.toDoubleArray();
    double[] expected = new double[3 * pairs];
    double[] slopes = new double[27];
    for (int p = 0; p < pairs; p++) {
      for (int a = 0; a < 3; a++) {
        for (int k = 0; k < 3; k++) {
          expected[3 * p + k] += shift[3 * p + a] * values[9 * system[p] + 3 * a + k];
          slopes[9 * system[p] + 3 * a + k] += shift[3 * p + a] * weights[3 * p + k];
        }
      }
    }
    assertArrayEquals(expected, displacements.toDoubleArray(), 1e-13);
    Tensor slope =
        Derivatives.grad(
                displacements.multiply(Tensor.of(weights, pairs, 3)).sum(),
                java.util.List.of(cells))
            .getFirst();
    assertArrayEquals(slopes, slope.toDoubleArray(), 1e-10);
  }
}
