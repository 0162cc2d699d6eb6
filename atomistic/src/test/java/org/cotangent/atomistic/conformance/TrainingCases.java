package org.cotangent.atomistic.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.conformance.ConformanceCall;
import org.cotangent.autodiff.nn.Parameters;
import org.cotangent.autodiff.optim.Adam;
import org.cotangent.autodiff.optim.AdamW;
import org.cotangent.autodiff.optim.GradientClipping;
import org.cotangent.autodiff.optim.Lbfgs;
import org.cotangent.autodiff.optim.Optimizer;
import org.cotangent.autodiff.optim.Plateau;
import org.cotangent.autodiff.optim.RmsProp;
import org.cotangent.autodiff.optim.Schedule;
import org.cotangent.autodiff.optim.Sgd;

/** The operations of the conformance cases of training. */
public final class TrainingCases {
  private TrainingCases() {}

  // ---------------------------------------------------------------------------- optimisers

  /** A parameter after each of some steps along given gradients. */
  public static Object optimizerStep(ConformanceCall call) throws IOException {
    Tensor gradients = call.tensor("gradients");
    Parameters parameters = Parameters.of("p", call.tensor("parameter"));
    Optimizer optimizer = optimizer(call, Schedule.constant(number(call, "lr", 0)));
    double[] after = new double[gradients.size()];
    int length = gradients.dim(1);
    for (int step = 0; step < gradients.dim(0); step++) {
      Tensor g = gradients.slice(0, step, step + 1).squeeze(0);
      parameters = optimizer.step(parameters, Parameters.of("p", g));
      java.lang.System.arraycopy(
          parameters.get("p").toDoubleArray(), 0, after, step * length, length);
    }
    return Tensor.of(after, gradients.dim(0), length);
  }

  /** Gradients clipped by their global norm. */
  public static Object clipGradNorm(ConformanceCall call) throws IOException {
    Parameters.Builder builder = Parameters.builder();
    for (int k = 0; call.has("gradient" + k); k++) {
      builder.add("output" + k, call.tensor("gradient" + k));
    }
    GradientClipping.Clipped clipped =
        GradientClipping.byGlobalNorm(
            builder.build(), number(call, "max_norm", 0), number(call, "eps", 0));
    Map<String, Object> outputs = new HashMap<>();
    outputs.put("norm", Tensor.of(clipped.norm()));
    for (String name : clipped.gradients().names()) {
      outputs.put(name, clipped.gradients().get(name));
    }
    return outputs;
  }

  /** The learning rates of some steps. */
  public static Object schedule(ConformanceCall call) throws IOException {
    Schedule schedule = schedule(call.node().get("args"), number(call, "lr", 0));
    double[] rates = new double[call.arg("steps").intValue()];
    for (int step = 0; step < rates.length; step++) {
      if (schedule instanceof Plateau plateau) {
        plateau.observe(call.tensor("metrics").at(step));
      }
      rates[step] = schedule.at(step);
    }
    return Tensor.of(rates);
  }

  private static Schedule schedule(JsonNode args, double rate) {
    return switch (args.path("schedule").asText("constant")) {
      case "constant" -> Schedule.constant(rate);
      case "cosine" ->
          Schedule.cosine(rate, args.get("eta_min").doubleValue(), args.get("t_max").longValue());
      case "exponential" -> Schedule.exponential(rate, args.get("gamma").doubleValue());
      case "step" ->
          Schedule.step(rate, args.get("step_size").longValue(), args.get("gamma").doubleValue());
      case "plateau" ->
          new Plateau(
              rate,
              new Plateau.Options(
                  args.get("factor").doubleValue(),
                  args.get("patience").intValue(),
                  args.get("threshold").doubleValue(),
                  args.get("cooldown").intValue(),
                  args.get("min_lr").doubleValue()));
      default -> throw new IllegalArgumentException("no schedule " + args.get("schedule"));
    };
  }

  private static Optimizer optimizer(ConformanceCall call, Schedule schedule) {
    String name = call.arg("optimizer").textValue();
    double decay = number(call, "weight_decay", 0);
    double momentum = number(call, "momentum", 0);
    return switch (name) {
      case "sgd" ->
          new Sgd(
              schedule,
              new Sgd.Options(
                  momentum, number(call, "dampening", 0), flag(call, "nesterov"), decay));
      case "adam", "adamw" -> {
        Adam.Options options =
            new Adam.Options(
                call.arg("betas").get(0).doubleValue(),
                call.arg("betas").get(1).doubleValue(),
                number(call, "eps", 0),
                decay,
                flag(call, "amsgrad"));
        yield name.equals("adam") ? new Adam(schedule, options) : new AdamW(schedule, options);
      }
      case "rmsprop" ->
          new RmsProp(
              schedule,
              new RmsProp.Options(
                  number(call, "alpha", 0),
                  number(call, "eps", 0),
                  momentum,
                  flag(call, "centered"),
                  decay));
      case "lbfgs" -> new Lbfgs(schedule, call.arg("history_size").intValue());
      default -> throw new IllegalArgumentException("no optimizer " + name);
    };
  }

