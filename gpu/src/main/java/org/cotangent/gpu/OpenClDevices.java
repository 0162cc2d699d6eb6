package org.cotangent.gpu;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The OpenCL devices of this machine. Looked up once, at the first call; a machine without an
 * OpenCL library, driver or device gives an empty list and a reason, never an exception.
 */
public final class OpenClDevices {
  private record Found(List<OpenClDevice> devices, String absence) {}

  private static final class Once {
    static final Found FOUND = find();
  }

  private OpenClDevices() {}

  /** Returns the devices that programs can run on: GPUs first, then accelerators, then CPUs. */
  public static List<OpenClDevice> list() {
    return Once.FOUND.devices();
  }

  /** Returns the first of {@link #list()}, or nothing where the list is empty. */
  public static Optional<OpenClDevice> preferred() {
    return list().stream().findFirst();
  }

  /** Returns one sentence saying why {@link #list()} is empty, or an empty text if it is not. */
  public static String absence() {
    return Once.FOUND.absence();
  }

  private static Found find() {
    try {
      Optional<OpenClLibrary> library = OpenClLibrary.open();
      if (library.isEmpty()) {
        return none("the system has no OpenCL library; install one, on Debian ocl-icd-libopencl1");
      }
      List<OpenClDevice> devices =
          library.get().devices().stream()
              .sorted(Comparator.comparingInt(OpenClDevices::rank))
              .toList();
      if (devices.isEmpty()) {
        return none(
            "no OpenCL driver offers a device; install the device's driver, or on Debian"
                + " pocl-opencl-icd for the CPU");
      }
      Optional<String> failure = AparapiRuntime.start(devices);
      return failure.isPresent() ? none(failure.get()) : new Found(devices, "");
    } catch (IllegalStateException | IllegalCallerException failure) {
      // IllegalCallerException: native access was denied on the command line.
      return none(String.valueOf(failure.getMessage()));
    }
  }

  private static Found none(String reason) {
    return new Found(List.of(), reason);
  }

  private static int rank(OpenClDevice device) {
    return switch (device.type()) {
      case "GPU" -> 0;
      case "accelerator" -> 1;
      default -> 2;
    };
  }
}
