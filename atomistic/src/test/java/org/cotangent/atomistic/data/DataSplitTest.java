package org.cotangent.atomistic.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSplitTest {
  /** Groups a, b and c of 50, 30 and 20 frames, one frame after the other. */
  private static final Map<String, FrameGroups> GROUPS =
      Map.of(
          "kind",
          new FrameGroups(
              List.of("a", "b", "c"),
              IntStream.range(0, 100).map(k -> k % 10 < 5 ? 0 : k % 10 < 8 ? 1 : 2).toArray()));

  @TempDir private Path folder;

  private DataSplit split(int frames, HeldOutSet validation, HeldOutSet test, long seed)
      throws IOException {
    DataSplit split = DataSplit.of(frames, GROUPS, validation, test, folder, seed);
    int[] all = IntStream.of(split.training()).boxed().mapToInt(Integer::intValue).toArray();
    all = concatenated(all, split.validation(), split.test());
    Arrays.sort(all);
    assertArrayEquals(IntStream.range(0, frames).toArray(), all); // each frame is in one set
    return split;
  }

  private static int[] concatenated(int[]... parts) {
    return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
  }

  private String mistake(HeldOutSet validation, HeldOutSet test) {
    return assertThrows(IllegalArgumentException.class, () -> split(100, validation, test, 1))
        .getMessage();
  }

  @Test
  void fractionsCountOnAllFrames() throws IOException {
    DataSplit split = split(100, HeldOutSet.fraction(0.1), HeldOutSet.fraction(0.25), 1);
    assertEquals(10, split.validation().length);
    assertEquals(25, split.test().length);
  }

  @Test
  void theSameSeedGivesTheSameSetsAndAnotherGivesOthers() throws IOException {
    int[] first = split(100, HeldOutSet.fraction(0.1), null, 1).validation();
    assertArrayEquals(first, split(100, HeldOutSet.fraction(0.1), null, 1).validation());
    assertFalse(Arrays.equals(first, split(100, HeldOutSet.fraction(0.1), null, 2).validation()));
  }

  @Test
  void theTestSetStaysWhenAnotherFractionValidates() throws IOException {
    int[] test = split(100, HeldOutSet.fraction(0.1), HeldOutSet.fraction(0.2), 3).test();
    assertArrayEquals(
        test, split(100, HeldOutSet.fraction(0.3), HeldOutSet.fraction(0.2), 3).test());
  }

  @Test
  void aFractionIsAtLeastOneFrame() throws IOException {
    assertEquals(1, split(3, HeldOutSet.fraction(0.01), null, 1).validation().length);
  }

  @Test
  void framesAreDrawnFromAllPlacesAlike() throws IOException {
    int[] hits = new int[10];
    for (int seed = 0; seed < 2000; seed++) {
      for (int k : split(10, HeldOutSet.fraction(0.3), null, seed).validation()) {
        hits[k]++;
      }
    }
    for (int hit : hits) {
      assertEquals(600, hit, 100); // five standard deviations
    }
  }

  @Test
  void blocksOfNeighboringFramesStayTogether() throws IOException {
    int[] drawn = split(100, HeldOutSet.blocks(0.2, 10), null, 1).validation();
    assertEquals(20, drawn.length);
    for (int k = 0; k < 20; k += 10) {
      assertEquals(0, drawn[k] % 10);
      assertEquals(drawn[k] + 9, drawn[k + 9]);
    }
  }

  @Test
  void groupsStayTogether() throws IOException {
    for (long seed = 0; seed < 20; seed++) {
      int[] groupOf = GROUPS.get("kind").groupOf();
      int[] drawn = split(100, HeldOutSet.groups(0.25, "kind"), null, seed).validation();
      List<Integer> taken = Arrays.stream(drawn).map(k -> groupOf[k]).distinct().boxed().toList();
      int members = (int) Arrays.stream(groupOf).filter(taken::contains).count();
      assertEquals(members, drawn.length);
    }
  }

  @Test
  void groupsMayBeNamed() throws IOException {
    DataSplit split =
        split(
            100,
            HeldOutSet.groups("kind", List.of("c")),
            HeldOutSet.groups("kind", List.of("b")),
            1);
    assertEquals(20, split.validation().length);
    assertEquals(30, split.test().length);
    assertEquals(
        "validation_set: no frame has kind = 'd', its values are a, b, c",
        mistake(HeldOutSet.groups("kind", List.of("d")), null));
  }

  @Test
  void indicesAreTakenFirst() throws IOException {
    DataSplit split = split(10, HeldOutSet.fraction(0.5), HeldOutSet.indices(7, 2), 1);
    assertArrayEquals(new int[] {2, 7}, split.test());
    assertEquals(5, split.validation().length);
  }

  @Test
  void aFrameInTwoSetsIsAMistake() {
    assertEquals(
        "frame 2 of the training set is in test_set and in validation_set: take it out of one of"
            + " them",
        mistake(HeldOutSet.indices(2), HeldOutSet.indices(1, 2)));
    assertEquals(
        "test_set: entry 0 of indices is 100, there are the frames 0 to 99",
        mistake(HeldOutSet.fraction(0.1), HeldOutSet.indices(100)));
  }

  @Test
  void setsThatLeaveNothingToTrainOnAreAMistake() {
    assertTrue(
        mistake(HeldOutSet.fraction(0.6), HeldOutSet.fraction(0.6))
            .startsWith("the 100 frames of the training set are all kept for validation (40)"));
  }

  @Test
  void writtenIndicesAreReadBack() throws IOException {
    DataSplit split = split(100, HeldOutSet.fraction(0.1), HeldOutSet.fraction(0.2), 1);
    split.write(folder.resolve("splits"));
    for (String set : List.of("training", "validation", "test")) {
      int[] expected =
          set.equals("training")
              ? split.training()
              : set.equals("test") ? split.test() : split.validation();
      FrameIndices file = FrameIndices.of("splits/" + set + ".txt");
      assertArrayEquals(expected, file.read(folder, 100));
    }
    DataSplit again =
        DataSplit.of(
            100,
            Map.of(),
            new HeldOutSet(
                null, FrameIndices.of("splits/validation.txt"), null, List.of(), 1, null, null),
            new HeldOutSet(
                null, FrameIndices.of("splits/test.txt"), null, List.of(), 1, null, null),
            folder,
            99);
    assertArrayEquals(split.training(), again.training());
  }

  @Test
  void rulesThatDoNotDecideAreRefused() {
    assertRefused("it has none", () -> new HeldOutSet(null, null, null, List.of(), 1, null, null));
    assertRefused(
        "it has 2",
        () -> new HeldOutSet(0.1, FrameIndices.of(List.of(1)), null, List.of(), 1, null, null));
    assertRefused("fraction is 1.5", () -> HeldOutSet.fraction(1.5));
    assertRefused("block is 0", () -> HeldOutSet.blocks(0.1, 0));
    assertRefused(
        "values is [a]", () -> new HeldOutSet(null, null, null, List.of("a"), 1, null, null));
  }

  private static void assertRefused(String part, Runnable made) {
    String message = assertThrows(IllegalArgumentException.class, made::run).getMessage();
    assertTrue(message.contains(part), message);
  }

  // ------------------------------------------------------------------------- sets out of files

  private static String frames(int... energies) {
    StringBuilder text = new StringBuilder();
    for (int energy : energies) {
      text.append("1\nenergy=%d kind=%s\nH %d 0 0\n".formatted(energy, energy % 2, energy));
    }
    return text.toString();
  }

  @Test
  void setsAreReadAndDivided() throws IOException {
    Files.writeString(folder.resolve("a.xyz"), frames(0, 1, 2, 3, 4, 5));
    Files.writeString(folder.resolve("b.xyz"), frames(10, 11));
    DataSets sets =
        DataSets.read(
            new DataReader(folder),
            List.of(DataSource.of("a.xyz")),
            HeldOutSet.groups("kind", List.of("1")),
            HeldOutSet.file("b.xyz"),
            1);
    assertArrayEquals(new double[] {0, 2, 4}, sets.training().energies());
    assertArrayEquals(new double[] {1, 3, 5}, sets.validation().energies());
    assertArrayEquals(new double[] {10, 11}, sets.test().energies());
    assertEquals(0, sets.split().test().length);
    assertTrue(sets.notes().getLast().startsWith("test_set: "), () -> sets.notes().toString());
  }

  @Test
  void aFileInTwoSetsIsAMistakeThatNamesAFrame() throws IOException {
    Files.writeString(folder.resolve("a.xyz"), frames(0, 1, 2));
    List<DataSource> sources = List.of(DataSource.of("a.xyz"));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    DataSets.read(
                        new DataReader(folder), sources, HeldOutSet.file("a.xyz"), null, 1))
            .getMessage();
    assertTrue(
        message.endsWith(
            "a.xyz, frame 0 (line 1), is in training_set and in validation_set: take it out of one"
                + " of them"),
        message);
  }

  @Test
  void aStructureInTwoSetsIsFound() throws IOException {
    Files.writeString(folder.resolve("a.xyz"), frames(0, 1, 2));
    Files.writeString(folder.resolve("b.xyz"), frames(7, 2));
    DataSets sets =
        DataSets.read(
            new DataReader(folder),
            List.of(DataSource.of("a.xyz")),
            null,
            HeldOutSet.file("b.xyz"),
            1);
    List<Finding> found = LabelChecks.shared(sets).findings();
    assertEquals(1, found.size());
    assertEquals(
        folder.resolve("b.xyz")
            + ", frame 1 (line 4) in the test set is the structure of "
            + folder.resolve("a.xyz")
            + ", frame 2 (line 7) in the training set",
        found.getFirst().sentence());
  }

  @Test
  void aFrameWithoutTheGroupIsAMistake() throws IOException {
    Files.writeString(folder.resolve("a.xyz"), frames(0, 1) + "1\nenergy=2\nH 0 0 0\n");
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                DataSets.read(
                    new DataReader(folder),
                    List.of(DataSource.of("a.xyz")),
                    HeldOutSet.groups(0.5, "kind"),
                    null,
                    1));
    assertTrue(
        e.getMessage()
            .endsWith("frame 2 (line 7) has no entry 'kind' to group by, its entries are [energy]"),
        e.getMessage());
  }
}
