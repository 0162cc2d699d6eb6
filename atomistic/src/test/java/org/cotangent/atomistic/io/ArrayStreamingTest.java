package org.cotangent.atomistic.io;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cotangent.atomistic.JavaProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays of more than 100 MB, in a virtual machine that has less memory than that. */
class ArrayStreamingTest {
  private static final int FRAMES = 5000;
  private static final int ATOMS = 500;

  @TempDir private Path folder;

  /** Prints the sum of all energies and the number of frames whose numbers are their own. */
  static void main(String[] files) throws Exception {
    double energies = 0;
    int right = 0;
    try (FrameReader reader = FrameFiles.open(Path.of(files[0]))) {
      int k = 0;
      for (Frame frame = reader.read(); frame != null; frame = reader.read()) {
        energies += frame.energy("energy");
        boolean own = frame.system().positions().get(ATOMS - 1, 2) == k + 0.25;
        right += own && frame.forces("forces").get(0, 0) == k + 0.25 ? 1 : 0;
        k++;
      }
    }
    java.lang.System.out.print(energies + " " + right);
  }

  private static byte[] header(String type, String shape) {
    String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
    int length = 118 - text.length();
    byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0};
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(start);
    out.writeBytes((text + " ".repeat(length - 1) + "\n").getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  /** An array in which all numbers of a frame are its index and a quarter. */
  private static void write(OutputStream out, String shape, int numbers) throws IOException {
    out.write(header("<f8", shape));
    ByteBuffer frame = ByteBuffer.allocate(8 * numbers).order(ByteOrder.LITTLE_ENDIAN);
    for (int k = 0; k < FRAMES; k++) {
      frame.clear();
      while (frame.hasRemaining()) {
        frame.putDouble(k + 0.25);
      }
      out.write(frame.array());
    }
  }

  private static byte[] types() {
    ByteBuffer types = ByteBuffer.allocate(4 * ATOMS).order(ByteOrder.LITTLE_ENDIAN);
    while (types.hasRemaining()) {
      types.putInt(6);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header("<i4", "(" + ATOMS + ",)"));
    out.writeBytes(types.array());
    return out.toByteArray();
  }

  /** Writes the content of a member. */
  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private static void add(ZipOutputStream zip, boolean stored, String name, Content content)
      throws IOException {
    ZipEntry entry = new ZipEntry(name + ".npy");
    if (stored) {
      CRC32 crc = new CRC32();
      long[] size = new long[1];
      content.writeTo(
          new OutputStream() {
            @Override
            public void write(int b) {
              throw new UnsupportedOperationException();
            }

            @Override
            public void write(byte[] bytes) {
              crc.update(bytes);
              size[0] += bytes.length;
            }
          });
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(size[0]);
      entry.setCrc(crc.getValue());
    }
    zip.putNextEntry(entry);
    content.writeTo(zip);
    zip.closeEntry();
  }

  private void assertReads(Path file) throws Exception {
    String output =
        JavaProgram.output("-Xmx64m", 240, folder.resolve("log"), ArrayStreamingTest.class, file);
    double energies = FRAMES * (FRAMES - 1) / 2.0 + 0.25 * FRAMES;
    assertTrue(output.endsWith(energies + " " + FRAMES), output);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void archivesAreReadInConstantMemory(boolean stored) throws Exception {
    Path file = folder.resolve("large.npz");
    String rows = "(%d, %d, 3)".formatted(FRAMES, ATOMS);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      add(zip, stored, "R", out -> write(out, rows, 3 * ATOMS));
      add(zip, stored, "F", out -> write(out, rows, 3 * ATOMS));
      add(zip, stored, "E", out -> write(out, "(" + FRAMES + ",)", 1));
      add(zip, stored, "z", out -> out.write(types()));
    }
    assertReads(file);
  }

  @Test
  void foldersOfDeepmdAreReadInConstantMemory() throws Exception {
    Path set = Files.createDirectories(folder.resolve("deepmd/set.000"));
    Files.writeString(folder.resolve("deepmd/type.raw"), "0 ".repeat(ATOMS));
    Files.writeString(folder.resolve("deepmd/type_map.raw"), "C");
    Files.createFile(folder.resolve("deepmd/nopbc"));
    String rows = "(%d, %d)".formatted(FRAMES, 3 * ATOMS);
    for (String name : new String[] {"coord", "force"}) {
      try (OutputStream out = Files.newOutputStream(set.resolve(name + ".npy"))) {
        write(out, rows, 3 * ATOMS);
      }
    }
    try (OutputStream out = Files.newOutputStream(set.resolve("energy.npy"))) {
      write(out, "(" + FRAMES + ",)", 1);
    }
    assertReads(folder.resolve("deepmd"));
  }
}
