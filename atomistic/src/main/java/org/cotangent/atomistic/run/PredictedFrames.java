package org.cotangent.atomistic.run;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.potentials.Potential;
import org.cotangent.atomistic.training.Predictions;

/**
 * The frames of a set with references and predictions side by side, predicted as they are asked
 * for, so that a set may be larger than memory.
 *
 * @param heard hears of the predictions, part by part
 */
public record PredictedFrames(
    Potential potential, LabelledSystems data, Consumer<Predictions> heard)
    implements Iterable<Frame> {
  private static final int AT_ONCE = 50;

  @Override
  public Iterator<Frame> iterator() {
    return new Iterator<>() {
      private int next;
      private Iterator<Frame> part = Collections.emptyIterator();

      @Override
      public boolean hasNext() {
        return part.hasNext() || next < data.size();
      }

      @Override
      public Frame next() {
        if (!part.hasNext()) {
          if (next >= data.size()) {
            throw new NoSuchElementException("there are " + data.size() + " frames");
          }
          int to = Math.min(next + AT_ONCE, data.size());
          Predictions predictions =
              Predictions.of(potential, data.select(IntStream.range(next, to).toArray()));
          heard.accept(predictions);
          part = predictions.frames().iterator();
          next = to;
        }
        return part.next();
      }
    };
  }
}
