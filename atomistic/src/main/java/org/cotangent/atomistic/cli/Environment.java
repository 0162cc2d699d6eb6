package org.cotangent.atomistic.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import org.cotangent.autodiff.ComputeDevice;
import org.cotangent.autodiff.ComputeDevices;
import org.cotangent.autodiff.internal.KernelChoice;
import org.jspecify.annotations.Nullable;

/**
 * The machine and the Java runtime that Cotangent finds itself on.
 *
 * @param version the version of Cotangent
 * @param jdk the Java runtime
 * @param system the operating system and the processor's architecture
 * @param processors the number of processors that the runtime may use
 * @param maxHeapBytes what the Java heap may grow to
 * @param physicalMemoryBytes the memory of the machine or of its container
 * @param vectorApi what the Vector API offers
 * @param kernels which loops run on the processor, and why
 * @param devices the devices of all backends that are present
 * @param temporaryFolder the folder for temporary files
 * @param temporaryFolderWritable whether a file could be created there
 * @param terminal whether the output goes to a terminal
 */
public record Environment(
    String version,
    Jdk jdk,
    String system,
    int processors,
    long maxHeapBytes,
    long physicalMemoryBytes,
    VectorApi vectorApi,
    KernelChoice kernels,
    List<ComputeDevice> devices,
    String temporaryFolder,
    boolean temporaryFolderWritable,
    boolean terminal) {

  /**
   * The Java runtime.
   *
   * @param version for example {@code 25.0.1+8-LTS}
   * @param vendor who built it
   * @param vm the name of the virtual machine
   * @param path the folder of the installation
   */
  public record Jdk(String version, String vendor, String vm, String path) {}

  /**
   * What the Vector API offers.
   *
   * @param readable whether the module {@code jdk.incubator.vector} is part of this process
   * @param doubleSpecies the preferred species of double vectors; null where not readable
   * @param floatSpecies the preferred species of float vectors; null where not readable
   * @param bits the width of the preferred species; 0 where not readable
   * @param fusedMultiplyAdd whether a fused multiply-add is one instruction; null where the virtual
   *     machine does not tell
   */
  public record VectorApi(
      boolean readable,
      @Nullable String doubleSpecies,
      @Nullable String floatSpecies,
      int bits,
      @Nullable Boolean fusedMultiplyAdd) {}

  /** Looks at this process and its machine. */
  public static Environment probe() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    return new Environment(
        Version.number(),
        new Jdk(
            Runtime.version().toString(),
            System.getProperty("java.vendor"),
            System.getProperty("java.vm.name"),
            System.getProperty("java.home")),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory(),
        physicalMemory(),
        probeVectorApi(),
        KernelChoice.current(),
        findDevices(),
        temporary.toString(),
        isWritable(temporary),
        Main.onTerminal());
  }

  /** Returns the facts that belong beside a result, as names and texts, for a report. */
  public Map<String, String> summary() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Cotangent", version);
    facts.put("Java", jdk.version() + ", " + jdk.vendor());
    facts.put("System", system);
    facts.put("Processors", Integer.toString(processors));
    facts.put("Heap, at most", gibibytes(maxHeapBytes));
    facts.put("Memory", gibibytes(physicalMemoryBytes));
    facts.put(
        "Vector API",
        vectorApi.readable() ? vectorApi.bits() + " bits" : "not part of this process");
    facts.put("Kernels", kernels.kernels());
    for (ComputeDevice device : devices) {
      String kind = device.backend() + " " + device.type();
      facts.merge(kind, device.name(), (others, name) -> others + ", " + name);
    }
    return facts;
  }

  static String gibibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / 0x1p30);
  }

  private static VectorApi probeVectorApi() {
    Boolean fma = flag("UseFMA");
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return new VectorApi(false, null, null, 0, fma);
    }
    return Species.describe(fma);
  }

  /** Apart, so that the classes of a module that is not there are never linked. */
  private static final class Species {
    static VectorApi describe(@Nullable Boolean fma) {
      return new VectorApi(
          true,
          DoubleVector.SPECIES_PREFERRED.toString(),
          FloatVector.SPECIES_PREFERRED.toString(),
          DoubleVector.SPECIES_PREFERRED.vectorBitSize(),
          fma);
    }
  }

  private static @Nullable Boolean flag(String name) {
    try {
      HotSpotDiagnosticMXBean hotSpot =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return hotSpot == null ? null : Boolean.valueOf(hotSpot.getVMOption(name).getValue());
    } catch (IllegalArgumentException unknownFlag) {
      return null;
    }
  }

  private static long physicalMemory() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getTotalMemorySize();
  }

  private static List<ComputeDevice> findDevices() {
    List<ComputeDevice> devices = new ArrayList<>();
    for (ComputeDevices backend : ServiceLoader.load(ComputeDevices.class)) {
      devices.addAll(backend.devices());
    }
    return List.copyOf(devices);
  }

  private static boolean isWritable(Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, "cotangent-", ".probe"));
      return true;
    } catch (IOException | SecurityException e) {
      return false;
    }
  }
}
