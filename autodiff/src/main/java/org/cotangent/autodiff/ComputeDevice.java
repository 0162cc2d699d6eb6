package org.cotangent.autodiff;

/**
 * A device that programs can run on besides the processor.
 *
 * @param backend what drives it, for example {@code "OpenCL"}
 * @param name the name that the device gives itself
 * @param type {@code "GPU"}, {@code "CPU"} or what else the backend calls it
 * @param usable whether a program was or can be run on it
 * @param detail one line on its memory, driver and precision, or the reason why it is not usable
 */
public record ComputeDevice(
    String backend, String name, String type, boolean usable, String detail) {}
