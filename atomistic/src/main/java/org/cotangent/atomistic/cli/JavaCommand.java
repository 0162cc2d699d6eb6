package org.cotangent.atomistic.cli;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How another Java program is started as this one was. */
public final class JavaCommand {
  private JavaCommand() {}

  /**
   * Returns the start of Java with this process's options and class path, to which a program and
   * its arguments are to be added. The cache of this program's classes is left out, and agents,
   * which would reach for the same port or file.
   *
   * @param options of Java, after those of this process
   * @return a list that can be added to
   */
  public static List<String> of(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(JavaCommand::isForPrograms)
        .forEach(command::add);
    command.addAll(options);
    command.add("-cp");
    command.add(
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator)));
    return command;
  }

  private static boolean isForPrograms(String option) {
    return !option.startsWith("-XX:AOT")
        && !option.startsWith("-javaagent:")
        && !option.startsWith("-agentlib:");
  }
}
