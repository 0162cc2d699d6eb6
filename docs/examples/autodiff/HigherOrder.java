import static org.cotangent.autodiff.Derivatives.grad;
import static org.cotangent.autodiff.Derivatives.hessianVectorProduct;

import java.util.function.Function;
import org.cotangent.autodiff.Tensor;

void main() {
  // derivatives nest
  Function<Tensor, Tensor> f = x -> x.pow(4).sum();
  IO.println(grad(grad(grad(f))).apply(Tensor.of(1.5))); // 24·x

  // forward over reverse: the Hessian times a vector, never the Hessian
  Function<Tensor, Tensor> g = x -> x.square().sum().square();
  Tensor x = Tensor.of(new double[] {1, 2});
  IO.println(hessianVectorProduct(g, x, Tensor.of(new double[] {1, 0}))); // 4|x|²·v + 8(x·v)x

  // the inner derivative depends on y, so the outer one sees it: d/dy (d/dx x²·y) = 2x
  Function<Tensor, Tensor> slope =
      y -> grad((Tensor at) -> at.square().multiply(y)).apply(Tensor.of(3.0));
  IO.println(grad(slope).apply(Tensor.of(7.0)));
}
