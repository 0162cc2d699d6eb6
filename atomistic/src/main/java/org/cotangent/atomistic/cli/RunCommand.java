package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Runs a source file with Java's own launcher (JEP 330, and JEP 512 for compact source files), in a
 * process of its own with this one's class path and options for the JVM.
 */
@Command(name = "run", description = "Run a Java source file that uses the library.")
final class RunCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FILE.java", description = "The source file.")
  private Path file;

  @Parameters(index = "1..*", paramLabel = "ARGS", description = "What the program is given.")
  private List<String> arguments = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  RunCommand() {}

  /** What follows the source file is the program's, also where it looks like an option. */
  @Spec
  void leaveOptionsToTheProgram(CommandSpec spec) {
    spec.parser().stopAtPositional(true);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!file.toString().endsWith(".java")) {
      throw new UserException(file + " is not a Java source file: its name must end in .java");
    }
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          file
              + (Files.exists(file) ? " is a folder" : " does not exist")
              + ": name a source file");
    }
    List<String> command = JavaCommand.of(List.of());
    command.add(file.toString());
    command.addAll(arguments);
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
