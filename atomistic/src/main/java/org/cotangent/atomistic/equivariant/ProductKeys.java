package org.cotangent.atomistic.equivariant;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.metatensor.Labels;

/**
 * The keys of a Clebsch-Gordan product.
 *
 * @param first the keys of the first factor
 * @param second the keys of the second
 * @param names the dimensions of the product's keys
 * @param both the columns of {@code first} and {@code second} that must agree, alternating
 * @param ofFirst the columns that {@code first} has alone
 * @param ofSecond the columns that {@code second} has alone
 */
record ProductKeys(
    Labels first,
    Labels second,
    List<String> names,
    List<Integer> both,
    List<Integer> ofFirst,
    List<Integer> ofSecond) {
  private static final List<String> ORDERS = List.of("o3_lambda", "o3_sigma");

  static ProductKeys of(Labels first, Labels second, String firstLambda, String secondLambda) {
    List<String> names = new ArrayList<>(ORDERS);
    List<Integer> both = new ArrayList<>();
    List<Integer> ofFirst = new ArrayList<>();
    List<Integer> ofSecond = new ArrayList<>();
    for (String name : first.names()) {
      if (!ORDERS.contains(name) && second.names().contains(name)) {
        names.add(name);
        both.add(first.dimension(name));
        both.add(second.dimension(name));
      }
    }
    alone(first, second, names, ofFirst);
    names.add(firstLambda);
    alone(second, first, names, ofSecond);
    names.add(secondLambda);
    return new ProductKeys(first, second, List.copyOf(names), both, ofFirst, ofSecond);
  }

  private static void alone(Labels one, Labels other, List<String> names, List<Integer> columns) {
    for (String name : one.names()) {
      if (!ORDERS.contains(name) && !other.names().contains(name)) {
        names.add(name);
        columns.add(one.dimension(name));
      }
    }
  }

  int l1(int i) {
    return first.value(i, first.dimension("o3_lambda"));
  }

  int l2(int j) {
    return second.value(j, second.dimension("o3_lambda"));
  }

  /** Returns whether two blocks agree where they must. */
  boolean match(int i, int j) {
    for (int k = 0; k < both.size(); k += 2) {
      if (first.value(i, both.get(k)) != second.value(j, both.get(k + 1))) {
        return false;
      }
    }
    return true;
  }

  /** Returns the keys of the products of two blocks, by ascending λ, which comes first in each. */
  List<int[]> keys(int i, int j) {
    int l1 = l1(i);
    int l2 = l2(j);
    int sigma =
        first.value(i, first.dimension("o3_sigma")) * second.value(j, second.dimension("o3_sigma"));
    List<int[]> keys = new ArrayList<>();
    for (int lambda = Math.abs(l1 - l2); lambda <= l1 + l2; lambda++) {
      int[] key = new int[names.size()];
      int at = 0;
      key[at++] = lambda;
      key[at++] = (l1 + l2 + lambda) % 2 == 0 ? sigma : -sigma;
      for (int k = 0; k < both.size(); k += 2) {
        key[at++] = first.value(i, both.get(k));
      }
      for (int column : ofFirst) {
        key[at++] = first.value(i, column);
      }
      key[at++] = l1;
      for (int column : ofSecond) {
        key[at++] = second.value(j, column);
      }
      key[at] = l2;
      keys.add(key);
    }
    return keys;
  }
}
