package org.cotangent.gpu;

import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.opencl.OpenCLPlatform;

/** An OpenCL device of this machine, as its driver describes it. Found by {@link OpenClDevices}. */
public final class OpenClDevice {
  /** One platform's answers; Aparapi wants the handle and these three names. */
  record Platform(long handle, String name, String vendor, String version) {}

  /** One device's answers. */
  record Answers(
      long handle,
      String name,
      String driver,
      String extensions,
      long typeBits,
      int computeUnits,
      long workGroupSize,
      long[] workItemSizes,
      long memory,
      long allocation,
      long localMemory) {}

  private static final long TYPE_CPU = 1 << 1;
  private static final long TYPE_GPU = 1 << 2;

  private final Platform platform;
  private final Answers answers;

  OpenClDevice(Platform platform, Answers answers) {
    this.platform = platform;
    this.answers = answers;
  }

  /** Returns the device's own name. */
  public String name() {
    return answers.name();
  }

  /** Returns {@code GPU}, {@code CPU} or {@code accelerator}. */
  public String type() {
    return (answers.typeBits() & TYPE_GPU) != 0
        ? "GPU"
        : (answers.typeBits() & TYPE_CPU) != 0 ? "CPU" : "accelerator";
  }

  /** Returns the name of the platform (the OpenCL implementation) that drives the device. */
  public String platform() {
    return platform.name();
  }

  /** Returns the driver's version. */
  public String driver() {
    return answers.driver();
  }

  /** Returns the number of compute units. */
  public int computeUnits() {
    return answers.computeUnits();
  }

  /** Returns the size of the device's global memory in bytes. */
  public long memory() {
    return answers.memory();
  }

  /** Returns the size in bytes of the largest single buffer that the device accepts. */
  public long largestBuffer() {
    return answers.allocation();
  }

  /**
   * Returns whether the device computes in float64 (extension {@code cl_khr_fp64}). Where it does
   * not, Aparapi alone would quietly run a float64 kernel in Java threads.
   */
  public boolean hasFloat64() {
    return (" " + answers.extensions() + " ").contains(" cl_khr_fp64 ");
  }

  /** Returns how many work items of one dimension may form a group. */
  int workGroupSize() {
    long first = answers.workItemSizes().length == 0 ? 1 : answers.workItemSizes()[0];
    return (int) Math.min(Integer.MAX_VALUE, Math.min(answers.workGroupSize(), first));
  }

  /**
   * Returns a new Aparapi description of this device that keeps buffers apart from Java arrays.
   *
   * <p>Aparapi's default is {@code CL_MEM_USE_HOST_PTR}: the buffer then points into the Java heap
   * after the launch too. When the collector moves the array before its result is fetched, the
   * fetch reads the old address, which crashes the virtual machine (measured: SIGSEGV on PoCL).
   * With copies the device's result is safe whatever the collector does.
   */
  OpenCLDevice aparapi() {
    OpenCLPlatform owner =
        new OpenCLPlatform(
            platform.handle(), platform.version(), platform.vendor(), platform.name());
    return aparapi(owner);
  }

  /** As {@link #aparapi()}, as a device of this platform description. */
  OpenCLDevice aparapi(OpenCLPlatform owner) {
    Device.TYPE type =
        switch (type()) {
          case "GPU" -> Device.TYPE.GPU;
          case "CPU" -> Device.TYPE.CPU;
          default -> Device.TYPE.ACC;
        };
    OpenCLDevice device = new OpenCLDevice(owner, answers.handle(), type);
    device.setName(answers.name());
    device.setMaxComputeUnits(answers.computeUnits());
    device.setMaxWorkGroupSize((int) Math.min(Integer.MAX_VALUE, answers.workGroupSize()));
    device.setMaxWorkItemDimensions(answers.workItemSizes().length);
    for (int i = 0; i < answers.workItemSizes().length && i < 3; i++) {
      device.setMaxWorkItemSize(i, (int) Math.min(Integer.MAX_VALUE, answers.workItemSizes()[i]));
    }
    device.setGlobalMemSize(answers.memory());
    device.setMaxMemAllocSize(answers.allocation());
    device.setLocalMemSize(answers.localMemory());
    device.setSharedMemory(false);
    return device;
  }

  Platform platformAnswers() {
    return platform;
  }

  @Override
  public String toString() {
    return name() + " (" + type() + ", " + platform() + ")";
  }
}
