package org.cotangent.atomistic.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Frames one after the other, of whatever kind of file. {@link FrameFiles#open} finds the reader of
 * a file. Memory is needed for the frames that are read at a time, not for all.
 *
 * <p>An error is an {@link IOException} that names the file and, where there is one, the frame.
 */
public interface FrameReader extends Closeable {
  /**
   * Returns the next frame, or null after the last.
   *
   * @throws IOException if the frame is malformed or cut off, or if reading fails
   */
  @Nullable Frame read() throws IOException;

  /**
   * Returns the unit from which the reader has converted numbers of the most recent frame into Å,
   * eV or eV/Å, because the file itself says it; empty where it has not.
   *
   * @param name of an entry or a column of the frame, or {@code positions}
   */
  default String convertedFrom(String name) {
    return "";
  }

  /**
   * Returns what the file has around the most recent frame that is in no frame, and why, in files
   * whose arrays have names and shapes only: a sentence for the name that the array would have in
   * frames.
   */
  default Map<String, String> leftOut() {
    return Map.of();
  }

  /**
   * Returns the rest of the frames.
   *
   * @throws IOException as {@link #read}
   */
  default List<Frame> readAll() throws IOException {
    List<Frame> frames = new ArrayList<>();
    for (Frame next = read(); next != null; next = read()) {
      frames.add(next);
    }
    return frames;
  }

  /**
   * Returns the rest of the frames as a stream, which reads them as they are asked for. Closing it
   * closes this reader; an error on the way is an {@link UncheckedIOException}.
   */
  default Stream<Frame> frames() {
    Spliterator<Frame> frames =
        new Spliterators.AbstractSpliterator<>(
            Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL) {
          @Override
          public boolean tryAdvance(Consumer<? super Frame> action) {
            try {
              Frame next = read();
              if (next != null) {
                action.accept(next);
              }
              return next != null;
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    return StreamSupport.stream(frames, false)
        .onClose(
            () -> {
              try {
                close();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }
}
