package org.cotangent.atomistic.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.Peers;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Extended XYZ as ASE writes and reads it, on random frames: texts with all kinds of quoting,
 * numbers, lists, truth values and matrices, columns of every type, cells and periodic directions.
 */
class XyzAseTest {
  private static final String IMPORTS = "import sys, json, numpy as np, ase, ase.io";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /** Writes what ASE makes of a frame as JSON, one line for each. */
  private static final String DESCRIBE =
      """
      def plain(v):
          if isinstance(v, np.ndarray): return plain(v.tolist())
          if isinstance(v, (list, tuple)): return [plain(x) for x in v]
          if isinstance(v, np.generic): return v.item()
          return v
      def describe(a):
          info = {k: plain(v) for k, v in a.info.items()}
          arrays = {k: plain(v) for k, v in a.arrays.items() if k not in ('numbers', 'positions')}
          results = a.calc.results if a.calc else {}
          for k, v in results.items():
              (arrays if len(np.shape(v)) and len(v) == len(a) and k not in ('stress', 'dipole') else info)[k] = plain(v)
          return {'numbers': plain(a.numbers), 'positions': plain(a.positions), 'cell': plain(a.cell.array),
                  'pbc': plain(a.pbc), 'info': info, 'arrays': arrays}
      """;

  private static final String GENERATE =
      """
      rng = np.random.default_rng(7)
      TEXTS = ['word', 'two words', ' padded ', '12', '1.5', 'nan', 'T', 'true', 'a=b', 'say "hi"', "it's", 'back\\\\slash',
               '{brace', '}', '[x] y', ']', 'Müller é', '日本', 'e', '-', '1_000', 'key="v"', '1,2', 'a,b', '1e5', '0x10', 'None', "''",
               '\\\\', 'end\\\\', '_JSON', '=', 'x\\ty', '1 2 3', 'T F', '1d3', 'inf', '.', '+', '1.', '.5', '1e', 'd']
      def value():
          k = rng.integers(13)
          if k == 0: return int(rng.integers(-10**12, 10**12))
          if k == 1: return float(rng.normal() * 10.0 ** rng.integers(-300, 300))
          if k == 2: return bool(rng.integers(2))
          if k in (3, 4, 5): return TEXTS[rng.integers(len(TEXTS))]
          if k == 6: return rng.normal(size=rng.integers(1, 12))
          if k == 7: return rng.integers(-99, 99, size=rng.integers(1, 12))
          if k == 8: return rng.integers(2, size=rng.integers(1, 6)) == 1
          if k == 9: return rng.normal(size=(3, 3))
          if k == 10: return rng.integers(-9, 9, size=(rng.integers(1, 4), rng.integers(1, 4)))
          if k == 11: return [TEXTS[i] for i in rng.integers(len(TEXTS), size=3)]
          return {'a': 1, 'b': [1.5, 'x', None, True]}
      KEYS = ['a', 'key two', 'Key', 'x-y', 'x_y', 'a.b', 'é', 'Z', 'species', 'uid', 'time', 'q"q', 'e', '1', 'T', "q'q", 'k=v', 'virial2', 'config_type']
      def atoms():
          n = int(rng.integers(1, 6))
          a = ase.Atoms(numbers=rng.integers(0, 100, n), positions=rng.normal(size=(n, 3)) * 10.0 ** rng.integers(-8, 6))
          if rng.random() < 0.7: a.cell = rng.normal(size=(3, 3)) * (rng.random((3, 1)) < 0.9)
          a.pbc = rng.random(3) < 0.5
          for k in rng.permutation(KEYS)[:rng.integers(6)]: a.info[str(k)] = value()
          for k in ('charges2', 'label', 'flag', 'velo', 'tensor9', 'idx', 'tags2'):
              if rng.random() < 0.4:
                  a.arrays[k] = {'charges2': rng.normal(size=n), 'label': np.array(['ab', 'c1', 'x'])[rng.integers(3, size=n)],
                                 'flag': rng.random((n, 2)) < 0.5, 'velo': rng.normal(size=(n, 3)), 'tensor9': rng.normal(size=(n, 9)),
                                 'idx': rng.integers(-5, 10**10, n), 'tags2': rng.integers(2, size=(n, 4))}[k]
          if rng.random() < 0.3: a.set_momenta(rng.normal(size=(n, 3)))
          if rng.random() < 0.3: a.set_initial_charges(rng.normal(size=n))
          if rng.random() < 0.3:
              from ase.calculators.singlepoint import SinglePointCalculator
              a.calc = SinglePointCalculator(a, energy=float(rng.normal()), forces=rng.normal(size=(n, 3)), stress=rng.normal(size=6))
          return a
      frames = [atoms() for _ in range(500)]
      """;

  @TempDir Path folder;

