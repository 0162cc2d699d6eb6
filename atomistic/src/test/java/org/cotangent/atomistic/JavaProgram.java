package org.cotangent.atomistic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs with this process's class path, in processes of their own. */
public final class JavaProgram {
  private static final Path KILL = Path.of("/bin/kill");

  private JavaProgram() {}

  /**
   * Returns how one is started.
   *
   * @param options of Java
   * @param arguments of the program; their texts
   */
  public static List<String> command(List<String> options, Class<?> main, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(java.lang.System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(java.lang.System.getProperty("java.class.path"));
    command.add(main.getName());
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    return command;
  }

  /** Starts one; what it prints goes to a log. */
  public static Process start(List<String> command, Path log) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** Skips the test where Ctrl-C cannot be sent, or does nothing, as in a shell's background. */
  public static void assumeInterruptible() throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(KILL), "there is no kill command");
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status)) {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("SigIgn:")) {
          long ignored = Long.parseUnsignedLong(line.substring(7).strip(), 16);
          Assumptions.assumeTrue((ignored & 1L << 1) == 0, "SIGINT is ignored here");
        }
      }
    }
  }

  /** Sends what Ctrl-C sends. */
  public static void interrupt(Process process) throws IOException, InterruptedException {
    new ProcessBuilder(KILL.toString(), "-INT", "" + process.pid()).start().waitFor();
  }

  /**
   * Runs one in so little memory and returns all that it prints.
   *
   * @param heap such as {@code -Xmx64m}
   */
  public static String output(
      String heap, int seconds, Path log, Class<?> main, Object... arguments)
      throws IOException, InterruptedException {
    Process process = start(command(List.of(heap, "-XX:+UseSerialGC"), main, arguments), log);
    boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
    process.destroyForcibly();
    String output = Files.readString(log);
    assertTrue(ended, () -> main.getSimpleName() + " takes too long: " + output);
    assertEquals(0, process.exitValue(), output);
    return output;
  }
}
