package org.cotangent.metatensor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.io.MtsReader;
import org.cotangent.metatensor.io.MtsWriter;

/**
 * Blocks by key: a block-sparse tensor. All blocks have the same element type, the same names of
 * samples, components and properties, and the same gradients; their entries and sizes may differ.
 *
 * <p>Maps are immutable. Operations keep {@code info}, and lead explicit gradients on.
 */
public final class TensorMap implements MapArithmetic, MapManipulation, MapReductions {
  private final Labels keys;
  private final List<TensorBlock> blocks;
  private final SequencedMap<String, String> info;

  private TensorMap(Labels keys, List<TensorBlock> blocks, Map<String, String> info) {
    this.keys = keys;
    this.blocks = List.copyOf(blocks);
    this.info = Collections.unmodifiableSequencedMap(new TreeMap<>(info));
  }

  /**
   * Returns the map with these blocks, one for each key.
   *
   * @throws IllegalArgumentException if their numbers differ, or the blocks are not alike in type,
   *     names or gradients
   */
  public static TensorMap of(Labels keys, List<TensorBlock> blocks) {
    return of(keys, blocks, Map.of());
  }

  /** As {@link #of(Labels, List)}, with free text by name that goes along with the map. */
  public static TensorMap of(Labels keys, List<TensorBlock> blocks, Map<String, String> info) {
    if (keys.size() != blocks.size()) {
      throw new IllegalArgumentException(
          blocks.size() + " blocks for " + keys.size() + " keys: each key needs one");
    }
    for (int k = 1; k < blocks.size(); k++) {
      int key = k;
      BlockAgreement.check(
          () -> "block " + keys.entry(key).print(),
          blocks.get(k),
          () -> "block " + keys.entry(0).print(),
          blocks.getFirst());
    }
    return new TensorMap(keys, blocks, info);
  }

  // ---------------------------------------------------------------------------- inspection

  /** Returns the keys, one for each block. */
  public Labels keys() {
    return keys;
  }

  /** Returns the number of blocks. */
  public int size() {
    return blocks.size();
  }

  /** Returns the blocks in the order of the keys. */
  public List<TensorBlock> blocks() {
    return blocks;
  }

  /** Returns free text by name, in alphabetical order. */
  public SequencedMap<String, String> info() {
    return info;
  }

  /** Returns the element type of all blocks; empty for a map without blocks. */
  public Optional<DType> dtype() {
    return blocks.stream().findFirst().map(TensorBlock::dtype);
  }

  /** Returns this map with one more entry of {@code info}, or another value for it. */
  public TensorMap withInfo(String name, String text) {
    Map<String, String> more = new TreeMap<>(info);
    more.put(name, text);
    return new TensorMap(keys, blocks, more);
  }

  /**
   * Returns the only block.
   *
   * @throws IllegalStateException if there are none or several
   */
  public TensorBlock block() {
    if (blocks.size() != 1) {
      throw new IllegalStateException(
          "the map has " + blocks.size() + " blocks: say which one you want");
    }
    return blocks.getFirst();
  }

  /** Returns the block at a position in the keys. */
  public TensorBlock block(int position) {
    if (position < 0 || position >= blocks.size()) {
      throw new IllegalArgumentException(
          "there is no block " + position + " in a map of " + blocks.size() + " blocks");
    }
    return blocks.get(position);
  }

  /**
   * Returns the only block whose key has these values.
   *
   * @param selection values by key dimension; dimensions that are not named may have any value
   * @throws IllegalArgumentException if a dimension is unknown, or no block or several match
   */
  public TensorBlock block(Map<String, Integer> selection) {
    return block(labels(selection));
  }

  /** As {@link #block(Map)}, with the dimensions and values of an entry. */
  public TensorBlock block(LabelsEntry selection) {
    return block(labels(selection));
  }

  /** As {@link #block(Map)}: the only block whose key matches an entry of the selection. */
  public TensorBlock block(Labels selection) {
    int[] found = keys.select(selection);
    if (found.length != 1) {
      throw new IllegalArgumentException(
          (found.length == 0 ? "no block matches " : found.length + " blocks match ")
              + (selection.size() == 1
                  ? selection.entry(0).print()
                  : "a selection of " + selection.size() + " entries")
              + " among "
              + keys.size()
              + " keys of the dimensions "
              + keys.names());
    }
    return blocks.get(found[0]);
  }

