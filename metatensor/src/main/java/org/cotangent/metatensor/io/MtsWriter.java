package org.cotangent.metatensor.io;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.MetatensorException;
import org.cotangent.metatensor.internal.AtomicFile;

/**
 * Writes maps, blocks and labels as {@code .mts}, to files, bytes and streams. The bytes are those
 * that metatensor-core 0.2 writes, with the gradients of a block in alphabetical order of their
 * parameters.
 *
 * <p>A file is replaced only once everything is written. Streams are flushed and not closed. All
 * methods throw {@link MetatensorException}, before anything is written, if the content breaks a
 * rule of the format.
 */
public final class MtsWriter {
  private static final int BUFFER_BYTES = 1 << 16;

  private final ZipWriter zip;

  private MtsWriter(ZipWriter zip) {
    this.zip = zip;
  }

  /** Writes a map to a file. */
  public static void writeMap(Path file, StoredMap map) throws IOException {
    AtomicFile.write(file, content(map));
  }

  /** Returns a map as the bytes of a file. */
  public static byte[] writeMap(StoredMap map) {
    return bytes(content(map));
  }

  /** Writes a map to a stream. */
  public static void writeMap(OutputStream out, StoredMap map) throws IOException {
    buffered(out, content(map));
  }

  /** Writes a block to a file. */
  public static void writeBlock(Path file, StoredBlock block) throws IOException {
    AtomicFile.write(file, content(block));
  }

  /** Returns a block as the bytes of a file. */
  public static byte[] writeBlock(StoredBlock block) {
    return bytes(content(block));
  }

  /** Writes a block to a stream. */
  public static void writeBlock(OutputStream out, StoredBlock block) throws IOException {
    buffered(out, content(block));
  }

  /** Writes labels to a file. */
  public static void writeLabels(Path file, Labels labels) throws IOException {
    AtomicFile.write(file, NpyWriter.of(labels, file.toString())::writeTo);
  }

  /** Returns labels as the bytes of a file. */
  public static byte[] writeLabels(Labels labels) {
    return bytes(NpyWriter.of(labels, "the file")::writeTo);
  }

  /** Writes labels to a stream. */
  public static void writeLabels(OutputStream out, Labels labels) throws IOException {
    buffered(out, NpyWriter.of(labels, "the file")::writeTo);
  }

  // ---------------------------------------------------------------------------- checks

  private static AtomicFile.Content content(StoredMap map) {
    checkLabels("keys.npy", map.keys());
    for (int i = 0; i < map.blocks().size(); i++) {
      checkBlock("blocks/" + i + "/", map.blocks().get(i), 0);
    }
    BlockRules.checkMap(map);
    return out -> {
      ZipWriter zip = new ZipWriter(out);
      new MtsWriter(zip).add(map);
      zip.finish();
    };
  }

  private static AtomicFile.Content content(StoredBlock block) {
    checkBlock("", block, 0);
    return out -> {
      ZipWriter zip = new ZipWriter(out);
      new MtsWriter(zip).add("", block, true);
      zip.finish();
    };
  }

  private static void checkBlock(String prefix, StoredBlock block, int depth) {
    if (depth > BlockRules.MAX_GRADIENT_DEPTH) {
      throw new MetatensorException(
          prefix + " is more than " + BlockRules.MAX_GRADIENT_DEPTH + " gradients deep");
    }
    checkLabels(prefix + "samples.npy", block.samples());
    checkLabels(prefix + "properties.npy", block.properties());
    BlockRules.checkBlock(
        prefix, block.array().shape(), block.samples(), block.components(), block.properties());
    for (Map.Entry<String, StoredBlock> entry : block.gradients().entrySet()) {
      BlockRules.checkParameter(prefix, entry.getKey());
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(entry.getKey())) {
        throw new MetatensorException(
            prefix + "gradients/ has a gradient whose name is not valid Unicode");
      }
      String gradientPrefix = prefix + "gradients/" + entry.getKey() + "/";
      checkBlock(gradientPrefix, entry.getValue(), depth + 1);
      BlockRules.checkGradient(
          gradientPrefix,
          block.array().dtype(),
          block.samples(),
          block.components(),
          block.properties(),
          entry.getValue());
    }
  }

  private static void checkLabels(String name, Labels labels) {
    if (labels.width() == 0) {
      throw new MetatensorException(
          name + " cannot be written: labels without dimensions have no place in an NPY file");
    }
  }

  // ---------------------------------------------------------------------------- members

  private void add(StoredMap map) throws IOException {
    add("keys.npy", map.keys());
    for (int i = 0; i < map.blocks().size(); i++) {
      add("blocks/" + i + "/", map.blocks().get(i), true);
    }
    if (!map.info().isEmpty()) {
      zip.add(InfoJson.MEMBER, InfoJson.content(map.info()));
    }
  }

  private void add(String prefix, StoredBlock block, boolean withProperties) throws IOException {
    zip.add(prefix + "values.npy", NpyWriter.of(block.values()));
    add(prefix + "samples.npy", block.samples());
    for (int k = 0; k < block.components().size(); k++) {
      add(prefix + "components/" + k + ".npy", block.components().get(k));
    }
    if (withProperties) {
      add(prefix + "properties.npy", block.properties());
    }
    for (Map.Entry<String, StoredBlock> entry : block.gradients().entrySet()) {
      add(prefix + "gradients/" + entry.getKey() + "/", entry.getValue(), false);
    }
  }

  private void add(String name, Labels labels) throws IOException {
    zip.add(name, NpyWriter.of(labels, name));
  }

  // ---------------------------------------------------------------------------- targets

  private static void buffered(OutputStream out, AtomicFile.Content content) throws IOException {
    BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
    content.writeTo(buffered);
    buffered.flush();
  }

  private static byte[] bytes(AtomicFile.Content content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      content.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
