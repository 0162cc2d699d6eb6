package org.cotangent.atomistic.linearace;

import java.util.Arrays;
import java.util.List;
import org.cotangent.atomistic.descriptors.angular.HarmonicsTable;

/**
 * Values of the functions of a center and their derivatives in several directions at once (forward
 * mode: the explicit gradient of the basis). A direction is a coordinate of an atom that moves, or
 * a strain. Buffers are used again for every center; one object serves one thread.
 */
public final class SiteValues {
  /** Makes harmonics with Σ_m Y_lm² = 2l + 1 of orthonormal ones. */
  private static final double UNIT = Math.sqrt(4 * Math.PI);

  private final AceBasis basis;
  private final HarmonicsTable table;
  private final double[] radial;
  private final double[] harmonics;
  private final double[] harmonicSlopes;
  private double[] x = new double[0];

  /** For each component of X its derivatives by all directions. */
  private double[][] slopes = new double[0][];

  private double[] sum = new double[0];

  public SiteValues(AceBasis basis) {
    this.basis = basis;
    LinearAce form = basis.form();
    table = HarmonicsTable.of(form.highestAngular());
    radial = new double[2 * Math.max(basis.pair().count(), basis.density().count())];
    harmonics = new double[table.columns()];
    harmonicSlopes = new double[3 * table.columns()];
  }

  /** Hears the value of each function, and its derivatives by all directions. */
  public interface Receiver {
    void accept(int function, double value, double[] slopes);
  }

  /**
   * Computes the functions of a center.
   *
   * @param element the center's
   * @param neighbors its pairs
   * @param directions how many derivatives; 0 for none
   */
  public void evaluate(int element, List<Neighbor> neighbors, int directions, Receiver receiver) {
    SiteBasis site = basis.site(element);
    prepare(site.components, directions);
    x[0] = 1;
    for (Neighbor neighbor : neighbors) {
      add(element, site, neighbor, directions);
    }
    couple(site, directions);
    int k = basis.offset(element);
    for (SiteBasis.Function function : site.functions()) {
      double value = 0;
      Arrays.fill(sum, 0, directions, 0);
      double scale = function.scale();
      for (int m = 0; m < function.size(); m++) {
        double one = x[function.a() + m];
        double other = x[function.b() + m];
        value += one * other;
        combine(
            sum,
            slopes[function.a() + m],
            slopes[function.b() + m],
            other * scale,
            one * scale,
            directions);
      }
      receiver.accept(k++, scale * value, sum);
    }
  }

  private void prepare(int components, int directions) {
    if (x.length < components) {
      x = new double[components];
      slopes = new double[components][0];
    }
    if (sum.length < directions) {
      sum = new double[directions];
    }
    for (int c = 0; c < components; c++) {
      if (slopes[c].length < directions) {
        slopes[c] = new double[directions];
      } else {
        Arrays.fill(slopes[c], 0, directions, 0);
      }
    }
    Arrays.fill(x, 0, components, 0);
  }

  /**
   * A neighbor of a center.
   *
   * @param element its element
   * @param dx from the center to it, in Å
   * @param dy likewise
   * @param dz likewise
   * @param own the first of the three directions in which it moves, or -1
   * @param center the first of those in which the center moves, or -1
   * @param strain the first of six directions of strain xx, yy, zz, yz, xz, xy, or -1
   */
  public record Neighbor(
      int element, double dx, double dy, double dz, int own, int center, int strain) {}

  private void add(int element, SiteBasis site, Neighbor at, int directions) {
    double r = Math.sqrt(at.dx * at.dx + at.dy * at.dy + at.dz * at.dz);
    double ux = at.dx / r;
    double uy = at.dy / r;
    double uz = at.dz / r;
    int kind = element * basis.types().size() + at.element;
    RadialPolynomials pair = basis.pair();
    if (r < pair.cutoff()) {
      pair.evaluate(kind, r, radial);
      int first = 1 + at.element * pair.count();
      for (int n = 0; n < pair.count(); n++) {
        double slope = radial[pair.count() + n];
        component(first + n, radial[n], slope * ux, slope * uy, slope * uz, at, directions);
      }
    }
    RadialPolynomials density = basis.density();
    if (site.channels().isEmpty() || r >= density.cutoff()) {
      return;
    }
    density.evaluate(kind, r, radial);
    table.values(ux, uy, uz, harmonics, 0);
    table.gradients(harmonics, 0, harmonicSlopes, 0);
    int columns = table.columns();
    for (Channel channel : site.channels()) {
      if (channel.element() != at.element) {
        continue;
      }
      int c = site.at(channel);
      int l = channel.angular();
      double value = radial[channel.radial()] * UNIT;
      double slope = radial[density.count() + channel.radial()] * UNIT;
      for (int y = l * l; y < (l + 1) * (l + 1); y++, c++) {
        double gx = harmonicSlopes[y];
        double gy = harmonicSlopes[columns + y];
        double gz = harmonicSlopes[2 * columns + y];
        double along = slope * harmonics[y] - value / r * (ux * gx + uy * gy + uz * gz);
        component(
            c,
            value * harmonics[y],
            along * ux + value / r * gx,
            along * uy + value / r * gy,
            along * uz + value / r * gz,
            at,
            directions);
      }
    }
  }

  /** Adds a function of a pair with its derivative by the pair's vector. */
  private void component(
      int c, double value, double gx, double gy, double gz, Neighbor at, int directions) {
    x[c] += value;
    if (directions == 0) {
      return;
    }
    double[] to = slopes[c];
    if (at.own >= 0) {
      to[at.own] += gx;
      to[at.own + 1] += gy;
      to[at.own + 2] += gz;
      to[at.center] -= gx;
      to[at.center + 1] -= gy;
      to[at.center + 2] -= gz;
    }
    if (at.strain >= 0) {
      to[at.strain] += at.dx * gx;
      to[at.strain + 1] += at.dy * gy;
      to[at.strain + 2] += at.dz * gz;
      to[at.strain + 3] += (at.dy * gz + at.dz * gy) / 2;
      to[at.strain + 4] += (at.dx * gz + at.dz * gx) / 2;
      to[at.strain + 5] += (at.dx * gy + at.dy * gx) / 2;
    }
  }

  private void couple(SiteBasis site, int directions) {
    for (int c = site.products; c < site.components; c++) {
      double value = 0;
      double[] to = slopes[c];
      for (int e = site.start[c - site.products]; e < site.start[c - site.products + 1]; e++) {
        double one = site.coefficient[e] * x[site.left[e]];
        double other = site.coefficient[e] * x[site.right[e]];
        value += one * x[site.right[e]];
        combine(to, slopes[site.left[e]], slopes[site.right[e]], other, one, directions);
      }
      x[c] = value;
    }
  }

  /** Same index everywhere and three arrays: a loop that the compiler turns into vectors. */
  private static void combine(
      double[] to, double[] one, double[] other, double f, double g, int count) {
    for (int d = 0; d < count; d++) {
      to[d] += f * one[d] + g * other[d];
    }
  }
}
