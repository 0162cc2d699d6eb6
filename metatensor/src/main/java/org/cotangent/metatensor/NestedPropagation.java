package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.internal.LabelsData;

/**
 * The gradient by q of a gradient by p that was propagated through a computation.
 *
 * <p>The propagated gradient G is itself a recorded function of the sources' values U and of the
 * rows T given there. Its derivative by q moves every sample of U along its own gradient by q, and
 * every row of T along its own. So it has a row (R, Q) for each row R of G and each q-label Q of
 * which a row of the same sample knows: ∂²V/∂U²·T·dU/dq + ∂V/∂U·dT/dq.
 *
 * <p>One forward sweep moves all samples at once, each along its k-th label and one extra component
 * of q.
 */
final class NestedPropagation {
  private final TensorBlock gradient;
  private final Propagation byP;
  private final Propagation byQ;
  private final String q;
  private final List<Labels> extraLabels;
  private final int extra;

  /** The labels (sample, q…) along which something moves, sorted. */
  private final Labels moves;

  /** For each row of the gradient by q of the block the move that it is. */
  private final int[] moveOfRow;

  /** For each source of {@link #byP} and each of its nested rows the move that it is, or -1. */
  private final List<int[]> moveOfNested = new ArrayList<>();

  /** The number of each move among those of its sample. */
  private final int[] colour;

  private final int colours;

  /** For each row of the result its row of the gradient and its move. */
  private final int[] rowOf;

  private final int[] moveOf;

  private NestedPropagation(TensorBlock gradient, Propagation byP, TensorBlock blockByQ, String q) {
    this.gradient = gradient;
    this.byP = byP;
    this.byQ = Objects.requireNonNull(blockByQ.propagation());
    this.q = q;
    List<Labels> nestedRows = new ArrayList<>();
    List<int[]> sampleOfNested = new ArrayList<>();
    nestedRows.add(blockByQ.samples());
    sampleOfNested.add(Indices.range(byP.samples()));
    List<Labels> extras = null;
    for (Source source : byP.sources()) {
      TensorBlock rows = source.gradient();
      if (rows == null) {
        continue;
      }
      TensorBlock nested = nested(rows);
      extras = Derivation.sameExtra(q, extras, Derivation.extra(nested, rows));
      nestedRows.add(nested.samples());
      int[] sample = new int[source.target().length];
      for (int r = 0; r < sample.length; r++) {
        int to = source.target()[r];
        sample[r] = to < 0 ? -1 : byP.sampleOf()[to];
      }
      sampleOfNested.add(sample);
    }
    this.extraLabels = extras == null ? List.of() : extras;
    this.extra = TensorBlock.count(extraLabels);
    int own = gradient.components().size() - byP.extraAxes();
    List<Labels> ofBlock = blockByQ.components();
    if (extra != TensorBlock.count(ofBlock.subList(0, ofBlock.size() - own))) {
      throw new IllegalArgumentException(
          "the gradient by '"
              + q
              + "' of a gradient has other components than that of the values: "
              + extra
              + " entries, not "
              + TensorBlock.count(ofBlock.subList(0, ofBlock.size() - own)));
    }
    GradientRows merged =
        GradientRows.merge(nestedRows, sampleOfNested, RowsOrder.ASCENDING, false);
    this.moves = merged.samples();
    this.moveOfRow = merged.targets().getFirst();
    int next = 1;
    for (Source source : byP.sources()) {
      moveOfNested.add(source.gradient() == null ? new int[0] : merged.targets().get(next++));
    }

    int[] sampleOfMove = moves.column("sample");
    int[] first = new int[byP.samples() + 1]; // moves are sorted by sample
    for (int sample : sampleOfMove) {
      first[sample + 1]++;
    }
    int most = 0;
    for (int s = 0; s + 1 < first.length; s++) {
      most = Math.max(most, first[s + 1]);
      first[s + 1] += first[s];
    }
    this.colours = most;
    this.colour = new int[moves.size()];
    for (int m = 0; m < colour.length; m++) {
      colour[m] = m - first[sampleOfMove[m]];
    }
    int count = 0;
    for (int sample : byP.sampleOf()) {
      count += first[sample + 1] - first[sample];
    }
    this.rowOf = new int[count];
    this.moveOf = new int[count];
    int at = 0;
    for (int row = 0; row < byP.sampleOf().length; row++) {
      int sample = byP.sampleOf()[row];
      for (int m = first[sample]; m < first[sample + 1]; m++) {
        rowOf[at] = row;
        moveOf[at++] = m;
      }
    }
  }

