package org.cotangent.gpu;

import com.aparapi.internal.opencl.OpenCLLoader;
import com.aparapi.internal.opencl.OpenCLPlatform;
import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Starts Aparapi once, quietly and without side effects on the program around it. */
final class AparapiRuntime {
  private static final String LOGGER = "com.aparapi.logLevel";

  private AparapiRuntime() {}

  /** Returns why Aparapi cannot run on this platform, or nothing if it started. */
  static synchronized Optional<String> start(List<OpenClDevice> devices) {
    try {
      quieten();
      if (!OpenCLLoader.isOpenCLAvailable()) {
        return Optional.of(cannotLoad("see the log"));
      }
      announce(devices);
      return Optional.empty();
    } catch (LinkageError failure) {
      // Aparapi loads its native library in a static initialiser, so a failure arrives wrapped.
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      return Optional.of(cannotLoad(String.valueOf(cause.getMessage())));
    }
  }

  private static String cannotLoad(String reason) {
    return "Aparapi has no loadable native library for "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ": "
        + reason;
  }

  /**
   * Lets Aparapi's own logger report severe problems only. It would warn about every kernel class
   * compiled for Java 11 or later (its attribute {@code NestHost}), which is harmless. Aparapi's
   * configuration class also sets the level of all root handlers when it is initialised; these
   * belong to the host application, so they get their levels back. A level chosen with {@code
   * -Dcom.aparapi.logLevel} stays.
   */
  private static void quieten() {
    Map<Handler, Level> levels = new LinkedHashMap<>();
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      levels.put(handler, handler.getLevel());
    }
    String name = com.aparapi.Config.getLoggerName(); // initialises the configuration class
    levels.forEach(Handler::setLevel);
    if (System.getProperty(LOGGER) == null) {
      Logger.getLogger(name).setLevel(Level.SEVERE);
    }
  }

  /**
   * Tells Aparapi the devices that are already known. Otherwise its first kernel would list them
   * again in native code that prints a line to the error stream for each OpenCL 3 platform. The
   * list has no setter; where its field cannot be reached the only loss is that line.
   */
  private static void announce(List<OpenClDevice> devices) {
    Map<Long, OpenCLPlatform> platforms = new LinkedHashMap<>();
    for (OpenClDevice device : devices) {
      OpenClDevice.Platform p = device.platformAnswers();
      OpenCLPlatform platform =
          platforms.computeIfAbsent(
              p.handle(), handle -> new OpenCLPlatform(handle, p.version(), p.vendor(), p.name()));
      platform.addOpenCLDevice(device.aparapi(platform));
    }
    try {
      Field known = OpenCLPlatform.class.getDeclaredField("platforms");
      known.setAccessible(true);
      known.set(null, List.copyOf(platforms.values()));
    } catch (ReflectiveOperationException | RuntimeException unreachable) {
      System.getLogger(AparapiRuntime.class.getName())
          .log(System.Logger.Level.DEBUG, "Aparapi lists the devices again", unreachable);
    }
  }
}
