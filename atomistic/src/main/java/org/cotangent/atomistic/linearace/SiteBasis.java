package org.cotangent.atomistic.linearace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cotangent.atomistic.equivariant.ClebschGordanCoefficients;

/**
 * The functions of one center element, all as sums of products of two components of a vector X:
 *
 * <pre>  B_k = s_k·Σ_M X[a_k + M]·X[b_k + M],   M from 0 to 2L_k
 *  X   = (1, sums of pair functions, densities A_(z n l m), coupled pairs P of densities)
 *  P_((12) L M) = Σ_(m₁ m₂) C_(m₁ m₂ M)·A_(1 m₁)·A_(2 m₂)</pre>
 *
 * <p>The constant is 1·1, pair functions are products with 1, those of two densities A·A, of three
 * P·A and of four P·P: each coupled pair is computed once and used in many functions.
 */
final class SiteBasis {
  /**
   * A function.
   *
   * @param a where its first factor begins in X
   * @param b where its second factor begins
   * @param size how many components both have
   * @param channels the densities that it multiplies
   */
  record Function(int a, int b, int size, List<Channel> channels) {
    /** s_k: with it, densities of unit variance give values of about that. */
    double scale() {
      return 1 / Math.sqrt(size);
    }
  }

  /** Sums of degrees are compared with limits up to this. */
  private static final double ROUNDING = 1e-9;

  /** More functions than a matrix of their products fits into any array. */
  private static final int MOST = 100_000;

  /** Two densities coupled to an order. */
  private record Coupled(Channel first, Channel second, int order) {}

  private final LinearAce form;
  private final int[] occupancy;
  private final Couplings couplings;
  private final List<Function> functions = new ArrayList<>();
  private final List<Channel> channels = new ArrayList<>();
  private final Map<Channel, Integer> channelAt = new HashMap<>();
  private final Map<Coupled, Integer> coupledAt = new HashMap<>();
  private final List<Coupled> coupled = new ArrayList<>();

  /** Where the next coupled pair goes. */
  private int end;

  /** Where densities begin in X: before them are 1 and the pair functions. */
  final int densities;

  /** Where coupled pairs begin. */
  final int products;

  /** The length of X. */
  final int components;

  /** The terms of the coupled pairs: those of component c from start[c - products] on. */
  final int[] start;

  final int[] left;
  final int[] right;
  final double[] coefficient;

  /**
   * Enumerates the functions.
   *
   * @param occupancy for each element how many neighbors of it a center has at most: functions with
   *     more densities of the element are functions of fewer
   */
  SiteBasis(LinearAce form, int[] occupancy, Couplings couplings) {
    this.form = form;
    this.occupancy = occupancy.clone();
    this.couplings = couplings;
    functions.add(new Function(0, 0, 1, List.of()));
    int pairFunctions = form.pairFunctions();
    for (int z = 0; z < occupancy.length; z++) {
      for (int n = 0; n < pairFunctions && occupancy[z] > 0; n++) {
        functions.add(new Function(0, 1 + z * pairFunctions + n, 1, List.of(new Channel(z, n, 0))));
      }
    }
    densities = 1 + occupancy.length * pairFunctions;
    List<List<Channel>> all = new ArrayList<>();
    for (int order = 2; order <= form.order(); order++) {
      all.addAll(products(order));
    }
    int at = densities;
    for (Channel channel : all.stream().flatMap(List::stream).distinct().sorted().toList()) {
      channels.add(channel);
      channelAt.put(channel, at);
      at += 2 * channel.angular() + 1;
    }
    products = at;
    end = at;
    for (List<Channel> product : all) {
      add(product);
    }
    components = end;
    start = new int[components - products + 1];
    List<int[]> places = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    int row = 0;
    for (Coupled pair : coupled) {
      row = terms(pair, row, places, values);
    }
    left = places.stream().mapToInt(p -> p[0]).toArray();
    right = places.stream().mapToInt(p -> p[1]).toArray();
    coefficient = values.stream().mapToDouble(v -> v).toArray();
  }

