import java.util.List;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Program;
import org.cotangent.autodiff.Tensor;

/** A derivative as a list of operations, evaluated again with another input. */
void main() {
  Tensor x = Tensor.of(new double[] {1, 2, 3});
  Program slope =
      Program.trace(in -> Derivatives.grad(v -> v.sin().square().sum()).apply(in.get(0)), x);
  IO.print(slope);

  Tensor other = Tensor.of(new double[] {0, Math.PI / 4, Math.PI / 2});
  Tensor found = slope.run(List.of(other)).getFirst(); // 2·sin·cos = sin 2x
  for (int i = 0; i < found.size(); i++) {
    IO.println(Math.rint(found.at(i) * 1e6) / 1e6 + 0.0);
  }
}
