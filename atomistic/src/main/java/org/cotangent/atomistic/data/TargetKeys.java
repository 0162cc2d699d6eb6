package org.cotangent.atomistic.data;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * What is trained on.
 *
 * @param energy the energy and its derivatives
 */
public record TargetKeys(
    @JsonPropertyDescription(
            "The energy with forces and virial or stress: its key in the files, unit, and so on.")
        EnergyTarget energy) {
  /** The usual names, in eV. */
  public static final TargetKeys DEFAULT = new TargetKeys(EnergyTarget.DEFAULT);

  /** Takes the usual names where {@code energy} is null. */
  public TargetKeys {
    energy = energy == null ? EnergyTarget.DEFAULT : energy;
  }
}
