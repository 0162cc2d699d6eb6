import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.descriptors.Descriptor;
import org.cotangent.atomistic.equivariant.DensityCorrelations;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

static final String EXPANSION =
    """
    {"cutoff": {"radius": 3.5, "smoothing": {"type": "ShiftedCosine", "width": 0.5}},
     "density": {"type": "Gaussian", "width": 0.4},
     "basis": {"type": "TensorProduct", "max_angular": 3, "radial": {"type": "Gto", "max_radial": 2}}}
    """;

void main() throws Exception {
  var json = new ObjectMapper();
  Tensor positions =
      Tensor.of(new double[] {0, 0, 0.12, 0, 0.76, -0.47, 0, -0.76, -0.47}, 3, 3).variable();
  System water = System.molecule(new int[] {8, 1, 1}, positions);

  // Values with explicit gradients.
  Descriptor soap = Descriptor.named("soap_power_spectrum", json.readTree(EXPANSION));
  TensorMap spectrum = soap.compute(List.of(water), Set.of(PairGradient.POSITIONS));
  TensorBlock oxygen =
      spectrum.block(Map.of("center_type", 8, "neighbor_1_type", 1, "neighbor_2_type", 1));
  IO.println("features of oxygen:  " + oxygen.properties().size());
  IO.println("gradient rows:       " + oxygen.gradient("positions").samples().size());

  // The same on the tape: any function of the features, differentiated by the positions.
  Tensor feature = oxygen.values().square().sum();
  Tensor force = Derivatives.grad(feature, List.of(positions)).getFirst();
  IO.println("sum of its gradient: " + Math.rint(force.sum().item() * 1e9));

  // More neighbors at a time: invariants of three.
  TensorMap density =
      Descriptor.named("spherical_expansion", json.readTree(EXPANSION))
          .compute(List.of(water))
          .keysToProperties("neighbor_type");
  TensorMap bispectrum =
      new DensityCorrelations(2, true).of(density, 3, key -> key.get("o3_lambda") == 0);
  IO.println("blocks of three:     " + bispectrum.size());
}
