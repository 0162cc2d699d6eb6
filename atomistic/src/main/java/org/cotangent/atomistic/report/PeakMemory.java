package org.cotangent.atomistic.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The most memory that this process has used so far.
 *
 * @param heapBytes in the Java heap: the sum of the highest of its parts, which an exact peak does
 *     not exceed
 * @param residentBytes of the whole process in the machine's memory; 0 where the system does not
 *     tell
 */
public record PeakMemory(long heapBytes, long residentBytes) {

  /** Returns the peak up to now. */
  public static PeakMemory now() {
    long heap = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP && pool.getPeakUsage() != null) {
        heap += pool.getPeakUsage().getUsed();
      }
    }
    return new PeakMemory(heap, resident());
  }

  /** Returns the peak of the whole process, or that of the heap where only this is known. */
  public long bytes() {
    return residentBytes > 0 ? residentBytes : heapBytes;
  }

  /** "VmHWM: 123 kB" in Linux' {@code /proc/self/status} (proc(5)). */
  private static long resident() {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    try {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmHWM:")) {
          return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException unreadable) {
      return 0;
    }
    return 0;
  }
}
