package org.cotangent.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.jspecify.annotations.Nullable;

/**
 * Compares derivatives with differences of the function itself, and with one another.
 *
 * {@snippet :
 * GradientCheck.of(x -> x.get(0).sin(), Tensor.of(0.3)).firstOrder().requireCorrect();
 * }
 *
 * <p>Differences are central, of fourth order: (f(x-2h) - 8·f(x-h) + 8·f(x+h) - f(x+2h))/12h, with
 * h a fraction of max(1, |x|). A number passes when it is within {@code absolute} + {@code
 * relative}·|reference| of its reference. By default h = 10⁻³, relative 10⁻⁶, absolute 10⁻⁸ for f64
 * and 0.03, 10⁻², 10⁻³ for f32. Near a kink or a pole differences are no derivatives: check
 * elsewhere, or with a smaller step.
 */
public final class GradientCheck {
  private final Function<List<Tensor>, Tensor> f;
  private final List<Tensor> at;
  private final double step;
  private final double relative;
  private final double absolute;
  private final long seed;

  /**
   * What a check has found.
   *
   * @param rule what was checked: {@code vjp}, {@code jvp}, …
   * @param correct whether all numbers passed
   * @param compared how many numbers were compared
   * @param operand the operand of the worst number, from 0
   * @param element the element of that operand, in row-major order; -1 where all moved together
   * @param derivative what the rule gave
   * @param reference what it should have been
   * @param problem what went wrong before numbers could be compared, otherwise empty
   */
  public record Report(
      String rule,
      boolean correct,
      int compared,
      int operand,
      int element,
      double derivative,
      double reference,
      String problem) {
    /**
     * Returns this report.
     *
     * @throws AssertionError with the report as its message if something is wrong
     */
    public Report requireCorrect() {
      if (!correct) {
        throw new AssertionError(toString());
      }
      return this;
    }

    @Override
    public String toString() {
      if (!problem.isEmpty()) {
        return rule + " is wrong: " + problem;
      }
      if (compared == 0) {
        return rule + " is correct: there was nothing to compare";
      }
      return rule
          + (correct ? " is correct, " : " is wrong, ")
          + compared
          + " numbers compared, the worst for operand "
          + operand
          + (element < 0 ? "" : ", element " + element)
          + ": "
          + derivative
          + " instead of "
          + reference
          + ", difference "
          + Math.abs(derivative - reference);
    }
  }

  private GradientCheck(
      Function<List<Tensor>, Tensor> f,
      List<Tensor> at,
      double step,
      double relative,
      double absolute,
      long seed) {
    this.f = f;
    this.at = at;
    this.step = step;
    this.relative = relative;
    this.absolute = absolute;
    this.seed = seed;
  }

  /**
   * Returns a check of a function at these operands. Those of f64 or f32 are varied, the others
   * constant.
   *
   * @throws IllegalArgumentException if none can be varied
   */
  public static GradientCheck of(Function<List<Tensor>, Tensor> f, Tensor... at) {
    Tensor first = null;
    for (Tensor operand : at) {
      first = first == null && operand.dtype().isDifferentiable() ? operand : first;
    }
    if (first == null) {
      throw new IllegalArgumentException("a gradient check needs an operand of f64 or f32");
    }
    boolean single = first.dtype() == DType.FLOAT32;
    List<Tensor> operands = Arrays.stream(at).map(Tensor::detach).toList();
    return new GradientCheck(
        f, operands, single ? 0.03 : 1e-3, single ? 1e-2 : 1e-6, single ? 1e-3 : 1e-8, 1);
  }

  /** Returns a check of the rules of a primitive at these operands. */
  public static GradientCheck of(CustomPrimitive primitive, Tensor... at) {
    return of(operands -> primitive.apply(operands.toArray(Tensor[]::new)), at);
  }

  /** Returns the same check with another step of the differences. */
  public GradientCheck step(double step) {
    return new GradientCheck(f, at, step, relative, absolute, seed);
  }

  /** Returns the same check with other tolerances. */
  public GradientCheck tolerance(double relative, double absolute) {
    return new GradientCheck(f, at, step, relative, absolute, seed);
  }

  /**
   * Returns the same check with another seed of its random cotangents and directions (1 otherwise).
   */
  public GradientCheck seed(long seed) {
    return new GradientCheck(f, at, step, relative, absolute, seed);
  }

