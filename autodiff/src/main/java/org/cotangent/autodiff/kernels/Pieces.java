package org.cotangent.autodiff.kernels;

import java.util.concurrent.RecursiveAction;

/**
 * Work in numbered pieces that do not depend on each other, shared among the threads of the common
 * pool and the calling one. Which thread takes which piece is left to chance, so pieces must write
 * to different places.
 */
abstract class Pieces {
  /** Does one piece. */
  abstract void run(int piece);

  /** Does the pieces 0, …, {@code count}-1 and returns when all are done. */
  final void runAll(int count) {
    if (count > 0) {
      new Range(this, 0, count).invoke();
    }
  }

  private static final class Range extends RecursiveAction {
    private static final long serialVersionUID = 1;

    private final transient Pieces pieces;
    private final int from;
    private final int to;

    Range(Pieces pieces, int from, int to) {
      this.pieces = pieces;
      this.from = from;
      this.to = to;
    }

    @Override
    protected void compute() {
      if (to - from == 1) {
        pieces.run(from);
      } else {
        int middle = (from + to) >>> 1;
        invokeAll(new Range(pieces, from, middle), new Range(pieces, middle, to));
      }
    }
  }
}
