package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * An operation that only places entries: those of the result are entries of the inputs, or a fill
 * value. What it does to the values it does to the rows of gradients, and of their gradients in
 * turn, so that gradients whose values are known are moved and not computed again.
 *
 * <p>Either every sample of the result comes from one sample of one part ({@link #alongSamples}),
 * or the parts stand side by side along the properties ({@link #alongProperties}).
 */
final class Rearrangement {
  /**
   * One input.
   *
   * @param block the input
   * @param sampleTo for each of its samples that of the result, or -1 if it has none there
   * @param columns what becomes of the axes other than samples: a function of values {@code
   *     [samples, …, components…, properties]} that names axes from the end
   */
  record Part(TensorBlock block, int[] sampleTo, UnaryOperator<Tensor> columns) {}

  private final List<Part> parts;
  private final List<Labels> components;
  private final Labels properties;
  private final boolean sideBySide;
  private RowsOrder order = RowsOrder.KEPT;
  private @Nullable RowsOrder extraOrder;
  private double fill = 0;
  private boolean asSource = false;
  private DType dtype = DType.FLOAT64;

  private Rearrangement(
      List<Part> parts, List<Labels> components, Labels properties, boolean sideBySide) {
    this.parts = parts;
    this.components = components;
    this.properties = properties;
    this.sideBySide = sideBySide;
  }

  /** Samples of the parts become different samples of the result. */
  static Rearrangement alongSamples(List<Part> parts, List<Labels> components, Labels properties) {
    return new Rearrangement(parts, components, properties, false);
  }

  /** The properties of the result are those of the first part, then those of the second, …. */
  static Rearrangement alongProperties(
      List<Part> parts, List<Labels> components, Labels properties) {
    return new Rearrangement(parts, components, properties, true);
  }

  /** The samples stay as they are. */
  static Rearrangement ofColumns(
      TensorBlock block,
      List<Labels> components,
      Labels properties,
      UnaryOperator<Tensor> columns) {
    Part part = new Part(block, Indices.range(block.samples().size()), columns);
    return alongSamples(List.of(part), components, properties);
  }

  /** Only some samples, in this order. */
  static TensorBlock rows(TensorBlock block, int[] rows) {
    Labels samples = block.samples().rows(rows); // refuses rows that are not there or repeated
    if (block.gradients().isEmpty()) {
      Tensor values = Indices.select(block.values(), 0, rows);
      return TensorBlock.of(values, samples, block.components(), block.properties());
    }
    int[] sampleTo = Indices.inverse(rows, block.samples().size());
    Part part = new Part(block, sampleTo, UnaryOperator.identity());
    return alongSamples(List.of(part), block.components(), block.properties()).apply(samples);
  }

  /** Sorts gradient rows. */
  Rearrangement rowsIn(RowsOrder wanted) {
    this.order = wanted;
    return this;
  }

  /** Sorts those components of gradients that the values do not have. */
  Rearrangement extraComponentsIn(RowsOrder wanted) {
    this.extraOrder = wanted;
    return asSource();
  }

  /** What entries have that no input has, also in gradients. */
  Rearrangement filledWith(double value) {
    this.fill = value;
    return this;
  }

  /** Makes the result a source of its own, whose gradients are moved in any case. */
  Rearrangement asSource() {
    this.asSource = true;
    return this;
  }

  /** Returns the result. */
  TensorBlock apply(Labels samples) {
    List<TensorBlock> blocks = new ArrayList<>();
    List<int[]> sampleTo = new ArrayList<>();
    for (Part part : parts) {
      blocks.add(part.block);
      sampleTo.add(part.sampleTo);
    }
    Tensor values = placed(blocks, sampleTo, samples.size());
    dtype = values.dtype();
    SequencedMap<String, TensorBlock> gradients = blocks.getFirst().gradients();
    for (TensorBlock block : blocks) {
      if (!block.gradients().keySet().equals(gradients.keySet())) {
        throw new IllegalArgumentException(
            "blocks with gradients by "
                + gradients.keySet()
                + " and by "
                + block.gradients().keySet()
                + " cannot become one");
      }
    }
    if (gradients.isEmpty()) {
      return TensorBlock.of(values, samples, components, properties);
    }
    SequencedMap<String, TensorBlock> moved = new LinkedHashMap<>();
    boolean source = asSource || !ledOn(blocks, sampleTo, values, moved);
    if (source) {
      values = values.dtype().isDifferentiable() ? values.variable() : values;
      for (String parameter : gradients.keySet()) {
        moved.put(
            parameter, gradient(blocks, parameter, sampleTo, components, List.of()).block(null));
      }
    }
    return TensorBlock.of(values, samples, components, properties).withGradients(moved);
  }

  /**
   * Leads the gradients on from where they were given; returns false if a source takes part in two
   * ways, so that its gradients cannot be led through.
   */
  private boolean ledOn(
      List<TensorBlock> blocks,
      List<int[]> sampleTo,
      Tensor values,
      SequencedMap<String, TensorBlock> moved) {
    for (String parameter : blocks.getFirst().gradients().keySet()) {
      Moved gradient = gradient(blocks, parameter, sampleTo, components, List.of());
      List<Source> sources =
          values.dtype().isDifferentiable() && Sources.areRecorded(blocks, parameter)
              ? Sources.ledOn(blocks, parameter, gradient.rows.targets())
              : null;
      if (sources == null) {
        return false;
      }
      moved.put(
          parameter,
          gradient.block(
              new Propagation(
                  values,
                  sources,
                  gradient.rows.samples().column("sample"),
                  TensorBlock.shape(gradient.rows.samples(), gradient.components, properties),
                  gradient.components.size() - components.size(),
                  true,
                  null)));
    }
    return true;
  }

  /** A gradient of the result: the inputs' gradients, and where their rows went. */
  private final class Moved {
    final List<TensorBlock> from;
    final GradientRows rows;
    final List<Labels> components;
    final List<int[]> extraIndices;
    final SequencedMap<String, TensorBlock> gradients = new LinkedHashMap<>();

    Moved(
        List<TensorBlock> from,
        GradientRows rows,
        List<Labels> components,
        List<int[]> extraIndices) {
      this.from = from;
      this.rows = rows;
      this.components = components;
      this.extraIndices = extraIndices;
      for (String parameter : from.getFirst().gradients().keySet()) {
        gradients.put(
            parameter,
            gradient(from, parameter, rows.targets(), components, extraIndices).block(null));
      }
    }

    TensorBlock block(@Nullable Propagation propagation) {
      return TensorBlock.lazy(
          () -> values(propagation),
          propagation,
          dtype,
          rows.samples(),
          components,
          properties,
          gradients);
    }

    private Tensor values(@Nullable Propagation propagation) {
      if (propagation != null && fill == 0) {
        for (TensorBlock gradient : from) {
          if (!gradient.isAtHand()) {
            return propagation.values(Gradients.CHOSEN);
          }
        }
      }
      Tensor values = placed(from, rows.targets(), rows.samples().size());
      for (int k = 0; k < extraIndices.size(); k++) {
        values = Indices.select(values, 1 + k, extraIndices.get(k));
      }
      return values;
    }
  }

  /** Moves the gradient by a parameter of blocks whose samples went to {@code sampleTo}. */
  private Moved gradient(
      List<TensorBlock> blocks,
      String parameter,
      List<int[]> sampleTo,
      List<Labels> componentsOfBlock,
      List<int[]> extraOfBlock) {
    List<TensorBlock> gradients = new ArrayList<>();
    List<Labels> rows = new ArrayList<>();
    List<Labels> extra = null;
    for (TensorBlock block : blocks) {
      TensorBlock gradient = block.gradient(parameter);
      extra = Derivation.sameExtra(parameter, extra, Derivation.extra(gradient, block));
      gradients.add(gradient);
      rows.add(gradient.samples());
    }
    List<Labels> all = new ArrayList<>();
    List<int[]> extraIndices = new ArrayList<>();
    for (Labels labels : extra == null ? List.<Labels>of() : extra) {
      int[] indices = (extraOrder == null ? RowsOrder.KEPT : extraOrder).of(labels);
      all.add(Indices.isRange(indices) ? labels : labels.rows(indices));
      extraIndices.add(indices);
    }
    all.addAll(componentsOfBlock);
    extraIndices.addAll(extraOfBlock);
    return new Moved(
        gradients, GradientRows.merge(rows, sampleTo, order, !sideBySide), all, extraIndices);
  }

  // ---------------------------------------------------------------------------- values

  /** Returns the values of blocks placed as their samples go. */
  private Tensor placed(List<TensorBlock> blocks, List<int[]> sampleTo, int samples) {
    List<Tensor> columns = new ArrayList<>();
    for (int k = 0; k < blocks.size(); k++) {
      Tensor values = parts.get(k).columns.apply(blocks.get(k).values());
      columns.add(sideBySide ? rows(values, Indices.inverse(sampleTo.get(k), samples)) : values);
    }
    if (sideBySide) {
      return Tensor.concatenate(-1, columns);
    }
    int[] from = new int[samples];
    int offset = 0;
    for (int k = 0; k < columns.size(); k++) {
      int[] to = sampleTo.get(k);
      for (int i = 0; i < to.length; i++) {
        if (to[i] >= 0) {
          from[to[i]] = offset + i;
        }
      }
      offset += to.length;
    }
    return Indices.select(Tensor.concatenate(0, columns), 0, from);
  }

  /** Returns some rows, filled where the index is -1. */
  private Tensor rows(Tensor values, int[] from) {
    int count = values.dim(0);
    boolean absent = false;
    int[] index = Arrays.copyOf(from, from.length);
    for (int i = 0; i < index.length; i++) {
      if (index[i] < 0) {
        index[i] = count;
        absent = true;
      }
    }
    Tensor all =
        absent
            ? Tensor.concatenate(
                0, List.of(values, Tensor.full(values.dtype(), fill, values.shape().with(0, 1))))
            : values;
    return Indices.select(all, 0, index);
  }
}
