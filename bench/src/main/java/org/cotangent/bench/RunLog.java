package org.cotangent.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collection;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/**
 * Leaves JMH's own account to a log, and tells the user one line for each benchmark that starts.
 */
final class RunLog implements OutputFormat {
  private final OutputFormat log;
  private final PrintWriter progress;

  RunLog(OutputFormat log, PrintWriter progress) {
    this.log = log;
    this.progress = progress;
  }

  @Override
  public void startBenchmark(BenchmarkParams parameters) {
    StringBuilder line = new StringBuilder("running ");
    String name = parameters.getBenchmark();
    line.append(name.substring(name.lastIndexOf('.') + 1));
    for (String key : parameters.getParamsKeys()) {
      line.append(' ').append(key).append('=').append(parameters.getParam(key));
    }
    progress.println(line);
    progress.flush();
    log.startBenchmark(parameters);
  }

  @Override
  public void iteration(BenchmarkParams parameters, IterationParams iteration, int number) {
    log.iteration(parameters, iteration, number);
  }

  @Override
  public void iterationResult(
      BenchmarkParams parameters, IterationParams iteration, int number, IterationResult result) {
    log.iterationResult(parameters, iteration, number, result);
  }

  @Override
  public void endBenchmark(BenchmarkResult result) {
    log.endBenchmark(result);
  }

  @Override
  public void startRun() {
    log.startRun();
  }

  @Override
  public void endRun(Collection<RunResult> results) {
    log.endRun(results);
  }

  @Override
  public void print(String text) {
    log.print(text);
  }

  @Override
  public void println(String text) {
    log.println(text);
  }

  @Override
  public void verbosePrintln(String text) {
    log.verbosePrintln(text);
  }

  @Override
  public void write(int character) {
    log.write(character);
  }

  @Override
  public void write(byte[] text) throws IOException {
    log.write(text);
  }

  @Override
  public void flush() {
    log.flush();
  }

  @Override
  public void close() {
    log.close();
  }
}
