package org.cotangent.atomistic.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.metatensor.Axis;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.MetatensorException;
import org.cotangent.metatensor.TensorMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives the frames of another reader labels out of a metatensor file ({@code .mts}): the rows of
 * the k-th frame are those of {@code system} = k. Rows per system become an entry, rows per atom a
 * column; the explicit gradients of {@code energy} become {@code forces} = -gradient and {@code
 * virial} = -strain gradient. In this way data sets are kept whose structures are in one file and
 * whose labels are in others.
 */
public final class MtsLabelReader implements FrameReader {
  private final FrameReader frames;
  private final Path file;
  private final String name;
  private final List<TensorMap> labels;
  private int index;

  /**
   * Opens a file.
   *
   * @param frames closed with this reader
   * @param file a map of one block with samples {@code [system]} or {@code [system, atom]}
   * @param name of the entry or column in frames
   * @throws IOException if the file cannot be read, or holds something else
   */
  public MtsLabelReader(FrameReader frames, Path file, String name) throws IOException {
    this.frames = frames;
    this.file = file;
    this.name = name;
    try {
      TensorMap map = TensorMap.load(file);
      Labels samples = map.block().samples();
      int count = 0;
      int[] system = samples.column("system");
      for (int row : system) {
        count = Math.max(count, row + 1);
      }
      List<Labels> each = new ArrayList<>();
      for (int k = 0; k < count; k++) {
        each.add(Labels.of("system", k));
      }
      labels = map.split(Axis.SAMPLES, each);
    } catch (IllegalArgumentException | IllegalStateException | MetatensorException e) {
      throw new IOException(file + " does not hold labels of systems: " + e.getMessage(), e);
    }
  }

  @Override
  public @Nullable Frame read() throws IOException {
    Frame frame = frames.read();
    if (frame == null) {
      if (index < labels.size()) {
        throw new IOException(
            file + " has rows for " + labels.size() + " systems, there are " + index + " frames");
      }
      return null;
    }
    Map<String, @Nullable Object> info = new LinkedHashMap<>(frame.info());
    Map<String, Column> columns = new LinkedHashMap<>(frame.arrays());
    try {
      if (index >= labels.size()) {
        throw new IllegalArgumentException("there is no row for system " + index);
      }
      LabelMaps.add(name, labels.get(index++), frame.system().size(), info, columns);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ", " + frame + ": " + e.getMessage(), e);
    }
    return new Frame(frame.system(), frame.lattice(), info, columns, frame.source());
  }

  @Override
  public String convertedFrom(String given) {
    return given.equals(name) ? "" : frames.convertedFrom(given);
  }

  @Override
  public Map<String, String> leftOut() {
    return frames.leftOut();
  }

  @Override
  public void close() throws IOException {
    frames.close();
  }
}
