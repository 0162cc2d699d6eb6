import java.util.List;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;

/** A loss on forces, F = -dE/dx of E(x) = Σ tanh(w·x²), and its gradient by w, in two ways. */
void main() {
  Tensor w = Tensor.of(new double[] {0.3, 0.7}).variable();
  Tensor x = Tensor.of(new double[] {1.0, -0.5}).variable();
  Tensor target = Tensor.of(new double[] {-0.4, 0.5});

  // recorded: a reverse sweep over the tape of the energy writes more tape, which is swept again
  Tensor energy = w.multiply(x.square()).tanh().sum();
  Tensor slope =
      Derivatives.pullback(List.of(energy), List.of(x), List.of(Tensor.of(1.0))).getFirst();
  Tensor recorded = slope.negate().subtract(target).square().sum();

  // explicit: the derivative of x² was computed along with it, as data, and is led on forwards
  Tensor feature = x.square().detach(); // computed once for all epochs,
  Tensor explicitGradient = x.multiply(2).detach(); // and so is this
  Tensor z = feature.variable();
  Tensor top = w.multiply(z).tanh();
  Tensor led =
      Derivatives.pushforward(List.of(top), List.of(z), List.of(explicitGradient)).getFirst();
  Tensor explicit = led.negate().subtract(target).square().sum();

  print(Derivatives.grad(recorded, List.of(w)).getFirst());
  print(Derivatives.grad(explicit, List.of(w)).getFirst());
}

void print(Tensor gradient) {
  IO.println(Math.rint(gradient.at(0) * 1e6) / 1e6 + ", " + Math.rint(gradient.at(1) * 1e6) / 1e6);
}
