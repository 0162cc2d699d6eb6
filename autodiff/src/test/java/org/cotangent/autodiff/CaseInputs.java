package org.cotangent.autodiff;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.autodiff.conformance.ConformanceCall;
import org.cotangent.autodiff.conformance.ValueFormat;
import org.jspecify.annotations.Nullable;

/**
 * The operands of one conformance case, with those of a floating type as variables, and its
 * arguments.
 */
final class CaseInputs {
  private final ConformanceCall call;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  CaseInputs(ConformanceCall call) throws IOException {
    this.call = call;
    for (String name : call.inputNames()) {
      if (name.indexOf('.') < 0 && !name.startsWith("cotangent")) {
        Tensor tensor = call.tensor(name);
        tensors.put(name, tensor.dtype().isDifferentiable() ? tensor.variable() : tensor);
      }
    }
  }

  private CaseInputs(ConformanceCall call, Map<String, Tensor> tensors) {
    this.call = call;
    this.tensors.putAll(tensors);
  }

  /** Returns the same inputs with one of them replaced. */
  CaseInputs with(String name, Tensor tensor) {
    CaseInputs changed = new CaseInputs(call, tensors);
    changed.tensors.put(name, tensor);
    return changed;
  }

  /** Returns an operand. */
  Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalStateException(call.id() + " has no operand " + name);
    }
    return tensor;
  }

  /** Returns an operand, or null where the case does not have it. */
  @Nullable Tensor optional(String name) {
    return tensors.get(name);
  }

  /** Returns the operands name0, name1, … */
  List<Tensor> numbered(String name) {
    List<Tensor> list = new ArrayList<>();
    while (tensors.containsKey(name + list.size())) {
      list.add(tensors.get(name + list.size()));
    }
    return list;
  }

  /** Returns the names of the operands by which one can differentiate. */
  List<String> differentiable() {
    return tensors.keySet().stream().filter(name -> tensor(name).isRecorded()).toList();
  }

  /** Returns the names of all operands. */
  List<String> names() {
    return List.copyOf(tensors.keySet());
  }

  /** Returns a further tensor of the case, such as a cotangent, or null where there is none. */
  @Nullable Tensor extra(String name) {
    try {
      return call.has(name) ? call.tensor(name) : null;
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /** Returns an argument; a missing node where there is none. */
  JsonNode arg(String name) {
    return call.arg(name);
  }

  /** Returns whether an argument is there and not null. */
  boolean hasArg(String name) {
    return !call.arg(name).isMissingNode() && !call.arg(name).isNull();
  }

  /** Returns an argument that is a number. */
  double number(String name) {
    return ValueFormat.real(call.arg(name));
  }

  /** Returns an argument that is an integer. */
  int integer(String name) {
    return call.arg(name).intValue();
  }

  /** Returns an argument that is a list of integers. */
  int[] integers(String name) {
    return call.intsArg(name);
  }

  /** Returns an argument that is a list of numbers, as a vector. */
  Tensor vector(String name) {
    JsonNode list = call.arg(name);
    double[] values = new double[list.size()];
    for (int k = 0; k < values.length; k++) {
      values[k] = ValueFormat.real(list.get(k));
    }
    return Tensor.of(values);
  }

  /** Returns an argument that is a text. */
  String text(String name) {
    return call.arg(name).textValue();
  }

  /** Returns an argument that is true or false. */
  boolean flag(String name) {
    return call.arg(name).booleanValue();
  }
}
