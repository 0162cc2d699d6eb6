package org.cotangent.gpu;

import java.util.List;
import java.util.Locale;
import org.cotangent.autodiff.ComputeDevice;
import org.cotangent.autodiff.ComputeDevices;
import org.cotangent.autodiff.Tensor;

/**
 * Lists the OpenCL devices for a diagnosis, each tried with a small launch; registered as a
 * service.
 */
public final class OpenClComputeDevices implements ComputeDevices {
  /** For {@link java.util.ServiceLoader}. */
  public OpenClComputeDevices() {}

  @Override
  public List<ComputeDevice> devices() {
    if (OpenClDevices.list().isEmpty()) {
      return List.of(new ComputeDevice("OpenCL", "none", "none", false, OpenClDevices.absence()));
    }
    return OpenClDevices.list().stream().map(OpenClComputeDevices::describe).toList();
  }

  private static ComputeDevice describe(OpenClDevice device) {
    String detail =
        String.format(
            Locale.ROOT,
            "%s, driver %s, %d compute units, %.1f GiB, float32%s",
            device.platform(),
            device.driver(),
            device.computeUnits(),
            device.memory() / (double) (1L << 30),
            device.hasFloat64() ? " and float64" : " only");
    String failure = failure(device);
    return new ComputeDevice(
        "OpenCL",
        device.name(),
        device.type(),
        failure.isEmpty(),
        failure.isEmpty() ? detail : detail + "; " + failure);
  }

  /** Runs {@code 2 · 3 + 1} there: a device that is listed may still fail to compile or to run. */
  private static String failure(OpenClDevice device) {
    NetworkParameters line =
        new NetworkParameters(
            List.of(Tensor.of(new float[] {2}, 1, 1)),
            List.of(Tensor.of(new float[] {1}, 1)),
            Activation.SILU);
    try {
      double seven =
          new BatchedNetworks(List.of(line), Fallback.REFUSE, device)
              .energies(Tensor.of(new float[] {3}, 1, 1), new int[1])
              .energies()
              .at(0);
      return seven == 7 ? "" : "computed 2 * 3 + 1 = " + seven;
    } catch (IllegalStateException failure) {
      return String.valueOf(failure.getMessage());
    }
  }
}
