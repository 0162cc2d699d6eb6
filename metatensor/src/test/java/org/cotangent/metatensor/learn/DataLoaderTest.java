package org.cotangent.metatensor.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Axis;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.Manipulation;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.junit.jupiter.api.Test;

class DataLoaderTest {
  private static final Dataset<String> DATA =
      Dataset.of(IntStream.range(0, 10).mapToObj(Integer::toString).toList());

  private static <B> List<B> all(Iterable<B> batches) {
    List<B> list = new ArrayList<>();
    batches.forEach(list::add);
    return list;
  }

  @Test
  void batchesComeInOrder() {
    assertEquals(
        List.of(List.of("0", "1", "2", "3"), List.of("4", "5", "6", "7"), List.of("8", "9")),
        all(DataLoader.bySamples(DATA, 4).epoch(0)));
  }

  @Test
  void anEpochHasEverySampleOnceInAnOrderOfItsOwn() {
    DataLoader<String, List<String>> loader = DataLoader.bySamples(DATA, 3).shuffled(7);
    List<List<String>> first = all(loader.epoch(0));
    assertEquals(
        all(DataLoader.bySamples(DATA, 10).epoch(0)).getFirst(),
        first.stream().flatMap(List::stream).sorted().toList());
    assertEquals(first, all(loader.epoch(0)), "one seed, one order");
    assertNotEquals(first, all(loader.epoch(1)));
    assertNotEquals(first, all(loader.shuffled(8).epoch(0)));
  }

  @Test
  void batchesByWeightStayBelowTheLimitUnlessASampleIsHeavierAlone() {
    int[] atoms = {50, 3, 3, 3, 20, 1, 9, 2, 8, 10};
    List<int[]> batches = DataLoader.byWeight(DATA, 10, i -> atoms[i]).batches(0);
    assertEquals(
        List.of("[0]", "[1, 2, 3]", "[4]", "[5, 6]", "[7, 8]", "[9]"),
        batches.stream().map(Arrays::toString).toList());
  }

  @Test
  void prefetchingChangesNothingButTheTime() {
    DataLoader<String, String> loader =
        DataLoader.bySamples(DATA, 3).shuffled(1).collated(batch -> String.join("", batch));
    assertEquals(all(loader.epoch(5)), all(loader.prefetching(2).epoch(5)));
    assertEquals(all(loader.epoch(5)), all(loader.prefetching(100).epoch(5)));
  }

  @Test
  void onlySoManyBatchesAreMadeAhead() {
    AtomicInteger made = new AtomicInteger();
    Dataset<Integer> counted =
        Dataset.of(
            100,
            i -> {
              made.incrementAndGet();
              return i;
            });
    Iterator<List<Integer>> batches =
        DataLoader.bySamples(counted, 1).prefetching(3).epoch(0).iterator();
    for (int i = 0; i < 10; i++) {
      assertEquals(List.of(i), batches.next());
      assertTrue(made.get() <= i + 1 + 3, made + " samples after batch " + i);
    }
  }

  @Test
  void aSampleThatFailsFailsItsBatch() {
    Dataset<Integer> broken = Dataset.of(10, i -> 100 / (4 - i));
    for (int ahead = 0; ahead < 3; ahead++) {
      Iterator<List<Integer>> batches =
          DataLoader.bySamples(broken, 2).prefetching(ahead).epoch(0).iterator();
      batches.next();
      batches.next();
      String message = assertThrows(IllegalStateException.class, batches::next).getMessage();
      assertTrue(message.startsWith("sample 4 could not be made: "), message);
      assertEquals(List.of(-50, -33), batches.next(), "the next batch is there");
    }
  }

  @Test
  void partsOfASplitAreDisjoint() {
    List<Dataset<String>> parts = DATA.split(RandomSource.XO_RO_SHI_RO_128_PP.create(2), 7, 3);
    List<String> together = new ArrayList<>();
    for (Dataset<String> part : parts) {
      for (int i = 0; i < part.size(); i++) {
        together.add(part.get(i));
      }
    }
    assertEquals(List.of(7, 3), parts.stream().map(Dataset::size).toList());
    assertEquals(10, together.stream().distinct().count());
    assertThrows(
        IllegalArgumentException.class,
        () -> DATA.split(RandomSource.XO_RO_SHI_RO_128_PP.create(2), 7, 4));
  }

  @Test
  void samplesHaveNames() {
    IndexedDataset<String, Integer> data =
        new IndexedDataset<>(List.of("water", "ethanol"), String::length);
    assertEquals(5, data.get(0));
    assertEquals(7, data.sample("ethanol"));
    assertThrows(IllegalArgumentException.class, () -> data.sample("methane"));
    assertThrows(
        IllegalArgumentException.class, () -> new IndexedDataset<>(List.of("a", "a"), x -> x));
  }

  /** A batch of maps is one map, whose explicit gradients name the samples of the batch. */
  @Test
  void mapsAreJoinedWithTheirGradients() {
    Dataset<TensorMap> maps = Dataset.of(4, DataLoaderTest::structure);
    List<TensorMap> batches =
        all(
            DataLoader.bySamples(maps, 3)
                .collated(batch -> Manipulation.join(batch, Axis.SAMPLES))
                .prefetching(1)
                .epoch(0));
    TensorBlock block = batches.getFirst().block();
    assertEquals(Labels.of("system", 0, 1, 2), block.samples());
    TensorBlock squared = batches.getFirst().map(x -> x.square()).block();
    assertEquals(
        Labels.of(List.of("sample", "atom"), new int[][] {{0, 0}, {1, 0}, {2, 0}}),
        squared.gradient("positions").samples());
    assertArrayEquals(
        new double[] {0, 2, 4}, squared.gradient("positions").values().toDoubleArray());
    assertEquals(1, batches.getLast().block().samples().size());
  }

  /** An energy that is the number of the structure, with slope 1. */
  private static TensorMap structure(int number) {
    Labels energy = Labels.range("energy", 1);
    return TensorMap.of(
        Labels.single(),
        List.of(
            TensorBlock.of(
                    Tensor.of(new double[] {number}, 1, 1),
                    Labels.of("system", number),
                    List.of(),
                    energy)
                .withGradient(
                    "positions",
                    TensorBlock.of(
                        Tensor.of(new double[] {1}, 1, 1),
                        Labels.of(List.of("sample", "atom"), new int[][] {{0, 0}}),
                        List.of(),
                        energy))));
  }
}
