package org.cotangent.atomistic.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLogTest {
  private static final List<String> COLUMNS = List.of("epoch", "force_mae [meV/Å]");

  @TempDir private Path folder;

  @Test
  void appendsToAnExistingLogWithOneHeader() throws IOException {
    Path file = folder.resolve("log.csv");
    append(file, 1, 0.25);
    append(file, 2, Double.NaN);
    assertEquals("epoch,force_mae [meV/Å]\n1,0.25\n2,\n", Files.readString(file));
  }

  @Test
  void dropsARowThatWasCutOff() throws IOException {
    Path file = folder.resolve("log.csv");
    append(file, 1, 0.25);
    Files.writeString(file, Files.readString(file) + "2,0.1");
    append(file, 2, 0.125);
    assertEquals("epoch,force_mae [meV/Å]\n1,0.25\n2,0.125\n", Files.readString(file));
  }

  @Test
  void startsAgainWhenTheHeaderWasCutOff() throws IOException {
    Path file = Files.writeString(folder.resolve("log.csv"), "epoch,for");
    append(file, 1, 2);
    assertEquals("epoch,force_mae [meV/Å]\n1,2\n", Files.readString(file));
  }

  @Test
  void leavesAnotherFileAlone() throws IOException {
    String content = "epoch,loss\n1,2\nnotes without an end of line";
    Path file = Files.writeString(folder.resolve("other.csv"), content);
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> append(file, 1, 2));
    assertEquals(
        file + " does not begin with the columns epoch,force_mae [meV/Å]: write to another file",
        error.getMessage());
    assertEquals(content, Files.readString(file));
  }

  @Test
  void namesWithCommasAndQuotesAreQuoted() throws IOException {
    Path file = folder.resolve("log.csv");
    CsvLog.open(file, List.of("a,b", "say \"x\"", "plain")).close();
    assertEquals("\"a,b\",\"say \"\"x\"\"\",plain\n", Files.readString(file));
  }

  @Test
  void aRowNeedsOneValueForEachColumn() throws IOException {
    try (CsvLog log = CsvLog.open(folder.resolve("log.csv"), COLUMNS)) {
      IllegalArgumentException error =
          assertThrows(IllegalArgumentException.class, () -> log.append(1));
      assertEquals("the log has 2 columns and the row 1 values", error.getMessage());
    }
  }

  private static void append(Path file, double... row) throws IOException {
    try (CsvLog log = CsvLog.open(file, COLUMNS)) {
      log.append(row);
    }
  }
}
