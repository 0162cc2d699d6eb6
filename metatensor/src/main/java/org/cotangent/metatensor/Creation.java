package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.internal.LabelsData;
import org.jspecify.annotations.Nullable;

/**
 * Blocks and maps made anew: like others with other numbers, or from plain arrays. What is made
 * like another has its metadata, type and {@code info}, and gradients by those of its parameters
 * that one names, or by all.
 */
public final class Creation {
  private Creation() {}

  // ---------------------------------------------------------------------------- like others

  /** Returns a map of zeros, with all gradients. */
  public static TensorMap zerosLike(TensorMap map) {
    return like(map, null, shape -> Tensor.zeros(type(map), shape));
  }

  /**
   * Returns a map of zeros, with the gradients by these parameters.
   *
   * @throws IllegalArgumentException if the map has no gradient by one of them
   */
  public static TensorMap zerosLike(TensorMap map, Collection<String> gradients) {
    return like(map, gradients, shape -> Tensor.zeros(type(map), shape));
  }

  /** Returns a block of zeros, with all gradients. */
  public static TensorBlock zerosLike(TensorBlock block) {
    return like(block, null, shape -> Tensor.zeros(block.dtype(), shape));
  }

  /** As {@link #zerosLike(TensorMap, Collection)}, for a block. */
  public static TensorBlock zerosLike(TensorBlock block, Collection<String> gradients) {
    return like(block, gradients, shape -> Tensor.zeros(block.dtype(), shape));
  }

  /** Returns a map of ones, with all gradients, which are ones too. */
  public static TensorMap onesLike(TensorMap map) {
    return like(map, null, shape -> Tensor.full(type(map), 1, shape));
  }

  /**
   * Returns a map of ones, with the gradients by these parameters, which are ones too.
   *
   * @throws IllegalArgumentException if the map has no gradient by one of them
   */
  public static TensorMap onesLike(TensorMap map, Collection<String> gradients) {
    return like(map, gradients, shape -> Tensor.full(type(map), 1, shape));
  }

  /** Returns a block of ones, with all gradients, which are ones too. */
  public static TensorBlock onesLike(TensorBlock block) {
    return like(block, null, shape -> Tensor.full(block.dtype(), 1, shape));
  }

  /** As {@link #onesLike(TensorMap, Collection)}, for a block. */
  public static TensorBlock onesLike(TensorBlock block, Collection<String> gradients) {
    return like(block, gradients, shape -> Tensor.full(block.dtype(), 1, shape));
  }

  /** Returns a map whose numbers do not matter, with all gradients. */
  public static TensorMap emptyLike(TensorMap map) {
    return zerosLike(map); // Java has no arrays without content
  }

  /** As {@link #emptyLike(TensorMap)}, with the gradients by these parameters. */
  public static TensorMap emptyLike(TensorMap map, Collection<String> gradients) {
    return zerosLike(map, gradients);
  }

  /** Returns a block whose numbers do not matter, with all gradients. */
  public static TensorBlock emptyLike(TensorBlock block) {
    return zerosLike(block);
  }

  /** As {@link #emptyLike(TensorBlock)}, with the gradients by these parameters. */
  public static TensorBlock emptyLike(TensorBlock block, Collection<String> gradients) {
    return zerosLike(block, gradients);
  }

  /**
   * Returns a map of random numbers, uniform from 0 to before 1, with all gradients, which are
   * random too. They are drawn block by block, values before gradients, and rounded to the type.
   */
  public static TensorMap randomUniformLike(TensorMap map, UniformRandomProvider random) {
    return like(map, null, shape -> uniform(type(map), shape, random));
  }

  /** As {@link #randomUniformLike(TensorMap, UniformRandomProvider)}, with these gradients. */
  public static TensorMap randomUniformLike(
      TensorMap map, Collection<String> gradients, UniformRandomProvider random) {
    return like(map, gradients, shape -> uniform(type(map), shape, random));
  }

  /** As {@link #randomUniformLike(TensorMap, UniformRandomProvider)}, for a block. */
  public static TensorBlock randomUniformLike(TensorBlock block, UniformRandomProvider random) {
    return like(block, null, shape -> uniform(block.dtype(), shape, random));
  }

  /** As {@link #randomUniformLike(TensorBlock, UniformRandomProvider)}, with these gradients. */
  public static TensorBlock randomUniformLike(
      TensorBlock block, Collection<String> gradients, UniformRandomProvider random) {
    return like(block, gradients, shape -> uniform(block.dtype(), shape, random));
  }

  private static DType type(TensorMap map) {
    return map.size() == 0 ? DType.FLOAT64 : map.block(0).dtype();
  }

