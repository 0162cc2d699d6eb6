package org.cotangent.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.cotangent.atomistic.data.EthanolData;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.descriptors.Descriptor;
import org.cotangent.atomistic.neighbors.NeighborList;
import org.cotangent.atomistic.neighbors.NeighborListOptions;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.atomistic.training.ForceGradients;
import org.cotangent.atomistic.training.TrainingObjective;
import org.cotangent.atomistic.training.TrainingOptions;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;

/**
 * How time and memory of a training step grow with atoms in a structure, structures in a batch and
 * threads, and those of neighbor lists and descriptors with atoms.
 */
final class ScalingStudy implements Study {
  private static final double CUTOFF = 4;
  private static final String HYPERPARAMETERS =
      """
      {"cutoff": {"radius": 4.0, "smoothing": {"type": "ShiftedCosine", "width": 0.5}},
       "density": {"type": "Gaussian", "width": 0.3},
       "basis": {"type": "TensorProduct", "max_angular": 2,
                 "radial": {"type": "Gto", "max_radial": 3}}}
      """;

  /**
   * One call.
   *
   * @param size atoms or structures
   * @param nanoseconds the shortest of several
   * @param bytes allocated on the Java heap, by all threads
   */
  private record Point(String what, long size, int threads, double nanoseconds, double bytes) {}

  /** What is measured. */
  private interface Call {
    void run() throws IOException;
  }

  private final List<Point> points = new ArrayList<>();

  @Override
  public List<String> run(Setting setting) throws IOException {
    points.clear();
    boolean quick = setting.quick();
    atomsInAStructure(setting, quick ? new int[] {2, 3, 5, 8} : new int[] {2, 3, 5, 8, 10, 15, 22});
    structuresInABatch(setting, quick ? new int[] {1, 4, 16} : new int[] {1, 2, 5, 10, 20, 40, 80});
    lists(setting, quick ? new int[] {5, 10, 22} : new int[] {5, 10, 22, 32, 46, 70, 100});
    Table table = new Table("what", "size", "threads", "time ms", "µs per size", "allocated MB");
    for (Point point : points) {
      table.add(
          point.what,
          Long.toString(point.size),
          Integer.toString(point.threads),
          Table.number("%.3f", point.nanoseconds / 1e6),
          Table.number("%.3f", point.nanoseconds / 1e3 / point.size),
          Table.number("%.2f", point.bytes / 1e6));
    }
    setting.write("scaling.csv", table.csv());
    setting.write("scaling.html", page(table));
    return table.lines();
  }

  // ---------------------------------------------------------------------------- what is measured

  /** One periodic structure in a step, of the learned basis of two layers. */
  private void atomsInAStructure(Setting setting, int[] edges) throws IOException {
    for (int edge : edges) {
      LabelledSystems data = unlabelled(Structure.grid(edge));
      if (!steps(setting, "step, atoms in a structure", data.atoms(), 1, data)) {
        return;
      }
    }
  }

  /** Ethanol molecules in a step. */
  private void structuresInABatch(Setting setting, int[] counts) throws IOException {
    LabelledSystems all = EthanolData.read(1).systems();
    for (int count : counts) {
      LabelledSystems batch = all.select(IntStream.range(0, count).toArray());
      for (int threads = 1; threads <= 2; threads++) {
        if (!steps(setting, "step, molecules in a batch", count, threads, batch)) {
          return;
        }
      }
    }
  }

  /** Returns whether there was memory enough. */
  private boolean steps(Setting setting, String what, long size, int threads, LabelledSystems data)
      throws IOException {
    TrainingOptions quickstart = TrainingOptions.QUICKSTART;
    TrainingOptions options = quickstart.with(1, 32, threads, 1, ForceGradients.FORWARD);
    int[] batch = IntStream.range(0, data.size()).toArray();
    try (TrainingObjective objective = new TrainingObjective(options, data)) {
      Parameters weights = objective.potential().weights();
      measure(setting, what, size, threads, () -> objective.evaluate(batch, weights));
      return true;
    } catch (OutOfMemoryError full) {
      setting.tell(what + " " + size + " does not fit into the heap");
      return false;
    }
  }

