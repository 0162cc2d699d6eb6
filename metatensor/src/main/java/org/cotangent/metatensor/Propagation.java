package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Recording;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;

/**
 * The values of a gradient that was not given but follows from gradients of the blocks from which a
 * block was computed. Which rows it has is known at once (see {@link GradientRows}); the values are
 * a view of the tape: the derivative of the block's values by those blocks' values, which the tape
 * knows, times the gradients given there.
 *
 * <p>With V the values, U a source's values, T its gradient rows by a parameter p, and s(r) the
 * sample of row r: dV/dp[R] = Σ over sources, Σ over rows r that become R, of ∂V/∂U[s(r)]·T[r].
 * This needs that a sample of a source changes only one sample of the result, as is so for
 * everything built with {@link Derivation}. The result is recorded.
 */
final class Propagation {
  /**
   * One block on which the gradient was given.
   *
   * @param source its values, recorded
   * @param rows the values of its gradient, {@code [rows, extra…, components…, properties]}
   * @param sampleOf the sample of each row
   * @param target the row of the propagated gradient that each row becomes part of; -1 for none
   */
  record Term(Tensor source, Tensor rows, int[] sampleOf, int[] target) {}

  private final Tensor output;
  private final List<Term> terms;
  private final Shape shape;

  /** For each row of the propagated gradient its sample. */
  private final int[] sampleOf;

  private final int extra;
  private final int columns;
  private final boolean recorded = Recording.isOn();

  /**
   * Prepares a gradient.
   *
   * @param output the values of the block it belongs to, {@code [samples, …]}
   * @param shape the shape of the gradient, {@code [rows, extra…, …]}
   * @param extraAxes the number of extra components
   */
  Propagation(Tensor output, List<Term> terms, int[] sampleOf, Shape shape, int extraAxes) {
    this.output = output;
    this.terms = terms.stream().map(Propagation::withoutDroppedRows).toList();
    this.sampleOf = sampleOf;
    this.shape = shape;
    int product = 1;
    for (int k = 1; k <= extraAxes; k++) {
      product *= shape.dim(k);
    }
    this.extra = product;
    this.columns = output.shape().sizeAfter(0);
  }

  private static Term withoutDroppedRows(Term term) {
    int[] target = term.target;
    int[] kept = select(target.length, r -> target[r] >= 0);
    return kept.length == target.length
        ? term
        : new Term(
            term.source, term.rows.rows(kept), pick(term.sampleOf, kept), pick(target, kept));
  }

  /** Returns where the values come from, for blocks computed from this one in turn. */
  List<Term> terms() {
    return terms;
  }

  /** Computes the values. */
  Tensor values(Gradients direction) {
    if (shape.size() == 0) {
      return Tensor.zeros(output.dtype(), shape);
    }
    if (!recorded) {
      throw new IllegalStateException(
          "explicit gradients follow the recorded computation, and this one was made with recording"
              + " off");
    }
    int[] rank = rankWithinSample();
    int tangents = (Arrays.stream(rank).max().orElse(-1) + 1) * extra;
    boolean reverse =
        switch (direction) {
          case FORWARD -> false;
          case REVERSE -> true;
          case CHOSEN -> columns <= tangents;
        };
    return (reverse ? pulledBack() : pushedForward(rank, tangents / extra)).reshape(shape);
  }

  // ---------------------------------------------------------------------------- reverse

