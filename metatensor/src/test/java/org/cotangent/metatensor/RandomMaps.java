package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.io.SampleFiles;

/**
 * Random maps of every kind: 0 to 8 blocks, 0 to 3 components, axes without entries, unsorted and
 * negative labels, several gradients with sparse rows and components of their own, gradients of
 * gradients, names and texts outside ASCII where they may be, any element type. A seed gives the
 * same map everywhere.
 */
final class RandomMaps {
  private static final List<String> NAMES =
      List.of(
          "system", "atom", "center_type", "o3_lambda", "o3_sigma", "n", "l_1", "_x", "Z9", "q");
  private static final List<String> COMPONENTS = List.of("o3_mu", "xyz_1", "nu", "kappa");
  private static final List<String> PARAMETERS = List.of("positions", "cell", "été 𝛁");

  private final Random random;

  RandomMaps(long seed) {
    random = new Random(seed);
  }

  Random random() {
    return random;
  }

  /** How the blocks of a map are alike. */
  private record Form(
      DType dtype,
      List<String> samples,
      List<String> components,
      List<String> properties,
      SequencedMap<String, List<String>> parameters,
      boolean nested) {}

  /** Returns a map without gradients of gradients. */
  TensorMap map(DType dtype) {
    return map(dtype, false);
  }

  /** Returns a map whose gradients may have gradients themselves. */
  TensorMap nestedMap(DType dtype) {
    return map(dtype, true);
  }

  private TensorMap map(DType dtype, boolean nested) {
    List<String> names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    int keyDimensions = 1 + random.nextInt(3);
    int sampleDimensions = 1 + random.nextInt(3);
    int propertyDimensions = 1 + random.nextInt(2);
    List<String> keyNames = take(names, keyDimensions);
    List<String> components = COMPONENTS.subList(0, few());
    SequencedMap<String, List<String>> parameters = new LinkedHashMap<>();
    for (String parameter : PARAMETERS) {
      if (random.nextInt(3) == 0) {
        parameters.put(parameter, List.of("xyz", "abc").subList(0, random.nextInt(3)));
      }
    }
    Form form =
        new Form(
            dtype,
            take(names, sampleDimensions),
            components,
            take(names, propertyDimensions),
            parameters,
            nested && random.nextBoolean());
    Labels keys = labels(keyNames, random.nextInt(9), 3);
    List<TensorBlock> blocks = new ArrayList<>();
    List<Labels> shared = components(form.components);
    for (int k = 0; k < keys.size(); k++) {
      blocks.add(block(form, random.nextInt(4) > 0 ? shared : components(form.components)));
    }
    Map<String, String> info = new TreeMap<>();
    for (int k = random.nextInt(3); k > 0; k--) {
      info.put("field " + k + " é", random.nextBoolean() ? "" : "𝛁\n\"" + random.nextInt());
    }
    return TensorMap.of(keys, blocks, info);
  }

  /** 0 to 2, seldom 3. */
  private int few() {
    return random.nextInt(8) == 0 ? 3 : random.nextInt(3);
  }

  private static List<String> take(List<String> names, int count) {
    List<String> taken = List.copyOf(names.subList(0, count));
    names.subList(0, count).clear();
    return taken;
  }

  private List<Labels> components(List<String> names) {
    List<Labels> components = new ArrayList<>();
    for (String name : names) {
      components.add(
          random.nextBoolean() ? Labels.range(name, 3) : someLabels(List.of(name), 1, 3));
    }
    return components;
  }

