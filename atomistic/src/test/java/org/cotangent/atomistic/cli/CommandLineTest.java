package org.cotangent.atomistic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
  @TempDir private Path folder;

  @Test
  void withoutACommandItShowsWhatThereIs() {
    Run run = Run.of();
    assertEquals(0, run.code());
    assertEquals("", run.err());
    assertTrue(run.out().contains("doctor"));
    assertTrue(run.out().contains("130   interrupted"), run.out());
  }

  @Test
  void helpIsThereForEachCommandWithItsExitCodes() {
    for (String command : new String[] {"doctor", "info"}) {
      Run run = Run.of(command, "--help");
      assertEquals(0, run.code());
      assertTrue(run.out().startsWith("Usage: cotangent " + command), run.out());
      assertTrue(run.out().contains("2   a mistake in the options or in a file"), run.out());
    }
  }

  @Test
  void versionNamesCotangentAndJava() {
    Run run = Run.of("--version");
    assertEquals(0, run.code());
    assertTrue(run.out().matches("(?s)Cotangent \\d+\\.\\d+.*Java \\d+.*"), run.out());
  }

  @Test
  void anUnknownCommandIsAnsweredWithTheOneMeant() {
    assertMistake(
        "error: unknown command 'doktor'; did you mean doctor? (see cotangent --help)",
        Run.of("doktor"));
  }

  @Test
  void anUnknownOptionIsAnsweredWithTheOneMeant() {
    assertMistake(
        "error: unknown option '--jsn'; did you mean --json? (see cotangent doctor --help)",
        Run.of("doctor", "--jsn"));
  }

  @Test
  void aMissingArgumentIsNamed() {
    assertMistake(
        "error: Missing required parameter: 'FILE' (see cotangent info --help)", Run.of("info"));
  }

  @Test
  void aFileThatIsNotThere() {
    Path file = folder.resolve("nowhere.cot");
    assertMistake("error: no such file: " + file, Run.of("info", file.toString()));
  }

  @Test
  void aFolderInPlaceOfAFile() {
    assertMistake(
        "error: " + folder + " is a folder, and a file or a folder of DeePMD (type.raw) is needed",
        Run.of("info", folder.toString()));
  }

  @Test
  void anEmptyFile() throws IOException {
    Path file = Files.createFile(folder.resolve("empty.cot"));
    assertMistake("error: " + file + " is empty", Run.of("info", file.toString()));
  }

  @Test
  void aFileOfNoKnownKind() throws IOException {
    Path file = Files.writeString(folder.resolve("model.cot"), "just text");
    Run run = Run.of("info", file.toString());
    assertEquals(2, run.code());
    assertTrue(
        run.err().startsWith("error: " + file + " is of no kind that can be described"), run.err());
  }

  @Test
  void debugShowsTheStackTraceBelowTheSentence() {
    Run run = Run.of("info", folder.resolve("nowhere.cot").toString(), "--debug");
    assertEquals(2, run.code());
    assertTrue(run.err().startsWith("error: no such file: "), run.err());
    assertTrue(run.err().contains("\tat org.cotangent.atomistic.cli."), run.err());
  }

  @Test
  void doctorIsHealthyHereAndSpeaksJson() throws IOException {
    assertEquals(0, Run.of("doctor").code());
    JsonNode environment = new ObjectMapper().readTree(Run.of("doctor", "--json").out());
    assertEquals(
        Runtime.getRuntime().availableProcessors(), environment.get("processors").intValue());
    assertEquals(Runtime.version().toString(), environment.at("/jdk/version").textValue());
    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    assertEquals(vectors, environment.at("/vectorApi/readable").booleanValue());
    String kernels = environment.at("/kernels/kernels").textValue();
    assertTrue(kernels.startsWith(vectors ? "Vector API" : "plain Java"), kernels);
    assertFalse(environment.at("/kernels/reason").textValue().isBlank());
  }

  @Test
  void doctorNamesEverythingItLooksAt() {
    String out = Run.of("doctor").out();
    for (String topic :
        new String[] {
          "Java", "Processors", "Memory", "Vector API", "Kernels", "FMA", "Temporary files"
        }) {
      assertTrue(out.contains(topic), topic);
    }
  }

  @Test
  void thereAreNoColoursWhereTheOutputIsNoTerminal() {
    assertFalse(Run.of("doctor").out().contains("\u001b"));
    assertFalse(Run.of("doktor").err().contains("\u001b"));
  }

  private static void assertMistake(String sentence, Run run) {
    assertEquals(sentence + System.lineSeparator(), run.err());
    assertEquals(2, run.code());
    assertEquals("", run.out());
  }
}