  private Tensor pulledBack() {
    List<Tensor> sources = terms.stream().map(Term::source).toList();
    List<Tensor> byColumn = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      List<Tensor> cotangents =
          Derivatives.partialPullback(List.of(output), sources, List.of(unit(column)));
      Tensor sum = null;
      for (int t = 0; t < terms.size(); t++) {
        Tensor part = contract(terms.get(t), cotangents.get(t));
        sum = sum == null ? part : sum.add(part);
      }
      if (sum != null) {
        byColumn.add(sum.reshape(sampleOf.length, extra, 1));
      }
    }
    return Tensor.concatenate(2, byColumn);
  }

  /** The cotangent that picks one column of every sample. */
  private Tensor unit(int column) {
    if (columns == 1) {
      return output.onesLike();
    }
    double[] one = new double[columns];
    one[column] = 1;
    Tensor row = Tensor.of(one).cast(output.dtype());
    return row.broadcastTo(Shape.of(output.dim(0), columns)).reshape(output.shape());
  }

  /** Returns Σ over rows that become one, of T[r]·g[s(r)]: {@code [rows of the result, extra]}. */
  private Tensor contract(Term term, Tensor cotangent) {
    int rows = term.sampleOf.length;
    int features = cotangent.shape().sizeAfter(0);
    Tensor g =
        cotangent
            .reshape(Shape.of(cotangent.dim(0), features))
            .indexSelect(0, index(term.sampleOf));
    Tensor products =
        term.rows
            .reshape(Shape.of(rows, extra, features))
            .matmul(g.reshape(Shape.of(rows, features, 1)))
            .reshape(Shape.of(rows, extra));
    return isIdentity(term.target)
        ? products
        : products.segmentSum(index(term.target), sampleOf.length);
  }

  private boolean isIdentity(int[] target) {
    if (target.length != sampleOf.length) {
      return false;
    }
    for (int r = 0; r < target.length; r++) {
      if (target[r] != r) {
        return false;
      }
    }
    return true;
  }

  // ---------------------------------------------------------------------------- forward

  /** For each row its number among the rows of the same sample. */
  private int[] rankWithinSample() {
    int[] count = new int[output.dim(0)];
    int[] rank = new int[sampleOf.length];
    for (int row = 0; row < rank.length; row++) {
      rank[row] = count[sampleOf[row]]++;
    }
    return rank;
  }

  /**
   * One sweep moves all samples at once, each along its k-th row and one extra component, so that
   * the tangents of different rows never mix in one sample of the result.
   */
  private Tensor pushedForward(int[] rank, int sweeps) {
    List<Tensor> sources = terms.stream().map(Term::source).toList();
    List<Tensor> moved = new ArrayList<>();
    for (int k = 0; k < sweeps; k++) {
      int number = k;
      for (int e = 0; e < extra; e++) {
        List<Tensor> tangents = new ArrayList<>();
        for (Term term : terms) {
          int[] taken = select(term.target.length, r -> rank[term.target[r]] == number);
          tangents.add(tangent(term, taken, e));
        }
        moved.add(
            Derivatives.pushforward(List.of(output), sources, tangents)
                .getFirst()
                .reshape(Shape.of(output.dim(0), columns)));
      }
    }
    int[] place = new int[sampleOf.length * extra];
    for (int row = 0; row < sampleOf.length; row++) {
      for (int e = 0; e < extra; e++) {
        place[row * extra + e] = (rank[row] * extra + e) * output.dim(0) + sampleOf[row];
      }
    }
    return Tensor.concatenate(0, moved).indexSelect(0, index(place));
  }

  /** The tangent of a source in which each sample moves along its taken row, if it has one. */
  private Tensor tangent(Term term, int[] taken, int e) {
    Tensor source = term.source;
    int features = source.shape().sizeAfter(0);
    Tensor rows =
        term.rows
            .reshape(Shape.of(term.target.length, extra, features))
            .indexSelect(0, index(taken))
            .slice(1, e, e + 1)
            .reshape(Shape.of(taken.length, features));
    return rows.segmentSum(index(pick(term.sampleOf, taken)), source.dim(0))
        .reshape(source.shape());
  }

  // ---------------------------------------------------------------------------- indices

  private static Tensor index(int[] entries) {
    return org.cotangent.autodiff.internal.TensorData.wrap(
        DType.INT32, Shape.of(entries.length), entries);
  }

  private static int[] pick(int[] from, int[] indices) {
    int[] out = new int[indices.length];
    for (int k = 0; k < out.length; k++) {
      out[k] = from[indices[k]];
    }
    return out;
  }

  private static int[] select(int count, java.util.function.IntPredicate wanted) {
    return java.util.stream.IntStream.range(0, count).filter(wanted).toArray();
  }
}
