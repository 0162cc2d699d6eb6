package org.cotangent.atomistic.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.cotangent.atomistic.System;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data in memory and data in a mapped file are the same. */
class FrameCollectorTest {
  private static final int FRAMES = 60;

  @TempDir private Path folder;
  private Path cache;

  @BeforeEach
  void write() throws IOException {
    cache = Files.createDirectory(folder.resolve("cache"));
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder text = new StringBuilder();
    for (int k = 0; k < FRAMES; k++) {
      int atoms = random.nextInt(4); // also none
      text.append(atoms).append('\n');
      if (k % 3 > 0) {
        text.append(
            "Lattice=\"%s 0 0 0.1 5 0 0 0 6\" pbc=\"T %s T\" "
                .formatted(4 + random.nextDouble(), k % 3 == 1 ? "T" : "F"));
      }
      if (k % 4 > 0) {
        text.append("virial=\"%s 0 0 0 1 0 0 0 2\" ".formatted(random.nextDouble()));
      }
      if (k % 5 > 0) {
        text.append("energy=%s ".formatted(random.nextDouble()));
      }
      boolean forces = k % 7 > 0;
      text.append("Properties=species:S:1:pos:R:3").append(forces ? ":forces:R:3\n" : "\n");
      for (int i = 0; i < atoms; i++) {
        text.append(random.nextBoolean() ? "H" : "C");
        for (int c = 0; c < (forces ? 6 : 3); c++) {
          text.append(' ').append(random.nextDouble(-1, 1));
        }
        text.append('\n');
      }
    }
    Files.writeString(folder.resolve("data.xyz"), text);
  }

  private LabelledData read(long bytes) throws IOException {
    return new DataReader(folder).within(bytes, cache).read(DataSource.of("data.xyz"));
  }

  private static void assertSame(LabelledSystems one, LabelledSystems other) {
    assertEquals(one.size(), other.size());
    assertArrayEquals(one.energies(), other.energies());
    assertEquals(one.names(), other.names());
    assertEquals(one.atoms(), other.atoms());
    assertEquals(one.types(), other.types());
    for (int k = 0; k < one.size(); k++) {
      System a = one.systems().get(k);
      System b = other.systems().get(k);
      assertArrayEquals(a.types(), b.types());
      assertArrayEquals(a.pbc(), b.pbc());
      assertArrayEquals(a.cell().toDoubleArray(), b.cell().toDoubleArray());
      assertArrayEquals(a.positions().toDoubleArray(), b.positions().toDoubleArray());
      assertArrayEquals(one.forces().get(k).toDoubleArray(), other.forces().get(k).toDoubleArray());
      assertArrayEquals(
          one.virials().get(k).toDoubleArray(), other.virials().get(k).toDoubleArray());
      assertEquals(one.hasForces(k), other.hasForces(k));
      assertEquals(one.hasVirial(k), other.hasVirial(k));
    }
  }

  private long filesInCache() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.count();
    }
  }

  @Test
  void aSmallBudgetGivesTheSameSystems() throws IOException {
    LabelledData inMemory = read(Long.MAX_VALUE);
    assertFalse(inMemory.systems().systems() instanceof ListOnAccess);
    for (long budget : new long[] {0, 20_000}) { // from the start, and after some frames
      LabelledData mapped = read(budget);
      assertInstanceOf(ListOnAccess.class, mapped.systems().systems());
      assertSame(inMemory.systems(), mapped.systems());
      assertTrue(
          mapped.notes().getLast().startsWith(FRAMES + " frames are kept in a file in " + cache),
          () -> mapped.notes().toString());
    }
  }

  @Test
  void selectedAndJoinedSystemsStayInTheFile() throws IOException {
    int[] some = {5, 3, 59, 0};
    LabelledSystems inMemory = read(Long.MAX_VALUE).systems();
    LabelledSystems mapped = read(0).systems();
    LabelledSystems chosen = mapped.select(some);
    some[0] = 7; // what was chosen does not change with the array
    assertInstanceOf(ListOnAccess.class, chosen.forces());
    assertSame(inMemory.select(5, 3, 59, 0), chosen);
    LabelledSystems joined = LabelledSystems.concatenate(List.of(chosen, inMemory, mapped));
    assertInstanceOf(ListOnAccess.class, joined.virials());
    assertSame(
        LabelledSystems.concatenate(List.of(inMemory.select(5, 3, 59, 0), inMemory, inMemory)),
        joined);
  }

  @Test
  void theFileIsGoneWhileItsContentIsUsed() throws IOException {
    LabelledData mapped = read(0);
    assertEquals(0, filesInCache());
    assertEquals(FRAMES, mapped.systems().systems().stream().filter(s -> s.size() < 9).count());
  }

  @Test
  void theFileIsGoneAfterAMistake() throws IOException {
    Files.writeString(
        folder.resolve("data.xyz"), Files.readString(folder.resolve("data.xyz")) + "1\n\nQq 0 0 0");
    assertThrows(IOException.class, () -> read(0));
    assertEquals(0, filesInCache());
  }

  @Test
  void statisticsAndChecksAreTheSame() throws IOException {
    LabelledSystems inMemory = read(Long.MAX_VALUE).systems();
    LabelledSystems mapped = read(0).systems();
    assertEquals(DataStatistics.of(inMemory, 4), DataStatistics.of(mapped, 4));
    assertEquals(LabelChecks.of(inMemory), LabelChecks.of(mapped));
  }
}
