package org.cotangent.atomistic.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.cotangent.atomistic.io.TextFile;
import org.cotangent.metatensor.internal.AtomicFile;
import org.jspecify.annotations.Nullable;

/**
 * Some of the frames of a set, as a list or as a text file with one index per line. Blank lines,
 * and what follows a {@code #}, are passed over.
 *
 * @param list the indices, from 0; empty where a file has them
 * @param file null where the list has them
 */
public record FrameIndices(
    @JsonPropertyDescription("The indices, from 0.") List<Integer> list,
    @JsonPropertyDescription("A text file with one index per line.") @Nullable String file) {

  /**
   * @throws IllegalArgumentException if there are both a list and a file, or neither
   */
  @JsonCreator
  public FrameIndices {
    list = list == null ? List.of() : List.copyOf(list);
    if (list.isEmpty() == (file == null)) {
      throw new IllegalArgumentException(
          "indices should be a list with at least one index, or the path of a file of them");
    }
  }

  /** Makes it of a list. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static FrameIndices of(List<Integer> list) {
    return new FrameIndices(list, null);
  }

  /** Makes it of the path of a file. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static FrameIndices of(String file) {
    return new FrameIndices(List.of(), file);
  }

  /**
   * Returns the indices.
   *
   * @param folder where relative paths begin
   * @param frames how many frames there are
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if an index is no frame or occurs twice; the message names
   *     file and line
   */
  public int[] read(Path folder, int frames) throws IOException {
    return file == null ? checked(list, frames) : read(folder.resolve(file), file, frames);
  }

  private static int[] checked(List<Integer> list, int frames) {
    boolean[] taken = new boolean[frames];
    int[] indices = new int[list.size()];
    for (int k = 0; k < indices.length; k++) {
      indices[k] = list.get(k);
      check("entry " + k + " of indices", indices[k], taken);
    }
    return indices;
  }

  private static int[] read(Path path, String name, int frames) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new FileNotFoundException("there is no file of indices " + path);
    }
    boolean[] taken = new boolean[frames];
    int[] indices = new int[frames];
    int count = 0;
    int number = 0;
    for (String line : TextFile.read(path).split("\\R", -1)) {
      number++;
      int comment = line.indexOf('#');
      String text = (comment < 0 ? line : line.substring(0, comment)).strip();
      if (!text.isEmpty()) {
        String place = name + ", line " + number;
        if (!text.matches("[+-]?\\d{1,9}")) {
          throw new IllegalArgumentException(
              place + " should be the index of a frame, it is '" + text + "'");
        }
        int index = Integer.parseInt(text);
        check(place, index, taken);
        indices[count++] = index;
      }
    }
    return Arrays.copyOf(indices, count);
  }

  private static void check(String place, int index, boolean[] taken) {
    if (index < 0 || index >= taken.length) {
      throw new IllegalArgumentException(
          "%s is %d, there are the frames 0 to %d".formatted(place, index, taken.length - 1));
    }
    if (taken[index]) {
      throw new IllegalArgumentException(place + " is " + index + ", which was there before");
    }
    taken[index] = true;
  }

  /**
   * Writes a file that can be read as indices.
   *
   * @param comment of one line
   */
  public static void write(Path path, int[] indices, String comment) throws IOException {
    AtomicFile.write(
        path,
        out -> {
          PrintWriter lines = new PrintWriter(out, false, StandardCharsets.UTF_8);
          lines.print("# " + comment + "\n");
          for (int index : indices) {
            lines.print(index + "\n");
          }
          if (lines.checkError()) {
            throw new IOException("writing " + path + " failed");
          }
        });
  }
}
