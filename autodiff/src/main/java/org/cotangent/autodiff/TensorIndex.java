package org.cotangent.autodiff;

import org.jspecify.annotations.Nullable;

/**
 * A map from tensors, by identity, to numbers: open addressing in two arrays. It stands in for a
 * mark in the tensor itself, which several threads would overwrite for one another.
 */
final class TensorIndex {
  private @Nullable Tensor[] keys = new Tensor[32];
  private int[] values = new int[32];
  private int size = 0;

  /** Returns the number of a tensor, -1 if it has none. */
  int get(Tensor tensor) {
    int mask = keys.length - 1;
    for (int slot = tensor.hash & mask; ; slot = (slot + 1) & mask) {
      Tensor key = keys[slot];
      if (key == tensor) {
        return values[slot];
      }
      if (key == null) {
        return -1;
      }
    }
  }

  /** Gives a tensor a number; one that it had is kept. */
  void put(Tensor tensor, int value) {
    if (2 * (size + 1) > keys.length) {
      grow();
    }
    insert(tensor, value);
  }

  private void insert(Tensor tensor, int value) {
    int mask = keys.length - 1;
    int slot = tensor.hash & mask;
    while (keys[slot] != null) {
      if (keys[slot] == tensor) {
        return;
      }
      slot = (slot + 1) & mask;
    }
    keys[slot] = tensor;
    values[slot] = value;
    size++;
  }

  private void grow() {
    @Nullable Tensor[] oldKeys = keys;
    int[] oldValues = values;
    keys = new Tensor[2 * oldKeys.length];
    values = new int[2 * oldKeys.length];
    size = 0;
    for (int slot = 0; slot < oldKeys.length; slot++) {
      Tensor key = oldKeys[slot];
      if (key != null) {
        insert(key, oldValues[slot]);
      }
    }
  }
}
