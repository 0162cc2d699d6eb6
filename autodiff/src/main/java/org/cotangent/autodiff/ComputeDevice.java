package org.cotangent.autodiff;

/**
 * A device that computations can run on, as a backend describes it to people.
 *
 * @param backend what runs programs there, for example {@code OpenCL}
 * @param name the device's own name
 * @param type the kind of device, for example {@code GPU} or {@code CPU}
 * @param usable whether this backend can run programs on it
 * @param detail versions and limits, or, if not usable, the reason
 */
public record ComputeDevice(
    String backend, String name, String type, boolean usable, String detail) {}
