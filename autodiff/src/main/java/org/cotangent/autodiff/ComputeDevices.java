package org.cotangent.autodiff;

import java.util.List;

/**
 * Lists the devices of one backend. A module that can run programs elsewhere than on the processor
 * offers an implementation as a service, found by {@link java.util.ServiceLoader}.
 */
public interface ComputeDevices {
  /**
   * Returns every device found, those that cannot be used included; an empty list where the backend
   * works but finds none. Where the backend itself is missing, the list is empty too: this method
   * does not throw.
   */
  List<ComputeDevice> devices();
}
