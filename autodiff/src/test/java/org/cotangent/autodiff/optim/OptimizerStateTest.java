package org.cotangent.autodiff.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Activation;
import org.cotangent.autodiff.nn.Mlp;
import org.cotangent.autodiff.nn.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Training that is stopped and resumed goes on as if it had not been stopped. */
class OptimizerStateTest {
  private static final Schedule RATE = Schedule.cosine(0.02, 1e-4, 12).warmUp(3);
  private static final Mlp NETWORK = Mlp.of(Activation.TANH, 2, 5, 1);

  static Stream<Supplier<Optimizer>> optimizers() {
    return Stream.of(
        () -> new Sgd(RATE),
        () -> new Sgd(RATE, new Sgd.Options(0.9, 0.3, false, 0.01)),
        () -> new Sgd(RATE, new Sgd.Options(0.9, 0, true, 0)),
        () -> new Adam(RATE),
        () -> new Adam(RATE, new Adam.Options(0.9, 0.9, 1e-8, 0.01, true)),
        () -> new AdamW(RATE, 0.1),
        () -> new RmsProp(RATE),
        () -> new RmsProp(RATE, new RmsProp.Options(0.9, 1e-8, 0.5, true, 0.01)),
        () -> new Lbfgs(RATE, 3));
  }

  private static Tensor data(DType dtype, int seed, int... shape) {
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    double[] values = random.doubles(Tensor.zeros(dtype, shape).size(), -1, 1).toArray();
    return Tensor.of(values, shape).cast(dtype);
  }

  private static Parameters train(Optimizer optimizer, Parameters from, int steps) {
    Parameters parameters = from;
    DType dtype = from.tensors().getFirst().dtype();
    Tensor x = data(dtype, 1, 7, 2);
    Tensor y = data(dtype, 2, 7, 1);
    for (int step = 0; step < steps; step++) {
      Parameters variables = parameters.variables();
      Tensor loss = NETWORK.apply(variables, x).subtract(y).square().mean();
      parameters = optimizer.step(parameters, variables.gradient(loss));
    }
    return parameters;
  }

  private static Parameters start(DType dtype) {
    return NETWORK.initialise(RandomSource.XO_RO_SHI_RO_128_PP.create(3), dtype);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void resumedTrainingIsTheSameToTheLastBit(Supplier<Optimizer> create) {
    for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
      Parameters whole = train(create.get(), start(dtype), 12);

      Optimizer first = create.get();
      Parameters half = train(first, start(dtype), 5);
      OptimizerState saved = first.state();
      train(first, half, 1); // does not reach into what was saved
      Optimizer second = create.get();
      second.restore(saved);
      assertEquals(saved, second.state());
      assertEquals(whole, train(second, half, 7));
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void singlePrecisionFollowsDoublePrecision(Supplier<Optimizer> create) {
    Parameters doubles = train(create.get(), start(DType.FLOAT64), 8);
    Parameters singles = train(create.get(), start(DType.FLOAT32), 8);
    Parameters start = start(DType.FLOAT64);
    for (String name : doubles.names()) {
      Tensor moved = doubles.get(name).subtract(start.get(name)).absolute();
      Tensor error = doubles.get(name).subtract(singles.get(name).cast(DType.FLOAT64)).absolute();
      for (int i = 0; i < error.size(); i++) {
        // the divisions by small √v and y·y enlarge the rounding, 6e-8, of a few gradients
        assertTrue(error.at(i) < 1e-5 + 1e-3 * moved.at(i), name + "[" + i + "]: " + error.at(i));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void theLossFalls(Supplier<Optimizer> create) {
    Parameters start = start(DType.FLOAT64);
    Parameters end = train(create.get(), start, 12);
    assertNotEquals(start, end);
    assertTrue(loss(end) < loss(start), () -> loss(start) + " became " + loss(end));
  }

  private static double loss(Parameters parameters) {
    Tensor x = data(DType.FLOAT64, 1, 7, 2);
    Tensor y = data(DType.FLOAT64, 2, 7, 1);
    return NETWORK.apply(parameters, x).subtract(y).square().mean().item();
  }

  @Test
  void stateOfAnotherOptimiserIsRefused() {
    Adam adam = new Adam(RATE);
    train(adam, start(DType.FLOAT64), 2);
    OptimizerState state = adam.state();
    assertTrue(state.tensors().contains("second_moment.layers.0.weight"));
    for (Optimizer other :
        List.of(
            new Sgd(RATE),
            new Sgd(RATE, new Sgd.Options(0.9, 0, false, 0)),
            new RmsProp(RATE),
            new Adam(RATE, new Adam.Options(0.9, 0.999, 1e-8, 0, true)),
            new Lbfgs(RATE, 3))) {
      assertThrows(IllegalArgumentException.class, () -> other.restore(state));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> adam.restore(new OptimizerState(2, Parameters.empty())));
  }

  @Test
  void restoredStateIsForTheSameParameters() {
    Lbfgs first = new Lbfgs(RATE, 3);
    train(first, start(DType.FLOAT64), 3);
    Lbfgs second = new Lbfgs(RATE, 3);
    second.restore(first.state());
    Parameters other = Parameters.of("x", Tensor.of(1.0));
    String message =
        assertThrows(IllegalArgumentException.class, () -> second.step(other, other)).getMessage();
    assertTrue(message.contains("21 numbers"), message);
  }
}
