package org.cotangent.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cotangent.atomistic.cli.ExitCode;
import org.cotangent.atomistic.cli.Outputs;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs benchmarks and shows what they measured. */
@Command(
    name = "bench",
    description = "Measure time and allocation on this machine, beside peers.",
    footer = {
      "",
      "Where COTANGENT_PEERS names a Python with PyTorch and metatensor, the same calls are"
          + " measured in it too."
    })
final class BenchCommand implements Callable<Integer> {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SUITE",
      arity = "0..*",
      description = "What to run; default: all but the studies.")
  private List<String> names = List.of();

  @Option(names = "--list", description = "List the suites and end.")
  private boolean list;

  @Option(
      names = "--quick",
      description = "One process and few short iterations each: a first look, not a result.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the results, new or empty; default: runs/bench-TIME.")
  private @Nullable Path out;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder with rmd17_ethanol_train_01.npz and rmd17_ethanol_test_01.npz, for accuracy, or"
              + " with carbon_reduced_100.xyz, for carbon; default: $COTANGENT_RMD17 and"
              + " $COTANGENT_CARBON, else ../shared/data/rmd17 and ../shared/data/carbon.")
  private @Nullable Path data;

  @SuppressWarnings("NullAway.Init")
  BenchCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter to = spec.commandLine().getOut();
    if (list) {
      for (Suite suite : Suite.values()) {
        to.printf("%-16s  %s%n", suite.label(), suite.description());
      }
      to.flush();
      return ExitCode.OK;
    }
    List<Suite> suites =
        names.isEmpty() ? Suite.usual() : names.stream().map(Suite::named).distinct().toList();
    Path folder = Outputs.folder(out, "bench");
    ChildProcesses.endWithThisProcess();
    Map<String, String> machine = Machine.describe();
    Study.Setting setting = new Study.Setting(folder, data, quick, spec.commandLine().getErr());
    setting.write("machine.json", JSON.writeValueAsString(machine));
    machine.forEach((name, fact) -> to.println(name + ": " + fact));
    for (Suite suite : suites) {
      to.println();
      to.println(suite.label() + ": " + suite.description());
      to.flush();
      Study study = suite.study();
      if (study != null) {
        study.run(setting).forEach(to::println);
      } else {
        ResultTable.lines(suite, run(suite, setting)).forEach(to::println);
      }
      to.flush();
    }
    to.println();
    if (suites.stream().anyMatch(suite -> suite.study() == null)) {
      to.println("Times are means ± 99.9 % confidence; ratios are times too: below 1 is faster.");
    }
    to.println("Results are in " + folder);
    to.flush();
    return ExitCode.OK;
  }

  private List<Measurement> run(Suite suite, Study.Setting setting)
      throws IOException, InterruptedException {
    Collection<RunResult> results;
    Path log = setting.folder().resolve(suite.label() + ".log");
    try (PrintStream to =
        new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8)) {
      results = new JmhRun(suite, quick).run(to, setting.progress());
    } catch (RunnerException e) {
      if (ChildProcesses.areEnding()) {
        throw new InterruptedException();
      }
      throw new IllegalStateException(
          "the suite " + suite.label() + " failed, see " + log + ": " + e.getMessage(), e);
    }
    setting.write(suite.label() + ".json", jmhJson(results));
    List<Measurement> measured = new ArrayList<>();
    for (RunResult result : results) {
      measured.add(Measurement.of(result));
    }
    Peer peer = suite.peer();
    if (peer != null) {
      List<Measurement> theirs = measure(peer, suite, measured, setting);
      if (!theirs.isEmpty()) {
        setting.write(suite.label() + "-peer.json", JSON.writeValueAsString(theirs));
        measured.addAll(theirs);
      }
    }
    return measured;
  }

  private List<Measurement> measure(
      Peer peer, Suite suite, List<Measurement> own, Study.Setting setting)
      throws IOException, InterruptedException {
    String python = PythonPeer.named();
    if (python == null) {
      setting.tell(
          "not compared with "
              + peer.library()
              + ": "
              + PythonPeer.VARIABLE
              + " names no Python with it");
      return List.of();
    }
    setting.tell("running " + peer.library() + " in " + python);
    try {
      return new PythonPeer(python, peer, setting.folder().resolve(suite.label() + "-peer.log"))
          .measure(suite, own, quick);
    } catch (PythonPeer.PeerUnavailableException e) {
      setting.tell("not compared with " + peer.library() + ": " + e.getMessage());
      return List.of();
    }
  }

  private static String jmhJson(Collection<RunResult> results) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream to = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, to).writeOut(results);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
