package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.equivariant.ChannelMixing;
import org.cotangent.autodiff.internal.TensorData;
import org.jspecify.annotations.Nullable;

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
  /** Scalar products of rows in groups, each group with a vector of its own. */
  private static final ChannelMixing DOT = new ChannelMixing(new int[1], new int[1]);

  /** The rows of a source that become part of the result, and where. */
  private record Term(Tensor source, Tensor rows, int[] sampleOf, int[] target) {}

  private final Tensor output;
  private final List<Source> sources;
  private final Shape shape;

  /** For each row of the propagated gradient its sample. */
  private final int[] sampleOf;

  private final int extraAxes;
  private final int extra;
  private final int columns;
  private final boolean recorded;

  /** Pushes all rows forward at once, if the operation knows how. */
  private final @Nullable Supplier<Tensor> atOnce;

  /**
   * Prepares a gradient.
   *
   * @param output the values of the block it belongs to, {@code [samples, …]}
   * @param sampleOf for each row its sample
   * @param shape the shape of the gradient, {@code [rows, extra…, …]}
   * @param extraAxes the number of extra components
   * @param recorded whether the computation from the sources to here was recorded
   * @param atOnce computes the values from the gradients of the operation's inputs without a sweep;
   *     null if there is no such way
   */
  Propagation(
      Tensor output,
      List<Source> sources,
      int[] sampleOf,
      Shape shape,
      int extraAxes,
      boolean recorded,
      @Nullable Supplier<Tensor> atOnce) {
    this.output = output;
    this.recorded = recorded;
    this.atOnce = atOnce;
    this.sources = sources;
    this.sampleOf = sampleOf;
    this.shape = shape;
    this.extraAxes = extraAxes;
    int product = 1;
    for (int k = 1; k <= extraAxes; k++) {
      product *= shape.dim(k);
    }
    this.extra = product;
    this.columns = output.shape().sizeAfter(0);
  }

  /** Returns where the values come from, for blocks computed from this one in turn. */
  List<Source> sources() {
    return sources;
  }

  /** Returns for each row its sample. */
  int[] sampleOf() {
    return sampleOf;
  }

  /** Returns the number of samples of the block. */
  int samples() {
    return output.dim(0);
  }

  /** Returns the number of extra components. */
  int extraAxes() {
    return extraAxes;
  }

  /** Returns whether the computation was recorded, so that the tape knows the values. */
  boolean isRecorded() {
    return recorded;
  }

  /** Returns whether the values can be computed without a sweep. */
  boolean isAtOnce() {
    return atOnce != null;
  }

  /** Computes the values. */
  Tensor values(Gradients direction) {
    if (shape.size() == 0 || sources.stream().allMatch(source -> source.values().size() == 0)) {
      return Tensor.zeros(output.dtype(), shape);
    }
    if (atOnce != null && direction == Gradients.CHOSEN) {
      return atOnce.get().reshape(shape);
    }
    if (!recorded) {
      throw new IllegalStateException(
          "explicit gradients follow the recorded computation, and this one was made with recording"
              + " off");
    }
    int[] rank = rankWithinSample();
    int tangents = (Arrays.stream(rank).max().orElse(-1) + 1) * extra;
    List<Term> terms = new ArrayList<>();
    for (Source source : sources) {
      terms.add(term(source));
    }
    int[] origin = tangents > features(terms) ? onlyOrigins(terms) : null;
    int sweeps = origin == null ? tangents : features(terms);
    boolean reverse =
        switch (direction) {
          case FORWARD -> false;
          case REVERSE -> true;
          case CHOSEN -> columns <= sweeps;
        };
    List<Tensor> variables = terms.stream().map(Term::source).toList();
    Tensor values =
        reverse
            ? pulledBack(terms, variables)
            : origin == null
                ? pushedForward(terms, variables, rank)
                : pushedByFeature(terms.getFirst(), origin);
    if (direction == Gradients.CHOSEN && (reverse || origin != null) && !isFinite(values)) {
      values = pushedForward(terms, variables, rank);
    }
    return values.reshape(shape);
  }

  /**
   * Unit vectors ask for the slope of every entry by every other, and 0 times an infinite slope is
   * NaN: one property at a pole would spoil all properties of its sample. Along the rows themselves
   * each property moves by what it depends on only.
   */
  private static boolean isFinite(Tensor values) {
    switch (TensorData.of(values)) {
      case double[] a -> {
        for (double x : a) {
          if (!Double.isFinite(x)) {
            return false;
          }
        }
      }
      case float[] a -> {
        for (float x : a) {
          if (!Float.isFinite(x)) {
            return false;
          }
        }
      }
      default -> {}
    }
    return true;
  }

  /** The numbers in a sample of the first source. */
  private static int features(List<Term> terms) {
    return terms.getFirst().source.shape().sizeAfter(0);
  }

  /**
   * Returns for each sample of the result the only sample of the source that has rows and on which
   * it depends, or -1; null if there are several, or several sources.
   */
  private int @Nullable [] onlyOrigins(List<Term> terms) {
    if (terms.size() != 1) {
      return null;
    }
    int[] origin = new int[output.dim(0)];
    Arrays.fill(origin, -1);
    Term term = terms.getFirst();
    for (int r = 0; r < term.target.length; r++) {
      int sample = sampleOf[term.target[r]];
      if (origin[sample] >= 0 && origin[sample] != term.sampleOf[r]) {
        return null;
      }
      origin[sample] = term.sampleOf[r];
    }
    return origin;
  }

  private static Term term(Source source) {
    TensorBlock gradient = source.gradient();
    if (gradient == null) {
      return new Term(source.values(), source.values(), new int[0], new int[0]);
    }
    int[] target = source.target();
    int[] of = gradient.samples().column("sample");
    int[] kept = Indices.where(target.length, r -> target[r] >= 0);
    return kept.length == target.length
        ? new Term(source.values(), source.rows(), of, target)
        : new Term(
            source.values(),
            source.rows().indexSelect(0, Indices.tensor(kept)),
            Indices.pick(of, kept),
            Indices.pick(target, kept));
  }

  // ---------------------------------------------------------------------------- reverse

  private Tensor pulledBack(List<Term> terms, List<Tensor> variables) {
    List<Tensor> byColumn = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      List<Tensor> cotangents =
          Derivatives.partialPullback(List.of(output), variables, List.of(unit(column)));
      Tensor sum = null;
      for (int t = 0; t < terms.size(); t++) {
        Tensor part = contract(terms.get(t), cotangents.get(t));
        sum = sum == null || part == null ? (sum == null ? part : sum) : sum.add(part);
      }
      byColumn.add(
          sum == null
              ? Tensor.zeros(output.dtype(), sampleOf.length, extra, 1)
              : sum.reshape(sampleOf.length, extra, 1));
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
  private @Nullable Tensor contract(Term term, Tensor cotangent) {
    int rows = term.sampleOf.length;
    if (rows == 0) {
      return null;
    }
    int features = cotangent.shape().sizeAfter(0);
    Tensor products =
        products(
                term.rows.reshape(Shape.of(rows, extra, features)),
                cotangent.reshape(Shape.of(cotangent.dim(0), features)),
                term.sampleOf)
            .reshape(Shape.of(rows, extra));
    return rows == sampleOf.length && Indices.isRange(term.target)
        ? products
        : products.segmentSum(Indices.tensor(term.target), sampleOf.length);
  }

  /**
   * Returns T[r, e]·g[s(r)] for all rows r. Rows that lie together sample by sample, as is usual,
   * are one matrix for each sample, and g need not be repeated for every row.
   *
   * @param rows T, {@code [rows, extra, features]}
   * @param g {@code [samples, features]}
   * @param sampleOf s
   */
  private static Tensor products(Tensor rows, Tensor g, int[] sampleOf) {
    int extra = rows.dim(1);
    int features = rows.dim(2);
    int[] offsets = Indices.offsets(sampleOf, g.dim(0));
    if (offsets == null) {
      return rows.matmul(
          g.indexSelect(0, Indices.tensor(sampleOf)).reshape(Shape.of(rows.dim(0), features, 1)));
    }
    for (int s = 0; s < offsets.length; s++) {
      offsets[s] *= extra;
    }
    return DOT.apply(
        rows.reshape(Shape.of(1, rows.dim(0) * extra, features)),
        g.reshape(Shape.of(g.dim(0), 1, features, 1)),
        Indices.tensor(offsets));
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
  private Tensor pushedForward(List<Term> terms, List<Tensor> variables, int[] rank) {
    int sweeps = Arrays.stream(rank).max().orElse(-1) + 1;
    List<Tensor> moved = new ArrayList<>();
    for (int k = 0; k < sweeps; k++) {
      int number = k;
      for (int e = 0; e < extra; e++) {
        List<Tensor> tangents = new ArrayList<>();
        for (Term term : terms) {
          int[] taken = Indices.where(term.target.length, r -> rank[term.target[r]] == number);
          tangents.add(
              tangent(term.source, term.rows, extra, e, taken, Indices.pick(term.sampleOf, taken)));
        }
        moved.add(
            Derivatives.pushforward(List.of(output), variables, tangents)
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
    return Tensor.concatenate(0, moved).indexSelect(0, Indices.tensor(place));
  }

  /**
   * Where each sample of the result comes from one sample of the source, one sweep for each number
   * in a sample of the source gives its whole derivative, which all rows of the sample share:
   * vectors of pairs have three numbers, however many rows.
   */
  private Tensor pushedByFeature(Term term, int[] origin) {
    Tensor source = term.source;
    int features = source.shape().sizeAfter(0);
    List<Tensor> moved = new ArrayList<>();
    for (int feature = 0; feature < features; feature++) {
      double[] unit = new double[source.size()];
      for (int sample : origin) {
        if (sample >= 0) {
          unit[sample * features + feature] = 1;
        }
      }
      Tensor tangent = TensorData.wrap(DType.FLOAT64, source.shape(), unit).cast(source.dtype());
      moved.add(
          Derivatives.pushforward(List.of(output), List.of(source), List.of(tangent))
              .getFirst()
              .reshape(Shape.of(output.dim(0), 1, columns)));
    }
    int rows = term.target.length;
    Tensor products =
        term.rows
            .reshape(Shape.of(rows, extra, features))
            .matmul(
                Tensor.concatenate(1, moved)
                    .indexSelect(0, Indices.tensor(Indices.pick(sampleOf, term.target))));
    return rows == sampleOf.length && Indices.isRange(term.target)
        ? products
        : products.segmentSum(Indices.tensor(term.target), sampleOf.length);
  }

  /**
   * Returns the tangent of a variable {@code [entries, …]} in which each entry moves along the rows
   * taken for it.
   *
   * @param rows {@code [rows, extra, …]}
   * @param e which of the extra components
   * @param taken rows
   * @param entryOf for each taken row the entry that it is a derivative of
   */
  static Tensor tangent(
      Tensor variable, Tensor rows, int extra, int e, int[] taken, int[] entryOf) {
    if (taken.length == 0) {
      return variable.zerosLike();
    }
    int features = variable.shape().sizeAfter(0);
    return rows.reshape(Shape.of(rows.dim(0), extra, features))
        .indexSelect(0, Indices.tensor(taken))
        .slice(1, e, e + 1)
        .reshape(Shape.of(taken.length, features))
        .segmentSum(Indices.tensor(entryOf), variable.dim(0))
        .reshape(variable.shape());
  }
}
