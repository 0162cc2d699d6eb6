package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.cotangent.autodiff.Tensor;

/**
 * Arithmetic on blocks and maps, element by element, and products over the properties. Explicit
 * gradients follow by the chain rule.
 *
 * <p>Two operands must have equal samples, components, properties and gradient rows, in the same
 * order: nothing is broadcast or filled in, except by the sums over a union. The keys of two maps
 * must be the same, in any order; the result has the order and the {@code info} of the first.
 * Otherwise a {@link NotEqualException} says where they differ.
 */
public final class Arithmetic {
  private static final Differences METADATA = new Differences(null, Comparison.ALL, true);

  private Arithmetic() {}

  // ---------------------------------------------------------------------------- maps

  /**
   * Returns a + b.
   *
   * @throws NotEqualException if keys or metadata differ
   */
  public static TensorMap add(TensorMap a, TensorMap b) {
    return each("add", a, b, Tensor::add);
  }

  /** Returns a + b. */
  public static TensorMap add(TensorMap a, double b) {
    return each(a, x -> x.add(b));
  }

  /**
   * Returns a - b.
   *
   * @throws NotEqualException if keys or metadata differ
   */
  public static TensorMap subtract(TensorMap a, TensorMap b) {
    return each("subtract", a, b, Tensor::subtract);
  }

  /** Returns a - b. */
  public static TensorMap subtract(TensorMap a, double b) {
    return each(a, x -> x.subtract(b));
  }

  /**
   * Returns a·b, element by element.
   *
   * @throws NotEqualException if keys or metadata differ
   */
  public static TensorMap multiply(TensorMap a, TensorMap b) {
    return each("multiply", a, b, Tensor::multiply);
  }

  /** Returns a·b. */
  public static TensorMap multiply(TensorMap a, double b) {
    return each(a, x -> x.multiply(b));
  }

  /**
   * Returns a/b, element by element.
   *
   * @throws NotEqualException if keys or metadata differ
   */
  public static TensorMap divide(TensorMap a, TensorMap b) {
    return each("divide", a, b, Tensor::divide);
  }

  /** Returns a/b. */
  public static TensorMap divide(TensorMap a, double b) {
    return each(a, x -> x.divide(b));
  }

  /**
   * Returns a + b over the union of their keys, samples and properties: what one of them lacks
   * counts as 0. Those of a come first, then those that only b has, each in their own order.
   * Gradient rows are united in the same way.
   *
   * @throws IllegalArgumentException if names of dimensions, components or gradients differ
   */
  public static TensorMap addOverUnion(TensorMap a, TensorMap b) {
    return UnionSum.of(a, b, false);
  }

  /** Returns a - b over the union; see {@link #addOverUnion(TensorMap, TensorMap)}. */
  public static TensorMap subtractOverUnion(TensorMap a, TensorMap b) {
    return UnionSum.of(a, b, true);
  }

  /** Returns the elements to a power. The power 0 is constant: its gradient is 0, at 0 too. */
  public static TensorMap pow(TensorMap a, double exponent) {
    return each(a, x -> x.pow(exponent));
  }

  /** Returns the absolute values; the gradient at 0 is 0. */
  public static TensorMap abs(TensorMap a) {
    return each(a, Tensor::absolute);
  }

  /**
   * Returns Σₚ a[i, …, p]·b[j, p] for the blocks of each key: samples and components of a, and as
   * properties the samples of b. The gradients are those of a.
   *
   * @throws NotEqualException if the keys or properties differ
   * @throws IllegalArgumentException if b has components or gradients
   */
  public static TensorMap dot(TensorMap a, TensorMap b) {
    requireSameKeys("dot", a, b);
    List<TensorBlock> blocks = new ArrayList<>(a.size());
    for (int k = 0; k < a.size(); k++) {
      try {
        blocks.add(dot(a.block(k), Differences.counterpart(a, k, b)));
      } catch (IllegalArgumentException e) {
        throw inBlock(a, k, e);
      }
    }
    return a.withBlocks(blocks);
  }

  // ---------------------------------------------------------------------------- blocks

  /**
   * Returns a + b.
   *
   * @throws NotEqualException if metadata differ
   */
  public static TensorBlock add(TensorBlock a, TensorBlock b) {
    return combined("add", a, b, Tensor::add);
  }

  /** Returns a + b. */
  public static TensorBlock add(TensorBlock a, double b) {
    return changed(a, x -> x.add(b));
  }

  /**
   * Returns a - b.
   *
   * @throws NotEqualException if metadata differ
   */
  public static TensorBlock subtract(TensorBlock a, TensorBlock b) {
    return combined("subtract", a, b, Tensor::subtract);
  }

  /** Returns a - b. */
  public static TensorBlock subtract(TensorBlock a, double b) {
    return changed(a, x -> x.subtract(b));
  }

  /**
   * Returns a·b, element by element.
   *
   * @throws NotEqualException if metadata differ
   */
  public static TensorBlock multiply(TensorBlock a, TensorBlock b) {
    return combined("multiply", a, b, Tensor::multiply);
  }

