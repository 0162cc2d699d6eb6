package org.cotangent.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a fresh program sees and prints, with the machine's devices and without any. */
class DiagnosisTest {
  private static final String ACCESS = "--enable-native-access=ALL-UNNAMED";

  @TempDir Path folder;

  private List<String> output = List.of();
  private String errors = "";

  private void run(String access, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder program =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            access,
            "-cp",
            System.getProperty("java.class.path"),
            DiagnosisProgram.class.getName());
    program.environment().putAll(environment);
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    int status = program.redirectOutput(out.toFile()).redirectError(err.toFile()).start().waitFor();
    output = Files.readAllLines(out);
    errors = Files.readString(err);
    assertEquals(0, status, errors);
  }

  private String line(String start) {
    return output.stream()
        .filter(line -> line.startsWith(start))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no line '" + start + "' in " + output));
  }

  @Test
  void devicesAreListedAndUsedWithoutAWordOnTheErrorStream() throws Exception {
    assumeTrue(
        OpenClDevices.preferred().isPresent(), () -> "no OpenCL: " + OpenClDevices.absence());
    run(ACCESS, Map.of());
    OpenClDevice device = OpenClDevices.preferred().get();
    String listed = line("ComputeDevice[backend=OpenCL, name=" + device.name());
    assertTrue(listed.contains("type=" + device.type() + ", usable=true"), listed);
    for (Fallback fallback : Fallback.values()) {
      String used = line(fallback + " right on DeviceReport[backend=OpenCL");
      assertTrue(used.contains("type=" + device.type()), used);
    }
    assertEquals("", errors);
    assertEquals(OpenClDevices.list().size() + 3, output.size(), output.toString());
  }

  @Test
  void theHostProgramsLogLevelsAreLeftAlone() throws Exception {
    run(ACCESS, Map.of());
    assertEquals("root level INFO", line("root level"));
  }

  @Test
  void withoutADeviceTheReasonIsListedAndJavaComputesOnlyWhenAllowed() throws Exception {
    // The loader looks for drivers in this folder instead of /etc/OpenCL/vendors.
    run(
        ACCESS,
        Map.of("OCL_ICD_VENDORS", folder.toString(), "OPENCL_VENDOR_PATH", folder.toString()));
    checkAbsence("no OpenCL driver offers a device");
    assertEquals("", errors);
  }

  @Test
  void withoutTheLibraryToo() throws Exception {
    assumeTrue(
        System.getProperty("os.name").equals("Linux"), "hides the library in the way of Linux");
    Files.createFile(folder.resolve("libOpenCL.so.1")); // found first, and not a library
    run(ACCESS, Map.of("LD_LIBRARY_PATH", folder.toString()));
    checkAbsence("the system has no OpenCL library");
    assertEquals("", errors);
  }

  @Test
  void withoutNativeAccessToo() throws Exception {
    run("--illegal-native-access=deny", Map.of());
    checkAbsence("native access");
  }

  private void checkAbsence(String reason) {
    String listed = line("ComputeDevice[backend=OpenCL, name=none");
    assertTrue(listed.contains("usable=false"), listed);
    assertTrue(listed.contains(reason), listed);
    String refused = line("REFUSE refused");
    assertTrue(refused.contains("no OpenCL device can be used: "), refused);
    assertTrue(refused.contains(reason), refused);
    String fallback = line("JAVA right on DeviceReport[backend=Java");
    assertTrue(fallback.contains("type=JVM, workItems=0"), fallback);
    assertTrue(fallback.contains(reason), fallback);
  }
}
