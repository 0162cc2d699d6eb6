package org.cotangent.metatensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

class ReductionsTest {
  private static final Labels PROPERTY = Labels.range("p", 1);

  private static TensorBlock block(double[] values, int[][] samples) {
    return TensorBlock.of(
        Tensor.of(values, values.length, 1),
        Labels.of(List.of("system", "atom"), samples),
        List.of(),
        PROPERTY);
  }

  @Test
  void aMeanIsDividedByAllSamplesAlsoThoseWithoutAGradientRow() {
    TensorBlock block =
        block(new double[] {1, 2, 6}, new int[][] {{0, 0}, {0, 1}, {0, 2}})
            .withGradient(
                "x",
                TensorBlock.of(
                    Tensor.of(new double[] {12}, 1, 1),
                    Labels.of("sample", 1),
                    List.of(),
                    PROPERTY));
    TensorBlock mean = block.meanOverSamples("atom");
    assertEquals(3, mean.values().item());
    assertEquals(4, mean.gradient("x").values().item(), 1e-15);
  }

  @Test
  void equalNumbersHaveDeviationZeroWithGradientZero() {
    TensorBlock block =
        block(new double[] {0.1, 0.1, 0.1}, new int[][] {{0, 0}, {0, 1}, {0, 2}})
            .withGradient(
                "x",
                TensorBlock.of(
                    Tensor.of(new double[] {5, 7}, 2, 1),
                    Labels.of("sample", 0, 2),
                    List.of(),
                    PROPERTY));
    TensorBlock std = block.stdOverSamples("atom");
    assertEquals(0.0, std.values().item());
    assertEquals(0.0, std.gradient("x").values().item());
  }

  @Test
  void equalNumbersHaveDeviationZeroWhateverTheirMeanRoundsTo() {
    for (int count = 1; count < 50; count++) {
      double[] values = new double[count];
      int[][] samples = new int[count][];
      for (int i = 0; i < count; i++) {
        values[i] = 0.7 * count / 3;
        samples[i] = new int[] {0, i};
      }
      TensorBlock std = block(values, samples).stdOverSamples("atom");
      assertEquals(0.0, std.values().item(), count + " times " + values[0]);
    }
  }

  @Test
  void aLargeOffsetCostsNoDigits() {
    TensorBlock block =
        block(new double[] {1e9, 1e9 + 1, 1e9 + 2}, new int[][] {{0, 0}, {0, 1}, {0, 2}});
    assertEquals(2.0 / 3, block.varOverSamples("atom").values().item(), 1e-15);
  }

  @Test
  void groupsComeSorted() {
    TensorBlock block =
        block(new double[] {1, 2, 4, 8}, new int[][] {{3, 0}, {1, 0}, {3, 1}, {0, 5}});
    TensorBlock sum = block.sumOverSamples("atom");
    assertEquals(Labels.of("system", 0, 1, 3), sum.samples());
    assertArrayEquals(new double[] {8, 2, 5}, sum.values().toDoubleArray());
  }

  @Test
  void aBlockWithoutSamplesStaysWithoutBesideOthers() {
    TensorBlock empty = block(new double[0], new int[0][]);
    TensorMap map =
        TensorMap.of(
            Labels.range("k", 2),
            List.of(block(new double[] {1, 2}, new int[][] {{0, 0}, {1, 0}}), empty));
    TensorMap sum = map.sumOverSamples("system", "atom");
    assertEquals(Labels.single(), sum.block(0).samples());
    assertEquals(Labels.empty(List.of("_")), sum.block(1).samples());
  }

  @Test
  void mapsRefuseUnknownDimensionsAndBlocksPassThemOver() {
    TensorBlock block = block(new double[] {1, 2}, new int[][] {{0, 0}, {1, 0}});
    TensorMap map = TensorMap.of(Labels.single(), List.of(block));
    assertThrows(IllegalArgumentException.class, () -> map.sumOverSamples("atoms"));
    assertEquals(block.samples(), block.sumOverSamples("atoms").samples());
  }
}
