package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.internal.LabelsData;
import org.jspecify.annotations.Nullable;

/**
 * Operations that join, select, order and relabel what blocks and maps hold. Explicit gradients,
 * and gradients of these, are treated as the values are; arrays are shared where only labels
 * change. Nothing is changed in place, and maps keep their {@code info}.
 *
 * <p>All throw IllegalArgumentException if an axis is not one along which they work, if labels lack
 * a dimension that is named, or if entries of the result would not be unique.
 */
public final class Manipulation {
  private Manipulation() {}

  static String name(Axis axis) {
    return axis.name().toLowerCase(Locale.ROOT);
  }

  // ---------------------------------------------------------------------------- joining

  /**
   * Returns maps of the same keys joined, block by block; keys come in the order of the first map.
   *
   * @see #join(List, Axis, DifferentKeys, String)
   */
  public static TensorMap join(List<TensorMap> maps, Axis axis) {
    return join(maps, axis, DifferentKeys.ERROR, null);
  }

  /**
   * Returns maps joined, block by block. A single map is returned as it is.
   *
   * <p>Along samples, components and properties must be equal. Along properties, components and
   * samples must be equal; properties of different names are numbered: {@code joined_index}, {@code
   * property}.
   *
   * @param axis samples or properties
   * @param differentKeys what to do about keys that not all maps have
   * @param addDimension a further dimension of the axis that says from which map an entry is, by
   *     its place in the list; null for none
   * @throws IllegalArgumentException if there is no map, or blocks do not fit one another
   */
  public static TensorMap join(
      List<TensorMap> maps, Axis axis, DifferentKeys differentKeys, @Nullable String addDimension) {
    return Joining.maps(maps, axis, differentKeys, addDimension);
  }

  /** Returns blocks joined; see {@link #join(List, Axis, DifferentKeys, String)}. */
  public static TensorBlock joinBlocks(
      List<TensorBlock> blocks, Axis axis, @Nullable String addDimension) {
    return Joining.blocks(blocks, axis, addDimension);
  }

  // ---------------------------------------------------------------------------- selecting

  /**
   * Returns the map with only some samples or properties in each block.
   *
   * @param axis samples or properties
   * @param selection matches entries in the dimensions that it has; see {@link Labels#select},
   *     which also says in which order samples come. Properties keep theirs
   */
  public static TensorMap slice(TensorMap map, Axis axis, Labels selection) {
    return eachBlock(map, block -> Slicing.apply(block, axis, selection));
  }

  /** As {@link #slice(TensorMap, Axis, Labels)}, of one block. */
  public static TensorBlock slice(TensorBlock block, Axis axis, Labels selection) {
    return Slicing.apply(block, axis, selection);
  }

  /**
   * As {@link #slice(TensorMap, Axis, Labels)}, by number.
   *
   * @param indices samples in the order wanted, none of them twice, or properties, which keep their
   *     order; negative ones count from the end
   * @throws IllegalArgumentException also if there is no such entry in a block
   */
  public static TensorMap slice(TensorMap map, Axis axis, int[] indices) {
    return eachBlock(map, block -> Slicing.apply(block, axis, indices));
  }

  /** As {@link #slice(TensorMap, Axis, int[])}, of one block. */
  public static TensorBlock slice(TensorBlock block, Axis axis, int[] indices) {
    return Slicing.apply(block, axis, indices);
  }

  /**
   * Returns one {@link #slice(TensorMap, Axis, Labels)} for each selection; they may overlap, and
   * need not hold everything. The time grows with the sizes of the map and of its parts, however
   * many selections there are. Gradients of the map are computed once, when that of a part is read.
   */
  public static List<TensorMap> split(TensorMap map, Axis axis, List<Labels> selections) {
    return Splitting.maps(map, axis, selections);
  }

  /** As {@link #split(TensorMap, Axis, List)}, of one block. */
  public static List<TensorBlock> split(TensorBlock block, Axis axis, List<Labels> selections) {
    return Splitting.blocks(block, axis, selections);
  }

  /**
   * Parts by the values of some dimensions.
   *
   * @param keys the distinct values, in lexicographic order
   * @param parts for each of them what has these values
   */
  public record Parts<T>(Labels keys, List<T> parts) {}

  /**
   * Returns the map in parts, one for each distinct value of some dimensions: all entries of a part
   * have it. As {@link #split(TensorMap, Axis, List)} by these values. Parts have all keys; a block
   * without such entries is empty there.
   *
   * @param axis samples or properties
   * @param names the dimensions, which the parts keep
   */
  public static Parts<TensorMap> splitBy(TensorMap map, Axis axis, String... names) {
    return Splitting.mapsBy(map, axis, List.of(names));
  }

  /** As {@link #splitBy(TensorMap, Axis, String...)}, of one block. */
  public static Parts<TensorBlock> splitBy(TensorBlock block, Axis axis, String... names) {
    return Splitting.blocksBy(block, axis, List.of(names));
  }

