import java.util.List;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.Workspace;

/** Steepest descent on Σ (w·x - y)², in whose steps the same arrays serve again. */
void main() {
  Tensor x = Tensor.of(new double[] {1, 2, 3, 4});
  Tensor y = x.multiply(3);
  Tensor w = Tensor.zeros(x.dtype());
  Workspace workspace = new Workspace();
  for (int step = 0; step < 3; step++) {
    Tensor at = w.variable();
    Tensor slope =
        workspace.run(
            () -> {
              Tensor loss = at.multiply(x).subtract(y).square().sum();
              return Derivatives.grad(loss, List.of(at)).getFirst();
            });
    w = w.subtract(slope.multiply(0.01)); // the slope lasts until the next run; w is made outside
    IO.println(w.item() + ", " + workspace.bytes() + " bytes held");
  }
}
