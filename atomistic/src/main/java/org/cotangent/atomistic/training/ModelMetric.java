package org.cotangent.atomistic.training;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * By which errors on the validation set the best epoch is found; less is better. Errors of labels
 * that the set lacks are left out.
 */
public enum ModelMetric {
  /** The mean absolute error of force components, or of energies per atom if no force is known. */
  @JsonProperty("force_mae")
  FORCE_MAE,

  /** The product of the root mean square errors of energies per atom, forces and virials. */
  @JsonProperty("rmse_prod")
  RMSE_PROD,

  /** The product of the mean absolute errors of energies per atom, forces and virials. */
  @JsonProperty("mae_prod")
  MAE_PROD,

  /** The loss. */
  @JsonProperty("loss")
  LOSS;

  /** Returns the value for an epoch; infinite where it is not a number. */
  double of(Epoch epoch) {
    LabelErrors errors = epoch.validation();
    double value =
        switch (this) {
          case FORCE_MAE ->
              Double.isNaN(errors.forceMae()) ? errors.energyPerAtomMae() : errors.forceMae();
          case RMSE_PROD ->
              product(errors.energyPerAtomRmse(), errors.forceRmse(), errors.virialPerAtomRmse());
          case MAE_PROD ->
              product(errors.energyPerAtomMae(), errors.forceMae(), errors.virialPerAtomMae());
          case LOSS -> epoch.validationLoss();
        };
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
  }

  private static double product(double... errors) {
    double product = 1;
    for (double error : errors) {
      product *= Double.isNaN(error) ? 1 : error;
    }
    return product;
  }
}