  /** Returns the map without the blocks whose keys match; see {@link Labels#select}. */
  public static TensorMap dropBlocks(TensorMap map, Labels keys) {
    boolean[] dropped = new boolean[map.size()];
    for (int k : map.keys().select(keys)) {
      dropped[k] = true;
    }
    return keep(map, Indices.where(dropped.length, k -> !dropped[k]));
  }

  /** Returns only the blocks whose keys match, in the order of {@link Labels#select}. */
  public static TensorMap filterBlocks(TensorMap map, Labels keys) {
    return keep(map, map.keys().select(keys));
  }

  /** Returns the map without the blocks that have no element. */
  public static TensorMap dropEmptyBlocks(TensorMap map) {
    return keep(map, Indices.where(map.size(), k -> map.block(k).shape().size() > 0));
  }

  private static TensorMap keep(TensorMap map, int[] kept) {
    return TensorMap.of(map.keys().rows(kept), map.blocks(kept), map.info());
  }

  // ---------------------------------------------------------------------------- ordering

  /**
   * Returns the map with entries in lexicographic order of their labels. With the samples the rows
   * of gradients are sorted, with the components also those that only gradients have.
   *
   * @param axes what to sort
   * @param descending whether the largest entry comes first
   */
  public static TensorMap sort(TensorMap map, Set<Axis> axes, boolean descending) {
    return Sorting.apply(map, axes, descending);
  }

  /** As {@link #sort(TensorMap, Set, boolean)}, ascending, along everything. */
  public static TensorMap sort(TensorMap map) {
    return sort(map, EnumSet.allOf(Axis.class), false);
  }

  /** As {@link #sort(TensorMap, Set, boolean)}, of one block. */
  public static TensorBlock sort(TensorBlock block, Set<Axis> axes, boolean descending) {
    if (axes.contains(Axis.KEYS)) {
      throw Dimensions.keysOfBlock();
    }
    return Sorting.block(block, axes, descending ? RowsOrder.DESCENDING : RowsOrder.ASCENDING);
  }

  /** As {@link #sort(TensorBlock, Set, boolean)}, ascending, along everything. */
  public static TensorBlock sort(TensorBlock block) {
    return sort(block, EnumSet.complementOf(EnumSet.of(Axis.KEYS)), false);
  }

  // ---------------------------------------------------------------------------- dimensions

  /**
   * Returns the map with one more dimension.
   *
   * @param axis keys, samples or properties; rows of gradients stay as they are
   * @param index the place of the new dimension
   * @param values its value for each entry, the same in every block
   */
  public static TensorMap insertDimension(
      TensorMap map, Axis axis, int index, String name, int[] values) {
    return Dimensions.changed(map, axis, labels -> labels.insert(index, name, values));
  }

  /** As {@link #insertDimension(TensorMap, Axis, int, String, int[])}, with one value for all. */
  public static TensorMap insertDimension(
      TensorMap map, Axis axis, int index, String name, int value) {
    return Dimensions.changed(
        map, axis, labels -> labels.insert(index, name, Dimensions.constant(value, labels.size())));
  }

  /** As {@link #insertDimension(TensorMap, Axis, int, String, int[])}, of one block. */
  public static TensorBlock insertDimension(
      TensorBlock block, Axis axis, int index, String name, int[] values) {
    return Dimensions.changed(block, axis, labels -> labels.insert(index, name, values));
  }

  /** Returns the map with one more dimension after the last. */
  public static TensorMap appendDimension(TensorMap map, Axis axis, String name, int[] values) {
    return Dimensions.changed(map, axis, labels -> labels.append(name, values));
  }

  /** As {@link #appendDimension(TensorMap, Axis, String, int[])}, with one value for all. */
  public static TensorMap appendDimension(TensorMap map, Axis axis, String name, int value) {
    return Dimensions.changed(
        map, axis, labels -> labels.append(name, Dimensions.constant(value, labels.size())));
  }

  /** As {@link #appendDimension(TensorMap, Axis, String, int[])}, of one block. */
  public static TensorBlock appendDimension(
      TensorBlock block, Axis axis, String name, int[] values) {
    return Dimensions.changed(block, axis, labels -> labels.append(name, values));
  }

  /** Returns the map with dimensions in another order; see {@link Labels#permute}. */
  public static TensorMap permuteDimensions(TensorMap map, Axis axis, int... dimensions) {
    return Dimensions.changed(map, axis, labels -> labels.permute(dimensions));
  }

  /** As {@link #permuteDimensions(TensorMap, Axis, int...)}, of one block. */
  public static TensorBlock permuteDimensions(TensorBlock block, Axis axis, int... dimensions) {
    return Dimensions.changed(block, axis, labels -> labels.permute(dimensions));
  }

  /** Returns the map without a dimension of keys, samples or properties. */
  public static TensorMap removeDimension(TensorMap map, Axis axis, String name) {
    return Dimensions.changed(map, axis, labels -> labels.remove(name));
  }

