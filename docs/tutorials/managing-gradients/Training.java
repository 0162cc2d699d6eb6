import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Gradients;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/** Energies and forces in one loss: one pass forward, one backward. */
void main(String[] args) throws Exception {
  String shipped = "docs/tutorials/managing-gradients/radial-spectrum.mts";
  TensorMap spectrum = TensorMap.load(Path.of(args.length > 0 ? args[0] : shipped));
  Tensor w = Tensor.of(new double[] {0.4, -0.3, 0.2, 0.5, 0.1, -0.6}, 3, 2).variable();
  Tensor v = Tensor.of(new double[] {1.5, -0.7}, 2, 1).variable();

  // forward: an energy for each atom and kind of neighbor, summed
  TensorBlock energy = energy(spectrum, w, v);
  IO.println(energy);
  IO.println("\n" + energy.gradient("positions").samples().repr());

  // the forces are its explicit gradient, and part of the loss like any other tensor
  IO.println(String.format(Locale.ROOT, "\nloss %.8f", loss(energy).item()));

  // backward: by all weights at once
  List<Tensor> slopes = Derivatives.grad(loss(energy), List.of(w, v));
  print("by w      ", slopes.get(0));
  print("by v      ", slopes.get(1));

  // the same by moving one weight
  double step = 1e-6;
  Tensor unit = Tensor.of(new double[] {1, 0}, 2, 1).multiply(step);
  double up = loss(energy(spectrum, w, v.add(unit))).item();
  double down = loss(energy(spectrum, w, v.subtract(unit))).item();
  IO.println(String.format(Locale.ROOT, "by v[0], by differences: %.6f", (up - down) / (2 * step)));

  // the rows can be had in two ways, which cost more or less and give the same
  Tensor reverse = energy.gradient("positions", Gradients.REVERSE).values();
  Tensor forward = energy.gradient("positions", Gradients.FORWARD).values();
  double distance = reverse.subtract(forward).square().sum().sqrt().item();
  IO.println("reverse and forward agree: " + (distance < 1e-12));
}

TensorBlock energy(TensorMap spectrum, Tensor w, Tensor v) {
  return spectrum
      .map(x -> x.matmul(w).tanh().matmul(v)) // [atoms, 3] to [atoms, 1], in every block
      .keysToSamples("center_type", "neighbor_type")
      .sumOverSamples("atom", "center_type", "neighbor_type")
      .block();
}

Tensor loss(TensorBlock energy) {
  Tensor forces = energy.gradient("positions").values().negate();
  Tensor energyError = energy.values().subtract(0.25);
  Tensor forceError = forces.subtract(0.01);
  return energyError.square().sum().add(forceError.square().sum());
}

void print(String name, Tensor tensor) {
  StringBuilder line = new StringBuilder(name);
  for (double x : tensor.toDoubleArray()) {
    line.append(String.format(Locale.ROOT, " %10.6f", x));
  }
  IO.println(line);
}