  /** Returns a·b. */
  public static TensorBlock multiply(TensorBlock a, double b) {
    return changed(a, x -> x.multiply(b));
  }

  /**
   * Returns a/b, element by element.
   *
   * @throws NotEqualException if metadata differ
   */
  public static TensorBlock divide(TensorBlock a, TensorBlock b) {
    return combined("divide", a, b, Tensor::divide);
  }

  /** Returns a/b. */
  public static TensorBlock divide(TensorBlock a, double b) {
    return changed(a, x -> x.divide(b));
  }

  /** Returns a + b over the union; see {@link #addOverUnion(TensorMap, TensorMap)}. */
  public static TensorBlock addOverUnion(TensorBlock a, TensorBlock b) {
    return UnionSum.of(a, b, false);
  }

  /** Returns a - b over the union; see {@link #addOverUnion(TensorMap, TensorMap)}. */
  public static TensorBlock subtractOverUnion(TensorBlock a, TensorBlock b) {
    return UnionSum.of(a, b, true);
  }

  /** Returns the elements to a power. The power 0 is constant: its gradient is 0, at 0 too. */
  public static TensorBlock pow(TensorBlock a, double exponent) {
    return changed(a, x -> x.pow(exponent));
  }

  /** Returns the absolute values; the gradient at 0 is 0. */
  public static TensorBlock abs(TensorBlock a) {
    return changed(a, Tensor::absolute);
  }

  /**
   * Returns Σₚ a[i, …, p]·b[j, p]: samples and components of a, and as properties the samples of b.
   * The gradients are those of a.
   *
   * @throws NotEqualException if the properties differ
   * @throws IllegalArgumentException if b has components or gradients
   */
  public static TensorBlock dot(TensorBlock a, TensorBlock b) {
    if (!b.components().isEmpty()) {
      throw new IllegalArgumentException(
          "the second operand of dot has "
              + b.components().size()
              + " components, it must have samples and properties only");
    }
    if (!b.gradients().isEmpty()) {
      throw new IllegalArgumentException(
          "the second operand of dot has gradients by "
              + b.gradients().keySet()
              + ", it must have none; remove them first");
    }
    if (!a.properties().equals(b.properties())) {
      throw new NotEqualException(
          "the operands of dot must have the same properties in the same order, they have "
              + a.properties().print(4, 0)
              + " and "
              + b.properties().print(4, 0));
    }
    return Derivation.block(
        a.values().matmulTransposed(b.values()),
        a.samples(),
        a.components(),
        b.samples(),
        List.of(Derivation.Input.same(a)),
        false);
  }

  // ---------------------------------------------------------------------------- how

  private static TensorMap each(TensorMap a, UnaryOperator<Tensor> f) {
    List<TensorBlock> blocks = new ArrayList<>(a.size());
    for (TensorBlock block : a.blocks()) {
      blocks.add(changed(block, f));
    }
    return a.withBlocks(blocks);
  }

  private static TensorMap each(
      String operation, TensorMap a, TensorMap b, BinaryOperator<Tensor> f) {
    requireSameKeys(operation, a, b);
    List<TensorBlock> blocks = new ArrayList<>(a.size());
    for (int k = 0; k < a.size(); k++) {
      try {
        blocks.add(combined(operation, a.block(k), Differences.counterpart(a, k, b), f));
      } catch (IllegalArgumentException e) {
        throw inBlock(a, k, e);
      }
    }
    return a.withBlocks(blocks);
  }

  private static TensorBlock changed(TensorBlock a, UnaryOperator<Tensor> f) {
    return Derivation.block(
        f.apply(a.values()),
        a.samples(),
        a.components(),
        a.properties(),
        List.of(Derivation.Input.same(a)),
        false);
  }

  private static TensorBlock combined(
      String operation, TensorBlock a, TensorBlock b, BinaryOperator<Tensor> f) {
    String difference = METADATA.between(a, b);
    if (difference != null) {
      throw new NotEqualException(operation + " needs operands of equal metadata: " + difference);
    }
    return Derivation.block(
        f.apply(a.values(), b.values()),
        a.samples(),
        a.components(),
        a.properties(),
        List.of(Derivation.Input.same(a), Derivation.Input.same(b)),
        false);
  }

  static void requireSameKeys(String operation, TensorMap a, TensorMap b) {
    String difference = Differences.betweenKeys(a.keys(), b.keys());
    if (difference != null) {
      throw new NotEqualException(operation + " needs maps of the same keys: " + difference);
    }
  }

  /** The same complaint, with the key of the block that it is about. */
  static IllegalArgumentException inBlock(TensorMap map, int k, IllegalArgumentException e) {
    String message = "in block " + map.keys().entry(k).print() + ", " + e.getMessage();
    return e instanceof NotEqualException
        ? new NotEqualException(message)
        : new IllegalArgumentException(message, e);
  }
}
