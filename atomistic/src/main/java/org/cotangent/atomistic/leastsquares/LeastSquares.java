package org.cotangent.atomistic.leastsquares;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.cotangent.atomistic.linearace.LinearAce;
import org.cotangent.atomistic.range.Range;
import org.cotangent.atomistic.range.Ranges;

/**
 * How the coefficients of a {@link LinearAce} are found. With ΔE, ΔF and ΔW the errors of a
 * system's energy, forces and virial, N its number of atoms and g_k the roughness of a function,
 * the coefficients c minimise
 *
 * <pre>  Σ_systems (w_E²·ΔE²/N + w_F²·|ΔF|² + w_W²·|ΔW|²/N) + ridge·Σ_k g_k²·c_k²
 *  g_k = 1 + Σ_densities (n^p + (w·l)^p)</pre>
 *
 * <p>so that functions of high degree are used only where the data ask for them (the smoothness
 * prior of W. C. Witt et al., J. Chem. Phys. 159, 164101, 2023). Each of the ridges is tried, the
 * one with the smallest loss on the validation set is taken.
 *
 * @param energyWeight w_E, in 1/eV
 * @param forceWeight w_F, in Å/eV
 * @param virialWeight w_W, in 1/eV
 * @param smoothness p, the exponent of the prior
 * @param ridges the factors of the prior that are tried
 */
public record LeastSquares(
    @JsonPropertyDescription(
            "The weight of energies: their rows are multiplied by it, over √atoms.")
        @Range(atLeast = 0)
        double energyWeight,
    @JsonPropertyDescription("The weight of force components: their rows are multiplied by it.")
        @Range(atLeast = 0)
        double forceWeight,
    @JsonPropertyDescription("The weight of virials: their rows are multiplied by it, over √atoms.")
        @Range(atLeast = 0)
        double virialWeight,
    @JsonPropertyDescription("The exponent of the prior against functions of high degree.")
        @Range(atLeast = 0, atMost = 10)
        double smoothness,
    @JsonPropertyDescription(
            "Factors of the prior; the one with the smallest validation loss is kept.")
        @Range(above = 0, fewest = 1)
        List<Double> ridges) {

  /** The usual weights. */
  public static final LeastSquares STANDARD =
      new LeastSquares(30, 1, 1, 4, List.of(1e-3, 1e-4, 1e-5));

  /** Checks the numbers. */
  public LeastSquares {
    ridges = List.copyOf(ridges);
    Ranges.check(LeastSquares.class, energyWeight, forceWeight, virialWeight, smoothness, ridges);
    Ranges.require(
        energyWeight + forceWeight + virialWeight > 0,
        "energy_weight",
        energyWeight,
        "above 0 where force_weight and virial_weight are 0");
  }
}
