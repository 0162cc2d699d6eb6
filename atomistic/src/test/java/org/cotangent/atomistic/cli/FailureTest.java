package org.cotangent.atomistic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cotangent.autodiff.Shape;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class FailureTest {
  @Test
  void aMistakeKeepsItsSentence() {
    assertFailure(2, "use 0 or more", true, new UserException("use 0\n or more"));
  }

  @Test
  void filesAreNamed() {
    assertFailure(2, "no such file: a.xyz", true, new NoSuchFileException("a.xyz"));
    assertFailure(
        2,
        "no permission to read or write a.xyz: check its owner and mode",
        true,
        new AccessDeniedException("a.xyz"));
    assertFailure(
        1,
        "cannot read or write a.xyz: No space left on device",
        true,
        new FileSystemException("a.xyz", null, "No space left on device"));
  }

  @Test
  void whatWasWrappedIsUnwrapped() {
    assertFailure(
        2, "no such file: a.xyz", true, new UncheckedIOException(new NoSuchFileException("a.xyz")));
  }

  @Test
  void jsonIsWrongAtALineAndColumn() {
    IOException error =
        Assertions.assertThrows(
            IOException.class, () -> new ObjectMapper().readTree("{\n  \"a\": }"));
    Failure failure = Failure.of(error);
    assertEquals(2, failure.exitCode());
    assertTrue(
        failure.sentence().startsWith("not valid JSON at line 2, column "), failure.sentence());
  }

  @Test
  void anArgumentThatCotangentRefusesIsTheUsersMistake() {
    IllegalArgumentException error =
        Assertions.assertThrows(IllegalArgumentException.class, () -> Shape.of(-1));
    assertFailure(2, "shape [-1] has a negative axis length", true, error);
  }

  @Test
  void anArgumentThatTheJdkRefusesIsADefect() {
    IllegalArgumentException error =
        Assertions.assertThrows(
            IllegalArgumentException.class, () -> List.of().subList(1, 0).size());
    Failure failure = Failure.of(error);
    assertEquals(1, failure.exitCode());
    assertFalse(failure.expected());
  }

  @Test
  void memoryIsAMatterOfTheEnvironment() {
    Failure failure = Failure.of(new OutOfMemoryError());
    assertEquals(3, failure.exitCode());
    assertTrue(failure.sentence().matches("out of memory: .* [1-9]\\d* MiB; .*"));
  }

  @Test
  void anInterruptionHasItsOwnCode() {
    assertFailure(130, "interrupted before the end", true, new InterruptedException());
  }

  @Test
  void aDefectLeavesItsStackTraceInAFile() throws IOException {
    StringWriter err = new StringWriter();
    FailureHandler handler =
        new FailureHandler(new PrintWriter(err), false, new String[] {"info", "a.cot"});
    assertEquals(1, handler.report(new ArithmeticException("one\ntwo")));
    Matcher said =
        Pattern.compile(
                "error: unexpected ArithmeticException: one two; this is a defect of Cotangent, the"
                    + " details are in (.*)\\R")
            .matcher(err.toString());
    assertTrue(said.matches(), err.toString());
    Path details = Path.of(said.group(1));
    String text = Files.readString(details);
    Files.delete(details);
    assertTrue(text.contains("cotangent info a.cot"), text);
    assertTrue(text.contains("java.lang.ArithmeticException: one\ntwo"), text);
    assertTrue(text.contains("\tat "), text);
  }

  private static void assertFailure(
      int exitCode, String sentence, boolean expected, Throwable error) {
    assertEquals(new Failure(exitCode, sentence, expected), Failure.of(error));
  }
}