  private static Tensor uniform(DType dtype, Shape shape, UniformRandomProvider random) {
    if (!dtype.isDifferentiable()) {
      throw new IllegalArgumentException(
          "random numbers from 0 to 1 need the type f64 or f32, this one is " + dtype);
    }
    if (dtype == DType.FLOAT32) { // rounding a double could give 1
      float[] values = new float[shape.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat();
      }
      return Tensor.of(values, shape.toArray());
    }
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextDouble();
    }
    return Tensor.of(values, shape.toArray());
  }

  private static TensorMap like(
      TensorMap map, @Nullable Collection<String> gradients, Function<Shape, Tensor> numbers) {
    List<TensorBlock> blocks = new ArrayList<>(map.size());
    for (TensorBlock block : map.blocks()) {
      blocks.add(like(block, gradients, numbers));
    }
    return map.withBlocks(blocks);
  }

  /** A gradient that is kept keeps its own gradients. */
  private static TensorBlock like(
      TensorBlock block, @Nullable Collection<String> gradients, Function<Shape, Tensor> numbers) {
    TensorBlock made =
        TensorBlock.of(
            numbers.apply(block.shape()), block.samples(), block.components(), block.properties());
    for (String parameter : gradients == null ? block.gradients().keySet() : gradients) {
      made = made.withGradient(parameter, like(block.gradient(parameter), null, numbers));
    }
    return made;
  }

  // ---------------------------------------------------------------------------- from arrays

  /**
   * Returns a block of an array whose axes are labelled by numbers from 0: {@code sample}, {@code
   * component_1}, {@code component_2}, …, {@code property}.
   *
   * @param array {@code [samples, components…, properties]}
   * @throws IllegalArgumentException if the array has fewer than two axes
   */
  public static TensorBlock blockFromArray(Tensor array) {
    return blockFromArray(array, List.of("sample"), null, List.of("property"));
  }

  /**
   * As {@link #blockFromArray(Tensor, List, List, List)}, with the components named {@code
   * component_1}, {@code component_2}, …
   */
  public static TensorBlock blockFromArray(
      Tensor array, List<String> sampleNames, List<String> propertyNames) {
    return blockFromArray(array, sampleNames, null, propertyNames);
  }

  /**
   * Returns a block of an array whose axes are labelled by numbers from 0. As many axes from the
   * first on as there are names of samples together make the samples, as many up to the last as
   * there are names of properties the properties; each axis between them is a component.
   *
   * @param componentNames one for each axis between; null for {@code component_1}, …
   * @throws IllegalArgumentException if there are not enough axes, another number of component
   *     names, or no name of samples or properties
   */
  public static TensorBlock blockFromArray(
      Tensor array,
      List<String> sampleNames,
      @Nullable List<String> componentNames,
      List<String> propertyNames) {
    int first = sampleNames.size();
    int last = propertyNames.size();
    if (first == 0 || last == 0) {
      throw new IllegalArgumentException(
          "samples and properties need a name each at least, got "
              + sampleNames
              + " and "
              + propertyNames);
    }
    int between = array.rank() - first - last;
    if (between < 0) {
      throw new IllegalArgumentException(
          "an array of shape "
              + array.shape()
              + " has not enough axes for the samples "
              + sampleNames
              + " and the properties "
              + propertyNames);
    }
    if (componentNames != null && componentNames.size() != between) {
      throw new IllegalArgumentException(
          "an array of shape "
              + array.shape()
              + " has "
              + between
              + " axes between samples and properties, there are "
              + componentNames.size()
              + " component names: "
              + componentNames);
    }
    int[] dims = array.shape().toArray();
    Labels samples = grid(sampleNames, Arrays.copyOf(dims, first));
    Labels properties = grid(propertyNames, Arrays.copyOfRange(dims, first + between, dims.length));
    List<Labels> components = new ArrayList<>();
    int[] axes = new int[between + 2];
    axes[0] = samples.size();
    axes[between + 1] = properties.size();
    for (int k = 0; k < between; k++) {
      String name = componentNames == null ? "component_" + (k + 1) : componentNames.get(k);
      components.add(Labels.range(name, dims[first + k]));
      axes[k + 1] = dims[first + k];
    }
    return TensorBlock.of(array.reshape(Shape.of(axes)), samples, components, properties);
  }

  /** All combinations of numbers below these lengths, the last one changing fastest. */
  private static Labels grid(List<String> names, int[] lengths) {
    int size = Shape.of(lengths).size();
    int width = lengths.length;
    int[] rows = new int[size * width];
    for (int i = 0; i < size; i++) {
      int rest = i;
      for (int k = width - 1; k >= 0; k--) {
        rows[i * width + k] = rest % lengths[k];
        rest /= lengths[k];
      }
    }
    return LabelsData.wrapUnique(names, rows);
  }

  /**
   * Returns an int32 matrix {@code [labels.size(), dimension.size()]} with a 1 in each row, at the
   * place in {@code dimension} of the value that the labels have there, and 0 elsewhere.
   *
   * @param dimension labels of one dimension, which the labels also have
   * @throws IllegalArgumentException if it has several, if the labels do not have it, or have a
   *     value that is not in it
   */
  public static Tensor oneHot(Labels labels, Labels dimension) {
    if (dimension.width() != 1) {
      throw new IllegalArgumentException(
          "one-hot encoding needs labels of one dimension, got " + dimension.names());
    }
    String name = dimension.names().getFirst();
    int[] column = labels.column(name);
    int[] ones = new int[Math.multiplyExact(column.length, dimension.size())];
    for (int i = 0; i < column.length; i++) {
      int position = dimension.position(column[i]);
      if (position < 0) {
        throw new IllegalArgumentException(
            "entry "
                + i
                + " has "
                + name
                + " = "
                + column[i]
                + ", which is not among those given: "
                + dimension.print(7, 0));
      }
      ones[i * dimension.size() + position] = 1;
    }
    return Tensor.of(ones, column.length, dimension.size());
  }
}
