package org.cotangent.atomistic.data;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.cotangent.atomistic.JavaProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data of 75 MB, in a virtual machine that has less memory than that. */
class LargeDataTest {
  private static final int ATOMS = 100;
  private static final int FRAMES = 12_000;

  @TempDir private Path folder;

  /** Reads a file, divides it and adds up the labels. */
  static void main(String[] files) throws Exception {
    Path file = Path.of(files[0]);
    DataReader reader = new DataReader(Path.of(""));
    DataSets sets =
        DataSets.read(
            reader.within(reader.memory(), file.getParent()),
            List.of(DataSource.of(file)),
            HeldOutSet.fraction(0.25),
            null,
            1);
    double energy = 0;
    double force = 0;
    for (LabelledSystems set : List.of(sets.training(), sets.validation())) {
      for (int k = 0; k < set.size(); k++) {
        energy += set.energies()[k];
        force += set.forces().get(k).at(2) * set.systems().get(k).size();
      }
    }
    int found = LabelChecks.of(sets.validation()).findings().size();
    java.lang.System.out.print(energy + " " + force + " " + found);
  }

  @Test
  void areReadDividedAndCheckedInLittleMemory() throws Exception {
    StringBuilder frame = new StringBuilder(ATOMS + "\n");
    frame.append("Properties=species:S:1:pos:R:3:forces:R:3 energy=2\n");
    for (int i = 0; i < ATOMS; i++) {
      frame.append("C 0 0 %d.5 0 0 %s\n".formatted(i, i % 2 == 0 ? "0.5" : "-0.5"));
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(packed)) {
      zip.write(frame.toString().getBytes(StandardCharsets.UTF_8));
    }
    Path file = folder.resolve("large.xyz.gz");
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int k = 0; k < FRAMES; k++) {
        packed.writeTo(out);
      }
    }
    String output =
        JavaProgram.output("-Xmx40m", 120, folder.resolve("log"), LargeDataTest.class, file);
    // all frames are the same, so all but the first of a quarter are duplicates, 1000 are told
    assertTrue(output.endsWith("%s %s 1000".formatted(2.0 * FRAMES, 0.5 * ATOMS * FRAMES)), output);
  }
}
