package org.cotangent.gpu;

/** What to do when no OpenCL device can run a kernel: always the caller's explicit choice. */
public enum Fallback {
  /** Throw an {@link IllegalStateException} that says why no device could be used. */
  REFUSE,
  /** Compute in plain Java, and say so, with the reason, in the {@link DeviceReport}. */
  JAVA
}
