package org.cotangent.autodiff.equivariant;

import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * Sums over the neighbors of atoms. Components come in angular orders: component c is of order l =
 * ⌊√c⌋, so with {@code orders} of them there are {@code orders²} components. Radial functions are
 * the same for all components of an order, which is why the sums turn with the frame.
 */
public final class NeighborSum {
  private NeighborSum() {}

  /**
   * Returns the density of neighbors: result[c, to[p], k] is the sum of radial[p, l(c),
   * k]·angular[p, c] over the pairs p.
   *
   * @param radial {@code [pairs, orders, channels]}
   * @param angular {@code [pairs, orders²]} of the same type
   * @param to int32 {@code [pairs]}: the atom whose surroundings the pair belongs to
   * @param atoms how many there are
   * @return {@code [orders², atoms, channels]}
   * @throws IllegalArgumentException if the shapes are not these or an atom is not there
   */
  public static Tensor density(Tensor radial, Tensor angular, Tensor to, int atoms) {
    int orders = radial.rank() == 3 ? radial.dim(1) : 0;
    if (radial.rank() != 3
        || radial.dtype() != angular.dtype()
        || !angular.shape().equals(Shape.of(radial.dim(0), orders * orders))
        || !to.shape().equals(Shape.of(radial.dim(0)))) {
      throw new IllegalArgumentException(
          "a density needs radial functions [pairs, orders, channels], angular ones [pairs, orders²] of the same type and atoms [pairs], got %s%s, %s%s and %s"
              .formatted(
                  radial.dtype(), radial.shape(), angular.dtype(), angular.shape(), to.shape()));
    }
    requireAtoms(to, atoms);
    // A tensor without elements that carries the number of atoms: the sum takes its size from an
    // operand, so that a recorded computation holds for other systems.
    Tensor like = TensorData.wrap(radial.dtype(), Shape.of(atoms, 0), empty(radial.dtype()));
    return new DensityProduct(DensityProduct.View.DENSITY).apply(radial, angular, to, like);
  }

  /**
   * Returns the sum of what neighbors send: result[c, to[p], k] is the sum of radial[p, l(c),
   * k]·x[c, from[p], k] over the pairs p.
   *
   * @param radial {@code [pairs, orders, channels]}
   * @param x the features of all atoms, {@code [orders², atoms, channels]} of the same type
   * @param from int32 {@code [pairs]}: the atom that sends
   * @param to int32 {@code [pairs]}: the atom that receives
   * @return {@code [orders², atoms, channels]}
   * @throws IllegalArgumentException if the shapes are not these or an atom is not there
   */
  public static Tensor messages(Tensor radial, Tensor x, Tensor from, Tensor to) {
    int orders = radial.rank() == 3 ? radial.dim(1) : 0;
    if (radial.rank() != 3
        || x.rank() != 3
        || radial.dtype() != x.dtype()
        || x.dim(0) != orders * orders
        || x.dim(2) != radial.dim(2)
        || !from.shape().equals(Shape.of(radial.dim(0)))
        || !to.shape().equals(Shape.of(radial.dim(0)))) {
      throw new IllegalArgumentException(
          "messages need radial functions [pairs, orders, channels], features [orders², atoms, channels] of the same type and two atoms [pairs], got %s%s, %s%s, %s and %s"
              .formatted(
                  radial.dtype(), radial.shape(), x.dtype(), x.shape(), from.shape(), to.shape()));
    }
    requireAtoms(from, x.dim(1));
    requireAtoms(to, x.dim(1));
    return new MessageProduct(MessageProduct.View.SUM).apply(radial, x, from, to);
  }

  private static Object empty(DType dtype) {
    return dtype == DType.FLOAT64 ? new double[0] : new float[0];
  }

  private static void requireAtoms(Tensor index, int atoms) {
    if (index.dtype() != DType.INT32) {
      throw new IllegalArgumentException(
          "the atoms of pairs must be int32, they are " + index.dtype());
    }
    int[] all = TensorData.ints(index);
    for (int p = 0; p < all.length; p++) {
      if (all[p] < 0 || all[p] >= atoms) {
        throw new IllegalArgumentException(
            "pair " + p + " names atom " + all[p] + ", there are " + atoms);
      }
    }
  }
}
