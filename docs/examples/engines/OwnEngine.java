import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cotangent.atomistic.engine.*;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.atomistic.potentials.*;
import org.cotangent.atomistic.units.Units;

/** Any model file will do; this one holds argon. */
Path argon() throws Exception {
  Path file = Files.createTempFile("argon", ".cot");
  Potential pairs = PairPotential.of(List.of(18), LennardJones.shifted(0.0103, 3.405, 10));
  ModelFile.write(file, PotentialModel.wrap(pairs, ModelMetadata.of("argon", "Lennard-Jones.")));
  return file;
}

/** An engine in nanometres and kJ/mol, which pulls two atoms apart. */
void main() throws Exception {
  EngineUnits units = new EngineUnits(10, Units.conversionFactor("kJ/mol", "eV"));
  Path file = argon();
  EngineModel model = EngineModel.read(file, EngineOptions.of(units));
  Files.delete(file);
  int[] types = {18, 18};
  model.checkTypes(types);
  Configuration atoms = new Configuration(types, new double[6], new double[9], new boolean[3]);
  for (double x = 0.34; x < 0.45; x += 0.04) {
    Evaluation found = model.evaluate(atoms.moved(new double[] {0, 0, 0, x, 0, 0}, atoms.cell()));
    IO.println(
        "%.2f nm: %8.4f kJ/mol, %9.4f kJ/mol/nm".formatted(x, found.energy(), found.forces()[3]));
  }

  try {
    model.evaluate(atoms.moved(new double[] {0, 0, 0, Double.NaN, 0, 0}, atoms.cell()));
  } catch (IllegalArgumentException refusal) {
    IO.println(refusal.getMessage());
  }
}
