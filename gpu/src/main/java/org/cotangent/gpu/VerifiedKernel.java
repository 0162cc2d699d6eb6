package org.cotangent.gpu;

import com.aparapi.Kernel;
import com.aparapi.Range;
import com.aparapi.device.Device;
import com.aparapi.device.JavaDevice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A kernel that leaves proof of having run on the device, in this launch, for every work item.
 *
 * <p>Subclasses call {@link #countStep} once in every work item below {@link #items}. Rules that
 * Aparapi needs but does not check:
 *
 * <ul>
 *   <li>one class per kernel: a second entry point silently runs the first;
 *   <li>one-dimensional arrays in fields, no {@code switch}, no {@code break}, no lambdas, no
 *       objects, no {@code array.length};
 *   <li>no name of a field or local variable that OpenCL C uses itself, such as {@code half} or
 *       {@code tanh};
 *   <li>no sums into shared places: there are no floating-point atomics, so every work item gathers
 *       what it needs and writes only places of its own;
 *   <li>primitive fields are read at each launch and cannot be written by the device.
 * </ul>
 */
abstract class VerifiedKernel extends Kernel {
  private @Nullable Device only;

  /** How many work items do work; the range is padded beyond. */
  int items;

  /** The counter of each work item. */
  int[] steps = new int[0];

  private int start;

  /** Counts one step of this work item; runs on the device. */
  final void countStep(int item) {
    steps[item] = steps[item] + 1;
  }

  /**
   * Writes a start value that is new for each launch into all counters, so that counters left over
   * from an earlier launch, on either side, cannot pass for this one's.
   */
  final void armCounters(int items, int padded) {
    this.items = items;
    if (steps.length < padded) {
      steps = new int[padded];
    }
    start += 2; // a counter is start + 1 after its launch, never the start of another launch
    Arrays.fill(steps, start);
    put(steps);
  }

  /**
   * Fetches the counters and checks that every work item ran exactly once.
   *
   * @throws IllegalStateException if one did not
   */
  final void verifyCounters() {
    get(steps);
    for (int i = 0; i < items; i++) {
      if (steps[i] != start + 1) {
        throw new IllegalStateException(
            "work item "
                + i
                + " of "
                + items
                + " counted "
                + (steps[i] - start)
                + " steps on the device instead of 1, so the results of this launch were"
                + " discarded; check the OpenCL driver");
      }
    }
  }

  /** Binds this instance to one device. */
  final void runOnlyOn(Device device) {
    only = device;
  }

  /**
   * Allows the bound device and, behind it, the alternative below. Aparapi keeps its list of
   * devices for a class of kernels; this is the one place where an instance has a say.
   */
  @Override
  public final boolean isAllowDevice(Device device) {
    return device.equals(only) || device == JavaDevice.ALTERNATIVE_ALGORITHM;
  }

  /**
   * Says that arrays are on a device. Aparapi asks this at every {@code put} and {@code get} and
   * answers from its list for the class, so that after a failure of another instance it would drop
   * both without a word, and a launch would compute with old data.
   */
  @Override
  public final boolean isRunningCL() {
    return true;
  }

  /** Says that there is another way than OpenCL, so that Aparapi does not choose Java threads. */
  @Override
  public final boolean hasFallbackAlgorithm() {
    return true;
  }

  /** Refuses: Aparapi calls this where it would otherwise go on, unasked, in Java threads. */
  @Override
  public final void executeFallbackAlgorithm(Range range, int pass) {
    throw new IllegalStateException("Aparapi could not run the kernel on the device");
  }
}
