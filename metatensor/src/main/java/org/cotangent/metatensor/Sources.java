package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.autodiff.Recording;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/** Finds the sources of a gradient from those of the inputs' gradients. */
final class Sources {
  private Sources() {}

  /**
   * Returns the sources of the gradient by a parameter; null if one source's row would be led to
   * two places, so that its samples do not each change one sample of the result.
   *
   * @param blocks the inputs; those without such a gradient are held constant
   * @param targets for each of them the rows of the result that its rows become
   */
  static @Nullable List<Source> ledOn(
      List<TensorBlock> blocks, String parameter, List<int[]> targets) {
    if (blocks.size() == 1) {
      return ledOn(blocks.getFirst(), parameter, targets.getFirst());
    }
    Map<Tensor, Integer> place = new IdentityHashMap<>();
    List<Source> all = new ArrayList<>();
    for (int k = 0; k < blocks.size(); k++) {
      for (Source source : ledOn(blocks.get(k), parameter, targets.get(k))) {
        if (source.isInner() || !add(source, place, all)) {
          return null;
        }
      }
    }
    return all;
  }

  /**
   * Returns the inputs themselves as the sources. All ways from a source to the result then lead
   * through one input.
   *
   * @throws IllegalArgumentException if an input was given twice and leads to different samples
   */
  static List<Source> inputs(List<TensorBlock> blocks, String parameter, List<int[]> targets) {
    Map<Tensor, Integer> place = new IdentityHashMap<>();
    List<Source> all = new ArrayList<>();
    for (int k = 0; k < blocks.size(); k++) {
      TensorBlock block = blocks.get(k);
      TensorBlock gradient = block.gradients().get(parameter);
      Source source =
          gradient == null
              ? Source.held(block.values())
              : new Source(block.values(), gradient, targets.get(k), true);
      if (block.values().isRecorded() && !add(source, place, all)) {
        throw new IllegalArgumentException(
            "a sample of input "
                + k
                + " changes two samples of the result, so that its gradient by '"
                + parameter
                + "' cannot follow");
      }
    }
    return all;
  }

  /** Returns whether the tape has all that the inputs' gradients by a parameter follow from. */
  static boolean areRecorded(List<TensorBlock> blocks, String parameter) {
    if (!Recording.isOn()) {
      return false;
    }
    for (TensorBlock block : blocks) {
      TensorBlock gradient = block.gradients().get(parameter);
      Propagation before = gradient == null ? null : gradient.propagation();
      if (before != null && !before.isRecorded()) {
        return false;
      }
    }
    return true;
  }

  private static boolean add(Source source, Map<Tensor, Integer> place, List<Source> all) {
    Integer known = place.putIfAbsent(source.values(), all.size());
    if (known == null) {
      all.add(source);
      return true;
    }
    Source joined = all.get(known).joinedWith(source);
    if (joined == null) {
      return false;
    }
    all.set(known, joined);
    return true;
  }

  private static List<Source> ledOn(TensorBlock block, String parameter, int[] target) {
    TensorBlock gradient = block.gradients().get(parameter);
    if (gradient == null) {
      return block.values().isRecorded() ? List.of(Source.held(block.values())) : List.of();
    }
    Propagation before = gradient.propagation();
    if (before == null) {
      return List.of(new Source(block.values(), gradient, target, false));
    }
    if (Indices.isRange(target)) {
      return before.sources(); // the usual case: rows stay where they are
    }
    List<Source> led = new ArrayList<>();
    for (Source source : before.sources()) {
      led.add(source.led(target));
    }
    return led;
  }
}
