package org.cotangent.gpu;

import java.lang.ref.Reference;
import java.lang.reflect.Array;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/** Networks that were sent to one OpenCL device. Threads take turns. */
final class DeviceNetworks {
  private final OpenClDevice device;
  private final NetworkLayout layout;
  private final NetworkKernel kernel;
  private final KernelLauncher launcher;
  private int capacity;

  /**
   * Compiles the kernel.
   *
   * @throws IllegalArgumentException if the parameters are too many for one buffer of the device
   * @throws IllegalStateException if the device cannot run it
   */
  DeviceNetworks(NetworkLayout layout, OpenClDevice device) {
    if (layout.dtype() == DType.FLOAT64 && !device.hasFloat64()) {
      throw new IllegalStateException(
          device + " does not compute in float64; convert the networks to float32");
    }
    DeviceArrays.checkLength(
        Array.getLength(layout.parameters()), layout.dtype(), "parameters", device);
    this.layout = layout;
    this.device = device;
    this.kernel = NetworkKernel.of(layout);
    this.launcher = new KernelLauncher(device, kernel);
    kernel.sendConstants();
  }

  /**
   * Returns the energies of atoms whose features and networks were checked.
   *
   * @throws IllegalArgumentException if the batch is too large for one buffer of the device
   * @throws IllegalStateException if the device failed
   */
  synchronized BatchedEnergies energies(Tensor features, int[] networkOf) {
    int atoms = networkOf.length;
    if (atoms == 0) {
      return new BatchedEnergies(Tensor.zeros(layout.dtype(), 0), DeviceReport.of(device, 0));
    }
    try {
      reserve(launcher.padded(atoms));
      kernel.send(TensorData.of(features), networkOf);
      DeviceReport report = launcher.launch(atoms);
      // Fetched before anyone else may launch: the energies of a launch are on the device only.
      Object energies = kernel.fetch(atoms);
      return new BatchedEnergies(
          TensorData.wrap(layout.dtype(), Shape.of(atoms), energies), report);
    } finally {
      Reference.reachabilityFence(launcher); // the kernel is disposed of with its launcher
    }
  }

  private void reserve(long padded) {
    // Whole arrays travel, so the arrays shrink again when a much smaller batch comes.
    if (padded <= capacity && padded >= capacity / 4) {
      return;
    }
    long widest = Math.max(layout.inputs(), 2L * layout.widest());
    DeviceArrays.checkLength(widest * padded, layout.dtype(), "features", device);
    kernel.reserve((int) padded);
    capacity = (int) padded;
  }
}
