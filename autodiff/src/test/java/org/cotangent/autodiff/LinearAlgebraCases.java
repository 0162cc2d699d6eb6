package org.cotangent.autodiff;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.cotangent.autodiff.linalg.LinearAlgebra;

/** How the linear algebra of the conformance cases is called. */
final class LinearAlgebraCases {
  private LinearAlgebraCases() {}

  static Map<String, Function<CaseInputs, List<Tensor>>> operations() {
    Map<String, Function<CaseInputs, List<Tensor>>> table = new LinkedHashMap<>();
    table.put("inverse", in -> List.of(LinearAlgebra.inverse(in.tensor("x"))));
    table.put("determinant", in -> List.of(LinearAlgebra.determinant(in.tensor("x"))));
    table.put(
        "slogdet",
        in -> {
          LinearAlgebra.SignAndLogDeterminant found = LinearAlgebra.slogdet(in.tensor("x"));
          return List.of(found.sign(), found.logAbs());
        });
    table.put("solve", in -> List.of(LinearAlgebra.solve(in.tensor("a"), in.tensor("b"))));
    table.put("cholesky", in -> List.of(LinearAlgebra.cholesky(in.tensor("x"))));
    table.put("triangular_solve", in -> List.of(triangularSolve(in)));
    table.put("eigvalsh", in -> List.of(LinearAlgebra.eigvalsh(in.tensor("x"))));
    table.put("eigh", LinearAlgebraCases::eigh);
    table.put("svdvals", in -> List.of(LinearAlgebra.svdvals(in.tensor("x"))));
    table.put("lstsq", in -> List.of(LinearAlgebra.lstsq(in.tensor("a"), in.tensor("b"))));
    return table;
  }

  private static Tensor triangularSolve(CaseInputs in) {
    Tensor a = in.tensor("a");
    Tensor b = in.tensor("b");
    boolean upper = in.flag("upper");
    boolean unit = in.flag("unit_diagonal");
    return in.flag("left")
        ? LinearAlgebra.triangularSolve(a, b, upper, unit)
        : LinearAlgebra.triangularSolveRight(a, b, upper, unit);
  }

  private static List<Tensor> eigh(CaseInputs in) {
    LinearAlgebra.EigenvaluesAndVectors eigen = LinearAlgebra.eigh(in.tensor("x"));
    Tensor w = eigen.w();
    Tensor v = eigen.v();
    return switch (in.text("form")) {
      case "values_and_squares" -> List.of(w, v.square());
      case "spectral_exp" -> List.of(v.multiply(w.exp().unsqueeze(-2)).matmulTransposed(v));
      case "projector" -> {
        Tensor first = v.slice(-1, 0, in.integer("k"));
        yield List.of(first.matmulTransposed(first));
      }
      default -> throw new IllegalArgumentException(in.text("form"));
    };
  }
}
