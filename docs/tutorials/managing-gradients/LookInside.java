import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/** What a gradient is made of. */
void main(String[] args) throws Exception {
  String shipped = "docs/tutorials/managing-gradients/radial-spectrum.mts";
  TensorMap spectrum = TensorMap.load(Path.of(args.length > 0 ? args[0] : shipped));
  IO.println(spectrum);

  TensorBlock block = spectrum.block(Map.of("center_type", 7, "neighbor_type", 7));
  IO.println("\n" + block);

  TensorBlock gradient = block.gradient("positions");
  IO.println("\n" + block.printGradient("positions"));
  IO.println("\n" + gradient.samples().repr());
  IO.println("\n" + gradient.components().getFirst().repr());

  IO.println("\nvalues of sample 0, by n");
  print(block.values().slice(0, 0, 1).toDoubleArray());
  IO.println("row 0: by x, y, z of the atom itself");
  print(gradient.values().slice(0, 0, 1).toDoubleArray());
  IO.println("row 1: by x, y, z of its neighbor");
  print(gradient.values().slice(0, 1, 2).toDoubleArray());
}

/** Prints three numbers to a line. */
void print(double[] numbers) {
  for (int i = 0; i < numbers.length; i += 3) {
    IO.println(
        String.format(
            Locale.ROOT, "%14.8f %13.8f %13.8f", numbers[i], numbers[i + 1], numbers[i + 2]));
  }
}
