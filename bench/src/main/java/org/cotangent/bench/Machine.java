package org.cotangent.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.cotangent.atomistic.cli.Environment;
import org.cotangent.autodiff.internal.KernelChoice;

/** What one has to know about a machine to read times that were measured on it. */
final class Machine {
  private Machine() {}

  /** Returns the facts as names and texts. */
  static Map<String, String> describe() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("CPU", processor());
    facts.putAll(Environment.probe().summary());
    KernelChoice kernels = KernelChoice.current();
    facts.put("Kernels", kernels.kernels() + " (" + kernels.reason() + ")");
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    facts.put(
        "Load before the run", load < 0 ? "unknown" : String.format(Locale.ROOT, "%.1f", load));
    return facts;
  }

  private static String processor() {
    Path facts = Path.of("/proc/cpuinfo");
    if (Files.isReadable(facts)) {
      try (Stream<String> lines = Files.lines(facts)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElseGet(Machine::architecture);
      } catch (IOException unreadable) {
        return architecture();
      }
    }
    return architecture();
  }

  /** Where the system has no such file; Windows sets the variable. */
  private static String architecture() {
    String identifier = System.getenv("PROCESSOR_IDENTIFIER");
    return identifier == null ? System.getProperty("os.arch") : identifier;
  }
}
