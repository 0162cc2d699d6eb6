import java.util.List;
import java.util.function.UnaryOperator;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;

void main() {
  Tensor x = Tensor.of(new double[] {1, 2, 3});

  // of a function: the derivative is a function again
  UnaryOperator<Tensor> gradient = Derivatives.grad(v -> v.square().sum());
  IO.println(gradient.apply(x));

  // of a result, by variables that it was computed from
  Tensor w = Tensor.of(new double[] {0.5, 0.5, 0.5}).variable();
  Tensor loss = w.multiply(x).sum().square();
  IO.println(Derivatives.grad(loss, List.of(w)).getFirst());
}