  /**
   * Returns all blocks whose keys have these values, in the order of the keys; possibly none.
   *
   * @throws IllegalArgumentException if a dimension is unknown
   */
  public List<TensorBlock> blocks(Map<String, Integer> selection) {
    return blocks(labels(selection));
  }

  /** As {@link #blocks(Map)}, with the dimensions and values of an entry. */
  public List<TensorBlock> blocks(LabelsEntry selection) {
    return blocks(labels(selection));
  }

  /**
   * As {@link #blocks(Map)}: the blocks whose keys match an entry of the selection, in the order of
   * {@link Labels#select}.
   */
  public List<TensorBlock> blocks(Labels selection) {
    return blocks(keys.select(selection));
  }

  /**
   * Returns the blocks at these positions in the keys.
   *
   * @throws IllegalArgumentException if there is no such block
   */
  public List<TensorBlock> blocks(int... positions) {
    return Arrays.stream(positions).mapToObj(this::block).toList();
  }

  private static Labels labels(Map<String, Integer> selection) {
    List<String> names = List.copyOf(selection.keySet());
    return Labels.ofFlat(names, names.stream().mapToInt(selection::get).toArray());
  }

  private static Labels labels(LabelsEntry selection) {
    return Labels.ofFlat(selection.names(), selection.values());
  }

  // ---------------------------------------------------------------------------- operations

  /**
   * Returns the map with {@code f} applied to the values of every block. Explicit gradients follow
   * by the chain rule.
   *
   * @param f any differentiable function that treats each sample for itself: from {@code [samples,
   *     components…, properties]} to {@code [samples, components…, new properties]}
   */
  public TensorMap map(UnaryOperator<Tensor> f) {
    return map((key, values) -> f.apply(values));
  }

  /** As {@link #map(UnaryOperator)}, with a function that also gets the key of the block. */
  public TensorMap map(BiFunction<LabelsEntry, Tensor, Tensor> f) {
    return ValuesMap.apply(this, f, null);
  }

  /** As {@link #map(BiFunction)}, with labels for the new properties. */
  public TensorMap map(BiFunction<LabelsEntry, Tensor, Tensor> f, Labels properties) {
    return ValuesMap.apply(this, f, properties);
  }

  /**
   * Returns the map with key dimensions moved to the end of the samples; blocks whose keys become
   * equal are merged. Samples are sorted. Properties that only some of the merged blocks have are
   * filled with 0 in the others.
   *
   * @throws IllegalArgumentException if the map has no blocks, a dimension is not among the keys,
   *     or merged blocks have different components
   */
  public TensorMap keysToSamples(String... names) {
    return keysToSamples(Labels.empty(List.of(names)), 0, true);
  }

  /**
   * As {@link #keysToSamples(String...)}.
   *
   * @param moved labels without entries: the names of the dimensions
   * @param fillValue what values and gradients are filled with
   * @param sortSamples whether to sort the samples; otherwise those of the first block come first
   */
  public TensorMap keysToSamples(Labels moved, double fillValue, boolean sortSamples) {
    return KeysToSamples.apply(this, moved, fillValue, sortSamples);
  }

  /**
   * Returns the map with key dimensions moved to the front of the properties; blocks whose keys
   * become equal are merged. Samples are the sorted union of those of the merged blocks; where a
   * block has no such sample it is filled with 0.
   *
   * @throws IllegalArgumentException if the map has no blocks, a dimension is not among the keys,
   *     or merged blocks have different components
   */
  public TensorMap keysToProperties(String... names) {
    return keysToProperties(Labels.empty(List.of(names)), 0, true);
  }

  /** As {@link #keysToProperties(Labels, double, boolean)}, filled with 0 and sorted. */
  public TensorMap keysToProperties(Labels moved) {
    return keysToProperties(moved, 0, true);
  }

  /**
   * As {@link #keysToProperties(String...)}.
   *
   * @param moved the names of the dimensions. If it has entries, the properties are these, each
   *     with the properties of the blocks, which must be equal: blocks with other keys contribute
   *     only their samples, and entries without a block are filled
   * @param fillValue what values and gradients are filled with
   * @param sortSamples whether to sort the samples; otherwise they come in order of appearance
   * @throws IllegalArgumentException also if there are entries and properties are not equal
   */
  public TensorMap keysToProperties(Labels moved, double fillValue, boolean sortSamples) {
    return KeysToProperties.apply(this, moved, fillValue, sortSamples);
  }

