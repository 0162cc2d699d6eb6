package org.cotangent.autodiff;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/** How the reductions, scans, normalisations and losses of the conformance cases are called. */
final class ReductionCases {
  private ReductionCases() {}

  static Map<String, Function<CaseInputs, List<Tensor>>> operations() {
    Map<String, Function<CaseInputs, List<Tensor>>> table = new LinkedHashMap<>();
    table.put("sum", over(Tensor::sum, Tensor::sum));
    table.put("mean", over(Tensor::mean, Tensor::mean));
    table.put("max", over(Tensor::max, Tensor::max));
    table.put("min", over(Tensor::min, Tensor::min));
    table.put("logsumexp", over(Tensor::logSumExp, Tensor::logSumExp));
    table.put(
        "norm",
        in ->
            in.integer("ord") == 1
                ? over(Tensor::norm1, Tensor::norm1).apply(in)
                : over(Tensor::norm, Tensor::norm).apply(in));
    table.put(
        "var",
        in -> {
          int correction = in.integer("correction");
          return over(x -> x.variance(correction), (x, axes) -> x.variance(correction, axes))
              .apply(in);
        });
    table.put(
        "std",
        in -> {
          int correction = in.integer("correction");
          return over(x -> x.std(correction), (x, axes) -> x.std(correction, axes)).apply(in);
        });
    table.put("prod", ReductionCases::prod);
    table.put("cumsum", in -> List.of(in.tensor("x").cumsum(in.integer("axis"))));
    table.put("cumprod", in -> List.of(in.tensor("x").cumprod(in.integer("axis"))));
    table.put("softmax", in -> List.of(in.tensor("x").softmax(in.integer("axis"))));
    table.put("log_softmax", in -> List.of(in.tensor("x").logSoftmax(in.integer("axis"))));
    table.put(
        "layer_norm",
        in ->
            List.of(
                in.tensor("x")
                    .layerNorm(
                        Shape.of(in.integers("normalized_shape")),
                        in.number("eps"),
                        in.optional("weight"),
                        in.optional("bias"))));
    table.put(
        "rms_norm",
        in ->
            List.of(
                in.tensor("x")
                    .rmsNorm(
                        Shape.of(in.integers("normalized_shape")),
                        in.number("eps"),
                        in.optional("weight"))));
    table.put("mse_loss", in -> List.of(Losses.mse(in.tensor("x"), in.tensor("target"), how(in))));
    table.put("l1_loss", in -> List.of(Losses.l1(in.tensor("x"), in.tensor("target"), how(in))));
    table.put(
        "huber_loss",
        in ->
            List.of(
                Losses.huber(in.tensor("x"), in.tensor("target"), in.number("delta"), how(in))));
    table.put(
        "smooth_l1_loss",
        in ->
            List.of(
                Losses.smoothL1(in.tensor("x"), in.tensor("target"), in.number("beta"), how(in))));
    return table;
  }

  private static Losses.Over how(CaseInputs in) {
    return Losses.Over.valueOf(in.text("reduction").toUpperCase(java.util.Locale.ROOT));
  }

  private static Function<CaseInputs, List<Tensor>> over(
      Function<Tensor, Tensor> all, BiFunction<Tensor, int[], Tensor> some) {
    return in -> {
      Tensor x = in.tensor("x");
      boolean everything = !in.hasArg("axes");
      int[] axes = everything ? IntStream.range(0, x.rank()).toArray() : in.integers("axes");
      Tensor reduced = everything ? all.apply(x) : some.apply(x, axes);
      return List.of(in.flag("keepdims") ? reduced.unsqueeze(axes) : reduced);
    };
  }

  private static List<Tensor> prod(CaseInputs in) {
    Tensor x = in.tensor("x");
    if (in.hasArg("axis")) {
      int axis = in.integer("axis");
      return List.of(in.flag("keepdims") ? x.prod(axis).unsqueeze(axis) : x.prod(axis));
    }
    int[] axes = IntStream.range(0, x.rank()).toArray();
    return List.of(in.flag("keepdims") ? x.prod().unsqueeze(axes) : x.prod());
  }
}
