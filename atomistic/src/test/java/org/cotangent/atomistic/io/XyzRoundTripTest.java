package org.cotangent.atomistic.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XyzRoundTripTest {
  private static final String[] TEXTS = {
    "word",
    "two words",
    "",
    " padded ",
    "12",
    "1.5",
    "nan",
    "T",
    "true",
    "T F",
    "1, 2",
    "a=b",
    "say \"hi\"",
    "it's",
    "back\\slash",
    "{brace",
    "[x] y",
    "_JSON [1",
    "tab\there",
    "new\nline",
    "Müller é",
    "日本",
    "e",
    "-",
    "1_000",
    "key=\"v\""
  };

  @TempDir Path folder;

  private static void assertSame(Frame expected, Frame found) {
    assertArrayEquals(expected.system().types(), found.system().types());
    assertArrayEquals(expected.system().pbc(), found.system().pbc());
    assertTensor(expected.system().positions(), found.system().positions());
    assertTensor(expected.system().cell(), found.system().cell());
    assertTensor(expected.lattice(), found.lattice());
    assertEquals(expected.info(), found.info());
    assertEquals(new ArrayList<>(expected.info().keySet()), new ArrayList<>(found.info().keySet()));
    assertEquals(
        new ArrayList<>(expected.arrays().keySet()), new ArrayList<>(found.arrays().keySet()));
    for (Map.Entry<String, Column> entry : expected.arrays().entrySet()) {
      Column column = found.arrays().get(entry.getKey());
      if (entry.getValue() instanceof Column.Numbers(Tensor values)) {
        assertTensor(values, ((Column.Numbers) column).values());
      } else {
        assertEquals(entry.getValue(), column);
      }
    }
  }

  private static void assertTensor(Tensor expected, Tensor found) {
    assertEquals(expected.shape(), found.shape());
    assertEquals(expected.dtype(), found.dtype());
    assertTrue(
        Arrays.deepEquals(
            new Object[] {TensorData.of(expected)}, new Object[] {TensorData.of(found)}));
  }

  private static double real(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextGaussian();
      case 1 -> random.nextInt(100);
      case 2 -> random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300);
      default -> Math.round(random.nextGaussian() * 1e8) / 1e8;
    };
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> random.nextLong() >> random.nextInt(64);
      case 1 -> random.nextInt(10) == 0 ? Double.NEGATIVE_INFINITY : real(random);
      case 2 -> random.nextBoolean();
      case 3, 4 -> TEXTS[random.nextInt(TEXTS.length)];
      case 5 -> reals(random, random.nextInt(5));
      case 6 -> {
        List<Object> words = new ArrayList<>();
        for (int k = random.nextInt(4); k >= 0; k--) {
          words.add(TEXTS[random.nextInt(TEXTS.length)]);
        }
        yield words;
      }
      default -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int k = random.nextInt(3); k >= 0; k--) {
          map.put(TEXTS[random.nextInt(TEXTS.length)], value(random, depth - 1));
        }
        yield map;
      }
    };
  }

  private static List<Object> reals(Random random, int count) {
    List<Object> list = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      list.add(real(random));
    }
    return list;
  }

  private static Frame random(Random random) {
    int atoms = random.nextInt(5);
    double[] lattice = new double[9];
    double[] cell = new double[9];
    boolean[] pbc = new boolean[3];
    boolean hasLattice = random.nextBoolean();
    for (int k = 0; k < 9; k++) {
      pbc[k / 3] = k % 3 == 0 ? hasLattice && random.nextBoolean() : pbc[k / 3];
      lattice[k] = hasLattice ? real(random) : 0;
      cell[k] = pbc[k / 3] ? lattice[k] : 0;
    }
    double[] positions = new double[3 * atoms];
    int[] types = new int[atoms];
    Map<String, Column> arrays = new LinkedHashMap<>();
    double[] forces = new double[3 * atoms];
    long[] groups = new long[2 * atoms];
    boolean[] fixed = new boolean[atoms];
    List<String> names = new ArrayList<>();
    for (int i = 0; i < atoms; i++) {
      types[i] = random.nextInt(119);
      fixed[i] = random.nextBoolean();
      names.add("n" + random.nextInt(100) + "é\"");
      groups[i] = random.nextLong();
      for (int k = 3 * i; k < 3 * i + 3; k++) {
        positions[k] = real(random);
        forces[k] = random.nextInt(9) == 0 ? Double.NaN : real(random);
      }
    }
    arrays.put("forces", new Column.Numbers(Tensor.of(forces, atoms, 3)));
    arrays.put("groups", new Column.Numbers(Tensor.of(groups, atoms, 2)));
    arrays.put("fixed", new Column.Numbers(Tensor.of(fixed, atoms)));
    arrays.put("name", new Column.Words(names, 1));
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("energy", real(random));
    info.put("stress", List.of(three(random), three(random), three(random)));
    for (int k = random.nextInt(6); k > 0; k--) {
      String key = TEXTS[random.nextInt(TEXTS.length)];
      if (!key.isEmpty() && key.chars().noneMatch(c -> c < ' ')) {
        info.put(key, value(random, 2));
      }
    }
    Tensor vectors = Tensor.of(lattice, 3, 3);
    System system = new System(types, Tensor.of(positions, atoms, 3), Tensor.of(cell, 3, 3), pbc);
    return new Frame(system, vectors, info, arrays, null);
  }

  private static List<Object> three(Random random) {
    return reals(random, 3);
  }

  @Test
  void everyFrameComesBackEqual() throws IOException {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<Frame> frames = List.of(random(random), random(random), random(random));
      Path file = folder.resolve(seed % 2 == 0 ? "frames.xyz" : "frames.xyz.gz");
      XyzWriter.write(file, frames);
      List<Frame> found = XyzReader.readAll(file);
      assertEquals(3, found.size(), "seed " + seed);
      for (int k = 0; k < 3; k++) {
        int at = k;
        try {
          assertSame(frames.get(at), found.get(at));
        } catch (AssertionError e) {
          throw new AssertionError("seed " + seed + ", frame " + k, e);
        }
      }
    }
  }

  @Test
  void whatIsReadFromTheReferenceFilesComesBackEqual() throws IOException {
    Path reference = Path.of("../../shared/conformance/atomistic");
    assumeTrue(Files.isDirectory(reference), "no reference files in " + reference);
    int compared = 0;
    try (Stream<Path> files = Files.list(reference)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".xyz")).sorted().toList()) {
        List<Frame> frames;
        try {
          frames = XyzReader.readAll(file);
        } catch (IOException malformed) {
          continue;
        }
        Path copy = folder.resolve("copy.xyz");
        XyzWriter.write(copy, frames);
        List<Frame> found = XyzReader.readAll(copy);
        for (int k = 0; k < frames.size(); k++) {
          assertSame(frames.get(k), found.get(k));
          compared++;
        }
      }
    }
    assertTrue(compared > 40, "only " + compared + " frames");
  }

  @Test
  void afterAFailureTheOldFileIsStillThere() throws IOException {
    Path file = folder.resolve("kept.xyz");
    Frame good = random(new Random(1));
    XyzWriter.write(file, List.of(good));
    System noElement = System.molecule(new int[] {500}, Tensor.of(new double[3], 1, 3));
    Frame bad = new Frame(noElement, Map.of(), Map.of());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> XyzWriter.write(file, List.of(good, bad)));
    assertTrue(e.getMessage().contains("frame 1") && e.getMessage().contains("500"));
    assertSame(good, XyzReader.readAll(file).getFirst());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count(), "a temporary file was left");
    }
  }

  @Test
  void aMissingFolderIsNamed() {
    Path file = folder.resolve("missing").resolve("frames.xyz");
    IOException e = assertThrows(IOException.class, () -> XyzWriter.write(file, List.of()));
    assertTrue(e.getMessage().endsWith("there is no folder " + file.getParent()), e.getMessage());
  }

  @Test
  void refusesWhatTheFormatCannotHold() {
    System atom = System.molecule(new int[] {1}, Tensor.of(new double[3], 1, 3));
    assertRefused(new Frame(atom, Map.of("virial", 3L), Map.of()), "virial");
    assertRefused(new Frame(atom, Map.of("Lattice", "x"), Map.of()), "Lattice");
    assertRefused(new Frame(atom, Map.of("a\nb", 1L), Map.of()), "key");
    assertRefused(new Frame(atom, Map.of("list", new int[2]), Map.of()), "list");
    Column blank = new Column.Words(List.of("two words"), 1);
    assertRefused(new Frame(atom, Map.of(), Map.of("name", blank)), "two words");
    Column word = new Column.Words(List.of("word"), 1);
    assertRefused(new Frame(atom, Map.of(), Map.of("a:b", word)), "a:b");
    assertRefused(new Frame(atom, Map.of(), Map.of("pos", word)), "pos");
  }

  private static void assertRefused(Frame frame, String part) {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> XyzWriter.write(frame, new StringBuilder()))
            .getMessage();
    assertTrue(message.contains(part), message);
  }
}
