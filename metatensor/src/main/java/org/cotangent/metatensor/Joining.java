package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.cotangent.metatensor.internal.LabelsData;
import org.jspecify.annotations.Nullable;

/** Blocks and maps one after the other along samples or properties. */
final class Joining {
  private Joining() {}

  static TensorMap maps(
      List<TensorMap> maps, Axis axis, DifferentKeys differentKeys, @Nullable String dimension) {
    if (maps.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to join: give at least one map");
    }
    checkAxis(axis);
    if (maps.size() == 1) {
      return maps.getFirst();
    }
    Labels keys = keys(maps, differentKeys);
    List<int[]> positions = new ArrayList<>();
    for (TensorMap map : maps) {
      int[] of = new int[keys.size()];
      for (int k = 0; k < of.length; k++) {
        of[k] = map.keys().position(keys.entry(k));
      }
      positions.add(of);
    }
    List<TensorBlock> blocks = new ArrayList<>();
    for (int k = 0; k < keys.size(); k++) {
      List<TensorBlock> parts = new ArrayList<>();
      for (int m = 0; m < maps.size(); m++) {
        int at = positions.get(m)[k];
        parts.add(at < 0 ? empty(maps, positions, k, axis) : maps.get(m).block(at));
      }
      try {
        blocks.add(blocks(parts, axis, dimension));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "the blocks " + keys.entry(k).print() + " cannot be joined: " + e.getMessage(), e);
      }
    }
    Map<String, String> info = new TreeMap<>();
    for (TensorMap map : maps) {
      map.info().forEach(info::putIfAbsent);
    }
    return TensorMap.of(keys, blocks, info);
  }

  /** A block without samples or properties, like that of the first map which has the key. */
  private static TensorBlock empty(
      List<TensorMap> maps, List<int[]> positions, int key, Axis axis) {
    int m = 0;
    while (positions.get(m)[key] < 0) {
      m++;
    }
    return Slicing.apply(maps.get(m).block(positions.get(m)[key]), axis, new int[0]);
  }

  private static Labels keys(List<TensorMap> maps, DifferentKeys differentKeys) {
    Labels keys = maps.getFirst().keys();
    for (int m = 1; m < maps.size(); m++) {
      Labels other = maps.get(m).keys();
      switch (differentKeys) {
        case UNION -> keys = keys.union(other).labels();
        case INTERSECTION -> keys = keys.intersection(other).labels();
        case ERROR -> {
          if (keys.size() != other.size()
              || keys.intersection(other).labels().size() != keys.size()) {
            throw new IllegalArgumentException(
                "map "
                    + m
                    + " has other keys than the first: join their union or their intersection");
          }
        }
      }
    }
    return keys;
  }

  static TensorBlock blocks(List<TensorBlock> blocks, Axis axis, @Nullable String dimension) {
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to join: give at least one block");
    }
    checkAxis(axis);
    if (blocks.size() == 1) {
      return blocks.getFirst();
    }
    return axis == Axis.SAMPLES
        ? alongSamples(blocks, dimension)
        : alongProperties(blocks, dimension);
  }

  private static void checkAxis(Axis axis) {
    if (axis != Axis.SAMPLES && axis != Axis.PROPERTIES) {
      throw new IllegalArgumentException(
          "one joins along samples or properties, not along " + Manipulation.name(axis));
    }
  }

  private static TensorBlock alongSamples(List<TensorBlock> blocks, @Nullable String dimension) {
    TensorBlock first = blocks.getFirst();
    List<Labels> samples = new ArrayList<>();
    List<Rearrangement.Part> parts = new ArrayList<>();
    int offset = 0;
    for (int b = 0; b < blocks.size(); b++) {
      TensorBlock block = blocks.get(b);
      require(block.components().equals(first.components()), b, "components");
      require(block.properties().equals(first.properties()), b, "properties");
      require(block.samples().names().equals(first.samples().names()), b, "names of samples");
      int[] sampleTo = new int[block.samples().size()];
      for (int i = 0; i < sampleTo.length; i++) {
        sampleTo[i] = offset + i;
      }
      offset = Math.addExact(offset, sampleTo.length);
      samples.add(block.samples());
      parts.add(new Rearrangement.Part(block, sampleTo, UnaryOperator.identity()));
    }
    return Rearrangement.alongSamples(parts, first.components(), first.properties())
        .apply(stacked(samples, dimension));
  }

  private static TensorBlock alongProperties(List<TensorBlock> blocks, @Nullable String dimension) {
    TensorBlock first = blocks.getFirst();
    List<Labels> properties = new ArrayList<>();
    List<Rearrangement.Part> parts = new ArrayList<>();
    boolean sameNames = true;
    int[] stay = Indices.range(first.samples().size());
    for (int b = 0; b < blocks.size(); b++) {
      TensorBlock block = blocks.get(b);
      require(block.components().equals(first.components()), b, "components");
      require(block.samples().equals(first.samples()), b, "samples");
      sameNames &= block.properties().names().equals(first.properties().names());
      properties.add(block.properties());
      parts.add(new Rearrangement.Part(block, stay, UnaryOperator.identity()));
    }
    if (!sameNames && dimension != null) {
      throw new IllegalArgumentException(
          "the properties have different names, so that they are numbered, and no dimension '"
              + dimension
              + "' can be added");
    }
    Labels joined = sameNames ? stacked(properties, dimension) : numbered(properties);
    return Rearrangement.alongProperties(parts, first.components(), joined).apply(first.samples());
  }

  private static void require(boolean same, int number, String what) {
    if (!same) {
      throw new IllegalArgumentException(
          "block " + number + " has other " + what + " than the first, or in another order");
    }
  }

  /** All entries one after the other, with a column that says of which labels, if it has a name. */
  private static Labels stacked(List<Labels> all, @Nullable String dimension) {
    List<String> names = new ArrayList<>(all.getFirst().names());
    int old = names.size();
    if (dimension != null) {
      names.add(dimension);
    }
    int width = names.size();
    int[] flat = new int[Math.multiplyExact(total(all), width)];
    int at = 0;
    for (int part = 0; part < all.size(); part++) {
      int[] from = LabelsData.of(all.get(part));
      if (dimension == null) {
        System.arraycopy(from, 0, flat, at, from.length);
        at += from.length;
        continue;
      }
      for (int row = 0; row < from.length; row += old) {
        for (int k = 0; k < old; k++) {
          flat[at++] = from[row + k];
        }
        flat[at++] = part;
      }
    }
    return dimension == null
        ? LabelsData.wrap(names, flat)
        : LabelsData.wrapUnique(names, flat); // each part's entries differ, and parts do
  }

  /** Which labels an entry is of, and its number there. */
  private static Labels numbered(List<Labels> all) {
    int[] flat = new int[Math.multiplyExact(total(all), 2)];
    int at = 0;
    for (int part = 0; part < all.size(); part++) {
      for (int row = 0; row < all.get(part).size(); row++) {
        flat[at++] = part;
        flat[at++] = row;
      }
    }
    return LabelsData.wrapUnique(List.of("joined_index", "property"), flat);
  }

  private static int total(List<Labels> all) {
    int total = 0;
    for (Labels labels : all) {
      total = Math.addExact(total, labels.size());
    }
    return total;
  }
}
