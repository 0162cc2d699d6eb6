package org.cotangent.metatensor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.internal.LabelsData;
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
public final class TensorBlock implements BlockArithmetic, BlockReductions {
  private final Labels samples;
  private final List<Labels> components;
  private final Labels properties;
  private final SequencedMap<String, TensorBlock> gradients;
  private final DType dtype;

  /** How to compute the values of a propagated gradient; null for all other blocks. */
  private final @Nullable Propagation propagation;

  /** The values; null as long as a propagated gradient was not read. */
  private volatile @Nullable Tensor values;

  /** Whether the values are a variable of this block alone, by which its gradients are led on. */
  private final boolean isSource;

  private TensorBlock(
      @Nullable Tensor values,
      @Nullable Propagation propagation,
      DType dtype,
      Labels samples,
      List<Labels> components,
      Labels properties,
      SequencedMap<String, TensorBlock> gradients,
      boolean isSource) {
    this.values = values;
    this.propagation = propagation;
    this.dtype = dtype;
    this.samples = samples;
    this.components = List.copyOf(components);
    this.properties = properties;
    this.gradients = Collections.unmodifiableSequencedMap(gradients);
    this.isSource = isSource;
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
    checkAxes(values.shape(), samples, components, properties);
    return new TensorBlock(
        values,
        null,
        values.dtype(),
        samples,
        components,
        properties,
        new LinkedHashMap<>(),
        false);
  }

  /** A gradient whose values are computed when they are first read. */
  static TensorBlock propagated(
      Propagation propagation,
      Labels samples,
      List<Labels> components,
      Labels properties,
      DType dtype) {
    return new TensorBlock(
        null, propagation, dtype, samples, components, properties, new LinkedHashMap<>(), false);
  }

  private static void checkAxes(
      Shape shape, Labels samples, List<Labels> components, Labels properties) {
    if (shape.rank() != components.size() + 2) {
      throw new IllegalArgumentException(
          "values of shape "
              + shape
              + " have "
              + shape.rank()
              + " axes, there are labels for "
              + (components.size() + 2));
    }
    checkAxis(shape, 0, samples, "samples");
    Set<List<String>> seen = new HashSet<>();
    for (int k = 0; k < components.size(); k++) {
      Labels component = components.get(k);
      if (component.width() != 1) {
        throw new IllegalArgumentException(
            "component "
                + k
                + " has the dimensions "
                + component.names()
                + ", a component has exactly one");
      }
      if (component.size() == 0) {
        throw new IllegalArgumentException(
            "component '"
                + component.names().getFirst()
                + "' has no entry, one is needed at least");
      }
      if (!seen.add(component.names())) {
        throw new IllegalArgumentException(
            "two components have the dimension '" + component.names().getFirst() + "'");
      }
      checkAxis(shape, 1 + k, component, "component '" + component.names().getFirst() + "'");
    }
    checkAxis(shape, shape.rank() - 1, properties, "properties");
  }

  private static void checkAxis(Shape shape, int axis, Labels labels, String what) {
    if (shape.dim(axis) != labels.size()) {
      throw new IllegalArgumentException(
          "values of shape "
              + shape
              + " have "
              + shape.dim(axis)
              + " entries on axis "
              + axis
              + ", the "
              + what
              + " have "
              + labels.size());
    }
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
    if (gradient.dtype != dtype) {
      throw new IllegalArgumentException(
          "the gradient by '"
              + parameter
              + "' is of "
              + gradient.dtype
              + ", the values are of "
              + dtype);
    }
    checkGradientSamples(parameter, gradient.samples);
    int extra = gradient.components.size() - components.size();
    if (extra < 0
        || !gradient.components.subList(extra, gradient.components.size()).equals(components)) {
      throw new IllegalArgumentException(
          "the components of the gradient by '"
              + parameter
              + "' must end with those of the values");
    }
    if (!gradient.properties.equals(properties)) {
      throw new IllegalArgumentException(
          "the gradient by '" + parameter + "' has other properties than the values");
    }
    boolean follows = isSource || !dtype.isDifferentiable();
    return with(parameter, gradient, follows ? values() : values().variable(), true);
  }

  private void checkGradientSamples(String parameter, Labels rows) {
    if (rows.width() == 0 || !rows.names().getFirst().equals("sample")) {
      throw new IllegalArgumentException(
          "the samples of the gradient by '"
              + parameter
              + "' have the dimensions "
              + rows.names()
              + ", the first must be 'sample'");
    }
    int[] flat = LabelsData.of(rows);
    for (int row = 0; row < rows.size(); row++) {
      int sample = flat[row * rows.width()];
      if (sample < 0 || sample >= samples.size()) {
        throw new IllegalArgumentException(
            "row "
                + row
                + " of the gradient by '"
                + parameter
                + "' is for sample "
                + sample
                + ", the block has samples 0 to "
                + (samples.size() - 1));
      }
    }
  }

  /** As {@link #withGradient}, for a gradient that follows from the inputs of the computation. */
  TensorBlock withPropagated(String parameter, TensorBlock gradient) {
    return with(parameter, gradient, values(), false);
  }

  private TensorBlock with(
      String parameter, TensorBlock gradient, Tensor newValues, boolean nowSource) {
    SequencedMap<String, TensorBlock> more = new LinkedHashMap<>(gradients);
    more.put(parameter, gradient);
    return new TensorBlock(
        newValues, null, dtype, samples, components, properties, more, nowSource);
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
          known = Objects.requireNonNull(propagation).values(Gradients.CHOSEN);
          values = known;
        }
      }
    }
    return known;
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
    int[] dims = new int[components.size() + 2];
    dims[0] = samples.size();
    for (int k = 0; k < components.size(); k++) {
      dims[k + 1] = components.get(k).size();
    }
    dims[dims.length - 1] = properties.size();
    return Shape.of(dims);
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

  /** Returns the gradient by a parameter as text, headed by what it is a gradient by. */
  String printGradient(String path) {
    TensorBlock block = this;
    for (String parameter : path.split("/")) {
      block = block.gradient(parameter);
    }
    return BlockText.block(block, path);
  }
}
