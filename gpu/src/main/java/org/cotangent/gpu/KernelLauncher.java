package org.cotangent.gpu;

import com.aparapi.Range;
import com.aparapi.device.Device;
import com.aparapi.device.JavaDevice;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.exception.CompileFailedException;
import com.aparapi.internal.kernel.KernelManager;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.LinkedHashSet;

/**
 * Runs one kernel on one device and nowhere else.
 *
 * <p>Each kernel instance owns an OpenCL context, a queue and its buffers, and making one takes
 * about a millisecond, so a launcher is made once and used for many launches. The native memory is
 * released when the launcher is no longer reachable; there is nothing to close. Not thread-safe:
 * the owner serialises filling the kernel's arrays, the launch and reading the results.
 */
final class KernelLauncher {
  private static final Cleaner CLEANER = Cleaner.create();

  /**
   * Work items in a group: a multiple of what devices run in lockstep (8 to 64); padding to it
   * costs at most 63 idle items.
   */
  static final int GROUP = 64;

  private final OpenClDevice device;
  private final OpenCLDevice target;
  private final VerifiedKernel kernel;
  private final int group;

  /**
   * Whether the native memory will be released: only after a launch that went well. Aparapi's
   * native code crashes the virtual machine when it disposes of a kernel whose arguments were never
   * set.
   */
  private boolean releasable;

  /**
   * Compiles the kernel for the device.
   *
   * @throws IllegalStateException if the kernel cannot be compiled for the device
   */
  KernelLauncher(OpenClDevice device, VerifiedKernel kernel) {
    this.device = device;
    this.kernel = kernel;
    // a power of two, so that it divides the padded range on small devices too
    this.group = Integer.highestOneBit(Math.min(GROUP, device.workGroupSize()));
    this.target = device.aparapi();
    kernel.runOnlyOn(target);
    offerDevices();
    // Only the results are fetched and only what changed is sent: see the kernels.
    kernel.setExplicit(true);
    try {
      kernel.compile(target);
    } catch (CompileFailedException | RuntimeException failure) {
      throw new IllegalStateException(
          device
              + " cannot compile "
              + kernel.getClass().getSimpleName()
              + ": "
              + failure.getMessage(),
          failure);
    }
  }

  /**
   * Tells Aparapi which devices this class of kernels may use, of which each instance allows its
   * own; again before each launch, because a failure of any instance strikes its device off for
   * all. A range that names its device would not do: after a failure Aparapi tries the same range
   * once more and ends in an AssertionError that hides the reason.
   */
  private void offerDevices() {
    LinkedHashSet<Device> devices = new LinkedHashSet<>();
    for (OpenClDevice each : OpenClDevices.list()) {
      devices.add(each.aparapi());
    }
    devices.add(JavaDevice.ALTERNATIVE_ALGORITHM);
    KernelManager.instance().setPreferredDevices(kernel, devices);
  }

  /**
   * Returns how many work items to launch for this many items: the next multiple of 64. Aparapi
   * derives the group size from the factors of the range, so a prime number of items would run in
   * groups of one.
   */
  long padded(int items) {
    return (long) Math.ceilDiv(items, GROUP) * GROUP;
  }

  /**
   * Runs the kernel once and checks the device's step counters. The kernel's results can be fetched
   * from when this returns until its next launch.
   *
   * @throws IllegalStateException if the device failed or did not run every work item
   */
  DeviceReport launch(int items) {
    int padded = Math.toIntExact(padded(items));
    kernel.armCounters(items, padded);
    offerDevices();
    try {
      kernel.execute(Range.create(padded, group));
      Device used = kernel.getTargetDevice();
      if (!used.equals(target)) {
        throw new IllegalStateException("Aparapi went on with " + used.getShortDescription());
      }
      kernel.verifyCounters();
    } catch (RuntimeException failure) {
      throw new IllegalStateException(
          device
              + " failed to run "
              + kernel.getClass().getSimpleName()
              + " for "
              + items
              + " items: "
              + failure.getMessage(),
          failure);
    } finally {
      Reference.reachabilityFence(this);
    }
    if (!releasable) {
      CLEANER.register(this, kernel::dispose);
      releasable = true;
    }
    return DeviceReport.of(device, padded);
  }
}
