package org.cotangent.atomistic.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochBatchesTest {
  private static int[] sizes(int systems, int... cycle) {
    return IntStream.range(0, systems).map(k -> cycle[k % cycle.length]).toArray();
  }

  private static int[] seen(List<int[]> batches) {
    return batches.stream().flatMapToInt(Arrays::stream).sorted().toArray();
  }

  @Test
  void whatIsLessThanABatchWaits() {
    List<int[]> batches = new EpochBatches(1, sizes(17, 9), 5, 0).of(1);
    assertEquals(3, batches.size());
    batches.forEach(batch -> assertEquals(5, batch.length));
    assertEquals(15, Arrays.stream(seen(batches)).distinct().count());
  }

  @Test
  void aBatchThatFitsExactlyIsTheLast() {
    assertArrayEquals(
        IntStream.range(0, 15).toArray(), seen(new EpochBatches(1, sizes(15, 9), 5, 0).of(1)));
  }

  @Test
  void fewSystemsMakeOneBatch() {
    assertArrayEquals(new int[] {0, 1, 2}, seen(new EpochBatches(1, sizes(3, 9), 5, 0).of(1)));
  }

  @Test
  void batchesAreBoundedByAtomsUnlessOneSystemIsLarger() {
    int[] atoms = sizes(100, 3, 40, 10);
    List<int[]> batches = new EpochBatches(7, atoms, 8, 30).of(3);
    for (int[] batch : batches) {
      int sum = Arrays.stream(batch).map(k -> atoms[k]).sum();
      assertTrue(sum <= 30 || batch.length == 1, batch.length + " systems of " + sum + " atoms");
    }
    assertTrue(seen(batches).length >= 92);
    assertTrue(batches.stream().anyMatch(batch -> batch.length > 1));
  }

  @Test
  void theOrderFollowsFromSeedAndEpoch() {
    int[] atoms = sizes(50, 9);
    List<int[]> batches = new EpochBatches(7, atoms, 5, 0).of(3);
    List<int[]> again = new EpochBatches(7, atoms, 5, 0).of(3);
    for (int b = 0; b < batches.size(); b++) {
      assertArrayEquals(batches.get(b), again.get(b));
    }
    assertFalse(Arrays.equals(batches.get(0), new EpochBatches(7, atoms, 5, 0).of(4).get(0)));
    assertFalse(Arrays.equals(batches.get(0), new EpochBatches(8, atoms, 5, 0).of(3).get(0)));
  }
}