  LinearAce form() {
    return form;
  }

  List<Function> functions() {
    return functions;
  }

  List<Channel> channels() {
    return channels;
  }

  int at(Channel channel) {
    return Objects.requireNonNull(channelAt.get(channel));
  }

  /** All multisets of densities of one order whose angular momenta couple to zero. */
  private List<List<Channel>> products(int order) {
    double limit = form.maxDegree().get(order - 1);
    List<Channel> candidates = new ArrayList<>();
    for (int l = 0; l <= form.maxAngular().get(order - 1); l++) {
      for (int z = 0; z < occupancy.length; z++) {
        for (int n = 0; occupancy[z] > 0 && n + form.angularWeight() * l <= limit + ROUNDING; n++) {
          candidates.add(new Channel(z, n, l));
        }
      }
    }
    List<List<Channel>> found = new ArrayList<>();
    extend(candidates, 0, new Channel[order], 0, limit, found);
    return found;
  }

  private void extend(
      List<Channel> candidates,
      int from,
      Channel[] chosen,
      int count,
      double limit,
      List<List<Channel>> found) {
    if (count == chosen.length) {
      if (couples(chosen)) {
        found.add(List.of(chosen));
      }
      if (found.size() > MOST) {
        throw new IllegalArgumentException(
            "max_degree %s and max_angular %s give more than %d functions for %d elements: lower them"
                .formatted(form.maxDegree(), form.maxAngular(), MOST, occupancy.length));
      }
      return;
    }
    for (int k = from; k < candidates.size(); k++) {
      Channel next = candidates.get(k);
      double left = limit - next.degree(form.angularWeight());
      int same = 1;
      for (int c = 0; c < count; c++) {
        same += chosen[c].element() == next.element() ? 1 : 0;
      }
      if (left >= -ROUNDING && same <= occupancy[next.element()]) {
        chosen[count] = next;
        extend(candidates, k, chosen, count + 1, left, found);
      }
    }
  }

  /** Even under reflection, and no l larger than the sum of the others. */
  private static boolean couples(Channel[] chosen) {
    int sum = Arrays.stream(chosen).mapToInt(Channel::angular).sum();
    int largest = Arrays.stream(chosen).mapToInt(Channel::angular).max().orElseThrow();
    return sum % 2 == 0 && 2 * largest <= sum;
  }

  private void add(List<Channel> product) {
    switch (product.size()) {
      case 2 ->
          functions.add(
              new Function(
                  at(product.get(0)),
                  at(product.get(1)),
                  2 * product.get(0).angular() + 1,
                  product));
      case 3 -> {
        Channel last = product.get(2);
        int pair = place(product.get(0), product.get(1), last.angular());
        functions.add(new Function(pair, at(last), 2 * last.angular() + 1, product));
      }
      default -> {
        for (int order : couplings.independent(product)) {
          int one = place(product.get(0), product.get(1), order);
          int other = place(product.get(2), product.get(3), order);
          functions.add(new Function(one, other, 2 * order + 1, product));
        }
      }
    }
  }

  private int place(Channel first, Channel second, int order) {
    Coupled pair = new Coupled(first, second, order);
    Integer known = coupledAt.get(pair);
    if (known != null) {
      return known;
    }
    int at = end;
    end += 2 * order + 1;
    coupled.add(pair);
    coupledAt.put(pair, at);
    return at;
  }

  private int terms(Coupled pair, int row, List<int[]> places, List<Double> values) {
    int one = at(pair.first);
    int other = at(pair.second);
    ClebschGordanCoefficients c =
        ClebschGordanCoefficients.of(pair.first.angular(), pair.second.angular(), pair.order);
    for (int m = 0; m <= 2 * pair.order; m++) {
      for (int e = 0; e < c.size(); e++) {
        if (c.result(e) == m) {
          places.add(new int[] {one + c.first(e), other + c.second(e)});
          values.add(c.value(e));
        }
      }
      start[++row] = values.size();
    }
    return row;
  }
}
