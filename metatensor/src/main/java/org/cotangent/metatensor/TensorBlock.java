package org.cotangent.metatensor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.io.MtsReader;
import org.cotangent.metatensor.io.MtsWriter;
import org.jspecify.annotations.Nullable;

/**
 * A tensor with labelled axes, {@code [samples, components…, properties]}, and possibly its
 * explicit gradients: for a parameter such as {@code positions} a further block, whose rows are
 * derivatives of single samples.
 *
 * <p>A gradient's samples begin with the dimension {@code sample}, the row of the values that is
 * differentiated; rows that are absent are zero. Its last components and its properties are those
 * of the values; components before them say by which part of the parameter one differentiates.
 *
 * <p>Blocks are immutable. A gradient is either given ({@link #withGradient}), or follows from
 * those of the blocks that this one was computed from; then its values are computed when they are
 * first read.
 */
public final class TensorBlock implements BlockArithmetic, BlockManipulation, BlockReductions {
  static final SequencedMap<String, TensorBlock> NO_GRADIENTS =
      Collections.unmodifiableSequencedMap(new LinkedHashMap<>());

  private final Labels samples;
  private final List<Labels> components;
  private final Labels properties;
  private final SequencedMap<String, TensorBlock> gradients;
  private final DType dtype;

  /** How a propagated gradient follows from others; null for all other blocks. */
  private final @Nullable Propagation propagation;

  /** How to compute the values, while they were not read. */
  private volatile @Nullable Supplier<Tensor> pending;

  /** The values; null as long as they are pending. */
  private volatile @Nullable Tensor values;

  private TensorBlock(
      @Nullable Tensor values,
      @Nullable Supplier<Tensor> pending,
      @Nullable Propagation propagation,
      DType dtype,
      Labels samples,
      List<Labels> components,
      Labels properties,
      SequencedMap<String, TensorBlock> gradients) {
    this.values = values;
    this.pending = pending;
    this.propagation = propagation;
    this.dtype = dtype;
    this.samples = samples;
    this.components = List.copyOf(components);
    this.properties = properties;
    this.gradients = gradients;
  }

  /**
   * Returns a block without gradients.
   *
   * @param values {@code [samples, components…, properties]}
   * @throws IllegalArgumentException if the axes of the values do not fit the labels, if a
   *     component has more than one dimension or no entry, or if two components have the same
   *     dimension
   */
  public static TensorBlock of(
      Tensor values, Labels samples, List<Labels> components, Labels properties) {
    BlockAxes.check(values.shape(), samples, components, properties);
    return new TensorBlock(
        values, null, null, values.dtype(), samples, components, properties, NO_GRADIENTS);
  }

  /** A block whose values are computed when they are first read. */
  static TensorBlock lazy(
      Supplier<Tensor> pending,
      @Nullable Propagation propagation,
      DType dtype,
      Labels samples,
      List<Labels> components,
      Labels properties,
      SequencedMap<String, TensorBlock> gradients) {
    return new TensorBlock(
        null, pending, propagation, dtype, samples, components, properties, gradients);
  }

  /** Returns this block with other gradients, whose labels fit. */
  TensorBlock withGradients(SequencedMap<String, TensorBlock> others) {
    return relabelled(samples, components, properties, others);
  }

  /**
   * Returns a block with the values of this one, which are shared, under other labels of the same
   * sizes.
   *
   * @throws IllegalArgumentException if two components have the same dimension
   */
  TensorBlock relabelled(
      Labels newSamples,
      List<Labels> newComponents,
      Labels newProperties,
      SequencedMap<String, TensorBlock> newGradients) {
    BlockAxes.check(shape(), newSamples, newComponents, newProperties);
    Tensor known = values;
    return new TensorBlock(
        known,
        known == null ? this::values : null,
        propagation,
        dtype,
        newSamples,
        newComponents,
        newProperties,
        Collections.unmodifiableSequencedMap(newGradients));
  }

  // ---------------------------------------------------------------------------- gradients

  /**
   * Returns this block with one more gradient. The values of the block become a variable, so that
   * what is computed from them can lead the gradient on.
   *
   * @param parameter what the values are differentiated by
   * @param gradient samples {@code (sample, …)}, components {@code (extra…, components…)}, the
   *     properties of this block
   * @throws IllegalArgumentException if there is such a gradient already, or its type, samples,
   *     components or properties do not fit
   */
  public TensorBlock withGradient(String parameter, TensorBlock gradient) {
    if (gradients.containsKey(parameter)) {
      throw new IllegalArgumentException("the block has a gradient by '" + parameter + "' already");
    }
    BlockAxes.checkGradient(parameter, gradient, this);
    SequencedMap<String, TensorBlock> more = new LinkedHashMap<>(gradients);
    more.put(parameter, gradient);
    return new TensorBlock(
        dtype.isDifferentiable() ? values().variable() : values(),
        null,
        null,
        dtype,
        samples,
        components,
        properties,
        Collections.unmodifiableSequencedMap(more));
  }

  /** Returns all gradients by parameter, in the order in which they were added. */
  public SequencedMap<String, TensorBlock> gradients() {
    return gradients;
  }

  /** Returns whether there is a gradient by this parameter. */
  public boolean hasGradient(String parameter) {
    return gradients.containsKey(parameter);
  }

