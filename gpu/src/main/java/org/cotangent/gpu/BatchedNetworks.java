package org.cotangent.gpu;

import java.util.List;
import java.util.Optional;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.jspecify.annotations.Nullable;

/**
 * Energies of many atoms, each by the network of its element, in one launch on an OpenCL device.
 *
 * <p>The networks are sent to the device once and stay there. Results agree with a plain loop to
 * rounding error: sums run in the order of the inputs, but the device may fuse a product and a sum,
 * and its {@code exp} and {@code tanh} are its own. A launch costs tens of microseconds, so this pays
 * for many atoms at a time only.
 *
 * <p>Safe for use by several threads, which take turns. Nothing needs closing: the native memory is
 * released when the object is no longer reachable.
 */
public final class BatchedNetworks {
  private final NetworkLayout layout;
  private final @Nullable OpenClDevice device;
  private final @Nullable JavaNetworks java;
  private final String absence;

  // Guarded by this.
  private @Nullable NetworkKernel kernel;
  private @Nullable KernelLauncher launcher;
  private int capacity;

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
  public BatchedNetworks(
      List<NetworkParameters> networks, Fallback fallback, OpenClDevice device) {
    this(networks, fallback, Optional.of(device));
  }

  private BatchedNetworks(
      List<NetworkParameters> networks, Fallback fallback, Optional<OpenClDevice> found) {
    this.layout = NetworkLayout.of(networks);
    this.device = found.orElse(null);
    this.java = fallback == Fallback.JAVA ? new JavaNetworks(networks) : null;
    String reason = OpenClDevices.absence();
    if (found.isPresent()) {
      try {
        prepare(found.get());
      } catch (IllegalStateException failure) {
        reason = failure.getMessage();
        if (java == null) {
          throw failure;
        }
      }
    } else if (java == null) {
      throw new IllegalStateException(
          "no OpenCL device can be used: " + reason + "; or allow Fallback.JAVA");
    }
    this.absence = reason;
  }

  private void prepare(OpenClDevice target) {
    if (layout.dtype() == DType.FLOAT64 && !target.hasFloat64()) {
      throw new IllegalStateException(
          target + " does not compute in float64; convert the networks to float32");
    }
    NetworkKernel prepared = NetworkKernel.of(layout);
    launcher = new KernelLauncher(target, prepared);
    prepared.sendConstants();
    kernel = prepared;
  }

  /**
   * Computes the energy of every atom.
   *
   * @param features one row for each atom, {@code [atoms, inputs]}, of the networks' type
   * @param networkOf the index of each atom's network, {@code [atoms]}
   * @return energies {@code [atoms]} and where they were computed
   * @throws IllegalArgumentException if shapes, type or indices do not fit, or the batch is too large
   *     for one buffer of the device
   * @throws IllegalStateException if the device failed and the fallback is {@link Fallback#REFUSE}
   */
  public BatchedEnergies energies(Tensor features, int[] networkOf) {
    int[] networks = networkOf.clone();
    check(features, networks);
    String reason = absence;
    if (reason.isEmpty()) {
      try {
        return onDevice(features, networks);
      } catch (IllegalStateException failure) {
        if (java == null) {
          throw failure;
        }
        reason = failure.getMessage();
      }
    }
    return new BatchedEnergies(java.energies(features, networks), DeviceReport.java(reason));
  }

  private synchronized BatchedEnergies onDevice(Tensor features, int[] networks) {
    int atoms = networks.length;
    if (atoms == 0) {
      return new BatchedEnergies(
          Tensor.zeros(layout.dtype(), 0), DeviceReport.of(device, 0));
    }
    long padded = launcher.padded(atoms);
    // Whole arrays travel, so the arrays shrink again when a much smaller batch comes.
    if (padded > capacity || padded < capacity / 4) {
      checkRoom(padded);
      kernel.reserve((int) padded);
      capacity = (int) padded;
    }
    kernel.send(TensorData.of(features), networks);
    DeviceReport report = launcher.launch(atoms);
    Object energies = kernel.fetch(atoms);
    return new BatchedEnergies(
        TensorData.wrap(layout.dtype(), Shape.of(atoms), energies), report);
  }

  private void check(Tensor features, int[] networks) {
    if (features.rank() != 2
        || features.dim(1) != layout.inputs()
        || features.dim(0) != networks.length) {
      throw new IllegalArgumentException(
          "features must have shape [" + networks.length + ", " + layout.inputs() + "] for "
              + networks.length + " atoms and networks of " + layout.inputs()
              + " inputs, got " + features.shape());
    }
    if (features.dtype() != layout.dtype()) {
      throw new IllegalArgumentException(
          "features are " + features.dtype() + ", the networks are " + layout.dtype()
              + "; convert one of them");
    }
    for (int atom = 0; atom < networks.length; atom++) {
      if (networks[atom] < 0 || networks[atom] >= layout.networks()) {
        throw new IllegalArgumentException(
            "atom " + atom + " asks for network " + networks[atom] + ", there are "
                + layout.networks() + " counted from 0");
      }
    }
  }

  private void checkRoom(long padded) {
    long widest = Math.max(layout.inputs(), 2L * layout.widest());
    int length = DeviceArrays.checkedLength(widest * padded, layout.dtype(), "features");
    long bytes = (long) length * layout.dtype().bytes();
    if (bytes > device.largestBuffer()) {
      throw new IllegalArgumentException(
          "a batch of " + padded + " atoms needs a buffer of " + bytes + " bytes, " + device
              + " takes at most " + device.largestBuffer() + "; compute fewer atoms at a time");
    }
  }
}