  private void lists(Setting setting, int[] edges) throws IOException {
    Descriptor expansion;
    try {
      expansion =
          Descriptor.named("spherical_expansion", new ObjectMapper().readTree(HYPERPARAMETERS));
    } catch (JsonProcessingException wrong) {
      throw new IllegalStateException(wrong);
    }
    Map<String, Consumer<org.cotangent.atomistic.System>> calls = new LinkedHashMap<>();
    calls.put(
        "neighbor list", system -> NeighborList.compute(system, NeighborListOptions.full(CUTOFF)));
    calls.put(
        "spherical expansion",
        system ->
            expansion
                .compute(List.of(system), EnumSet.noneOf(PairGradient.class))
                .blocks()
                .forEach(block -> block.values().size()));
    for (var call : calls.entrySet()) {
      for (int edge : edges) {
        org.cotangent.atomistic.System system = Structure.grid(edge);
        try {
          measure(setting, call.getKey(), system.size(), 1, () -> call.getValue().accept(system));
        } catch (OutOfMemoryError full) {
          setting.tell(
              call.getKey() + " of " + system.size() + " atoms does not fit into the heap");
          break;
        }
      }
    }
  }

  /** Labels of zero: what a step takes does not depend on them. */
  static LabelledSystems unlabelled(org.cotangent.atomistic.System system) {
    Tensor forces = Tensor.zeros(DType.FLOAT64, Shape.of(system.size(), 3));
    return new LabelledSystems(List.of(system), new double[1], List.of(forces));
  }

  private void measure(Setting setting, String what, long size, int threads, Call call)
      throws IOException {
    setting.tell("running " + what + " " + size + (threads == 1 ? "" : ", two threads"));
    repeat(call, points.isEmpty() ? 4.0 : setting.quick() ? 0.2 : 1.0, 2);
    var bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = bean.getTotalThreadAllocatedBytes();
    List<Long> times = repeat(call, setting.quick() ? 0.2 : 2.0, 3);
    double bytes = (bean.getTotalThreadAllocatedBytes() - before) / (double) times.size();
    double shortest = times.stream().mapToLong(Long::longValue).min().orElseThrow();
    points.add(new Point(what, size, threads, shortest, bytes));
  }

  private static List<Long> repeat(Call call, double seconds, int least) throws IOException {
    List<Long> times = new ArrayList<>();
    long begin = System.nanoTime();
    while (times.size() < least || System.nanoTime() - begin < 1e9 * seconds) {
      long start = System.nanoTime();
      call.run();
      times.add(System.nanoTime() - start);
    }
    return times;
  }

  // ---------------------------------------------------------------------------- what is shown

  private String page(Table table) {
    return new Page("How time and memory grow")
        .paragraph(
            "Steps are loss and gradient of the learned basis of two layers (147,891 weights and"
                + " more elements' shares), float32, on energies and forces. Structures are"
                + " periodic, with 19 neighbors within 5 Å. Times are the shortest of several"
                + " calls; memory is what a call allocates. Lists and expansions reach to 4 Å and"
                + " see 10 neighbors.")
        .plot(
            new Plot("Training step against atoms in a structure", "atoms", "time / ms")
                .add("one thread", of("step, atoms", 1, false), true))
        .plot(
            new Plot("Training step against molecules in a batch", "molecules", "time / ms")
                .add("one thread", of("step, molecules", 1, false), true)
                .add("two threads", of("step, molecules", 2, false), true))
        .plot(
            new Plot("Memory of a training step", "atoms", "allocated / MB")
                .add("one thread", of("step, atoms", 1, true), true))
        .plot(
            new Plot("Neighbor list and spherical expansion", "atoms", "time / ms")
                .add("neighbor list", of("neighbor list", 1, false), true)
                .add("spherical expansion", of("spherical expansion", 1, false), true))
        .table(table.rows())
        .paragraph("Measured by ./cotangent bench scaling.")
        .machine()
        .html();
  }

  private List<double[]> of(String what, int threads, boolean bytes) {
    return points.stream()
        .filter(point -> point.what.startsWith(what) && point.threads == threads)
        .map(point -> new double[] {point.size, (bytes ? point.bytes : point.nanoseconds) / 1e6})
        .toList();
  }
}
