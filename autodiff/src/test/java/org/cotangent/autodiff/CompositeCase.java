package org.cotangent.autodiff;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.cotangent.autodiff.conformance.ConformanceCall;
import org.cotangent.autodiff.conformance.ConformanceCases;
import org.junit.jupiter.api.Assumptions;

/**
 * A scalar function of several operands and its derivatives along the tangents: gradients in
 * reverse mode, directional derivatives in forward mode over what came before.
 */
final class CompositeCase implements ConformanceCases.Operation {
  private static final int HIGHEST_ORDER = 3;

  private final Map<String, Function<CaseInputs, Tensor>> functions = new LinkedHashMap<>();

  CompositeCase() {
    functions.putAll(PotentialFunctions.functions());
    functions.putAll(ModelFunctions.functions());
  }

  @Override
  public Map<String, Tensor> call(ConformanceCall call) throws Exception {
    String name = call.arg("name").textValue();
    Function<CaseInputs, Tensor> f = functions.get(name);
    Assumptions.assumeTrue(f != null, "the function " + name + " is not there yet");
    CaseInputs inputs = new CaseInputs(call);
    List<String> names =
        inputs.names().stream()
            .filter(input -> call.expectedNames().contains("gradient." + input))
            .toList();
    List<Tensor> operands = names.stream().map(inputs::tensor).toList();
    List<Tensor> tangents =
        names.stream()
            .map(
                input -> {
                  Tensor tangent = inputs.extra("tangent." + input);
                  return tangent == null ? inputs.tensor(input).zerosLike() : tangent;
                })
            .toList();

    Map<String, Tensor> found = new LinkedHashMap<>();
    Tensor y = f.apply(inputs);
    found.put("output", y);
    for (int order = 0; order <= HIGHEST_ORDER; order++) {
      if (order > 0) {
        y = Derivatives.pushforward(List.of(y), operands, tangents).getFirst();
        found.put("directional" + order, y);
      }
      String prefix = List.of("gradient.", "hvp.", "hvp2.", "gradient3.").get(order);
      boolean wanted = call.expectedNames().stream().anyMatch(key -> key.startsWith(prefix));
      if (wanted) {
        List<Tensor> gradient = Derivatives.pullback(List.of(y), operands, List.of(y.onesLike()));
        for (int k = 0; k < names.size(); k++) {
          found.put(prefix + names.get(k), gradient.get(k));
        }
      }
      if (!call.expectedNames().contains("directional" + (order + 1))) {
        break;
      }
    }
    for (String input : names) {
      if (call.expectedNames().contains("hessian." + input)) {
        Tensor x = inputs.tensor(input).detach();
        Tensor hessian = Derivatives.hessian((Tensor at) -> f.apply(inputs.with(input, at)), x);
        found.put("hessian." + input, hessian.reshape(x.size(), x.size()));
      }
    }
    return found;
  }
}
