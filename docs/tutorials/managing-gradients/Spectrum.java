import static org.cotangent.atomistic.neighbors.PairGradient.POSITIONS;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.descriptors.Descriptor;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.TensorMap;

/** Writes the map of this tutorial: the radial spectrum of a water molecule beside dinitrogen. */
void main(String[] args) throws Exception {
  int[] types = {8, 1, 1, 7, 7};
  double[][] positions = { // in Å
    {0.000, 0.000, 0.119},
    {0.000, 0.763, -0.477},
    {0.000, -0.763, -0.477},
    {6.000, 0.000, 0.000},
    {6.700, 0.650, -0.540},
  };
  String hyperparameters =
      """
      {
        "cutoff": {"radius": 3.0, "smoothing": {"type": "ShiftedCosine", "width": 0.5}},
        "density": {"type": "Gaussian", "width": 0.3},
        "basis": {"radial": {"type": "Gto", "max_radial": 2}}
      }
      """;
  System system = System.molecule(types, Tensor.of(positions));
  TensorMap spectrum =
      Descriptor.named("soap_radial_spectrum", new ObjectMapper().readTree(hyperparameters))
          .compute(List.of(system), Set.of(POSITIONS));
  spectrum.save(Path.of(args.length > 0 ? args[0] : "radial-spectrum.mts"));
}
