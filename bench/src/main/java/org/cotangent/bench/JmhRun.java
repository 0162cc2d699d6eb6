package org.cotangent.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** One run of a suite by JMH, in processes of its own. */
final class JmhRun {
  /**
   * The launcher's flags, and a heap and a collector that do not depend on the machine. One thread
   * measures, so the collector is the one without threads of its own. Huge pages are asked for
   * where the launcher asks for them.
   */
  private static final String[] JVM = {
    "--add-modules",
    "jdk.incubator.vector",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
    "-Xms2g",
    "-Xmx2g",
    "-XX:+UseSerialGC",
    "-XX:+AlwaysPreTouch",
    // Peers are measured on one thread, so large products are not shared among several here.
    "-Djava.util.concurrent.ForkJoinPool.common.parallelism=0"
  };

  private final Suite suite;
  private final boolean quick;

  JmhRun(Suite suite, boolean quick) {
    this.suite = suite;
    this.quick = quick;
  }

  /**
   * Runs it.
   *
   * @param log gets JMH's own account
   * @param progress gets a line for each benchmark
   * @throws RunnerException if a benchmark fails, which includes a wrong value, or another run of
   *     JMH is going on
   */
  Collection<RunResult> run(PrintStream log, PrintWriter progress) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("\\b" + suite.benchmarks().getSimpleName() + "\\.")
            .addProfiler(GCProfiler.class)
            .jvmArgs(JVM)
            .jvmArgsAppend(hugePages())
            .shouldFailOnError(true)
            .forks(quick ? 1 : 3)
            .warmupIterations(quick ? 2 : Math.max(4, (int) (suite.warmUp() / 1000)))
            .warmupTime(quick ? TimeValue.milliseconds(suite.warmUp() / 2) : TimeValue.seconds(1))
            .measurementIterations(5)
            .measurementTime(quick ? TimeValue.milliseconds(150) : TimeValue.seconds(1));
    if (quick) {
      suite.quickParameters().forEach(options::param);
    }
    OutputFormat format = OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL);
    return new Runner(options.build(), new RunLog(format, progress)).run();
  }

  private static String[] hugePages() {
    Path modes = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
    try {
      return Files.readString(modes).contains("[never]")
          ? new String[0]
          : new String[] {"-XX:+UseTransparentHugePages"};
    } catch (IOException notLinux) {
      return new String[0];
    }
  }
}
