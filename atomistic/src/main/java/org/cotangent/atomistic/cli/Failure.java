package org.cotangent.atomistic.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;
import java.util.zip.ZipException;
import org.cotangent.atomistic.modelfile.ModelFileException;
import org.cotangent.metatensor.MetatensorException;

/**
 * What an exception means to the person at the command line.
 *
 * @param exitCode one of {@link ExitCode}
 * @param sentence what to print
 * @param expected whether the sentence explains it; where false, it is a defect of Cotangent and
 *     the stack trace is kept for a report
 */
record Failure(int exitCode, String sentence, boolean expected) {

  static Failure of(Throwable error) {
    return switch (error) {
      case UserException e -> mistake(messageOf(e));
      case MetatensorException e -> mistake(messageOf(e));
      case UncheckedIOException e -> ofInputOutput(Objects.requireNonNull(e.getCause()));
      case IOException e -> ofInputOutput(e);
      case InterruptedException _ ->
          new Failure(ExitCode.INTERRUPTED, "interrupted before the end", true);
      case IllegalStateException e when e.getCause() instanceof InterruptedException ->
          new Failure(ExitCode.INTERRUPTED, "interrupted before the end", true);
      case OutOfMemoryError _ -> outOfMemory();
      case IllegalArgumentException e when isExplained(e) -> mistake(messageOf(e));
      case IllegalStateException e when isExplained(e) ->
          new Failure(ExitCode.FAILURE, messageOf(e), true);
      default -> {
        String message = error.getMessage();
        String kind = error.getClass().getSimpleName();
        yield new Failure(
            ExitCode.FAILURE,
            "unexpected " + kind + (message == null ? "" : ": " + oneLine(message)),
            false);
      }
    };
  }

  private static Failure ofInputOutput(IOException error) {
    return switch (error) {
      case ClosedByInterruptException _ ->
          new Failure(ExitCode.INTERRUPTED, "interrupted before the end", true);
      case ModelFileException e -> mistake(messageOf(e));
      case NoSuchFileException e ->
          mistake(e.getReason() == null ? "no such file: " + e.getFile() : messageOf(e));
      case FileNotFoundException e -> mistake(messageOf(e));
      case AccessDeniedException e ->
          mistake("no permission to read or write " + e.getFile() + ": check its owner and mode");
      case FileAlreadyExistsException e ->
          mistake(e.getFile() + " exists already: name another or remove it first");
      case NotDirectoryException e -> mistake(e.getFile() + " is not a folder");
      case CharacterCodingException _ -> mistake("a file that should be text is not UTF-8");
      case ZipException e -> mistake("a zip archive is damaged or cut short: " + messageOf(e));
      case JsonProcessingException e -> mistake(ofJson(e));
      case FileSystemException e ->
          new Failure(
              ExitCode.FAILURE,
              "cannot read or write "
                  + e.getFile()
                  + (e.getReason() == null ? "" : ": " + oneLine(e.getReason())),
              true);
      case IOException e when isAboutContent(e) -> mistake(messageOf(e));
      default -> new Failure(ExitCode.FAILURE, messageOf(error), error.getMessage() != null);
    };
  }

  static String ofJson(JsonProcessingException error) {
    JsonLocation at = error.getLocation();
    return "not valid JSON"
        + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr())
        + ": "
        + oneLine(error.getOriginalMessage());
  }

  private static Failure mistake(String sentence) {
    return new Failure(ExitCode.USER_MISTAKE, sentence, true);
  }

  private static Failure outOfMemory() {
    long mebibytes = Runtime.getRuntime().maxMemory() >> 20;
    return new Failure(
        ExitCode.ENVIRONMENT,
        "out of memory: the Java heap may grow to "
            + mebibytes
            + " MiB; give it more with COTANGENT_JAVA_OPTIONS=-Xmx8g, or ask for less at a time",
        true);
  }

  /** Returns whether a reader of structures or labels threw it: a file holds something else. */
  private static boolean isAboutContent(IOException error) {
    StackTraceElement[] trace = error.getStackTrace();
    return error.getMessage() != null
        && trace.length > 0
        && trace[0].getClassName().matches("org\\.cotangent\\.atomistic\\.(io|data)\\..*");
  }

  /**
   * Returns whether the project's own code threw it, whose messages are written for people. The
   * same exceptions out of the JDK or a library say something about code, not about the input.
   */
  private static boolean isExplained(RuntimeException error) {
    StackTraceElement[] trace = error.getStackTrace();
    return error.getMessage() != null
        && trace.length > 0
        && trace[0].getClassName().startsWith("org.cotangent.");
  }

  private static String messageOf(Throwable error) {
    String message = error.getMessage();
    return message == null ? error.getClass().getSimpleName() : oneLine(message);
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