  /**
   * Returns the map with sample dimensions moved to the end of the keys: every block is cut into
   * one for each of their values, in lexicographic order, so that what was filled or empty can be
   * left out. The reverse of {@link #keysToSamples(String...)}. The key {@code _} of a single block
   * is dropped.
   *
   * @throws IllegalArgumentException if a dimension is not among the samples, if no other would be
   *     left, or the keys have it already
   */
  public TensorMap samplesToKeys(String... names) {
    return Sparsifying.apply(this, Axis.SAMPLES, List.of(names));
  }

  /**
   * As {@link #samplesToKeys}, for dimensions of the properties; the reverse of {@link
   * #keysToProperties(String...)}. Samples stay, also where a block has only zeros for them.
   */
  public TensorMap propertiesToKeys(String... names) {
    return Sparsifying.apply(this, Axis.PROPERTIES, List.of(names));
  }

  /**
   * Returns the map with components moved to the front of the properties, one after the other: the
   * last one named becomes the first dimension.
   *
   * @throws IllegalArgumentException if a dimension is not among the components of the values
   */
  public TensorMap componentsToProperties(String... dimensions) {
    return ComponentsToProperties.apply(this, List.of(dimensions));
  }

  /**
   * Returns the map with values and gradients in another element type; see {@link TensorBlock#to}.
   */
  public TensorMap to(DType dtype) {
    return withBlocks(blocks.stream().map(block -> block.to(dtype)).toList());
  }

  /** Returns a map of the same keys and info with other blocks. */
  TensorMap withBlocks(List<TensorBlock> changed) {
    return of(keys, changed, info);
  }

  // ---------------------------------------------------------------------------- files

  /**
   * Reads a map from an {@code .mts} file.
   *
   * @throws MetatensorException if the content is not a map
   */
  public static TensorMap load(Path file) throws IOException {
    return StoredBlocks.map(MtsReader.readMap(file));
  }

  /** Reads a map from a stream of the bytes of an {@code .mts} file. */
  public static TensorMap load(InputStream in) throws IOException {
    return StoredBlocks.map(MtsReader.readMap(in));
  }

  /** Writes the map to an {@code .mts} file; one that is there is replaced once all is written. */
  public void save(Path file) throws IOException {
    MtsWriter.writeMap(file, StoredBlocks.stored(this));
  }

  /** Writes the map to a stream as the bytes of an {@code .mts} file. */
  public void save(OutputStream out) throws IOException {
    MtsWriter.writeMap(out, StoredBlocks.stored(this));
  }

  // ---------------------------------------------------------------------------- text

  /** Returns the map as text, with at most {@code maxKeys} blocks; all if negative. */
  public String print(int maxKeys) {
    return BlockText.map(this, maxKeys);
  }

  /** Returns the map as text, with at most 7 blocks. */
  @Override
  public String toString() {
    return print(7);
  }

  /** Returns the map as text, with all blocks. */
  public String repr() {
    return print(-1);
  }

  /** Returns the map as an HTML table of keys and shapes, of at most 200 blocks. */
  public String toHtml() {
    return BlockHtml.map(this);
  }

  /** Returns the keys with their blocks, in order. */
  public SequencedMap<LabelsEntry, TensorBlock> items() {
    SequencedMap<LabelsEntry, TensorBlock> items = new java.util.LinkedHashMap<>();
    for (int k = 0; k < blocks.size(); k++) {
      items.put(keys.entry(k), blocks.get(k));
    }
    return items;
  }

  /** Returns the names of the dimensions of the samples; none for a map without blocks. */
  public List<String> sampleNames() {
    return blocks.isEmpty() ? List.of() : blocks.getFirst().samples().names();
  }

  /** Returns the names of the components; none for a map without blocks. */
  public List<String> componentNames() {
    List<String> names = new ArrayList<>();
    if (!blocks.isEmpty()) {
      blocks.getFirst().components().forEach(component -> names.addAll(component.names()));
    }
    return names;
  }

  /** Returns the names of the dimensions of the properties; none for a map without blocks. */
  public List<String> propertyNames() {
    return blocks.isEmpty() ? List.of() : blocks.getFirst().properties().names();
  }
}
