package org.cotangent.gpu;

import org.cotangent.autodiff.DType;

/** The limit that Aparapi puts on one array. */
final class DeviceArrays {
  private DeviceArrays() {}

  /**
   * Returns the length as an int. Aparapi counts the bytes of an array in an {@code int}, which
   * overflows unseen from 2 GiB on, so longer arrays are refused here.
   *
   * @throws IllegalArgumentException if the array would take 2 GiB or more
   */
  static int checkedLength(long length, DType dtype, String what) {
    long bytes = length * dtype.bytes();
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the " + what + " need " + bytes + " bytes, Aparapi takes at most "
              + Integer.MAX_VALUE + " for one array; compute fewer atoms at a time");
    }
    return (int) length;
  }
}
