package org.cotangent.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.cotangent.atomistic.report.PeakMemory;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.NumpyArrays;

/**
 * Trains here what the request on standard input names, and tells on standard output how its errors
 * fell. Only steps count as training time; validations come in between.
 */
final class ConvergenceProcess {
  private static final int FIRST = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private ConvergenceProcess() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    System.out.println(JSON.writeValueAsString(answer(JSON.readTree(System.in))));
  }

  /** Returns the answer to a request, see {@link ConvergenceRun}. */
  static ObjectNode answer(JsonNode request) throws IOException {
    Path folder = Path.of(request.path("inputs").asText());
    Map<String, Tensor> arrays = NumpyArrays.loadAll(folder.resolve(ConvergenceCase.ARRAYS));
    ConvergenceCase.Model model = ConvergenceCase.Model.named(request.path("model").asText());
    int[][] order = rows(array(arrays, "order"));
    int[] validated = array(arrays, "validated").toIntArray();
    ObjectNode answer = JSON.createObjectNode().put("library", "Cotangent");
    try (ConvergenceTraining training = model.start(folder, arrays, 32)) {
      double started = request.path("started").asDouble();
      answer.put("ready", now() - started);
      ArrayNode losses = answer.putArray("losses");
      ArrayNode points = answer.putArray("points");
      long nanoseconds = 0;
      for (int step = 1; step <= order.length; step++) {
        long begin = System.nanoTime();
        double loss = training.step(order[step - 1]);
        nanoseconds += System.nanoTime() - begin;
        if (step <= FIRST) {
          losses.add(loss);
        }
        if (Arrays.binarySearch(validated, step) >= 0) {
          ConvergenceTraining.Errors errors = training.errors();
          points
              .addObject()
              .put("step", step)
              .put("training", nanoseconds / 1e9)
              .put("elapsed", now() - started)
              .put("energy", errors.energy())
              .put("forces", errors.forces());
        }
      }
    }
    answer.put("cpu", cpu());
    answer.put("peakBytes", PeakMemory.now().residentBytes());
    ArrayNode losses = answer.putArray("exactLosses");
    try (ConvergenceTraining exact = model.start(folder, arrays, 64)) {
      for (int k = 0; k < Math.min(FIRST, order.length); k++) {
        losses.add(exact.step(order[k]));
      }
    }
    return answer;
  }

  /** Seconds that all threads have worked, those of compiler and collector too. */
  private static double cpu() {
    var bean =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return bean.getProcessCpuTime() / 1e9;
  }

  private static double now() {
    return System.currentTimeMillis() / 1e3;
  }

  private static int[][] rows(Tensor order) {
    int[] all = order.toIntArray();
    int batch = order.dim(1);
    int[][] rows = new int[order.dim(0)][];
    Arrays.setAll(rows, k -> Arrays.copyOfRange(all, k * batch, (k + 1) * batch));
    return rows;
  }

  static Tensor array(Map<String, Tensor> arrays, String name) {
    Tensor found = arrays.get(name);
    if (found == null) {
      throw new IllegalArgumentException("the inputs have no array " + name);
    }
    return found;
  }
}
