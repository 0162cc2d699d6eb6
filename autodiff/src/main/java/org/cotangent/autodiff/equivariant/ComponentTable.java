package org.cotangent.autodiff.equivariant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A product of components written as a table: component c of the result is the sum of
 * coefficient·x[a]·y[b] over the entries (a, b, c, coefficient). Coupling coefficients of angular
 * momenta, scalar products and norms are such tables.
 */
public final class ComponentTable {
  /**
   * One term of a product.
   *
   * @param x the component of the first factor
   * @param y the component of the second factor
   * @param out the component of the result
   * @param coefficient of the product of both
   */
  public record Entry(int x, int y, int out, double coefficient) {}

  private final List<Entry> entries;
  private final int xComponents;
  private final int yComponents;
  private final int outComponents;
  final int[] start;
  final int[] x;
  final int[] y;
  final double[] coefficients;
  private volatile @Nullable ComponentTable towardX; // made when first needed
  private volatile @Nullable ComponentTable towardY;
  private volatile @Nullable ComponentTable symmetric;

  /**
   * Makes a table.
   *
   * @param xComponents of the first factor
   * @param yComponents of the second factor
   * @param outComponents of the result
   * @param entries in the order in which the terms of one component are added up
   * @throws IllegalArgumentException if an entry names a component that is not there
   */
  public ComponentTable(int xComponents, int yComponents, int outComponents, List<Entry> entries) {
    for (Entry e : entries) {
      require("x", e.x, xComponents);
      require("y", e.y, yComponents);
      require("out", e.out, outComponents);
    }
    this.entries = new ArrayList<>(entries);
    this.entries.sort(Comparator.comparingInt(Entry::out)); // stable
    this.xComponents = xComponents;
    this.yComponents = yComponents;
    this.outComponents = outComponents;
    int n = entries.size();
    start = new int[outComponents + 1];
    x = new int[n];
    y = new int[n];
    coefficients = new double[n];
    for (int e = 0; e < n; e++) {
      Entry entry = this.entries.get(e);
      x[e] = entry.x;
      y[e] = entry.y;
      coefficients[e] = entry.coefficient;
      start[entry.out + 1]++;
    }
    for (int c = 0; c < outComponents; c++) {
      start[c + 1] += start[c];
    }
  }

  private static void require(String name, int component, int count) {
    if (component < 0 || component >= count) {
      throw new IllegalArgumentException(
          "an entry's component " + name + " is " + component + ", there are " + count);
    }
  }

  /** Returns the entries, ordered by the component of the result. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Returns the number of components of the first factor. */
  public int xComponents() {
    return xComponents;
  }

  /** Returns the number of components of the second factor. */
  public int yComponents() {
    return yComponents;
  }

  /** Returns the number of components of the result. */
  public int outComponents() {
    return outComponents;
  }

  /**
   * Returns the products by this table, on the tape.
   *
   * @param left {@code [xComponents, rest…]}
   * @param right {@code [yComponents, rest…]} of the same type
   * @return {@code [outComponents, rest…]}
   * @throws IllegalArgumentException if the shapes are not these
   */
  public Tensor apply(Tensor left, Tensor right) {
    Shape rest = left.rank() == 0 ? left.shape() : left.shape().without(0);
    if (left.dtype() != right.dtype()
        || left.rank() == 0
        || left.dim(0) != xComponents
        || !right.shape().equals(rest.insert(0, yComponents))) {
      throw new IllegalArgumentException(
          "a product of %d by %d components needs [%d, …] and [%d, …] of one type, got %s%s and %s%s"
              .formatted(
                  xComponents,
                  yComponents,
                  xComponents,
                  yComponents,
                  left.dtype(),
                  left.shape(),
                  right.dtype(),
                  right.shape()));
    }
    return new ComponentProduct(this).apply(left, right);
  }

  /**
   * Returns the products of a tensor with itself by this table, on the tape: the same as {@code
   * apply(x, x)}, with a derivative that costs half as much.
   *
   * @param x {@code [xComponents, rest…]}
   * @return {@code [outComponents, rest…]}
   * @throws IllegalArgumentException if the shape is not this, or the table's factors have not as
   *     many components as one another
   */
  public Tensor square(Tensor x) {
    if (xComponents != yComponents || x.rank() == 0 || x.dim(0) != xComponents) {
      throw new IllegalArgumentException(
          "a square by a table of %d by %d components needs [%d, …] and a table of as many for both factors, got %s%s"
              .formatted(xComponents, yComponents, xComponents, x.dtype(), x.shape()));
    }
    return new ComponentSquare(this).apply(x);
  }

  /** The table of B(x, y) + B(y, x), equal terms being one entry. */
  ComponentTable symmetric() {
    ComponentTable found = symmetric;
    if (found == null) {
      Map<List<Integer>, Double> terms = new LinkedHashMap<>();
      for (Entry e : entries) {
        terms.merge(List.of(e.x, e.y, e.out), e.coefficient, Double::sum);
        terms.merge(List.of(e.y, e.x, e.out), e.coefficient, Double::sum);
      }
      List<Entry> both = new ArrayList<>(terms.size());
      terms.forEach(
          (at, coefficient) -> both.add(new Entry(at.get(0), at.get(1), at.get(2), coefficient)));
      found = new ComponentTable(xComponents, xComponents, outComponents, both);
      symmetric = found;
    }
    return found;
  }

  /** The table that leads from the result and the second factor back to the first. */
  ComponentTable towardX() {
    ComponentTable found = towardX;
    if (found == null) {
      found = permuted(outComponents, yComponents, xComponents, e -> e.out, e -> e.y, e -> e.x);
      found.towardX = this;
      towardX = found;
    }
    return found;
  }

  /** The table that leads from the first factor and the result back to the second. */
  ComponentTable towardY() {
    ComponentTable found = towardY;
    if (found == null) {
      found = permuted(xComponents, outComponents, yComponents, e -> e.x, e -> e.out, e -> e.y);
      found.towardY = this;
      towardY = found;
    }
    return found;
  }

  private ComponentTable permuted(
      int xs,
      int ys,
      int outs,
      ToIntFunction<Entry> xOf,
      ToIntFunction<Entry> yOf,
      ToIntFunction<Entry> outOf) {
    List<Entry> moved = new ArrayList<>(entries.size());
    for (Entry e : entries) {
      moved.add(
          new Entry(xOf.applyAsInt(e), yOf.applyAsInt(e), outOf.applyAsInt(e), e.coefficient));
    }
    return new ComponentTable(xs, ys, outs, moved);
  }
}
