import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;

/** y = (x₀·x₁, x₀ + x₁, sin x₁), from two numbers to three. */
Tensor f(Tensor x) {
  Tensor first = x.slice(0, 0, 1);
  Tensor second = x.slice(0, 1, 2);
  return Tensor.concatenate(
      0, java.util.List.of(first.multiply(second), first.add(second), second.sin()));
}

void main() {
  Tensor x = Tensor.of(new double[] {2, 0});
  IO.println(Derivatives.jacobian(this::f, x)); // [3, 2]

  // forward: how y moves when x moves along (0, 1), a column
  Tensor along = Tensor.of(new double[] {0, 1});
  IO.println(Derivatives.jvp(this::f, x, along).derivative());

  // reverse: how y₀ depends on all of x, a row
  Tensor of = Tensor.of(new double[] {1, 0, 0});
  IO.println(Derivatives.vjp(this::f, x, of).derivative());
}
