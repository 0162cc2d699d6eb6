import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.GradientCheck;
import org.cotangent.autodiff.Tensor;

/** x·eˣ; its derivative is eˣ + x·eˣ, the exponential plus the result. */
record TimesExponential() implements CustomPrimitive {
  public String label() {
    return "times_exponential";
  }

  public Tensor evaluate(Tensor... operands) {
    return operands[0].multiply(operands[0].exp());
  }

  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    return cotangent.multiply(operands[0].exp().add(result));
  }

  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return vjp(operand, tangent, operands, result); // a diagonal Jacobian is its own transpose
  }
}

void main() {
  var function = new TimesExponential();
  Tensor x = Tensor.of(0.0);
  IO.println(Derivatives.grad(Derivatives.grad(at -> function.apply(at))).apply(x)); // (x + 2)·eˣ

  GradientCheck check = GradientCheck.of(function, Tensor.of(new double[] {-1, 0.3, 2}));
  IO.println(check.firstOrder().correct());
  IO.println(check.secondOrder().correct());
}
