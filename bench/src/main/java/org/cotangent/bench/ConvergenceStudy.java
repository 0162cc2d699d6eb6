package org.cotangent.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How long two libraries take to the same validation error, and how much memory: Cotangent and
 * PyTorch train the same model from the same weights on the same molecules in the same order with
 * the same learning rates, in float32 on one thread, one after the other, each in a process of its
 * own.
 */
final class ConvergenceStudy implements Study {
  private static final List<String> PROGRAMS =
      List.of("learned_basis.py", "given_features.py", "convergence_peer.py");

  /** A training and how it went in each library. */
  record Outcome(ConvergenceCase of, List<ConvergenceRun> runs) {}

  @Override
  public List<String> run(Setting setting) throws IOException, InterruptedException {
    String python = PythonPeer.named();
    if (python == null) {
      return List.of(
          "skipped: it is about Cotangent beside PyTorch, and "
              + PythonPeer.VARIABLE
              + " names no Python with it");
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (ConvergenceCase one : ConvergenceCase.all(setting.quick())) {
      Path inputs = Files.createDirectory(setting.folder().resolve("convergence-inputs"));
      try {
        outcomes.add(outcome(one, inputs, python, setting));
      } catch (PythonPeer.PeerUnavailableException e) {
        return List.of("skipped: " + e.getMessage());
      } finally {
        PythonPeer.remove(inputs);
      }
      write(setting, outcomes);
    }
    return table(outcomes).lines();
  }

  private static Outcome outcome(ConvergenceCase one, Path inputs, String python, Setting setting)
      throws IOException, InterruptedException, PythonPeer.PeerUnavailableException {
    ObjectNode request = one.write(inputs);
    Path log = setting.folder().resolve("convergence.log");
    setting.tell("training " + one.title() + " in PyTorch");
    request.put("started", now());
    ConvergenceRun peer = ConvergenceRun.of(PythonPeer.ask(python, PROGRAMS, request, log));
    setting.tell("training " + one.title() + " in Cotangent");
    request.put("started", now());
    String what = "training " + one.title();
    ConvergenceRun own =
        ConvergenceRun.of(
            ChildProcesses.ask(ConvergenceProcess.class, List.of(), request, log, what));
    own.requireSame(peer);
    return new Outcome(one, List.of(own, peer));
  }

  private static double now() {
    return System.currentTimeMillis() / 1e3;
  }

  // ---------------------------------------------------------------------------- what is shown

  private static void write(Setting setting, List<Outcome> outcomes) throws IOException {
    setting.write("convergence.csv", table(outcomes).csv());
    setting.write("convergence-curves.csv", curves(outcomes).csv());
    setting.write("convergence.html", page(outcomes));
  }

  /** Returns what it took in each case and library. */
  static Table table(List<Outcome> outcomes) {
    Table table =
        new Table(
            "training",
            "batch",
            "library",
            "ms per step",
            "target meV/Å",
            "steps to it",
            "training s",
            "with start-up s",
            "last meV/Å",
            "meV",
            "CPU s",
            "peak MB");
    for (Outcome outcome : outcomes) {
      double target = outcome.of.target();
      for (ConvergenceRun run : outcome.runs) {
        ConvergenceRun.Point last = run.last();
        ConvergenceRun.Point reached = run.reaches(target);
        table.add(
            outcome.of.model().label(),
            Integer.toString(outcome.of.batch()),
            run.library(),
            Table.number("%.2f", 1e3 * last.training() / last.step()),
            Table.number("%.0f", 1e3 * target),
            reached == null ? "not in " + last.step() : Integer.toString(reached.step()),
            reached == null ? "" : Table.number("%.1f", reached.training()),
            reached == null ? "" : Table.number("%.1f", reached.elapsed()),
            Table.number("%.1f", 1e3 * last.forces()),
            Table.number("%.1f", 1e3 * last.energy()),
            Table.number("%.1f", run.cpu()),
            run.peakBytes() == 0 ? "" : Table.number("%.0f", run.peakBytes() / 1e6));
      }
    }
    return table;
  }

  private static Table curves(List<Outcome> outcomes) {
    Table table =
        new Table(
            "training",
            "batch",
            "library",
            "step",
            "training s",
            "with start-up s",
            "meV/Å",
            "meV");
    for (Outcome outcome : outcomes) {
      for (ConvergenceRun run : outcome.runs) {
        for (ConvergenceRun.Point point : run.points()) {
          table.add(
              outcome.of.model().label(),
              Integer.toString(outcome.of.batch()),
              run.library(),
              Integer.toString(point.step()),
              Table.number("%.4f", point.training()),
              Table.number("%.4f", point.elapsed()),
              Table.number("%.3f", 1e3 * point.forces()),
              Table.number("%.3f", 1e3 * point.energy()));
        }
      }
    }
    return table;
  }

  private static String page(List<Outcome> outcomes) {
    Page page =
        new Page("Time to the same validation error")
            .paragraph(
                "Cotangent and PyTorch train the same model from the same weights on the same"
                    + " molecules in the same order with the same learning rates, in float32 on one"
                    + " thread, each in a process of its own. Losses of the first ten steps are"
                    + " equal to 1e-4, that of the first in float64 to 1e-9; later, rounding tells"
                    + " the two trainings apart. Both train on 384 molecules of ethanol at 600 K"
                    + " (PBE/def2-SVP) and validate on the 104 of another trajectory.")
            .paragraph(
                "Training times are those of steps: putting a batch together, loss, gradient,"
                    + " optimiser. Times with start-up go from the start of the process, and"
                    + " include reading, describing the molecules once, and validations. Errors are"
                    + " mean absolute, of force components and of a molecule's energy. Memory is"
                    + " the most that the process held (VmHWM). CPU seconds are those of all threads of the process until the last step:"
                    + " Java's compiler and collector work on other cores.")
            .paragraph(
                "learned-basis is the quickstart's model and recipe. PyTorch takes the faster of"
                    + " its ways: it differentiates back to stored functions of pairs, whose"
                    + " derivatives lead on to the positions, and goes backward through that."
                    + " given-features is a 64-64-1 network on 64 stored features of an atom with"
                    + " their derivatives by positions: explicit gradients in Cotangent, double"
                    + " backward and one batched product in PyTorch.")
            .table(table(outcomes).rows());
    for (Outcome outcome : outcomes) {
      page.plot(plot(outcome, "training time / s", ConvergenceRun.Point::training));
      page.plot(plot(outcome, "time with start-up / s", ConvergenceRun.Point::elapsed));
    }
    return page.paragraph(
            "Measured by ./cotangent bench convergence, where COTANGENT_PEERS names a Python with"
                + " PyTorch. All points are in convergence-curves.csv.")
        .machine()
        .html();
  }

  private static Plot plot(
      Outcome outcome, String across, ToDoubleFunction<ConvergenceRun.Point> seconds) {
    Plot plot =
        new Plot(outcome.of.title() + ": error of forces", across, "validation error / meV/Å")
            .level("target", 1e3 * outcome.of.target());
    for (ConvergenceRun run : outcome.runs) {
      plot.add(
          run.library(),
          run.points().stream()
              .map(point -> new double[] {seconds.applyAsDouble(point), 1e3 * point.forces()})
              .toList(),
          true);
    }
    return plot;
  }
}
