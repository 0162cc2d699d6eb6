package org.cotangent.autodiff;

import java.util.List;

/**
 * A backend that can say which devices it finds on this machine. Backends are found with {@link
 * java.util.ServiceLoader}, so that a diagnosis can list devices without depending on a backend.
 */
public interface ComputeDevices {
  /**
   * Returns the devices found, or, where there is none, one entry that is not usable and whose
   * {@link ComputeDevice#detail} says why. Never throws because of a missing library or device.
   */
  List<ComputeDevice> devices();
}
