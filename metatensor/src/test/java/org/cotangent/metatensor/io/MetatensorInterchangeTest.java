package org.cotangent.metatensor.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.cotangent.autodiff.DType;
import org.cotangent.metatensor.Labels;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Files written here and read by metatensor, and the reverse. Needs a Python with {@code
 * metatensor-core}, whose path the environment variable {@code COTANGENT_PEERS} gives.
 */
class MetatensorInterchangeTest {
  @TempDir private Path folder;

  private String python(String program, Path... arguments) throws Exception {
    String python = System.getenv("COTANGENT_PEERS");
    Assumptions.assumeTrue(
        python != null && !python.isBlank(),
        "COTANGENT_PEERS does not name a Python with metatensor-core");
    List<String> command = new ArrayList<>(List.of(python, "-c", program));
    for (Path argument : arguments) {
      command.add(argument.toString());
    }
    Path log = folder.resolve("python.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), "Python takes too long");
    String output = Files.readString(log, StandardCharsets.UTF_8);
    assertEquals(0, process.exitValue(), output);
    return output;
  }

  /** One gradient per block, as metatensor writes several of them in an order of its own. */
  private static StoredMap map(DType dtype) {
    StoredMap full = SampleFiles.map(11, dtype);
    List<StoredBlock> blocks =
        full.blocks().stream()
            .map(
                block -> {
                  TreeMap<String, StoredBlock> one = new TreeMap<>(block.gradients());
                  one.remove("cell é");
                  return new StoredBlock(
                      block.values(), block.samples(), block.components(), block.properties(), one);
                })
            .toList();
    return new StoredMap(full.keys(), blocks, full.info());
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void metatensorWritesTheSameBytesAfterReadingOurs(DType dtype) throws Exception {
    Path ours = folder.resolve("ours.mts");
    Path theirs = folder.resolve("theirs.mts");
    MtsWriter.writeMap(ours, map(dtype));
    python("import sys, metatensor as m; m.save(sys.argv[2], m.load(sys.argv[1]))", ours, theirs);
    assertArrayEquals(Files.readAllBytes(ours), Files.readAllBytes(theirs));
  }

  @Test
  void severalGradientsAreReadThereAndBack() throws Exception {
    Path ours = folder.resolve("ours.mts");
    Path theirs = folder.resolve("theirs.mts");
    StoredMap map = SampleFiles.map(12, DType.FLOAT64);
    MtsWriter.writeMap(ours, map);
    python("import sys, metatensor as m; m.save(sys.argv[2], m.load(sys.argv[1]))", ours, theirs);
    assertArrayEquals(MtsWriter.writeMap(map), MtsWriter.writeMap(MtsReader.readMap(theirs)));
  }

  @Test
  void blocksAreReadThereAndBack() throws Exception {
    Path ours = folder.resolve("ours.mts");
    Path theirs = folder.resolve("theirs.mts");
    StoredBlock block = map(DType.FLOAT64).blocks().getFirst();
    MtsWriter.writeBlock(ours, block);
    python(
        "import sys, metatensor as m; m.save(sys.argv[2], m.load_block(sys.argv[1]))",
        ours,
        theirs);
    assertArrayEquals(Files.readAllBytes(ours), Files.readAllBytes(theirs));
  }

  @Test
  void labelsAreTheSameText() throws Exception {
    Path ours = folder.resolve("ours.mts");
    Labels labels =
        Labels.of(List.of("system", "atom"), new int[][] {{3, -1}, {0, 100_000}, {2, 2}});
    labels.save(ours);
    String printed =
        python("import sys, metatensor as m; print(repr(m.load_labels(sys.argv[1])))", ours);
    assertEquals(labels.repr(), printed.stripTrailing());
  }

  @Test
  void numpyFilesOfMetatensorAreRead() throws Exception {
    Path theirs = folder.resolve("theirs.npz");
    python(
        "import sys, numpy as n, metatensor as m;"
            + "b = m.TensorBlock(n.asfortranarray(n.arange(6.0).reshape(2, 3)),"
            + " m.Labels.range('s', 2), [], m.Labels.range('p', 3));"
            + "m.save(sys.argv[1], m.TensorMap(m.Labels.single(), [b]), use_numpy=True)",
        theirs);
    StoredBlock block = MtsReader.readMap(theirs).blocks().getFirst();
    assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5}, block.values().toDoubleArray());
  }
}
