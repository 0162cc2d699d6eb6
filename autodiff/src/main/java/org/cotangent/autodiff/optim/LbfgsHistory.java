package org.cotangent.autodiff.optim;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * The last steps and what they changed in the gradient, and the direction that follows from them:
 * the inverse Hessian in its limited-memory form times the gradient, by the two loops of Nocedal,
 * Mathematics of Computation 35, 773 (1980).
 */
final class LbfgsHistory {
  /** Pairs of less curvature than this would spoil the inverse Hessian. */
  private static final double LEAST_CURVATURE = 1e-10;

  /** A step s, the change y of the gradient along it, and y·s. */
  private record Pair(double[] s, double[] y, double curvature) {}

  private final int size;
  private final List<Pair> pairs = new ArrayList<>();
  private double @Nullable [] gradient = null;
  private double @Nullable [] step = null;

  LbfgsHistory(int size) {
    this.size = size;
  }

  /** Returns whether no step was made so far. */
  boolean isFresh() {
    return gradient == null;
  }

  /** Returns how many numbers the vectors have, 0 while there are none. */
  int length() {
    return gradient == null ? 0 : gradient.length;
  }

  /** Learns from the last step and returns the direction in which to go next. */
  double[] direction(double[] g) {
    if (gradient != null && step != null) {
      double[] y = FlatVector.difference(g, gradient);
      double curvature = FlatVector.dot(y, step);
      if (curvature > LEAST_CURVATURE) {
        pairs.add(new Pair(step, y, curvature));
        if (pairs.size() > size) {
          pairs.removeFirst();
        }
      }
    }
    double[] d = FlatVector.scaled(-1, g);
    double[] alpha = new double[pairs.size()];
    for (int k = pairs.size() - 1; k >= 0; k--) {
      Pair pair = pairs.get(k);
      alpha[k] = FlatVector.dot(pair.s, d) / pair.curvature;
      FlatVector.addTo(d, -alpha[k], pair.y);
    }
    if (!pairs.isEmpty()) {
      Pair newest = pairs.getLast();
      d = FlatVector.scaled(newest.curvature / FlatVector.dot(newest.y, newest.y), d);
    }
    for (int k = 0; k < pairs.size(); k++) {
      Pair pair = pairs.get(k);
      double beta = FlatVector.dot(pair.y, d) / pair.curvature;
      FlatVector.addTo(d, alpha[k] - beta, pair.s);
    }
    return d;
  }

  /** Remembers a step and the gradient before it. */
  void stepped(double[] gradientBefore, double[] made) {
    gradient = gradientBefore;
    step = made;
  }

  // ---------------------------------------------------------------------------- saving

  Parameters save() {
    Parameters.Builder builder = Parameters.builder();
    if (gradient != null && step != null) {
      builder.add("gradient", Tensor.of(gradient)).add("step", Tensor.of(step));
      for (int k = 0; k < pairs.size(); k++) {
        builder.add("history." + k + ".step", Tensor.of(pairs.get(k).s));
        builder.add("history." + k + ".change", Tensor.of(pairs.get(k).y));
      }
    }
    return builder.build();
  }

  /**
   * Returns a history from what {@link #save} returned.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static LbfgsHistory restore(int size, Parameters saved) {
    LbfgsHistory history = new LbfgsHistory(size);
    if (saved.size() == 0) {
      return history;
    }
    double[] gradient = vector(saved, "gradient", saved.get("gradient").size());
    history.stepped(gradient, vector(saved, "step", gradient.length));
    int count = (saved.size() - 2) / 2;
    if (count > size || saved.size() % 2 != 0) {
      throw new IllegalArgumentException(
          "a state of "
              + saved.size()
              + " tensors is not one of L-BFGS that remembers "
              + size
              + " steps");
    }
    for (int k = 0; k < count; k++) {
      double[] s = vector(saved, "history." + k + ".step", gradient.length);
      double[] y = vector(saved, "history." + k + ".change", gradient.length);
      history.pairs.add(new Pair(s, y, FlatVector.dot(y, s)));
    }
    return history;
  }

  private static double[] vector(Parameters saved, String name, int length) {
    Tensor tensor = saved.get(name);
    if (tensor.size() != length) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' of the state has "
              + tensor.size()
              + " numbers, 'gradient' has "
              + length);
    }
    return tensor.toDoubleArray();
  }
}
