package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells the user about an exception in one sentence, and chooses the exit code. */
final class FailureHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final PrintWriter err;
  private final boolean debug;
  private final String[] args;

  FailureHandler(PrintWriter err, boolean debug, String[] args) {
    this.err = err;
    this.debug = debug;
    this.args = args.clone();
  }

  @Override
  public int handleParseException(ParameterException error, String[] args) {
    CommandLine line = error.getCommandLine();
    String problem =
        error instanceof UnmatchedArgumentException unmatched
            ? unmatched(unmatched)
            : String.valueOf(error.getMessage())
                .replaceFirst("^Error: ", "")
                .replaceAll("\\s*\\R\\s*", " ");
    print(problem + " (see " + line.getCommandSpec().qualifiedName() + " --help)");
    trace(error);
    return ExitCode.USER_MISTAKE;
  }

  @Override
  public int handleExecutionException(Exception error, CommandLine line, ParseResult parsed) {
    return report(error);
  }

  /** Prints what went wrong and returns the exit code for it. */
  int report(Throwable error) {
    Failure failure = Failure.of(error);
    if (failure.expected() || debug) {
      print(failure.sentence());
      trace(error);
    } else {
      print(failure.sentence() + "; this is a defect of Cotangent, " + keepDetails(error));
    }
    return failure.exitCode();
  }

  private static String unmatched(UnmatchedArgumentException error) {
    String first = error.getUnmatched().getFirst();
    boolean hasCommands = !error.getCommandLine().getSubcommands().isEmpty();
    String what =
        error.isUnknownOption()
            ? "unknown option"
            : hasCommands ? "unknown command" : "unexpected argument";
    List<String> suggestions = error.getSuggestions();
    return what
        + " '"
        + first
        + "'"
        + (suggestions.isEmpty() ? "" : "; did you mean " + String.join(" or ", suggestions) + "?");
  }

  private void print(String sentence) {
    // Names and messages may come out of a file: no control character reaches the terminal.
    String shown = sentence.replaceAll("\\p{Cc}", "?");
    err.println(Main.colors().string("@|bold,red error:|@ ") + shown);
    err.flush();
  }

  private void trace(Throwable error) {
    if (debug) {
      error.printStackTrace(err);
      err.flush();
    }
  }

  /** Writes the stack trace to a file of its own and says where it is. */
  private String keepDetails(Throwable error) {
    try {
      String details = details(error);
      Path file = Files.createTempFile("cotangent-error-", ".txt");
      try {
        Files.writeString(file, details);
      } catch (IOException full) {
        Files.delete(file);
        throw full;
      }
      return "the details are in " + file;
    } catch (IOException | RuntimeException unwritable) {
      return "run again with --debug to see the details";
    }
  }

  private String details(Throwable error) {
    StringWriter text = new StringWriter();
    try (PrintWriter details = new PrintWriter(text)) {
      for (String line : new Version().getVersion()) {
        details.println(line);
      }
      details.println("cotangent " + String.join(" ", args));
      details.println();
      error.printStackTrace(details);
    }
    return text.toString();
  }
}
