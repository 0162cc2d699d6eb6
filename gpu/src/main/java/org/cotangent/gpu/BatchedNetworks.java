package org.cotangent.gpu;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Energies of many atoms, each by the network of its element, in one launch on an OpenCL device.
 *
 * <p>The networks are sent to the device once and stay there. Results agree with a plain loop to
 * rounding error: sums run in the order of the inputs, but the device may fuse a product and a sum,
 * and its {@code exp} and {@code tanh} are its own. A launch costs tens of microseconds before any
 * work, so this pays for many atoms at a time only.
 *
 * <p>Safe for use by several threads, which take turns. Nothing needs closing: the native memory is
 * released when the object is no longer reachable.
 */
public final class BatchedNetworks {
  private final NetworkLayout layout;
  private final @Nullable DeviceNetworks onDevice;
  private final @Nullable JavaNetworks inJava;

  /** Why there is nothing on a device; empty if there is. */
  private final String absence;

  /**
   * Makes the networks ready on the {@linkplain OpenClDevices#preferred preferred} device.
   *
   * @param networks one network for each element, all with equally many inputs and of one type
   * @param fallback what to do if no device can run them
   * @throws IllegalArgumentException if there is no network, or the networks do not agree
   * @throws IllegalStateException if no device can run them and the fallback is {@link
   *     Fallback#REFUSE}
   */
  public BatchedNetworks(List<NetworkParameters> networks, Fallback fallback) {
    this(networks, fallback, OpenClDevices.preferred());
  }

  /**
   * As {@link #BatchedNetworks(List, Fallback)}, on this device.
   *
   * @param device one of {@link OpenClDevices#list()}
   */
  public BatchedNetworks(List<NetworkParameters> networks, Fallback fallback, OpenClDevice device) {
    this(networks, fallback, Optional.of(device));
  }

  private BatchedNetworks(
      List<NetworkParameters> networks, Fallback fallback, Optional<OpenClDevice> found) {
    this.layout = NetworkLayout.of(networks);
    this.inJava = fallback == Fallback.JAVA ? new JavaNetworks(networks) : null;
    DeviceNetworks ready = null;
    String reason = OpenClDevices.absence();
    if (found.isPresent()) {
      try {
        ready = new DeviceNetworks(layout, found.get());
      } catch (IllegalStateException failure) {
        if (fallback == Fallback.REFUSE) {
          throw failure;
        }
        reason = String.valueOf(failure.getMessage());
      }
    } else if (fallback == Fallback.REFUSE) {
      throw new IllegalStateException(
          "no OpenCL device can be used: " + reason + "; or allow Fallback.JAVA");
    }
    this.onDevice = ready;
    this.absence = reason;
  }

  /**
   * Computes the energy of every atom.
   *
   * @param features one row for each atom, {@code [atoms, inputs]}, of the networks' type
   * @param networkOf the index of each atom's network, {@code [atoms]}
   * @return energies {@code [atoms]} and where they were computed
   * @throws IllegalArgumentException if shapes, type or indices do not fit, or the batch is too
   *     large for one buffer of the device
   * @throws IllegalStateException if the device failed and the fallback is {@link Fallback#REFUSE}
   */
  public BatchedEnergies energies(Tensor features, int[] networkOf) {
    int[] networks = networkOf.clone();
    check(features, networks);
    String reason = absence;
    if (onDevice != null) {
      try {
        return onDevice.energies(features, networks);
      } catch (IllegalStateException failure) {
        if (inJava == null) {
          throw failure;
        }
        reason = String.valueOf(failure.getMessage());
      }
    }
    return new BatchedEnergies(
        Objects.requireNonNull(inJava).energies(features, networks), DeviceReport.java(reason));
  }

  private void check(Tensor features, int[] networks) {
    if (features.rank() != 2
        || features.dim(1) != layout.inputs()
        || features.dim(0) != networks.length) {
      throw new IllegalArgumentException(
          "features must have shape ["
              + networks.length
              + ", "
              + layout.inputs()
              + "] for "
              + networks.length
              + " atoms and networks of "
              + layout.inputs()
              + " inputs, got "
              + features.shape());
    }
    if (features.dtype() != layout.dtype()) {
      throw new IllegalArgumentException(
          "features are "
              + features.dtype()
              + ", the networks are "
              + layout.dtype()
              + "; convert one of them");
    }
    for (int atom = 0; atom < networks.length; atom++) {
      if (networks[atom] < 0 || networks[atom] >= layout.networks()) {
        throw new IllegalArgumentException(
            "atom "
                + atom
                + " asks for network "
                + networks[atom]
                + ", there are "
                + layout.networks()
                + " counted from 0");
      }
    }
  }
}
