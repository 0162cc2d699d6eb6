package org.cotangent.autodiff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.cotangent.autodiff.conformance.ConformanceCall;
import org.cotangent.autodiff.conformance.ConformanceCases;

/**
 * One operation with everything that a case says about it: the value, J^T·cotangent, J·tangent, and
 * the derivatives of the sum of products of J^T·cotangent with the probes.
 */
final class DerivativeCase implements ConformanceCases.Operation {
  private final Function<CaseInputs, List<Tensor>> operation;

  DerivativeCase(Function<CaseInputs, List<Tensor>> operation) {
    this.operation = operation;
  }

  @Override
  public Map<String, Tensor> call(ConformanceCall call) throws Exception {
    CaseInputs inputs = new CaseInputs(call);
    Set<String> wanted = call.expectedNames();
    List<Tensor> all = operation.apply(inputs);
    Map<String, Tensor> found = new LinkedHashMap<>();
    boolean numbered = all.size() > 1 || wanted.contains("output0");
    List<Tensor> outputs = new ArrayList<>(); // those with a cotangent
    List<Tensor> cotangents = new ArrayList<>();
    List<String> suffixes = new ArrayList<>();
    for (int k = 0; k < all.size(); k++) {
      String suffix = numbered ? Integer.toString(k) : "";
      found.put("output" + suffix, all.get(k));
      Tensor cotangent = inputs.extra("cotangent" + suffix);
      if (cotangent != null) {
        outputs.add(all.get(k));
        cotangents.add(cotangent.variable());
        suffixes.add(suffix);
      }
    }
    List<String> names = inputs.differentiable();
    if (outputs.isEmpty() || names.isEmpty()) {
      return found;
    }
    List<Tensor> operands = names.stream().map(inputs::tensor).toList();
    List<Tensor> gradients = Derivatives.pullback(outputs, operands, cotangents);
    for (int k = 0; k < names.size(); k++) {
      found.put("vjp." + names.get(k), gradients.get(k));
    }
    if (inputs.extra("tangent." + names.get(0)) != null) {
      List<Tensor> tangents = extras(inputs, "tangent.", names);
      List<Tensor> moved = Derivatives.pushforward(outputs, operands, tangents);
      for (int k = 0; k < outputs.size(); k++) {
        found.put("jvp.output" + suffixes.get(k), moved.get(k));
      }
    }
    if (inputs.extra("probe." + names.get(0)) != null) {
      Tensor s = Tensor.of(0.0).cast(gradients.get(0).dtype());
      List<Tensor> probes = extras(inputs, "probe.", names);
      for (int k = 0; k < names.size(); k++) {
        s = s.add(probes.get(k).multiply(gradients.get(k)).sum());
      }
      List<Tensor> by = new ArrayList<>(operands);
      by.addAll(cotangents);
      List<Tensor> second = Derivatives.pullback(List.of(s), by, List.of(s.onesLike()));
      for (int k = 0; k < names.size(); k++) {
        found.put("vjp2." + names.get(k), second.get(k));
      }
      for (int k = 0; k < cotangents.size(); k++) {
        found.put("vjp2.cotangent" + suffixes.get(k), second.get(names.size() + k));
      }
    }
    return found;
  }

  private static List<Tensor> extras(CaseInputs inputs, String prefix, List<String> names) {
    List<Tensor> found = new ArrayList<>();
    for (String name : names) {
      Tensor extra = inputs.extra(prefix + name);
      found.add(extra == null ? inputs.tensor(name).zerosLike() : extra);
    }
    return found;
  }
}
