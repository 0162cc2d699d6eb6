package org.cotangent.atomistic.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.cotangent.autodiff.ComputeDevice;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what Cotangent finds on this machine, and what would make it faster or is in its way. */
@Command(name = "doctor", description = "Check this machine and show what Cotangent can use.")
final class DoctorCommand implements Callable<Integer> {
  private enum Verdict {
    OK("@|green ok     |@"),
    NOTE("@|yellow note   |@"),
    PROBLEM("@|bold,red problem|@");

    private final String markup;

    Verdict(String markup) {
      this.markup = markup;
    }
  }

  private record Finding(Verdict verdict, String topic, String fact, @Nullable String advice) {}

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print JSON for other programs.")
  private boolean json;

  @SuppressWarnings("NullAway.Init")
  DoctorCommand() {}

  @Override
  public Integer call() throws JsonProcessingException {
    Environment environment = Environment.probe();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
      out.println(mapper.writeValueAsString(environment));
    } else {
      print(findings(environment), out, spec.commandLine().getColorScheme().ansi());
    }
    out.flush();
    return environment.temporaryFolderWritable() ? ExitCode.OK : ExitCode.ENVIRONMENT;
  }

  private static void print(List<Finding> findings, PrintWriter out, Ansi ansi) {
    int width = findings.stream().mapToInt(finding -> finding.topic().length()).max().orElse(0);
    for (Finding finding : findings) {
      String topic = finding.topic() + " ".repeat(width - finding.topic().length());
      out.println(ansi.string(finding.verdict().markup) + "  " + topic + "  " + finding.fact());
      if (finding.advice() != null) {
        out.println(" ".repeat(width + 11) + finding.advice());
      }
    }
  }

  private static List<Finding> findings(Environment environment) {
    List<Finding> findings = new ArrayList<>();
    findings.add(ok("Cotangent", environment.version()));
    Environment.Jdk jdk = environment.jdk();
    findings.add(ok("Java", jdk.version() + ", " + jdk.vendor() + ", " + jdk.vm()));
    findings.add(ok("Java home", jdk.path()));
    findings.add(ok("System", environment.system()));
    findings.add(ok("Processors", Integer.toString(environment.processors())));
    findings.add(
        ok(
            "Memory",
            "heap up to "
                + Environment.gibibytes(environment.maxHeapBytes())
                + " of "
                + Environment.gibibytes(environment.physicalMemoryBytes())));
    findings.add(ofVectorApi(environment.vectorApi()));
    findings.add(
        ok("Kernels", environment.kernels().kernels() + "; " + environment.kernels().reason()));
    findings.add(ofFusedMultiplyAdd(environment.vectorApi().fusedMultiplyAdd()));
    for (ComputeDevice device : environment.devices()) {
      findings.add(
          new Finding(
              device.usable() ? Verdict.OK : Verdict.NOTE,
              device.backend() + " device",
              device.name() + " (" + device.type() + ")",
              device.detail()));
    }
    if (environment.devices().isEmpty()) {
      findings.add(
          new Finding(Verdict.NOTE, "Devices", "none; everything runs on the processor", null));
    }
    findings.add(
        environment.temporaryFolderWritable()
            ? ok("Temporary files", environment.temporaryFolder())
            : new Finding(
                Verdict.PROBLEM,
                "Temporary files",
                environment.temporaryFolder() + " is not writable",
                "name a folder that is: -Djava.io.tmpdir=FOLDER"));
    findings.add(ok("Terminal", environment.terminal() ? "yes" : "no; plain text, no colours"));
    return findings;
  }

  private static Finding ofVectorApi(Environment.VectorApi vectors) {
    return vectors.readable()
        ? ok("Vector API", vectors.bits() + " bits; preferred " + vectors.doubleSpecies())
        : new Finding(
            Verdict.NOTE,
            "Vector API",
            "not part of this process; the plain Java loops run, which are slower",
            "start Java with --add-modules jdk.incubator.vector, as the launcher does");
  }

  private static Finding ofFusedMultiplyAdd(@Nullable Boolean fma) {
    if (fma == null) {
      return new Finding(Verdict.NOTE, "FMA", "unknown: the virtual machine does not tell", null);
    }
    return fma
        ? ok("FMA", "one instruction")
        : new Finding(Verdict.NOTE, "FMA", "not an instruction of this processor", null);
  }

  private static Finding ok(String topic, String fact) {
    return new Finding(Verdict.OK, topic, fact, null);
  }
}
