package org.cotangent.metatensor.learn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Layer;
import org.cotangent.autodiff.nn.Parameters;
import org.cotangent.metatensor.Derivation;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.jspecify.annotations.Nullable;

/**
 * A layer for each key, applied to the values of the block that has this key. Samples and
 * components stay; properties are those given by {@link #withProperties}, or else one dimension
 * {@code _} with 0, 1, 2, …
 *
 * <p>The parameters of the layer for key k, if it has any, are those under its number: {@code
 * 0.weight}, {@code 0.bias}, {@code 1.weight}, …
 */
public class ModuleMap implements MapLayer {
  private final Labels keys;
  private final List<Layer> layers;
  private final @Nullable List<Labels> properties;

  /**
   * Creates a map of layers.
   *
   * @param keys of the blocks that the layers are for
   * @param layers one for each key; each treats every sample for itself, from {@code [samples,
   *     components…, properties]} to {@code [samples, components…, new properties]}
   * @throws IllegalArgumentException if their numbers differ
   */
  public ModuleMap(Labels keys, List<? extends Layer> layers) {
    this(keys, layers, null);
  }

  /** As {@link #ModuleMap(Labels, List)}, with such a layer for every key: parameters differ. */
  public ModuleMap(Labels keys, Layer layer) {
    this(keys, Collections.nCopies(keys.size(), layer), null);
  }

  private ModuleMap(Labels keys, List<? extends Layer> layers, @Nullable List<Labels> properties) {
    requireOnePerKey("layers", layers, keys);
    if (properties != null) {
      requireOnePerKey("labels of properties", properties, keys);
    }
    this.keys = keys;
    this.layers = List.copyOf(layers);
    this.properties = properties == null ? null : List.copyOf(properties);
  }

  static void requireOnePerKey(String what, List<?> given, Labels keys) {
    if (given.size() != keys.size()) {
      throw new IllegalArgumentException(
          given.size() + " " + what + " for " + keys.size() + " keys: each key needs one");
    }
  }

  /**
   * Returns the same layers with these labels for the properties that they make.
   *
   * @param labels one for each key
   * @throws IllegalArgumentException if their numbers differ
   */
  public ModuleMap withProperties(List<Labels> labels) {
    return new ModuleMap(keys, layers, labels);
  }

  /** Returns the keys of the blocks that there are layers for. */
  public Labels keys() {
    return keys;
  }

  /** Returns the layers, in the order of the keys. */
  public List<Layer> layers() {
    return layers;
  }

  @Override
  public Parameters initialise(UniformRandomProvider random, DType dtype) {
    Parameters.Builder builder = Parameters.builder();
    for (int k = 0; k < layers.size(); k++) {
      builder.addAll(Integer.toString(k), layers.get(k).initialise(random, dtype));
    }
    return builder.build();
  }

  /**
   * Returns what the layers make of the blocks of a map, which may have fewer keys than there are
   * layers, in any order.
   *
   * @throws IllegalArgumentException if there is no layer for a key of the map, or one does not fit
   *     its block
   */
  @Override
  public TensorMap apply(Parameters parameters, TensorMap map) {
    if (!map.keys().names().equals(keys.names())) {
      throw new IllegalArgumentException(
          "the layers are for keys of the dimensions "
              + keys.names()
              + ", the map has "
              + map.keys().names());
    }
    List<TensorBlock> blocks = new ArrayList<>(map.size());
    for (int b = 0; b < map.size(); b++) {
      int k = keys.position(map.keys().entry(b));
      if (k < 0) {
        throw new IllegalArgumentException(
            "there is no layer for the block " + map.keys().entry(b).print());
      }
      try {
        blocks.add(block(k, parameters, map.block(b)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "in block " + map.keys().entry(b).print() + ", " + e.getMessage(), e);
      }
    }
    return TensorMap.of(map.keys(), blocks, map.info());
  }

  private TensorBlock block(int k, Parameters parameters, TensorBlock block) {
    String name = Integer.toString(k);
    Parameters own = parameters.contains(name) ? parameters.under(name) : Parameters.empty();
    Tensor values = layers.get(k).apply(own, block.values());
    Shape before = block.shape();
    Shape after = values.shape();
    if (after.rank() != before.rank() || !after.with(-1, 0).equals(before.with(-1, 0))) {
      throw new IllegalArgumentException(
          "the layer made values of shape "
              + after
              + " from "
              + before
              + ": only the last axis may change");
    }
    Labels labels = properties == null ? Labels.range("_", after.dim(-1)) : properties.get(k);
    return Derivation.block(
        values,
        block.samples(),
        block.components(),
        labels,
        List.of(Derivation.Input.same(block)),
        false);
  }
}
