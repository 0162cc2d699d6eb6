package org.cotangent.atomistic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cotangent.atomistic.JavaProgram;
import org.cotangent.autodiff.ComputeDevice;
import org.cotangent.autodiff.ComputeDevices;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Commands and devices of other modules, offered as services by the nested classes. */
class ServicesTest {
  @TempDir private Path folder;

  @Test
  void commandsOfOtherModulesAreListedAndHaveTheGlobalOptions() {
    String commands = Run.of().out();
    assertTrue(
        commands
            .lines()
            .anyMatch(line -> line.matches(" +fail +Fails in the way that is asked for\\.")),
        commands);
    assertTrue(Run.of("fail", "--help").out().contains("--debug"));
    assertTrue(Run.of("fail", "--help").out().contains("130   interrupted"));
  }

  @Test
  void aMistakeInSuchACommandIsOneSentenceToo() {
    Run run = Run.of("fail", "mistake");
    assertEquals(2, run.code());
    assertEquals("error: there are 3 atoms and 2 names" + System.lineSeparator(), run.err());
  }

  @Test
  void memoryThatRunsOutIsReportedThoughItIsNoException() {
    Run run = Run.of("fail", "memory");
    assertEquals(3, run.code());
    assertTrue(run.err().startsWith("error: out of memory: "), run.err());
  }

  @Test
  void aDefectShowsNoStackTraceButKeepsIt() throws IOException {
    Run run = Run.of("fail", "defect");
    assertEquals(1, run.code());
    assertEquals(1, run.err().lines().count(), run.err());
    Matcher details = Pattern.compile("the details are in (.*)").matcher(run.err());
    assertTrue(details.find(), run.err());
    Path file = Path.of(details.group(1));
    assertTrue(Files.readString(file).contains("ServicesTest$Fail.call"));
    Files.delete(file);
  }

  /** A limit on the size of files stands for a full disk. */
  @Test
  void detailsThatCannotBeWrittenLeaveNoEmptyFile() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no shell");
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -f 0 && exec \"$@\"", "sh"));
    command.addAll(
        JavaProgram.command(
            List.of("-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + folder),
            Main.class,
            "fail",
            "defect"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(ExitCode.FAILURE, process.waitFor(), printed);
    assertTrue(printed.contains("run again with --debug to see the details"), printed);
    assertEquals(List.of(), SmallRun.files(folder));
  }

  @Test
  void withDebugADefectShowsItsStackTraceAtOnce() {
    Run run = Run.of("fail", "defect", "--debug");
    assertEquals(1, run.code());
    assertTrue(run.err().contains("ServicesTest$Fail.call"), run.err());
    assertFalse(run.err().contains("the details are in"), run.err());
  }

  @Test
  void doctorListsDevicesAndWhyOneIsNotUsable() throws IOException {
    String out = Run.of("doctor").out();
    assertTrue(out.lines().anyMatch(line -> line.matches("ok +Test device +Fast \\(GPU\\)")), out);
    assertTrue(out.lines().anyMatch(line -> line.matches("note +Test device +Old \\(CPU\\)")), out);
    assertTrue(out.lines().anyMatch(line -> line.matches(" +no double precision")), out);
    JsonNode devices = new ObjectMapper().readTree(Run.of("doctor", "--json").out()).get("devices");
    assertEquals("Fast", devices.at("/0/name").textValue());
    assertFalse(devices.at("/1/usable").booleanValue());
  }

  /** The service. */
  public static final class Commands implements CommandProvider {
    @Override
    public List<Object> commands() {
      return List.of(new Fail());
    }
  }

  @Command(name = "fail", description = "Fails in the way that is asked for.")
  static final class Fail implements Callable<Integer> {
    @Parameters private String how;

    @Override
    public Integer call() {
      switch (how) {
        case "mistake" -> throw new UserException("there are 3 atoms and 2 names");
        case "memory" -> throw new OutOfMemoryError();
        default -> throw new ArithmeticException("/ by zero");
      }
    }
  }

  /** The service. */
  public static final class Devices implements ComputeDevices {
    @Override
    public List<ComputeDevice> devices() {
      return List.of(
          new ComputeDevice("Test", "Fast", "GPU", true, "8 GiB"),
          new ComputeDevice("Test", "Old", "CPU", false, "no double precision"));
    }
  }
}
