package org.cotangent.atomistic.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.cotangent.atomistic.data.FrameIndices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as editors and shells of Windows write them. */
class TextFileTest {
  private static final String XYZ = "\uFEFF1\r\nenergy=-2\r\nHe 0 0 1\r\n";

  @TempDir private Path folder;

  @Test
  void aByteOrderMarkBeforeFramesIsPassedOver() throws IOException {
    Path file = folder.resolve("mark.xyz");
    Files.writeString(file, XYZ);
    assertEquals(-2, FrameFiles.readAll(file).getFirst().energy("energy"));
    Path packed = folder.resolve("mark.xyz.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(XYZ.getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(-2, FrameFiles.readAll(packed).getFirst().energy("energy"));
    assertEquals(true, FrameFiles.recognizes(file));
  }

  @Test
  void aByteOrderMarkBeforeIndicesIsPassedOver() throws IOException {
    Path file = folder.resolve("mark.txt");
    Files.writeString(file, "\uFEFF3\n1\n");
    assertEquals(3, FrameIndices.of(file.toString()).read(folder, 5)[0]);
  }

  @Test
  void textInUtf16IsRefused() throws IOException {
    Path file = folder.resolve("wide.xyz");
    Files.write(file, XYZ.getBytes(StandardCharsets.UTF_16LE));
    String message = assertThrows(IOException.class, () -> FrameFiles.open(file)).getMessage();
    assertEquals(file + " is UTF-16 text: save it as UTF-8", message);
    assertEquals(message, assertThrows(IOException.class, () -> TextFile.read(file)).getMessage());
  }

  @Test
  void textInAnotherEncodingIsRefused() throws IOException {
    Path file = folder.resolve("options.yaml");
    Files.write(file, "name: Müller".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        file + " is not UTF-8 text: save it as UTF-8",
        assertThrows(IOException.class, () -> TextFile.read(file)).getMessage());
  }
}
