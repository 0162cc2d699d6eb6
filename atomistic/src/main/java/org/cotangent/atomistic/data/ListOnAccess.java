package org.cotangent.atomistic.data;

import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.IntFunction;

/**
 * An immutable list whose elements are made when they are asked for, each time anew: for data sets
 * that memory cannot hold.
 */
final class ListOnAccess<T> extends AbstractList<T> implements RandomAccess {
  private final int size;
  private final IntFunction<T> elements;

  /**
   * Makes a list.
   *
   * @param elements gives the element at an index, equal to itself each time, from any thread
   */
  ListOnAccess(int size, IntFunction<T> elements) {
    this.size = size;
    this.elements = elements;
  }

  @Override
  public T get(int index) {
    return elements.apply(Objects.checkIndex(index, size));
  }

  @Override
  public int size() {
    return size;
  }
}
