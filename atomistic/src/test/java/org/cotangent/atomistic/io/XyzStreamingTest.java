package org.cotangent.atomistic.io;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.cotangent.atomistic.JavaProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of hundreds of megabytes, in a virtual machine that has less memory than that. */
class XyzStreamingTest {
  private static final int ATOMS = 500;
  private static final int REPEATS = 6000;

  @TempDir Path folder;

  /** Reads the first file and writes it as the second. */
  static void main(String[] files) throws Exception {
    long[] sums = new long[2];
    try (FrameReader reader = FrameFiles.open(Path.of(files[0]));
        Stream<Frame> frames = reader.frames()) {
      Iterator<Frame> counted =
          frames
              .peek(
                  frame -> {
                    sums[0]++;
                    sums[1] += frame.system().size();
                  })
              .iterator();
      XyzWriter.write(Path.of(files[1]), () -> counted);
    }
    java.lang.System.out.print(sums[0] + " " + sums[1]);
  }

  /** The same compressed frame over and over, which is a gzip file of many members. */
  private static long write(Path file) throws Exception {
    Random random = new Random(3);
    StringBuilder frame = new StringBuilder(ATOMS + "\nenergy=1.5\n");
    for (int i = 0; i < ATOMS; i++) {
      frame.append("C ").append(random.nextInt(9)).append(".250000000000 1.5 ");
      frame.append(random.nextInt(9)).append(".123456789012345\n");
    }
    byte[] text = frame.toString().getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(packed)) {
      zip.write(text);
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int k = 0; k < REPEATS; k++) {
        packed.writeTo(out);
      }
    }
    return (long) REPEATS * text.length;
  }

  @Test
  void readsAndWritesInConstantMemory() throws Exception {
    Path file = folder.resolve("large.xyz.gz");
    Path copy = folder.resolve("copy.xyz");
    assertTrue(write(file) > 100e6);
    String output =
        JavaProgram.output(
            "-Xmx64m", 120, folder.resolve("log"), XyzStreamingTest.class, file, copy);
    assertTrue(output.endsWith(REPEATS + " " + REPEATS * ATOMS), output);
  }
}