  /** Returns labels of at most that many rows with entries from -1 to {@code range}. */
  Labels labels(List<String> names, int most, int range) {
    Set<List<Integer>> rows = new HashSet<>();
    List<int[]> kept = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      int[] row = random.ints(names.size(), -1, range + 1).toArray();
      if (rows.add(java.util.Arrays.stream(row).boxed().toList())) {
        kept.add(row);
      }
    }
    return Labels.of(names, kept.toArray(int[][]::new));
  }

  private Labels someLabels(List<String> names, int least, int most) {
    Labels labels = labels(names, least + random.nextInt(most - least + 1), 3);
    return labels.size() >= least ? labels : Labels.range(names.getFirst(), least);
  }

  private TensorBlock block(Form form, List<Labels> components) {
    Labels samples = labels(form.samples, random.nextInt(8), 2);
    Labels properties = labels(form.properties, random.nextInt(6), 2);
    TensorBlock block = withValues(form.dtype, samples, components, properties);
    for (var parameter : form.parameters.entrySet()) {
      block =
          block.withGradient(
              parameter.getKey(), gradient(form, block, parameter.getValue(), form.nested));
    }
    return block;
  }

  private TensorBlock gradient(Form form, TensorBlock block, List<String> extra, boolean nested) {
    int samples = block.samples().size();
    List<int[]> rows = new ArrayList<>();
    for (int sample = 0; sample < samples; sample++) {
      for (int atom = 0; atom < 3; atom++) {
        if (random.nextInt(5) < 2) {
          rows.add(new int[] {sample, random.nextInt(2), atom});
        }
      }
    }
    if (random.nextBoolean()) {
      Collections.shuffle(rows, random);
    }
    List<Labels> components = new ArrayList<>();
    for (String name : extra) {
      components.add(Labels.range(name + (nested ? "" : "_2"), 1 + extra.size()));
    }
    components.addAll(block.components());
    TensorBlock gradient =
        withValues(
            form.dtype,
            Labels.of(List.of("sample", "of", "by"), rows.toArray(int[][]::new)),
            components,
            block.properties());
    if (!nested) {
      return gradient;
    }
    for (var parameter : form.parameters.entrySet()) {
      gradient =
          gradient.withGradient(
              parameter.getKey(), gradient(form, gradient, parameter.getValue(), false));
    }
    return gradient;
  }

  private TensorBlock withValues(
      DType dtype, Labels samples, List<Labels> components, Labels properties) {
    Shape shape = TensorBlock.shape(samples, components, properties);
    return TensorBlock.of(
        SampleFiles.tensor(random, dtype, shape.toArray()), samples, components, properties);
  }

  /** Returns a map of the same metadata with other numbers, its keys in another order. */
  TensorMap other(TensorMap map) {
    List<Integer> order = new ArrayList<>();
    for (int k = 0; k < map.size(); k++) {
      order.add(k);
    }
    Collections.shuffle(order, random);
    int[] rows = order.stream().mapToInt(Integer::intValue).toArray();
    return TensorMap.of(
        map.keys().rows(rows), map.blocks(rows).stream().map(this::other).toList(), map.info());
  }

  /** Returns a block of the same metadata with other numbers. */
  TensorBlock other(TensorBlock block) {
    TensorBlock other =
        withValues(block.dtype(), block.samples(), block.components(), block.properties());
    for (var gradient : block.gradients().entrySet()) {
      other = other.withGradient(gradient.getKey(), other(gradient.getValue()));
    }
    return other;
  }

  /** Returns the map with whole numbers as values, many of them zeros. */
  TensorMap whole(TensorMap map) {
    List<TensorBlock> blocks = new ArrayList<>();
    for (TensorBlock block : map.blocks()) {
      double[] values = block.values().toDoubleArray();
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.rint(values[i]);
      }
      TensorBlock whole =
          TensorBlock.of(
              Tensor.of(values, block.shape().toArray()).cast(block.dtype()),
              block.samples(),
              block.components(),
              block.properties());
      for (var gradient : block.gradients().entrySet()) {
        whole = whole.withGradient(gradient.getKey(), gradient.getValue());
      }
      blocks.add(whole);
    }
    return TensorMap.of(map.keys(), blocks, map.info());
  }

  /** Returns a block of some labels with random values. */
  TensorBlock block(DType dtype, Labels samples, List<Labels> components, Labels properties) {
    return withValues(dtype, samples, components, properties);
  }

  /** Returns one of the entries. */
  <T> T one(List<T> entries) {
    return entries.get(random.nextInt(entries.size()));
  }

  /** Returns some of the entries, possibly none, in any order. */
  <T> List<T> some(List<T> entries) {
    List<T> some = new ArrayList<>(entries);
    Collections.shuffle(some, random);
    return List.copyOf(some.subList(0, random.nextInt(some.size() + 1)));
  }
}