  /**
   * Returns the gradient by a parameter.
   *
   * @throws IllegalArgumentException if there is none
   */
  public TensorBlock gradient(String parameter) {
    TensorBlock gradient = gradients.get(parameter);
    if (gradient == null) {
      throw new IllegalArgumentException(
          "the block has no gradient by '" + parameter + "', only by " + gradients.keySet());
    }
    return gradient;
  }

  /**
   * Returns the gradient by a parameter, its values computed in the given direction if they were
   * not given: for comparing the ways, and for teaching.
   *
   * @throws IllegalArgumentException if there is none
   */
  public TensorBlock gradient(String parameter, Gradients direction) {
    TensorBlock gradient = gradient(parameter);
    return gradient.propagation == null
        ? gradient
        : of(
            gradient.propagation.values(direction),
            gradient.samples,
            gradient.components,
            gradient.properties);
  }

  /**
   * Returns this block with the values of its gradients computed now, so that what is computed from
   * it starts from these gradients and not from those of the blocks that it was computed from.
   * Numbers and derivatives stay the same. It pays where few tangents become many: functions of a
   * single pair move with two atoms, their sum over pairs with all neighbors.
   *
   * @throws IllegalStateException if a gradient follows a computation that was not recorded
   */
  public TensorBlock withGradientsComputed() {
    TensorBlock result = of(values(), samples, components, properties);
    for (String parameter : gradients.keySet()) {
      TensorBlock gradient = gradient(parameter);
      result =
          result.withGradient(
              parameter,
              gradient.propagation == null
                  ? gradient
                  : of(
                      gradient.values(),
                      gradient.samples,
                      gradient.components,
                      gradient.properties));
    }
    return result;
  }

  @Nullable Propagation propagation() {
    return propagation;
  }

  // ---------------------------------------------------------------------------- inspection

  /** Returns the values, {@code [samples, components…, properties]}. */
  public Tensor values() {
    Tensor known = values;
    if (known == null) {
      synchronized (this) {
        known = values;
        if (known == null) {
          known = Objects.requireNonNull(pending).get();
          values = known;
          pending = null; // let what it was computed from be collected
        }
      }
    }
    return known;
  }

  /** Returns whether the values are there and need not be computed. */
  boolean isKnown() {
    return values != null;
  }

  /** Returns whether the values are there, or are computed without a sweep over the tape. */
  boolean isAtHand() {
    return values != null || propagation == null || propagation.isAtOnce();
  }

  /** Returns the labels of the first axis. */
  public Labels samples() {
    return samples;
  }

  /** Returns the labels of the axes between the first and the last. */
  public List<Labels> components() {
    return components;
  }

  /** Returns the labels of the last axis. */
  public Labels properties() {
    return properties;
  }

  /** Returns the element type of the values and of all gradients. */
  public DType dtype() {
    return dtype;
  }

  /** Returns the shape of the values, without computing them. */
  public Shape shape() {
    return shape(samples, components, properties);
  }

  /** The number of entries of some components together. */
  static int count(List<Labels> components) {
    int product = 1;
    for (Labels component : components) {
      product = Math.multiplyExact(product, component.size());
    }
    return product;
  }

  static Shape shape(Labels samples, List<Labels> components, Labels properties) {
    int[] dims = new int[components.size() + 2];
    dims[0] = samples.size();
    for (int k = 0; k < components.size(); k++) {
      dims[k + 1] = components.get(k).size();
    }
    dims[dims.length - 1] = properties.size();
    return Shape.of(dims);
  }

  // ---------------------------------------------------------------------------- conversion

  /**
   * Returns the block with values and gradients in another element type, rounded as Java's casts
   * do.
   */
  public TensorBlock to(DType type) {
    return type == dtype
        ? this
        : Rearrangement.ofColumns(this, components, properties, values -> values.cast(type))
            .asSource()
            .apply(samples);
  }

  // ---------------------------------------------------------------------------- files

  /**
   * Reads a block from an {@code .mts} file.
   *
   * @throws MetatensorException if the content is not a block
   */
  public static TensorBlock load(Path file) throws IOException {
    return StoredBlocks.block(MtsReader.readBlock(file));
  }

  /** Reads a block from a stream of the bytes of an {@code .mts} file. */
  public static TensorBlock load(InputStream in) throws IOException {
    return StoredBlocks.block(MtsReader.readBlock(in));
  }

  /**
   * Writes the block to an {@code .mts} file; one that is there is replaced once all is written.
   */
  public void save(Path file) throws IOException {
    MtsWriter.writeBlock(file, StoredBlocks.stored(this));
  }

  /** Writes the block to a stream as the bytes of an {@code .mts} file. */
  public void save(OutputStream out) throws IOException {
    MtsWriter.writeBlock(out, StoredBlocks.stored(this));
  }

  // ---------------------------------------------------------------------------- text

  /** Returns the block as text: shapes, and the names of all dimensions. */
  @Override
  public String toString() {
    return BlockText.block(this, "");
  }

  /**
   * Returns a gradient as text, headed by what it is a gradient by.
   *
   * @param parameters leads to the gradient: several for a gradient of a gradient, none for the
   *     block itself
   * @throws IllegalArgumentException if there is no such gradient
   */
  public String printGradient(String... parameters) {
    TensorBlock block = this;
    for (String parameter : parameters) {
      block = block.gradient(parameter);
    }
    return BlockText.block(block, String.join("/", parameters));
  }

  /** Returns the block as HTML: what {@link #toString} tells, as a table. */
  public String toHtml() {
    return BlockHtml.block(this);
  }
}
