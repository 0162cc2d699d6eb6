package org.cotangent.gpu;

import org.cotangent.autodiff.DType;

/** The limits on the length of one array. */
final class DeviceArrays {
  private DeviceArrays() {}

  /**
   * Refuses an array that Aparapi or the device cannot take. Aparapi counts the bytes of an array
   * in an {@code int}, which overflows unseen from 2 GiB on.
   *
   * @throws IllegalArgumentException if the array would take more bytes than allowed
   */
  static void checkLength(long length, DType dtype, String what, OpenClDevice device) {
    long bytes = length * dtype.bytes();
    long most = Math.min(Integer.MAX_VALUE, device.largestBuffer());
    if (bytes > most) {
      throw new IllegalArgumentException(
          "the "
              + what
              + " need a buffer of "
              + bytes
              + " bytes, Aparapi on "
              + device
              + " takes at most "
              + most
              + "; use smaller networks or fewer atoms at a time");
    }
  }
}
