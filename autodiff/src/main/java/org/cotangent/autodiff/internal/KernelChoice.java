package org.cotangent.autodiff.internal;

import org.cotangent.autodiff.kernels.KernelProvider;

/**
 * Which loops the library runs on this machine, for a diagnosis.
 *
 * @param kernels what runs, for example {@code Vector API, 512 bits} or {@code plain Java}
 * @param reason why it was chosen
 */
public record KernelChoice(String kernels, String reason) {
  /** Returns the choice that was made when the library started. */
  public static KernelChoice current() {
    return new KernelChoice(KernelProvider.KERNELS.description(), KernelProvider.reason());
  }
}
