package org.cotangent.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cotangent.atomistic.cli.JavaCommand;
import org.cotangent.atomistic.cli.Main;

/**
 * How this program's command line ran in a process of its own.
 *
 * @param exitCode 0 if all went well
 * @param seconds of the whole process, from before its start to after its end
 * @param megabytes the most memory that it held, where Linux tells; else 0
 */
record CommandLineRun(int exitCode, double seconds, double megabytes) {

  /**
   * Runs it and waits for its end.
   *
   * @param arguments of the command line
   * @param log receives what it prints
   */
  static CommandLineRun of(List<String> arguments, Path log)
      throws IOException, InterruptedException {
    List<String> command = JavaCommand.of(List.of());
    command.add(Main.class.getName());
    command.addAll(arguments);
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    double memory = 0;
    while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
      memory = Math.max(memory, peakMegabytes(process.pid()));
    }
    return new CommandLineRun(process.exitValue(), (System.nanoTime() - start) / 1e9, memory);
  }

  private static double peakMegabytes(long process) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1000)
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException over) {
      return 0;
    }
  }
}