  private static List<JsonNode> described(Path file) throws Exception {
    List<JsonNode> all = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        all.add(JSON.readTree(line));
      }
    }
    return all;
  }

  @Test
  void readsWhatAseWritesAsAseDoes() throws Exception {
    Path xyz = folder.resolve("theirs.xyz");
    Path json = folder.resolve("theirs.json");
    Peers.python(
        folder,
        IMPORTS,
        DESCRIBE
            + GENERATE
            + """
            good = []
            for a in frames:
                try:
                    ase.io.write(sys.argv[1], a, format='extxyz')
                    ase.io.read(sys.argv[1], format='extxyz')
                    good.append(a)
                except Exception as e:
                    pass # what ASE cannot read back itself
            assert len(good) > 200, len(good)
            ase.io.write(sys.argv[1], good, format='extxyz')
            with open(sys.argv[2], 'w') as out:
                for a in ase.io.read(sys.argv[1], ':', format='extxyz'):
                    out.write(json.dumps(describe(a)) + '\\n')
            """,
        xyz,
        json);
    compare(XyzReader.readAll(xyz), described(json));
  }

  @Test
  void writesWhatAseReads() throws Exception {
    Path theirs = folder.resolve("theirs.xyz");
    Path ours = folder.resolve("ours.xyz");
    Path json = folder.resolve("ours.json");
    Peers.python(
        folder,
        IMPORTS,
        GENERATE
            + """
            good = []
            for a in frames:
                try:
                    ase.io.write(sys.argv[1], a, format='extxyz')
                    ase.io.read(sys.argv[1], format='extxyz')
                    good.append(a)
                except Exception as e:
                    pass
            ase.io.write(sys.argv[1], good, format='extxyz')
            """,
        theirs);
    List<Frame> frames = XyzReader.readAll(theirs);
    XyzWriter.write(ours, frames);
    Peers.python(
        folder,
        IMPORTS,
        DESCRIBE
            + """
            with open(sys.argv[2], 'w') as out:
                for a in ase.io.read(sys.argv[1], ':', format='extxyz'):
                    out.write(json.dumps(describe(a)) + '\\n')
            """,
        ours,
        json);
    compare(frames, described(json));
  }

  private static void compare(List<Frame> frames, List<JsonNode> expected) {
    assertEquals(expected.size(), frames.size());
    List<String> differences = new ArrayList<>();
    for (int k = 0; k < frames.size(); k++) {
      Frame frame = frames.get(k);
      JsonNode node = expected.get(k);
      try {
        compare("frame " + k + ": ", node, frame);
      } catch (AssertionError difference) {
        differences.add(difference.getMessage());
      }
    }
    assertEquals("", String.join("\n", differences));
  }

  private static void compare(String where, JsonNode node, Frame frame) {
    Tensor types = Tensor.of(frame.system().types(), frame.system().size());
    assertClose(where + "numbers", node.get("numbers"), json(types));
    assertClose(where + "positions", node.get("positions"), json(frame.system().positions()));
    assertClose(where + "cell", node.get("cell"), json(frame.lattice()));
    assertEquals(node.get("pbc"), JSON.valueToTree(frame.system().pbc()), where);
    compareInfo(where, node.get("info"), frame);
    compareColumns(where, node.get("arrays"), frame);
  }

  private static void compareInfo(String where, JsonNode info, Frame frame) {
    assertEquals(
        info.properties().stream().map(Map.Entry::getKey).sorted().toList(),
        frame.info().keySet().stream().sorted().toList(),
        where);
    for (Map.Entry<String, JsonNode> entry : info.properties()) {
      JsonNode own = JSON.valueToTree(frame.info().get(entry.getKey()));
      if (entry.getKey().equals("stress")) {
        own = voigt(own);
      }
      assertClose(where + "info " + entry.getKey(), entry.getValue(), own);
    }
  }

  /** The six entries that ASE keeps of a stress. */
  private static JsonNode voigt(JsonNode matrix) {
    return JSON.createArrayNode()
        .add(matrix.get(0).get(0))
        .add(matrix.get(1).get(1))
        .add(matrix.get(2).get(2))
        .add(matrix.get(1).get(2))
        .add(matrix.get(0).get(2))
        .add(matrix.get(0).get(1));
  }

  private static void compareColumns(String where, JsonNode arrays, Frame frame) {
    assertEquals(
        arrays.properties().stream().map(Map.Entry::getKey).sorted().toList(),
        frame.arrays().keySet().stream().sorted().toList(),
        where);
    for (Map.Entry<String, JsonNode> entry : arrays.properties()) {
      JsonNode own =
          switch (frame.arrays().get(entry.getKey())) {
            case Column.Numbers(Tensor values) -> json(values);
            case Column.Words words -> JSON.valueToTree(words.values());
          };
      assertClose(where + "column " + entry.getKey(), entry.getValue(), own);
    }
  }

  private static JsonNode json(Tensor tensor) {
    return JSON.valueToTree(FrameArrays.nested(tensor, tensor.shape().toArray(), 0));
  }

  private static void assertClose(String what, JsonNode expected, JsonNode found) {
    String message = what + ": " + expected + " and " + found;
    assertEquals(expected.getNodeType(), found.getNodeType(), message);
    assertEquals(expected.isIntegralNumber(), found.isIntegralNumber(), message);
    assertEquals(expected.size(), found.size(), message);
    if (expected.isContainerNode()) {
      for (int k = 0; k < expected.size() && expected.isArray(); k++) {
        assertClose(what, expected.get(k), found.get(k));
      }
      for (Map.Entry<String, JsonNode> entry : expected.properties()) {
        assertClose(what, entry.getValue(), found.path(entry.getKey()));
      }
    } else if (expected.isNumber() && Double.isFinite(expected.doubleValue())) {
      double scale = Math.abs(expected.doubleValue());
      assertEquals(expected.doubleValue(), found.doubleValue(), 1e-13 * scale, message);
    } else {
      assertEquals(expected, found, message);
    }
  }
}
