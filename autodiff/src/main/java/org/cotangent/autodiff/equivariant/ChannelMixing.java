package org.cotangent.autodiff.equivariant;

import org.cotangent.autodiff.Tensor;

/**
 * A linear map of channels with weights of their own for each group of rows (an element, a pair of
 * elements) and each slot (an angular order, a coupling path):
 *
 * <pre>  result[d, i, h] = Σ_{c: out(c) = d} Σ_k x[c, i, k]·weights[group(i), slot(c), k, h]</pre>
 *
 * <p>It turns all components of one angular order alike, so it commutes with rotations.
 */
public final class ChannelMixing {
  private final int[] slot;
  private final int[] out;
  private final int slots;
  private final int outComponents;

  /**
   * Makes a map.
   *
   * @param slot for each component of x which weights it takes, from 0
   * @param out for each component of x to which component of the result it is added, from 0
   * @throws IllegalArgumentException if the two are not of one length, or a number is negative
   */
  public ChannelMixing(int[] slot, int[] out) {
    if (slot.length != out.length) {
      throw new IllegalArgumentException(
          "a mixing needs a slot and a result for each component, got "
              + slot.length
              + " and "
              + out.length);
    }
    this.slot = slot.clone();
    this.out = out.clone();
    slots = count("slot", slot);
    outComponents = count("result", out);
  }

  private static int count(String what, int[] numbers) {
    int count = 0;
    for (int number : numbers) {
      if (number < 0) {
        throw new IllegalArgumentException("a mixing's " + what + " is negative: " + number);
      }
      count = Math.max(count, number + 1);
    }
    return count;
  }

  /** Returns the number of components of x. */
  public int components() {
    return slot.length;
  }

  /** Returns the number of components of the result. */
  public int outComponents() {
    return outComponents;
  }

  /** Returns the number of weight matrices of a group. */
  public int slots() {
    return slots;
  }

  int slot(int component) {
    return slot[component];
  }

  int out(int component) {
    return out[component];
  }

  /**
   * Returns the map of x, on the tape.
   *
   * @param x {@code [components, rows, channels]}
   * @param weights {@code [groups, slots, channels, mixed]}
   * @param offsets int32 {@code [groups + 1]}: rows {@code offsets[g]} until {@code offsets[g + 1]}
   *     belong to group g; from 0 to {@code rows}, never falling
   * @return {@code [outComponents, rows, mixed]}
   * @throws IllegalArgumentException if the shapes are not these
   */
  public Tensor apply(Tensor x, Tensor weights, Tensor offsets) {
    if (x.rank() != 3
        || weights.rank() != 4
        || offsets.rank() != 1
        || x.dtype() != weights.dtype()
        || x.dim(0) != components()
        || weights.dim(0) != offsets.dim(0) - 1
        || weights.dim(1) != slots
        || weights.dim(2) != x.dim(2)) {
      throw new IllegalArgumentException(
          "a mixing of %d components with %d slots needs [%d, rows, channels], weights [groups, %d, channels, mixed] of the same type and offsets [groups + 1], got %s%s, %s%s and %s"
              .formatted(
                  components(),
                  slots,
                  components(),
                  slots,
                  x.dtype(),
                  x.shape(),
                  weights.dtype(),
                  weights.shape(),
                  offsets.shape()));
    }
    GroupedProduct.requireOffsets(offsets, x.dim(1));
    return new GroupedProduct(this, GroupedProduct.View.RESULT).apply(x, weights, offsets);
  }
}
