import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Comparison;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/** The square of a block with its gradient: by hand, by multiply, by pow. */
void main(String[] args) throws Exception {
  String shipped = "docs/tutorials/managing-gradients/radial-spectrum.mts";
  TensorMap spectrum = TensorMap.load(Path.of(args.length > 0 ? args[0] : shipped));
  Map<String, Integer> nitrogen = Map.of("center_type", 7, "neighbor_type", 7);
  TensorBlock x = spectrum.block(nitrogen);
  TensorBlock dx = x.gradient("positions");

  // (x²)' = x'·x + x·x': each row of the gradient with the values of the sample that it is of
  Labels rows = dx.samples();
  int[] sample = rows.column("sample");
  Tensor values = x.values().rows(sample).unsqueeze(1); // [rows, 1, properties]
  Tensor slopes = dx.values().multiply(values).add(values.multiply(dx.values()));
  TensorBlock byHand =
      TensorBlock.of(x.values().square(), x.samples(), x.components(), x.properties())
          .withGradient(
              "positions", TensorBlock.of(slopes, rows, dx.components(), dx.properties()));

  TensorMap squared = spectrum.multiply(spectrum);
  IO.println("multiply does it:  " + Comparison.allclose(squared.block(nitrogen), byHand));
  IO.println("so does pow:       " + Comparison.equal(squared, spectrum.pow(2)));
  IO.println("and it is not x:   " + Comparison.equal(squared, spectrum));
  IO.println("\nx² of sample 0, by n");
  print(squared.block(nitrogen).values().slice(0, 0, 1).toDoubleArray());
  IO.println("its row 0: by x, y, z of the atom itself");
  print(squared.block(nitrogen).gradient("positions").values().slice(0, 0, 1).toDoubleArray());

  // any differentiable function does: the rule is the chain rule
  TensorMap bent = spectrum.map(v -> v.square().add(1).log());
  IO.println("log(1 + x²): its row 0");
  print(bent.block(nitrogen).gradient("positions").values().slice(0, 0, 1).toDoubleArray());
}

/** Prints three numbers to a line. */
void print(double[] numbers) {
  for (int i = 0; i < numbers.length; i += 3) {
    IO.println(
        String.format(
            Locale.ROOT, "%14.8f %13.8f %13.8f", numbers[i], numbers[i + 1], numbers[i + 2]));
  }
}