  /** Checks vjp and jvp for every element of every operand against differences. */
  public Report firstOrder() {
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    Tensor y = f.apply(at);
    Tensor cotangent = random(random, y);
    Worst worst = new Worst();
    List<@Nullable Tensor> gradients = pullback(at, cotangent);
    for (int k = 0; k < at.size(); k++) {
      Tensor x = at.get(k);
      Tensor gradient = gradients.get(k);
      if (gradient == null) {
        continue;
      }
      if (!gradient.shape().equals(x.shape()) || gradient.dtype() != x.dtype()) {
        return problem(
            "vjp",
            "operand "
                + k
                + " is "
                + x.dtype()
                + x.shape()
                + ", its gradient "
                + gradient.dtype()
                + gradient.shape());
      }
      for (int element = 0; element < x.size(); element++) {
        Tensor unit = changed(x.zerosLike(), element, 1);
        double[] slope = differences(k, unit, step * Math.max(1, Math.abs(x.at(element))));
        Tensor tangent = pushforward(k, unit);
        if (!tangent.shape().equals(y.shape()) || tangent.dtype() != y.dtype()) {
          return problem(
              "jvp",
              "the result is "
                  + y.dtype()
                  + y.shape()
                  + ", its tangent "
                  + tangent.dtype()
                  + tangent.shape());
        }
        double product = 0;
        for (int i = 0; i < slope.length; i++) {
          worst.add("jvp", k, element, tangent.at(i), slope[i]);
          product += slope[i] * cotangent.at(i);
        }
        worst.add("vjp", k, element, gradient.at(element), product);
      }
    }
    return worst.report("vjp and jvp");
  }

  /**
   * Checks vjp and jvp along one random direction of all operands together: fast for large
   * operands.
   */
  public Report alongRandomDirection() {
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    Tensor cotangent = random(random, f.apply(at));
    List<@Nullable Tensor> gradients = pullback(at, cotangent);
    Worst worst = new Worst();
    for (int k = 0; k < at.size(); k++) {
      Tensor gradient = gradients.get(k);
      if (gradient == null) {
        continue;
      }
      Tensor direction = random(random, at.get(k));
      double[] slope = differences(k, direction, step);
      Tensor tangent = pushforward(k, direction);
      double product = 0;
      for (int i = 0; i < slope.length; i++) {
        worst.add("jvp", k, -1, tangent.at(i), slope[i]);
        product += slope[i] * cotangent.at(i);
      }
      worst.add("vjp", k, -1, inner(gradient, direction), product);
    }
    return worst.report("vjp and jvp along a random direction");
  }

  /**
   * Checks the derivatives of (x, cotangent) → vjp, in both directions, against differences of the
   * vjp.
   */
  public Report secondOrder() {
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    List<Tensor> operands = new ArrayList<>(at);
    operands.add(random(random, f.apply(at)));
    Function<List<Tensor>, Tensor> vjp =
        given -> {
          List<Tensor> parts = new ArrayList<>();
          for (Tensor gradient : pullback(given.subList(0, at.size()), given.getLast())) {
            if (gradient != null) {
              parts.add(gradient.reshape(gradient.size()));
            }
          }
          return Tensor.concatenate(0, parts);
        };
    Report report =
        new GradientCheck(vjp, operands, step, relative, absolute, seed + 1).firstOrder();
    return new Report(
        "the derivative of the vjp (" + report.rule + ")",
        report.correct,
        report.compared,
        report.operand,
        report.element,
        report.derivative,
        report.reference,
        report.problem);
  }

  /**
   * Checks that both directions belong to one Jacobian: ⟨cotangent, J·tangent⟩ = ⟨Jᵀ·cotangent,
   * tangent⟩ for random tangents of all operands. No differences are taken; the two may differ by
   * rounding alone.
   */
  public Report forwardAgainstReverse() {
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    Tensor y = f.apply(at);
    Tensor cotangent = random(random, y);
    List<@Nullable Tensor> gradients = pullback(at, cotangent);
    boolean single = y.dtype() == DType.FLOAT32;
    for (Tensor operand : at) {
      single |= operand.dtype() == DType.FLOAT32;
    }
    Worst worst = new Worst(single ? 1e-4 : 1e-11, single ? 1e-4 : 1e-12);
    for (int k = 0; k < at.size(); k++) {
      Tensor gradient = gradients.get(k);
      if (gradient != null) {
        Tensor direction = random(random, at.get(k));
        double forward = inner(cotangent, pushforward(k, direction));
        worst.add("vjp against jvp", k, -1, inner(gradient, direction), forward);
      }
    }
    return worst.report("vjp against jvp");
  }

