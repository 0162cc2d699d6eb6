package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.Tensor;

/** Sums and statistics over entries of the samples or properties that differ in some dimensions. */
final class GroupReduction {
  /** What a group of entries becomes. */
  enum Statistic {
    SUM,
    MEAN,
    VARIANCE,
    STANDARD_DEVIATION
  }

  private GroupReduction() {}

  static TensorMap of(Statistic statistic, Axis axis, TensorMap map, List<String> names) {
    if (map.size() > 0) {
      for (String name : names) {
        entries(map.block(0), axis).dimension(name); // refuses what is not there
      }
    }
    List<TensorBlock> blocks = new ArrayList<>(map.size());
    for (TensorBlock block : map.blocks()) {
      blocks.add(of(statistic, axis, block, names));
    }
    return map.withBlocks(blocks);
  }

  static TensorBlock of(Statistic statistic, Axis axis, TensorBlock block, List<String> names) {
    Labels entries = entries(block, axis);
    List<String> remaining = new ArrayList<>(entries.names());
    remaining.removeAll(names);
    Labels.Grouping grouping =
        entries.size() == 0 && remaining.isEmpty()
            ? new Labels.Grouping(Labels.empty(List.of("_")), new int[0])
            : entries.groupBy(remaining);
    if (statistic == Statistic.SUM && axis == Axis.SAMPLES) {
      return Derivation.sum(new Derivation.Input(block, grouping.groupOf()), grouping.groups());
    }
    EntryGroups groups =
        new EntryGroups(grouping.groupOf(), grouping.groups().size(), axis == Axis.PROPERTIES);
    Tensor values = entries.size() == 0 ? block.values() : apply(statistic, groups, block.values());
    return axis == Axis.SAMPLES
        ? Derivation.block(
            values,
            grouping.groups(),
            block.components(),
            block.properties(),
            List.of(new Derivation.Input(block, grouping.groupOf())),
            true)
        : Derivation.block(
            values,
            block.samples(),
            block.components(),
            grouping.groups(),
            List.of(Derivation.Input.same(block)),
            false);
  }

  private static Labels entries(TensorBlock block, Axis axis) {
    return axis == Axis.SAMPLES ? block.samples() : block.properties();
  }

  private static Tensor apply(Statistic statistic, EntryGroups groups, Tensor x) {
    return switch (statistic) {
      case SUM -> groups.sum(x);
      case MEAN -> groups.mean(x);
      case VARIANCE -> variance(groups, x);
      case STANDARD_DEVIATION -> rootOrZero(variance(groups, x));
    };
  }

  /**
   * The mean of the squared deviations from the mean. Deviations are first taken from one entry of
   * the group, a constant shift on which the variance does not depend: so equal numbers, of which
   * the mean may be rounded, have variance 0 exactly, and a large offset costs no digits.
   */
  private static Tensor variance(EntryGroups groups, Tensor x) {
    Tensor shifted = x.subtract(groups.firstOfEach(x.stopGradient()));
    return groups.mean(shifted.subtract(groups.spread(groups.mean(shifted))).square());
  }

  /** √x, and 0 with all derivatives 0 where x is 0. */
  private static Tensor rootOrZero(Tensor x) {
    Tensor zero = x.equalTo(0);
    return zero.where(x.zerosLike(), zero.where(x.onesLike(), x).sqrt());
  }
}