  /** As {@link #removeDimension(TensorMap, Axis, String)}, of one block. */
  public static TensorBlock removeDimension(TensorBlock block, Axis axis, String name) {
    return Dimensions.changed(block, axis, labels -> labels.remove(name));
  }

  /**
   * Returns the map with another name for a dimension. The rows of gradients are renamed with the
   * samples where they have the name. A component may be one of gradients only; a name that no
   * component has changes nothing.
   */
  public static TensorMap renameDimension(TensorMap map, Axis axis, String old, String name) {
    return Dimensions.renamed(map, axis, old, name);
  }

  /** As {@link #renameDimension(TensorMap, Axis, String, String)}, of one block. */
  public static TensorBlock renameDimension(TensorBlock block, Axis axis, String old, String name) {
    return Dimensions.renamed(block, axis, old, name);
  }

  // ---------------------------------------------------------------------------- gradients

  /** Returns the map without gradients. */
  public static TensorMap removeGradients(TensorMap map) {
    return eachBlock(map, Manipulation::removeGradients);
  }

  /** Returns the map without the gradients by these parameters; unknown ones are passed over. */
  public static TensorMap removeGradients(TensorMap map, List<String> parameters) {
    return eachBlock(map, block -> removeGradients(block, parameters));
  }

  /** Returns the block without gradients. */
  public static TensorBlock removeGradients(TensorBlock block) {
    return removeGradients(block, List.copyOf(block.gradients().keySet()));
  }

  /**
   * Returns the block without the gradients by these parameters; unknown ones are passed over. The
   * tape is kept: values can still be differentiated by what they were computed from.
   */
  public static TensorBlock removeGradients(TensorBlock block, List<String> parameters) {
    SequencedMap<String, TensorBlock> kept = new LinkedHashMap<>(block.gradients());
    kept.keySet().removeAll(parameters);
    if (kept.size() == block.gradients().size()) {
      return block;
    }
    if (!kept.isEmpty()) {
      return block.withGradients(kept);
    }
    // a tensor of its own, so that operations can hold it constant beside the block with gradients
    Tensor values = block.values();
    return TensorBlock.of(
        values.isRecorded() ? values.variable() : values,
        block.samples(),
        block.components(),
        block.properties());
  }

  /** Returns the map with values and gradients as constants, without the tape. */
  public static TensorMap detach(TensorMap map) {
    return requiresGradient(map, false);
  }

  /** Returns the block with values and gradients as constants, without the tape. */
  public static TensorBlock detach(TensorBlock block) {
    return requiresGradient(block, false);
  }

  /**
   * Returns the map without the tape before it.
   *
   * @param required whether to begin a new one: whether the values are variables
   */
  public static TensorMap requiresGradient(TensorMap map, boolean required) {
    return eachBlock(map, block -> requiresGradient(block, required));
  }

  /** As {@link #requiresGradient(TensorMap, boolean)}, of one block. */
  public static TensorBlock requiresGradient(TensorBlock block, boolean required) {
    Tensor values = block.values().detach();
    TensorBlock result =
        TensorBlock.of(
            required ? values.variable() : values,
            block.samples(),
            block.components(),
            block.properties());
    for (var gradient : block.gradients().entrySet()) {
      result = result.withGradient(gradient.getKey(), detach(gradient.getValue()));
    }
    return result;
  }

  // ---------------------------------------------------------------------------- labels

  /**
   * Returns the distinct values of some dimensions over all blocks, sorted.
   *
   * @param axis samples or properties
   * @param gradient the parameter of the gradient whose labels are meant; null for the values
   * @throws IllegalArgumentException also if there is no such gradient
   */
  public static Labels uniqueMetadata(
      TensorMap map, Axis axis, List<String> names, @Nullable String gradient) {
    return unique(map.blocks(), axis, names, gradient);
  }

  /** As {@link #uniqueMetadata(TensorMap, Axis, List, String)}, of one block. */
  public static Labels uniqueMetadata(
      TensorBlock block, Axis axis, List<String> names, @Nullable String gradient) {
    return unique(List.of(block), axis, names, gradient);
  }

  private static Labels unique(
      List<TensorBlock> blocks, Axis axis, List<String> names, @Nullable String gradient) {
    List<int[]> columns = new ArrayList<>();
    int total = 0;
    for (TensorBlock block : blocks) {
      TensorBlock of = gradient == null ? block : block.gradient(gradient);
      columns.add(Slicing.labels(of, axis).columns(names));
      total = Math.addExact(total, columns.getLast().length);
    }
    int[] flat = new int[total];
    int at = 0;
    for (int[] part : columns) {
      System.arraycopy(part, 0, flat, at, part.length);
      at += part.length;
    }
    return LabelsData.wrapUnique(names, flat).groupBy(names).groups();
  }

  private static TensorMap eachBlock(TensorMap map, UnaryOperator<TensorBlock> operation) {
    List<TensorBlock> blocks = new ArrayList<>();
    for (TensorBlock block : map.blocks()) {
      blocks.add(operation.apply(block));
    }
    return map.withBlocks(blocks);
  }
}
