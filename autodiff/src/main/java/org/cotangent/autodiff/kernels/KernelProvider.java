package org.cotangent.autodiff.kernels;

import java.util.Locale;
import java.util.Optional;

/**
 * Chooses the kernels once, when the library starts: with the Vector API where its module can be
 * read and the processor has vectors of at least 128 bits and fused multiply-add, otherwise in
 * plain Java. The system property {@code cotangent.kernels} ({@code vector} or {@code scalar})
 * decides instead.
 */
public final class KernelProvider {
  private static final System.Logger LOG = System.getLogger("org.cotangent.autodiff");

  /** The kernels in use. */
  public static final Kernels KERNELS;

  private static final String REASON;

  static {
    Kernels chosen = null;
    String reason;
    String wish = System.getProperty("cotangent.kernels", "").toLowerCase(Locale.ROOT);
    if (wish.equals("scalar")) {
      reason = "asked for by -Dcotangent.kernels=scalar";
    } else if (!wish.isEmpty() && !wish.equals("vector")) {
      throw new IllegalArgumentException(
          "-Dcotangent.kernels=" + wish + " is neither 'vector' nor 'scalar'");
    } else if (!vectorModuleReadable()) {
      reason = "the module jdk.incubator.vector is missing: add --add-modules jdk.incubator.vector";
    } else {
      reason = "the Vector API is there";
      try {
        // By name, so that without the module nothing of it is ever loaded.
        chosen =
            (Kernels)
                Class.forName("org.cotangent.autodiff.kernels.VectorKernels")
                    .getDeclaredMethod("create")
                    .invoke(null);
        if (chosen == null) {
          reason = "this processor has no vectors of 128 bits or more";
        }
      } catch (ReflectiveOperationException | LinkageError problem) {
        reason = "the Vector API does not start: " + problem;
      }
    }
    KERNELS = chosen == null ? new ScalarKernels() : chosen;
    REASON = reason;
    LOG.log(System.Logger.Level.DEBUG, "kernels: {0} ({1})", KERNELS.description(), reason);
  }

  private KernelProvider() {}

  private static boolean vectorModuleReadable() {
    Optional<Module> vector = ModuleLayer.boot().findModule("jdk.incubator.vector");
    return vector.isPresent() && KernelProvider.class.getModule().canRead(vector.get());
  }

  /** Returns why {@link #KERNELS} was chosen. */
  public static String reason() {
    return REASON;
  }
}
