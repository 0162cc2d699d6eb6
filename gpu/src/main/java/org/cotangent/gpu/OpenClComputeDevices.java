package org.cotangent.gpu;

import java.util.List;
import java.util.Locale;
import org.cotangent.autodiff.ComputeDevice;
import org.cotangent.autodiff.ComputeDevices;

/** Lists the OpenCL devices for a diagnosis; registered as a service. */
public final class OpenClComputeDevices implements ComputeDevices {
  /** For {@link java.util.ServiceLoader}. */
  public OpenClComputeDevices() {}

  @Override
  public List<ComputeDevice> devices() {
    if (OpenClDevices.list().isEmpty()) {
      return List.of(
          new ComputeDevice("OpenCL", "none", "none", false, OpenClDevices.absence()));
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
    return new ComputeDevice("OpenCL", device.name(), device.type(), true, detail);
  }
}
