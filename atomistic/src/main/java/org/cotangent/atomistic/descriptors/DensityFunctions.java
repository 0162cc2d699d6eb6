package org.cotangent.atomistic.descriptors;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.descriptors.angular.SolidHarmonics;
import org.cotangent.atomistic.descriptors.hyperparameters.Basis;
import org.cotangent.atomistic.descriptors.hyperparameters.Cutoff;
import org.cotangent.atomistic.descriptors.hyperparameters.Density;
import org.cotangent.atomistic.descriptors.hyperparameters.Radial;
import org.cotangent.atomistic.descriptors.radial.BesselBasis;
import org.cotangent.atomistic.descriptors.radial.ChebyshevBasis;
import org.cotangent.atomistic.descriptors.radial.CutoffFunction;
import org.cotangent.atomistic.descriptors.radial.GaussianIntegral;
import org.cotangent.atomistic.descriptors.radial.GtoBasis;
import org.cotangent.atomistic.descriptors.radial.HermiteSpline;
import org.cotangent.atomistic.descriptors.radial.RadialFunction;
import org.cotangent.atomistic.descriptors.radial.RadialIntegral;
import org.cotangent.atomistic.descriptors.radial.SmoothSpline;
import org.cotangent.autodiff.Tensor;

/**
 * What one neighbor adds to the expansion of the density around a center, as a function of the
 * vector to it:
 *
 * <pre>  c_nlm = f_cut(r)·scaling(r)·I_nl(r)·Y_lm(direction)</pre>
 *
 * <p>A row of numbers: for each l of the basis {@code [2l + 1, functions]}, one l after the other.
 */
final class DensityFunctions {
  /** Below it, two atoms are at the same place, and where a direction is needed it is z. */
  static final double SAME_PLACE = 1e-6;

  /**
   * One angular order.
   *
   * @param l the order
   * @param from the first of its columns
   * @param integral its radial functions
   */
  record Order(int l, int from, RadialIntegral integral) {
    /** Returns the number of columns. */
    int size() {
      return (2 * l + 1) * integral.size();
    }
  }

  private final Cutoff cutoff;
  private final CutoffFunction smoothing;
  private final Density density;
  private final List<Order> orders = new ArrayList<>();
  private final int size;
  private final AngularRadialProduct product;
  private final int maxAngular;

  /** Whether radial integrals are divided by r^l. */
  private final boolean solid;

  /**
   * Prepares the functions.
   *
   * @throws IllegalArgumentException if density and basis do not fit: a Gaussian needs Gaussian
   *     type orbitals that reach as far as the cutoff, a point tabulated functions that reach up to
   *     it
   */
  DensityFunctions(Cutoff cutoff, Density density, Basis basis) {
    this.cutoff = cutoff;
    this.smoothing = new CutoffFunction(cutoff);
    this.density = density;
    this.maxAngular = basis.maxAngular();
    this.solid = density.profile() instanceof Density.Gaussian;
    int columns = 0;
    for (Map.Entry<Integer, Radial> entry : basis.byAngular().entrySet()) {
      int l = entry.getKey();
      RadialIntegral integral = integral(l, entry.getValue(), basis);
      orders.add(new Order(l, columns, integral));
      columns += (2 * l + 1) * integral.size();
    }
    size = columns;
    product =
        new AngularRadialProduct(
            orders.stream().map(Order::l).toList(),
            orders.stream().map(order -> order.integral.size()).toList(),
            AngularRadialProduct.Form.PRODUCT);
  }

  private RadialIntegral integral(int l, Radial radial, Basis basis) {
    if (density.profile() instanceof Density.Gaussian gaussian
        && radial instanceof Radial.Gto gto) {
      Double radius = gto.radius();
      if (radius != null && radius != cutoff.radius()) {
        throw new IllegalArgumentException(
            "the radius of Gaussian type orbitals must be the cutoff "
                + cutoff.radius()
                + " or left out, it is "
                + radius);
      }
      GtoBasis orbitals = new GtoBasis(gto.size(), cutoff.radius());
      return tabulated(new GaussianIntegral(l, orbitals, gaussian.width()), basis);
    }
    if (density.profile() instanceof Density.DiracDelta
        && radial instanceof Radial.Chebyshev chebyshev) {
      return tabulated(new ChebyshevBasis(chebyshev.size(), cutoff.radius()), basis);
    }
    if (density.profile() instanceof Density.DiracDelta && radial instanceof Radial.Bessel bessel) {
      return tabulated(new BesselBasis(bessel.size(), cutoff.radius()), basis);
    }
    if (density.profile() instanceof Density.DiracDelta
        && radial instanceof Radial.Tabulated table) {
      HermiteSpline spline = spline(table);
      if (spline.end() < cutoff.radius()) {
        throw new IllegalArgumentException(
            "a tabulated radial basis must reach up to the cutoff "
                + cutoff.radius()
                + ", it ends at "
                + spline.end());
      }
      return spline;
    }
    throw new IllegalArgumentException(
        "a density of type "
            + density.profile().getClass().getSimpleName()
            + " cannot be expanded in a radial basis of type "
            + radial.getClass().getSimpleName()
            + "; there are Gaussian with Gto and DiracDelta with Tabulated, Chebyshev or Bessel");
  }

