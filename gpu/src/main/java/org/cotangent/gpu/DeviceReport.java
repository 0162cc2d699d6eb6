package org.cotangent.gpu;

/**
 * Where a result was really computed; comes with every result.
 *
 * @param backend {@code OpenCL}, or {@code Java} after a fallback that the caller allowed
 * @param device the device's own name, or the name of the Java virtual machine
 * @param type {@code GPU}, {@code CPU} or {@code accelerator} for OpenCL, {@code JVM} for Java
 * @param workItems how many work items were launched, padding included; 0 if nothing was launched
 * @param detail the platform and driver, or, after a fallback, why no OpenCL device was used
 */
public record DeviceReport(
    String backend, String device, String type, int workItems, String detail) {
  static DeviceReport of(OpenClDevice device, int workItems) {
    return new DeviceReport(
        "OpenCL",
        device.name(),
        device.type(),
        workItems,
        device.platform() + ", driver " + device.driver());
  }

  static DeviceReport java(String reason) {
    return new DeviceReport("Java", System.getProperty("java.vm.name"), "JVM", 0, reason);
  }

  /** Returns whether an OpenCL device computed the result. */
  public boolean onDevice() {
    return backend.equals("OpenCL");
  }
}
