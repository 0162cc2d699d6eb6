package org.cotangent.autodiff;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.cotangent.autodiff.linalg.LinearAlgebra;

/**
 * The composite functions of the conformance cases from learning and optimisation, as users write
 * them.
 */
final class ModelFunctions {
  private ModelFunctions() {}

  static Map<String, Function<CaseInputs, Tensor>> functions() {
    Map<String, Function<CaseInputs, Tensor>> table = new LinkedHashMap<>();
    table.put("mlp3", ModelFunctions::mlp3);
    table.put("attention", ModelFunctions::attention);
    table.put("rosenbrock", in -> rosenbrock(in.tensor("x")));
    table.put("logsumexp_quadratics", ModelFunctions::logSumExpOfQuadratics);
    table.put("gp_log_likelihood", ModelFunctions::gaussianProcess);
    table.put("deep_chain", in -> deepChain(in.tensor("x"), in.integer("depth")));
    table.put("shared_subexpressions", in -> sharedSubexpressions(in.tensor("x")));
    table.put(
        "where_sqrt",
        in -> {
          Tensor x = in.tensor("x");
          return x.greaterThan(0).where(x.sqrt(), x.zerosLike()).sum();
        });
    table.put(
        "safe_where_sqrt",
        in -> {
          Tensor x = in.tensor("x");
          Tensor positive = x.greaterThan(0);
          Tensor safe = positive.where(x, x.onesLike());
          return positive.where(safe.sqrt(), x.zerosLike()).sum();
        });
    return table;
  }

  private static Tensor mlp3(CaseInputs in) {
    Tensor h = in.tensor("x");
    h = h.matmulTransposed(in.tensor("w1")).add(in.tensor("b1")).silu();
    h = h.matmulTransposed(in.tensor("w2")).add(in.tensor("b2")).silu();
    Tensor y = h.matmulTransposed(in.tensor("w3")).add(in.tensor("b3"));
    return Losses.mse(y, in.tensor("target"));
  }

  private static Tensor attention(CaseInputs in) {
    Tensor x = in.tensor("x");
    int heads = in.integer("heads");
    int tokens = x.dim(0);
    int width = x.dim(1) / heads;
    Tensor q = x.matmulTransposed(in.tensor("wq")).reshape(tokens, heads, width);
    Tensor k = x.matmulTransposed(in.tensor("wk")).reshape(tokens, heads, width);
    Tensor v = x.matmulTransposed(in.tensor("wv")).reshape(tokens, heads, width);
    Tensor scores =
        q.transpose(1, 0, 2).matmulTransposed(k.transpose(1, 0, 2)).divide(Math.sqrt(width));
    if (in.flag("causal")) {
      boolean[] visible = new boolean[tokens * tokens];
      for (int query = 0; query < tokens; query++) {
        java.util.Arrays.fill(visible, query * tokens, query * tokens + query + 1, true);
      }
      scores =
          Tensor.of(visible, tokens, tokens).where(scores, Tensor.of(Double.NEGATIVE_INFINITY));
    }
    Tensor mixed = scores.softmax(-1).matmul(v.transpose(1, 0, 2));
    Tensor joined = mixed.transpose(1, 0, 2).reshape(tokens, heads * width);
    Tensor out = joined.matmulTransposed(in.tensor("wo")).add(x);
    return out.multiply(in.tensor("c")).sum();
  }

  private static Tensor rosenbrock(Tensor x) {
    int n = x.size();
    Tensor now = x.slice(0, 0, n - 1);
    Tensor next = x.slice(0, 1, n);
    Tensor valley = next.subtract(now.square()).square().multiply(100);
    return valley.add(now.rsubtract(1).square()).sum();
  }

  private static Tensor logSumExpOfQuadratics(CaseInputs in) {
    Tensor x = in.tensor("x");
    Tensor quadratic = in.tensor("a").matmul(x).matmul(x);
    Tensor linear = in.tensor("b").matmul(x);
    return linear.subtract(quadratic.multiply(0.5)).add(in.tensor("c")).logSumExp();
  }

  private static Tensor gaussianProcess(CaseInputs in) {
    Tensor x = in.tensor("x");
    Tensor y = in.tensor("y");
    Tensor theta = in.tensor("theta");
    int n = y.size();
    Tensor lengthscale = theta.slice(0, 0, 1).exp();
    Tensor amplitude = theta.slice(0, 1, 2).exp();
    Tensor noise = theta.slice(0, 2, 3).exp();
    Tensor squares = x.unsqueeze(1).subtract(x.unsqueeze(0)).square().sum(-1);
    Tensor kernel =
        squares.divide(lengthscale.square().multiply(-2)).exp().multiply(amplitude.square());
    Tensor identity = Tensor.full(DType.FLOAT64, 1, n, n).tril(0).triu(0);
    Tensor factor = LinearAlgebra.cholesky(kernel.add(identity.multiply(noise.square())));
    Tensor z = LinearAlgebra.triangularSolve(factor, y.unsqueeze(1), false, false).squeeze(1);
    return z.dot(z)
        .multiply(-0.5)
        .subtract(factor.diagonal().log().sum())
        .subtract(n / 2.0 * Math.log(2 * Math.PI));
  }

  private static Tensor deepChain(Tensor x, int depth) {
    Tensor y = x;
    Tensor cosine = x.cos();
    for (int k = 0; k < depth; k++) {
      y = y.sin().multiply(0.5).add(y.multiply(cosine).multiply(0.3));
    }
    return y.sum();
  }

  private static Tensor sharedSubexpressions(Tensor x) {
    Tensor p = x.multiply(x);
    Tensor q = p.multiply(x).add(p);
    Tensor r = q.multiply(p).subtract(q.sin());
    Tensor s = r.multiply(r).divide(p.add(1));
    return s.sum().add(x.sum().multiply(q.sum()).multiply(p.sum()));
  }
}
