package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.cotangent.metatensor.internal.LabelsData;

/** Key dimensions become property dimensions; blocks whose keys become equal are merged. */
final class KeysToProperties {
  private KeysToProperties() {}

  static TensorMap apply(TensorMap map, Labels moved, double fill, boolean sorted) {
    MergedKeys merged = MergedKeys.without(map, moved.names());
    int[] keys = map.keys().columns(moved.names());
    List<TensorBlock> blocks = new ArrayList<>();
    for (int[] members : merged.members()) {
      List<Labels> samples = new ArrayList<>();
      for (int member : members) {
        MergedKeys.checkComponents(map, members[0], member);
        samples.add(map.block(member).samples());
      }
      MergedSamples union = MergedSamples.of(samples, sorted);
      List<Rearrangement.Part> parts = new ArrayList<>();
      Labels properties =
          moved.size() == 0
              ? sideBySide(map, members, moved, keys, union, parts)
              : listed(map, members, moved, keys, union, parts);
      blocks.add(
          Rearrangement.alongProperties(parts, map.block(members[0]).components(), properties)
              .rowsIn(RowsOrder.ASCENDING)
              .filledWith(fill)
              .apply(union.samples()));
    }
    return TensorMap.of(merged.keys(), blocks, map.info());
  }

  /** The properties of each block, behind the values of its key. */
  private static Labels sideBySide(
      TensorMap map,
      int[] members,
      Labels moved,
      int[] keys,
      MergedSamples union,
      List<Rearrangement.Part> parts) {
    int total = 0;
    for (int member : members) {
      total = Math.addExact(total, map.block(member).properties().size());
    }
    Builder properties = new Builder(moved, map.block(members[0]).properties(), total);
    for (int k = 0; k < members.length; k++) {
      TensorBlock block = map.block(members[k]);
      parts.add(new Rearrangement.Part(block, union.sampleTo().get(k), UnaryOperator.identity()));
      properties.add(keys, members[k], block.properties());
    }
    return properties.labels();
  }

  /** The common properties behind each of the listed values, whether there is a block or not. */
  private static Labels listed(
      TensorMap map,
      int[] members,
      Labels moved,
      int[] keys,
      MergedSamples union,
      List<Rearrangement.Part> parts) {
    Labels common = map.block(members[0]).properties();
    int[] memberOf = new int[moved.size()];
    Arrays.fill(memberOf, -1);
    for (int k = 0; k < members.length; k++) {
      TensorBlock block = map.block(members[k]);
      if (!block.properties().equals(common)) {
        throw new IllegalArgumentException(
            "blocks "
                + map.keys().entry(members[0]).print()
                + " and "
                + map.keys().entry(members[k]).print()
                + " have different properties, so that listed keys cannot be moved to them; move"
                + " the keys by name");
      }
      int width = moved.width();
      int entry =
          moved.position(Arrays.copyOfRange(keys, members[k] * width, (members[k] + 1) * width));
      if (entry >= 0) {
        memberOf[entry] = k;
      } else { // only its samples count
        parts.add(
            new Rearrangement.Part(
                block, union.sampleTo().get(k), values -> values.slice(-1, 0, 0)));
      }
    }
    int total = Math.multiplyExact(moved.size(), common.size());
    Builder properties = new Builder(moved, common, total);
    int[] nowhere = new int[map.block(members[0]).samples().size()];
    Arrays.fill(nowhere, -1);
    for (int entry = 0; entry < memberOf.length; entry++) {
      int k = memberOf[entry];
      parts.add(
          new Rearrangement.Part(
              map.block(members[Math.max(k, 0)]),
              k < 0 ? nowhere : union.sampleTo().get(k),
              UnaryOperator.identity()));
      properties.add(LabelsData.of(moved), entry, common);
    }
    return properties.labels();
  }

  /** Property labels, entry by entry. */
  private static final class Builder {
    private final List<String> names;
    private final int keyWidth;
    private final int[] flat;
    private int at = 0;

    Builder(Labels moved, Labels properties, int size) {
      names = new ArrayList<>(moved.names());
      names.addAll(properties.names());
      keyWidth = moved.width();
      flat = new int[Math.multiplyExact(size, names.size())];
    }

    void add(int[] keys, int key, Labels properties) {
      int[] from = LabelsData.of(properties);
      int width = properties.width();
      for (int p = 0; p < properties.size(); p++) {
        System.arraycopy(keys, key * keyWidth, flat, at, keyWidth);
        System.arraycopy(from, p * width, flat, at + keyWidth, width);
        at += keyWidth + width;
      }
    }

    Labels labels() {
      return Labels.assumeUnique(names, flat);
    }
  }
}
