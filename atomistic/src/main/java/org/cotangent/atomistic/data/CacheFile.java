package org.cotangent.atomistic.data;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * Labelled frames in a temporary file, mapped into memory once all are there. The operating system
 * keeps what is in use in memory and drops the rest when it needs the room.
 *
 * <p>A frame is, in the machine's order of bytes: atoms, file, index and flags (four ints), line (a
 * long), cell and virial (nine doubles each), positions and forces ({@code 3·atoms} doubles each;
 * none for forces that are missing) and types ({@code atoms} ints, filled up to a multiple of 8).
 */
final class CacheFile implements Closeable {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE;

  private static final int CELL = 24;
  private static final int VIRIAL = CELL + 72;
  private static final int POSITIONS = VIRIAL + 72;
  private static final int HAS_FORCES = 8;
  private static final int HAS_VIRIAL = 16;
  private static final int BUFFER = 1 << 20;

  private final Path path;
  private final FileChannel channel;
  private final List<String> files = new ArrayList<>();
  private final Map<String, Integer> indexOf = new HashMap<>();
  private ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.nativeOrder());
  private long[] starts = new long[1024];
  private int size;
  private long end;

  CacheFile(Path folder) throws IOException {
    path = Files.createTempFile(folder, "frames-", ".cache");
    channel =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  void add(LabelledFrame frame) throws IOException {
    System system = frame.system();
    int atoms = system.size();
    long bytes = POSITIONS + 24L * atoms * (frame.forces() == null ? 1 : 2) + 4L * (atoms + 1);
    if (bytes > buffer.remaining()) {
      flush();
      if (bytes > buffer.capacity()) {
        buffer = ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
      }
    }
    starts = size < starts.length ? starts : Arrays.copyOf(starts, 2 * size);
    starts[size++] = end + buffer.position();
    int flags = frame.forces() == null ? 0 : HAS_FORCES;
    flags |= frame.virial() == null ? 0 : HAS_VIRIAL;
    for (int axis = 0; axis < 3; axis++) {
      flags |= system.pbc(axis) ? 1 << axis : 0;
    }
    buffer.putInt(atoms).putInt(file(frame.source().file()));
    buffer.putInt(frame.source().frame()).putInt(flags).putLong(frame.source().line());
    put(system.cell().toDoubleArray());
    put(frame.virial() == null ? new double[9] : frame.virial());
    put(system.positions().toDoubleArray());
    put(frame.forces() == null ? new double[0] : frame.forces());
    for (int type : system.types()) {
      buffer.putInt(type);
    }
    if (atoms % 2 == 1) {
      buffer.putInt(0);
    }
  }

  private void put(double[] numbers) {
    for (double number : numbers) {
      buffer.putDouble(number);
    }
  }

  private int file(String name) {
    return indexOf.computeIfAbsent(
        name,
        added -> {
          files.add(added);
          return files.size() - 1;
        });
  }

  private void flush() throws IOException {
    buffer.flip();
    try {
      while (buffer.hasRemaining()) {
        end += channel.write(buffer);
      }
    } catch (IOException e) {
      throw new FileSystemException(
          path.toString(),
          null,
          "the data are larger than memory, and keeping them in a file failed after %d bytes: %s"
              .formatted(end, e.getMessage()));
    }
    buffer.clear();
  }

  /** Returns the frames; the file is gone when nobody uses them any more. */
  LabelledSystems finish(double[] energies) throws IOException {
    flush();
    MemorySegment map = channel.map(FileChannel.MapMode.READ_ONLY, 0, end, Arena.ofAuto());
    channel.close(); // deletes the file's name; its content lives as long as the map
    Frames frames = new Frames(map, Arrays.copyOf(starts, size), List.copyOf(files));
    return new LabelledSystems(
        new ListOnAccess<>(size, frames::system),
        energies,
        new ListOnAccess<>(size, frames::forces),
        new ListOnAccess<>(size, frames::virial),
        new ListOnAccess<>(size, frames::name));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** The frames in the mapped file. */
  private record Frames(MemorySegment map, long[] starts, List<String> files) {
    private int atoms(int k) {
      return map.get(INT, starts[k]);
    }

    private int flags(int k) {
      return map.get(INT, starts[k] + 12);
    }

    private Tensor tensor(int k, long offset, int rows) {
      double[] numbers = new double[3 * rows];
      MemorySegment.copy(map, DOUBLE, starts[k] + offset, numbers, 0, numbers.length);
      return TensorData.wrap(DType.FLOAT64, Shape.of(rows, 3), numbers);
    }

    System system(int k) {
      int atoms = atoms(k);
      int flags = flags(k);
      int[] types = new int[atoms];
      long offset = POSITIONS + 24L * atoms * ((flags & HAS_FORCES) == 0 ? 1 : 2);
      MemorySegment.copy(map, INT, starts[k] + offset, types, 0, atoms);
      boolean[] pbc = {(flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0};
      return new System(types, tensor(k, POSITIONS, atoms), tensor(k, CELL, 3), pbc);
    }

    Tensor forces(int k) {
      int atoms = atoms(k);
      return (flags(k) & HAS_FORCES) == 0
          ? FrameCollector.unknownForces(atoms)
          : tensor(k, POSITIONS + 24L * atoms, atoms);
    }

    Tensor virial(int k) {
      return (flags(k) & HAS_VIRIAL) == 0
          ? Tensor.full(DType.FLOAT64, Double.NaN, Shape.of(3, 3))
          : tensor(k, VIRIAL, 3);
    }

    String name(int k) {
      Frame.Source source =
          new Frame.Source(
              files.get(map.get(INT, starts[k] + 4)),
              map.get(INT, starts[k] + 8),
              map.get(LONG, starts[k] + 16));
      return source.toString();
    }
  }
}