  // ---------------------------------------------------------------------------- derivatives

  /**
   * The gradients of ⟨cotangent, f⟩, recorded if the operands are; null for operands that are
   * constant.
   */
  private List<@Nullable Tensor> pullback(List<Tensor> operands, Tensor cotangent) {
    List<Tensor> given = new ArrayList<>(operands);
    List<Tensor> inputs = new ArrayList<>();
    for (int k = 0; k < given.size(); k++) {
      if (given.get(k).dtype().isDifferentiable()) {
        given.set(k, given.get(k).variable());
        inputs.add(given.get(k));
      }
    }
    Tensor y = f.apply(given);
    List<Tensor> found = Derivatives.pullback(List.of(y), inputs, List.of(cotangent));
    List<@Nullable Tensor> gradients = new ArrayList<>();
    int next = 0;
    for (Tensor operand : operands) {
      gradients.add(operand.dtype().isDifferentiable() ? found.get(next++) : null);
    }
    return gradients;
  }

  private Tensor pushforward(int operand, Tensor tangent) {
    List<Tensor> given = new ArrayList<>(at);
    Tensor x = at.get(operand).variable();
    given.set(operand, x);
    Tensor y = f.apply(given);
    return Derivatives.pushforward(List.of(y), List.of(x), List.of(tangent)).getFirst();
  }

  /** The slope of every element of the result as one operand moves along a direction. */
  private double[] differences(int operand, Tensor direction, double h) {
    double[] slope = null;
    for (int k = -2; k <= 2; k++) {
      if (k == 0) {
        continue;
      }
      List<Tensor> moved = new ArrayList<>(at);
      moved.set(operand, at.get(operand).add(direction.multiply(k * h)));
      Tensor y = f.apply(moved);
      slope = slope == null ? new double[y.size()] : slope;
      double weight = (k == -2 ? 1 : k == -1 ? -8 : k == 1 ? 8 : -1) / (12 * h);
      for (int i = 0; i < slope.length; i++) {
        slope[i] += weight * y.at(i);
      }
    }
    return slope == null ? new double[0] : slope;
  }

  private static Tensor changed(Tensor zeros, int element, double value) {
    if (zeros.data instanceof double[] a) {
      a[element] = value;
    } else {
      ((float[]) zeros.data)[element] = (float) value;
    }
    return zeros;
  }

  private static Tensor random(UniformRandomProvider random, Tensor like) {
    double[] values = new double[like.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextDouble(-1, 1);
    }
    return new Tensor(DType.FLOAT64, like.shape(), values).cast(like.dtype());
  }

  private static double inner(Tensor x, Tensor y) {
    double sum = 0;
    for (int i = 0; i < x.size(); i++) {
      sum += x.at(i) * y.at(i);
    }
    return sum;
  }

  // ---------------------------------------------------------------------------- verdict

  private static Report problem(String rule, String problem) {
    return new Report(rule, false, 0, 0, -1, Double.NaN, Double.NaN, problem);
  }

  /** Remembers the number that is furthest from its reference, measured by the tolerance. */
  private final class Worst {
    private final double relativeTolerance;
    private final double absoluteTolerance;
    private double excess = -1;
    private int compared = 0;
    private String rule = "";
    private int operand = 0;
    private int element = -1;
    private double derivative = 0;
    private double reference = 0;

    Worst() {
      this(relative, absolute);
    }

    Worst(double relativeTolerance, double absoluteTolerance) {
      this.relativeTolerance = relativeTolerance;
      this.absoluteTolerance = absoluteTolerance;
    }

    void add(String rule, int operand, int element, double derivative, double reference) {
      compared++;
      double difference = Math.abs(derivative - reference);
      double allowed = absoluteTolerance + relativeTolerance * Math.abs(reference);
      double excess = Double.isFinite(difference) ? difference / allowed : Double.MAX_VALUE;
      if (excess > this.excess) {
        this.excess = excess;
        this.rule = rule;
        this.operand = operand;
        this.element = element;
        this.derivative = derivative;
        this.reference = reference;
      }
    }

    Report report(String checked) {
      boolean correct = !(excess > 1);
      return new Report(
          correct ? checked : rule, correct, compared, operand, element, derivative, reference, "");
    }
  }
}