  private static double number(ConformanceCall call, String name, double absent) {
    return call.arg(name).asDouble(absent);
  }

  private static boolean flag(ConformanceCall call, String name) {
    return call.arg(name).asBoolean(false);
  }

  // ---------------------------------------------------------------------------- models

  /** The features and their pullback to the positions. */
  public static Object descriptor(ConformanceCall call) throws IOException {
    ForceProblem problem = new ForceProblem(call);
    Derivatives.ValueAnd features =
        Derivatives.vjp(problem::descriptor, problem.positions, call.tensor("cotangent"));
    return Map.of("output", features.value(), "vjp.positions", features.derivative());
  }

  /** Energies and forces. */
  public static Object energyForces(ConformanceCall call) throws IOException {
    ForceProblem problem = new ForceProblem(call);
    ForceProblem.Prediction prediction = problem.predict(problem.initial());
    return Map.of(
        "atomic_energy", prediction.atomicEnergy(),
        "energy", prediction.energy(),
        "forces", prediction.forces());
  }

  /** The loss and its gradient by the weights, through the forces. */
  public static Object lossGradient(ConformanceCall call) throws IOException {
    ForceProblem problem = new ForceProblem(call);
    Parameters variables = problem.initial().variables();
    ForceProblem.Loss loss = problem.loss(variables);
    Map<String, Object> outputs = new HashMap<>();
    outputs.put("loss", loss.total());
    outputs.put("energy_loss", loss.energy());
    outputs.put("force_loss", loss.forces());
    ForceProblem.put(outputs, "gradient.", variables.gradient(loss.total()));
    return outputs;
  }

  /**
   * The Hessian of the loss times a vector, by reverse over reverse and by forward over reverse.
   */
  public static Object lossHessian(ConformanceCall call) throws IOException {
    ForceProblem problem = new ForceProblem(call);
    Parameters tangent = problem.parameters("tangent.");
    Parameters variables = problem.initial().variables();
    Tensor loss = problem.loss(variables).total();
    List<Tensor> gradient =
        Derivatives.pullback(List.of(loss), variables.tensors(), List.of(loss.onesLike()));
    Tensor along = inner(variables.withTensors(gradient), tangent);
    Parameters product = variables.gradient(along);
    Parameters forward =
        variables.withTensors(
            Derivatives.pushforward(gradient, variables.tensors(), tangent.tensors()));

    Map<String, Object> outputs = new HashMap<>();
    outputs.put("directional1", along);
    outputs.put("directional2", inner(forward, tangent));
    ForceProblem.put(outputs, "hvp.", product);
    return outputs;
  }

  private static Tensor inner(Parameters x, Parameters y) {
    Tensor sum = Tensor.of(0.0);
    for (Tensor part : x.zip(y, (a, b) -> a.multiply(b).sum()).tensors()) {
      sum = sum.add(part);
    }
    return sum;
  }

  /** Some steps of training. */
  public static Object train(ConformanceCall call) throws IOException {
    ForceProblem problem = new ForceProblem(call);
    Schedule schedule = schedule(call.arg("schedule"), number(call, "lr", 0));
    Optimizer optimizer = optimizer(call, schedule);
    int steps = call.arg("steps").intValue();
    double[] losses = new double[steps + 1];
    double[] rates = new double[steps];
    double[] norms = new double[steps];

    Parameters parameters = problem.initial();
    for (int step = 0; step < steps; step++) {
      Parameters variables = parameters.variables();
      Tensor loss = problem.loss(variables).total();
      losses[step] = loss.item();
      rates[step] = optimizer.learningRate();
      Parameters gradient = variables.gradient(loss);
      if (call.arg("clip").isNumber()) {
        GradientClipping.Clipped clipped =
            GradientClipping.byGlobalNorm(
                gradient, number(call, "clip", 0), number(call, "clip_eps", 0));
        norms[step] = clipped.norm();
        gradient = clipped.gradients();
      }
      parameters = optimizer.step(parameters, gradient);
      if (schedule instanceof Plateau plateau) {
        plateau.observe(losses[step]);
      }
    }
    losses[steps] = problem.loss(parameters).total().item();

    Map<String, Object> outputs = new HashMap<>();
    outputs.put("losses", Tensor.of(losses));
    outputs.put("learning_rates", Tensor.of(rates));
    outputs.put("norms", Tensor.of(norms));
    ForceProblem.put(outputs, "final.", parameters);
    return outputs;
  }
}
