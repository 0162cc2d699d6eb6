/**
 * Computations on OpenCL devices through Aparapi.
 *
 * <p>{@link org.cotangent.gpu.OpenClDevices} lists what the machine has, {@link
 * org.cotangent.gpu.BatchedNetworks} computes the energies of many atoms in one launch. Every
 * result comes with a {@link org.cotangent.gpu.DeviceReport} of the device that was really used,
 * and plain Java steps in only where the caller chose {@link org.cotangent.gpu.Fallback#JAVA}.
 *
 * <p>A launch costs tens of microseconds and data do not stay on a device across kernels, so work
 * is fused: one kernel, one launch, flat arrays. Each work item counts its steps on the device, and
 * a launch whose counters are not as expected gives an exception instead of numbers.
 */
@NullMarked
package org.cotangent.gpu;

import org.jspecify.annotations.NullMarked;
