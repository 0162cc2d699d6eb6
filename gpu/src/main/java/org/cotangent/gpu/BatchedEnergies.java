package org.cotangent.gpu;

import org.cotangent.autodiff.Tensor;

/**
 * Energies of many atoms, and where they were computed.
 *
 * @param energies the energies, shape {@code [atoms]}, in the unit and of the type of the networks
 * @param report the device that was really used
 */
public record BatchedEnergies(Tensor energies, DeviceReport report) {}
