package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.cotangent.atomistic.io.FrameFiles;

/**
 * What a file is recognised by: its first bytes, and the members if it is a zip archive. A folder
 * of frames has neither.
 */
final class FileStart {
  private static final int LENGTH = 4096;

  private final Path file;
  private final byte[] bytes;
  private final Set<String> members;

  private FileStart(Path file, byte[] bytes, Set<String> members) {
    this.file = file;
    this.bytes = bytes;
    this.members = members;
  }

  /**
   * Reads the start of a file.
   *
   * @throws NoSuchFileException if there is none
   * @throws UserException if it is a folder without frames, empty, or a zip archive that cannot be
   *     listed
   */
  static FileStart read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (Files.isDirectory(file)) {
      if (!FrameFiles.recognizes(file)) {
        throw new UserException(
            file + " is a folder, and a file or a folder of DeePMD (type.raw) is needed");
      }
      return new FileStart(file, new byte[0], Set.of());
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LENGTH);
    }
    if (bytes.length == 0) {
      throw new UserException(file + " is empty");
    }
    FileStart start = new FileStart(file, bytes, Set.of());
    return start.startsWith("PK\3\4") ? new FileStart(file, bytes, membersOf(file)) : start;
  }

  private static Set<String> membersOf(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.stream().map(ZipEntry::getName).collect(Collectors.toUnmodifiableSet());
    } catch (ZipException e) {
      throw new UserException(
          file
              + " is a zip archive that is cut short or damaged ("
              + e.getMessage()
              + "): copy or write it again",
          e);
    }
  }

  /** Returns the file. */
  Path file() {
    return file;
  }

  /** Returns whether the file starts with these characters, one byte each (ISO 8859-1). */
  boolean startsWith(String magic) {
    byte[] expected = magic.getBytes(StandardCharsets.ISO_8859_1);
    return bytes.length >= expected.length
        && Arrays.equals(bytes, 0, expected.length, expected, 0, expected.length);
  }

  /** Returns the first 4096 bytes, fewer where the file is shorter. */
  byte[] bytes() {
    return bytes.clone();
  }

  /** Returns the names of the members; empty where the file is no zip archive. */
  Set<String> members() {
    return members;
  }
}