  /**
   * Returns the gradient by q of a propagated gradient.
   *
   * @param gradient the gradient by p of a block
   * @param blockByQ the gradient by q of the same block, propagated as well
   */
  static TensorBlock of(TensorBlock gradient, TensorBlock blockByQ, String q) {
    Propagation byP = Objects.requireNonNull(gradient.propagation());
    NestedPropagation nested = new NestedPropagation(gradient, byP, blockByQ, q);
    List<Labels> components = new ArrayList<>(nested.extraLabels);
    components.addAll(gradient.components());
    return TensorBlock.lazy(
        nested::values,
        null,
        gradient.dtype(),
        nested.labels(),
        components,
        gradient.properties(),
        TensorBlock.NO_GRADIENTS);
  }

  private TensorBlock nested(TensorBlock rows) {
    TensorBlock nested = rows.gradients().get(q);
    if (nested == null) {
      throw new IllegalArgumentException(
          "only some of the gradients that are led on have a gradient by '" + q + "'");
    }
    if (!nested.gradients().isEmpty()) {
      throw new UnsupportedOperationException(
          "gradients of gradients follow through operations, but the one by '"
              + q
              + "' has gradients in turn, which do not; remove them first");
    }
    return nested;
  }

  private Labels labels() {
    List<String> names = moves.names();
    int width = names.size();
    int[] from = LabelsData.of(moves);
    int[] flat = new int[Math.multiplyExact(rowOf.length, width)];
    for (int k = 0; k < rowOf.length; k++) {
      System.arraycopy(from, moveOf[k] * width, flat, k * width, width);
      flat[k * width] = rowOf[k];
    }
    return Labels.assumeUnique(names, flat);
  }

  private Tensor values() {
    Tensor output = gradient.values();
    int columns = output.shape().sizeAfter(0);
    int[] dims = new int[1 + extraLabels.size() + output.rank() - 1];
    dims[0] = rowOf.length;
    for (int k = 0; k < extraLabels.size(); k++) {
      dims[1 + k] = extraLabels.get(k).size();
    }
    System.arraycopy(output.shape().toArray(), 1, dims, 1 + extraLabels.size(), output.rank() - 1);
    Shape shape = Shape.of(dims);
    if (shape.size() == 0) {
      return Tensor.zeros(output.dtype(), shape);
    }
    List<Tensor> moved = new ArrayList<>();
    for (int c = 0; c < colours; c++) {
      for (int e = 0; e < extra; e++) {
        moved.add(moved(output, c, e).reshape(Shape.of(output.dim(0), columns)));
      }
    }
    int[] place = new int[rowOf.length * extra];
    for (int k = 0; k < rowOf.length; k++) {
      for (int e = 0; e < extra; e++) {
        place[k * extra + e] = (colour[moveOf[k]] * extra + e) * output.dim(0) + rowOf[k];
      }
    }
    return Tensor.concatenate(0, moved).indexSelect(0, Indices.tensor(place)).reshape(shape);
  }

  /** The change of the gradient when each sample moves along its move of a colour. */
  private Tensor moved(Tensor output, int wanted, int e) {
    List<Tensor> variables = new ArrayList<>();
    List<Tensor> tangents = new ArrayList<>();
    for (Source source : byQ.sources()) {
      TensorBlock rows = source.gradient();
      int[] target = source.target();
      int[] taken =
          Indices.where(
              target.length, r -> target[r] >= 0 && colour[moveOfRow[target[r]]] == wanted);
      variables.add(source.values());
      tangents.add(
          rows == null
              ? source.values().zerosLike()
              : Propagation.tangent(
                  source.values(),
                  source.rows(),
                  extra,
                  e,
                  taken,
                  Indices.pick(rows.samples().column("sample"), taken)));
    }
    for (int k = 0; k < byP.sources().size(); k++) {
      Source source = byP.sources().get(k);
      TensorBlock rows = source.gradient();
      if (rows == null) {
        continue;
      }
      TensorBlock nested = nested(rows);
      int[] move = moveOfNested.get(k);
      int[] taken = Indices.where(move.length, r -> move[r] >= 0 && colour[move[r]] == wanted);
      variables.add(source.rows());
      tangents.add(
          Propagation.tangent(
              source.rows(),
              nested.values(),
              extra,
              e,
              taken,
              Indices.pick(nested.samples().column("sample"), taken)));
    }
    return Derivatives.pushforward(List.of(output), variables, tangents).getFirst();
  }
}
