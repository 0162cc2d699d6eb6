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

/** Programs with this process's class path, in processes of their own. */
public final class JavaProgram {
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