  private RadialIntegral tabulated(RadialIntegral exact, Basis basis) {
    Double accuracy = basis.splineAccuracy();
    return accuracy == null ? exact : SmoothSpline.refined(exact, cutoff.radius(), accuracy);
  }

  private static HermiteSpline spline(Radial.Tabulated table) {
    int count = table.points().size();
    double[] knots = new double[count];
    double[][] values = new double[count][];
    double[][] derivatives = new double[count][];
    for (int k = 0; k < count; k++) {
      knots[k] = table.points().get(k).position();
      values[k] = table.points().get(k).values();
      derivatives[k] = table.points().get(k).derivatives();
    }
    return new HermiteSpline(knots, values, derivatives, 0);
  }

  /** Returns the angular orders, ascending. */
  List<Order> orders() {
    return orders;
  }

  /** Returns the number of columns. */
  int size() {
    return size;
  }

  /** Returns the highest angular order. */
  int maxAngular() {
    return maxAngular;
  }

  /** Returns whether radial integrals are divided by r^l and belong to solid harmonics. */
  boolean isSolid() {
    return solid;
  }

  /** Returns how far neighbors are seen. */
  double radius() {
    return cutoff.radius();
  }

  /**
   * Returns what each neighbor adds.
   *
   * @param vectors {@code [pairs, 3]}, from the center to the neighbor, shorter than the cutoff
   * @return {@code [pairs, size]}
   */
  Tensor of(Tensor vectors) {
    Tensor squares = vectors.square().sum(1);
    Tensor same = squares.lessThan(SAME_PLACE * SAME_PLACE);
    Tensor nonzero = same.where(squares.onesLike(), squares).sqrt();
    Tensor distances = same.where(squares.zerosLike(), nonzero);
    Tensor harmonics =
        new SolidHarmonics(maxAngular).apply(solid ? vectors : directions(vectors, same, nonzero));
    List<Tensor> radial = new ArrayList<>();
    for (Order order : orders) {
      radial.add(new RadialFunction(order.integral, 0).apply(distances));
    }
    return product.apply(
        harmonics, Tensor.concatenate(1, radial).multiply(weight(distances).unsqueeze(1)));
  }

  private static Tensor directions(Tensor vectors, Tensor same, Tensor nonzero) {
    Tensor z = Tensor.of(new double[] {0, 0, 1}, 1, 3).cast(vectors.dtype());
    return same.unsqueeze(1).where(z.broadcastLike(vectors), vectors.divide(nonzero.unsqueeze(1)));
  }

  /** f_cut(r)·scaling(r). */
  private Tensor weight(Tensor distances) {
    Tensor weight = new RadialFunction(smoothing, 0).apply(distances).squeeze(1);
    Density.Willatt2018 scaling = density.scaling();
    return scaling == null
        ? weight
        : weight.multiply(
            distances
                .divide(scaling.scale())
                .pow(scaling.exponent())
                .add(scaling.rate())
                .rdivide(scaling.rate()));
  }

  /**
   * Computes f_cut(r)·scaling(r) and its derivative at one distance.
   *
   * @param out receives both
   */
  void weight(double r, double[] out) {
    smoothing.evaluate(r, 0, out, 0);
    smoothing.evaluate(r, 1, out, 1);
    double value = out[0];
    double slope = out[1];
    Density.Willatt2018 scaling = density.scaling();
    if (scaling != null) {
      double y = r / scaling.scale();
      double sum = Math.pow(y, scaling.exponent()) + scaling.rate();
      double steepness =
          scaling.exponent() == 0
              ? 0
              : scaling.exponent() * Math.pow(y, scaling.exponent() - 1) / scaling.scale();
      double factor = scaling.rate() / sum;
      slope = slope * factor - value * factor / sum * steepness;
      value *= factor;
    }
    out[0] = value;
    out[1] = slope;
  }

  /**
   * Returns what the center adds to its own expansion, {@code [1, size]}: center_atom_weight times
   * what a neighbor at distance 0 would, for l = 0 alone.
   */
  Tensor ofCenter(Tensor like) {
    Tensor atCenter = of(Tensor.zeros(like.dtype(), 1, 3)).multiply(density.centerAtomWeight());
    double[] isotropic = new double[size];
    if (orders.getFirst().l == 0) {
      java.util.Arrays.fill(isotropic, 0, orders.getFirst().size(), 1);
    }
    return atCenter.multiply(Tensor.of(isotropic, 1, size).cast(like.dtype()));
  }
}
