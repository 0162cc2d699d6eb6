package org.cotangent.atomistic.data;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.Tensor;

/** Labelled water molecules whose atoms are held by springs, so that all labels fit. */
final class LabelledFrames {
  static final int[] WATER = {8, 1, 1};
  private static final double[] REST = {0, 0, 0, 0.96, 0, 0, -0.24, 0.93, 0};
  private static final double SPRING = 20;

  final List<System> systems = new ArrayList<>();
  final List<Double> energies = new ArrayList<>();
  final List<double[]> forces = new ArrayList<>();
  final List<double[]> virials = new ArrayList<>();

  /** Frames of a walk in which no atom goes further than 0.03 Å along an axis in a step. */
  static LabelledFrames walk(int frames) {
    SplittableRandom random = new SplittableRandom(5);
    LabelledFrames made = new LabelledFrames();
    double[] at = REST.clone();
    for (int k = 0; k < frames; k++) {
      for (int i = 0; i < at.length; i++) {
        at[i] += random.nextDouble(-0.03, 0.03);
      }
      made.add(at);
    }
    return made;
  }

  /** Adds a frame with harmonic springs between all atoms. */
  void add(double[] at) {
    double energy = -2000;
    double[] force = new double[9];
    double[] virial = new double[9];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < i; j++) {
        double[] r = new double[3];
        double square = 0;
        double rest = 0;
        for (int a = 0; a < 3; a++) {
          r[a] = at[3 * i + a] - at[3 * j + a];
          square += r[a] * r[a];
          rest += Math.pow(REST[3 * i + a] - REST[3 * j + a], 2);
        }
        double length = Math.sqrt(square);
        double stretch = length - Math.sqrt(rest);
        energy += SPRING / 2 * stretch * stretch;
        for (int a = 0; a < 3; a++) {
          double f = -SPRING * stretch * r[a] / length;
          force[3 * i + a] += f;
          force[3 * j + a] -= f;
          for (int b = 0; b < 3; b++) {
            virial[3 * b + a] += r[b] * f;
          }
        }
      }
    }
    systems.add(System.molecule(WATER, Tensor.of(at.clone(), 3, 3)));
    energies.add(energy);
    forces.add(force);
    virials.add(virial);
  }

  LabelledSystems build() {
    return new LabelledSystems(
        systems,
        energies.stream().mapToDouble(Double::doubleValue).toArray(),
        forces.stream().map(f -> Tensor.of(f, f.length / 3, 3)).toList(),
        virials.stream().map(v -> Tensor.of(v, 3, 3)).toList());
  }
}
