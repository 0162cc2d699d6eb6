package org.cotangent.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.model.Model;
import org.cotangent.atomistic.model.ModelOutput;
import org.cotangent.atomistic.model.NeighborListRequest;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorMap;
import org.jspecify.annotations.Nullable;

/**
 * A model that notes when it is asked: from one call to the next is a step of whoever asks. What
 * the asking side says that it has spent on the model is noted with it, so that the two are of the
 * same step, however busy the machine is.
 */
final class StepClock implements Model {
  /** The middle one of many steps, in nanoseconds. */
  record Step(double whole, double model, double outside) {}

  private final Model model;
  private final List<double[]> marks = new ArrayList<>();
  private DoubleSupplier spent = () -> 0;
  private double energy;

  StepClock(Model model) {
    this.model = model;
  }

  /**
   * Begins anew.
   *
   * @param seconds what was spent on the model so far
   */
  void start(DoubleSupplier seconds) {
    spent = seconds;
    marks.clear();
  }

  @Override
  public Map<String, TensorMap> evaluate(
      List<System> systems, Map<String, ModelOutput> outputs, @Nullable Labels selectedAtoms) {
    marks.add(new double[] {java.lang.System.nanoTime(), 1e9 * spent.getAsDouble()});
    Map<String, TensorMap> found = model.evaluate(systems, outputs, selectedAtoms);
    if (marks.size() == 1) {
      energy = Objects.requireNonNull(found.get("energy")).block().values().sum().item();
    }
    return found;
  }

  @Override
  public List<NeighborListRequest> requestedNeighborLists() {
    return model.requestedNeighborLists();
  }

  /** Returns the energy of the first step, in eV. */
  double energy() {
    return energy;
  }

  /**
   * Returns the middle of the steps after the first ones.
   *
   * @param warmUp how many do not count
   */
  Step middle(int warmUp) {
    int count = marks.size() - 1 - warmUp;
    if (count < 1) {
      throw new IllegalStateException(
          "the model was asked %d times, more than %d are needed"
              .formatted(marks.size(), warmUp + 1));
    }
    double[] whole = new double[count];
    double[] inside = new double[count];
    double[] outside = new double[count];
    for (int k = 0; k < count; k++) {
      double[] from = marks.get(warmUp + k);
      double[] to = marks.get(warmUp + k + 1);
      whole[k] = to[0] - from[0];
      inside[k] = to[1] - from[1];
      outside[k] = whole[k] - inside[k];
    }
    return new Step(median(whole), median(inside), median(outside));
  }

  static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
