package org.cotangent.atomistic.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.potentials.EnergyDerivatives;
import org.cotangent.atomistic.potentials.LennardJones;
import org.cotangent.atomistic.potentials.PairPotential;
import org.cotangent.atomistic.potentials.Potential;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

class PredictionErrorsTest {
  private static final Tensor NO_VIRIAL = Tensor.full(DType.FLOAT64, Double.NaN, Shape.of(3, 3));

  /** Two systems: H₂ off by 0.2 eV, H₂O off by -0.3 eV; forces of H₂O unknown. */
  private static Predictions twoMolecules() {
    System hydrogen = molecule(1, 1);
    System water = molecule(8, 1, 1);
    LabelledSystems data =
        new LabelledSystems(
            List.of(hydrogen, water),
            new double[] {-2, -10},
            List.of(
                Tensor.of(new double[] {3, 0, 4, -3, 0, -4}, 2, 3),
                Tensor.full(DType.FLOAT64, Double.NaN, Shape.of(3, 3))),
            List.of(NO_VIRIAL, Tensor.full(DType.FLOAT64, 3, Shape.of(3, 3))),
            List.of("a.xyz, frame 0", "a.xyz, frame 1"));
    return new Predictions(
        data,
        new double[] {-1.8, -10.3},
        List.of(
            Tensor.of(new double[] {3.1, 0, 4, -3, 0, -4.2}, 2, 3),
            Tensor.full(DType.FLOAT64, 7, Shape.of(3, 3))),
        List.of(
            Tensor.full(DType.FLOAT64, 9, Shape.of(3, 3)),
            Tensor.full(DType.FLOAT64, 3.6, Shape.of(3, 3))),
        new double[] {0.1, 0.6});
  }

  @Test
  void labelsThatAreMissingDoNotCount() {
    PredictionErrors errors = new PredictionErrors(Map.of());
    errors.add(twoMolecules());
    assertEquals(2, errors.energies().count());
    assertEquals(0.25, errors.energies().meanAbsolute(), 1e-12);
    assertEquals((0.1 + 0.1) / 2, errors.energiesPerAtom().meanAbsolute(), 1e-12);
    assertEquals(6, errors.forces().count());
    assertEquals(0.2, errors.forces().largest(), 1e-12);
    assertEquals(Math.sqrt(0.05 / 6), errors.forces().rootMeanSquare(), 1e-12);
    assertEquals(9, errors.virialsPerAtom().count());
    assertEquals(0.2, errors.virialsPerAtom().meanAbsolute(), 1e-12);
    assertEquals(List.of(1), List.copyOf(errors.forcesByType().keySet()));
    assertEquals(2, errors.forcesByType().get(1).atoms());
  }

  @Test
  void trivialEnergiesAreThoseOfTheElements() {
    PredictionErrors errors = new PredictionErrors(Map.of(1, -1.5, 8, -6.0));
    errors.add(twoMolecules());
    assertEquals(1.0, errors.trivialEnergies().meanAbsolute(), 1e-12); // -3 for -2, -9 for -10
    assertEquals((0.5 + 1.0 / 3) / 2, errors.trivialEnergiesPerAtom().meanAbsolute(), 1e-12);
    assertEquals(14.0 / 6, errors.trivialForces().meanAbsolute(), 1e-12);
    assertEquals(1.0, errors.trivialVirialsPerAtom().meanAbsolute(), 1e-12);
  }

  @Test
  void forcesAreGroupedByTheLengthOfTheReference() {
    PredictionErrors errors = new PredictionErrors(Map.of());
    errors.add(twoMolecules()); // both 5 eV/Å long
    List<ForceMagnitudes.Range> ranges = errors.forcesByMagnitude().ranges();
    assertEquals(1, ranges.size());
    assertEquals("5 – 10", ranges.getFirst().name());
    assertEquals(2, ranges.getFirst().forces().atoms());
    ForceMagnitudes all = new ForceMagnitudes();
    for (double magnitude : new double[] {0, 0.0999, 0.1, 0.5, 49.9, 50, 1e9}) {
      all.of(magnitude).addAtom();
    }
    assertEquals(
        List.of("0 – 0.1 2", "0.1 – 0.2 1", "0.5 – 1 1", "20 – 50 1", "above 50 2"),
        all.ranges().stream().map(range -> range.name() + " " + range.forces().atoms()).toList());
  }

  @Test
  void theWorstFramesAreKeptByNumberAndName() {
    PredictionErrors errors = new PredictionErrors(Map.of());
    Random random = new Random(4);
    double[] off = random.doubles(500, -1, 1).toArray();
    for (int from = 0; from < 500; from += 25) { // part by part, as a large set is read
      errors.add(hydrogens(Arrays.copyOfRange(off, from, from + 25), from));
    }
    List<PredictionErrors.FrameErrors> worst = errors.worstFrames();
    int largest =
        IntStream.range(0, 500)
            .boxed()
            .max((a, b) -> Double.compare(Math.abs(off[a]), Math.abs(off[b])))
            .orElseThrow();
    assertEquals(50, worst.size());
    PredictionErrors.FrameErrors frame =
        worst.stream()
            .max((a, b) -> Double.compare(Math.abs(a.energyPerAtom), Math.abs(b.energyPerAtom)))
            .orElseThrow();
    assertEquals(largest, frame.index);
    assertEquals("h.xyz, frame " + largest, frame.name);
    assertEquals(off[largest], frame.energyPerAtom, 1e-12);
    double[] sorted = Arrays.stream(off).map(Math::abs).sorted().toArray();
    assertTrue(worst.stream().allMatch(one -> Math.abs(one.energyPerAtom) >= sorted[450] - 1e-12));
  }

  @Test
  void uncertaintiesThatAreRightShowAsSuch() {
    UncertaintyPairs pairs = new UncertaintyPairs();
    Random random = new Random(8);
    for (int k = 0; k < 20_000; k++) {
      double sigma = Math.exp(random.nextDouble(-3, 3));
      pairs.add(sigma, sigma * random.nextGaussian());
    }
    assertEquals(0.6827, pairs.within(), 0.01);
    assertEquals(10, pairs.groups().size());
    for (UncertaintyPairs.Group group : pairs.groups()) {
      assertEquals(2000, group.count());
      assertEquals(1, group.error() / group.uncertainty(), 0.06);
    }
    UncertaintyPairs few = new UncertaintyPairs();
    assertEquals(List.of(), few.groups());
    few.add(1, 2);
    assertEquals(List.of(new UncertaintyPairs.Group(1, 2, 1)), few.groups());
  }

  @Test
  void largeSetsAreTheSameInParts() {
    Potential potential = PairPotential.of(List.of(18), LennardJones.shifted(0.01, 3.4, 6));
    List<System> systems = new ArrayList<>();
    Random random = new Random(2);
    for (int k = 0; k < 40; k++) {
      systems.add(argon(3 + random.nextInt(40), random));
    }
    EnergyDerivatives exact = EnergyDerivatives.of(potential, systems);
    List<Tensor> unknown = new ArrayList<>();
    systems.forEach(s -> unknown.add(Tensor.full(DType.FLOAT64, 0, Shape.of(s.size(), 3))));
    List<Tensor> virials = new ArrayList<>(Collections.nCopies(40, NO_VIRIAL));
    virials.set(35, Tensor.full(DType.FLOAT64, 0, Shape.of(3, 3)));
    LabelledSystems data = new LabelledSystems(systems, new double[40], unknown, virials);
    List<Integer> done = new ArrayList<>();
    Predictions.inParts(potential, data, (part, count) -> done.add(count));
    assertTrue(done.size() > 2 && done.getLast() == 40, done.toString());
    Predictions all = Predictions.of(potential, data);
    assertArrayEquals(exact.energies().toDoubleArray(), all.energies(), 1e-9);
    assertArrayEquals(
        exact.forces().toDoubleArray(), Tensor.concatenate(0, all.forces()).toDoubleArray(), 1e-9);
    assertEquals(40, all.virials().size());
    for (int i = 0; i < 9; i++) {
      assertEquals(-exact.strainGradients().get(35).at(i), all.virials().get(35).at(i), 1e-9);
    }
  }

  @Test
  void framesHaveReferencesThatAreKnownBesidePredictions() {
    var frames = twoMolecules().frames();
    assertEquals(
        List.of("energy", "predicted_energy", "energy_uncertainty"),
        List.copyOf(frames.get(0).info().keySet()));
    assertTrue(frames.get(1).info().containsKey("predicted_virial"));
    assertEquals(List.of("predicted_forces"), List.copyOf(frames.get(1).arrays().keySet()));
  }

  private static Predictions hydrogens(double[] off, int from) {
    int n = off.length;
    List<Tensor> missing =
        Collections.nCopies(n, Tensor.full(DType.FLOAT64, Double.NaN, Shape.of(1, 3)));
    LabelledSystems data =
        new LabelledSystems(
            Collections.nCopies(n, molecule(1)),
            new double[n],
            missing,
            Collections.nCopies(n, NO_VIRIAL),
            IntStream.range(from, from + n).mapToObj(k -> "h.xyz, frame " + k).toList());
    return new Predictions(data, off, missing, List.of(), new double[0]);
  }

  private static System molecule(int... types) {
    double[] positions = new double[3 * types.length];
    Arrays.setAll(positions, k -> k % 3 == 0 ? k : 0);
    return new System(
        types,
        Tensor.of(positions, types.length, 3),
        Tensor.zeros(DType.FLOAT64, Shape.of(3, 3)),
        new boolean[3]);
  }

  private static System argon(int atoms, Random random) {
    double[] positions = new double[3 * atoms];
    for (int i = 0; i < atoms; i++) {
      positions[3 * i] = 3.5 * (i % 4) + 0.3 * random.nextDouble();
      positions[3 * i + 1] = 3.5 * (i / 4 % 4) + 0.3 * random.nextDouble();
      positions[3 * i + 2] = 3.5 * (i / 16) + 0.3 * random.nextDouble();
    }
    int[] types = new int[atoms];
    Arrays.fill(types, 18);
    return new System(
        types,
        Tensor.of(positions, atoms, 3),
        Tensor.zeros(DType.FLOAT64, Shape.of(3, 3)),
        new boolean[3]);
  }
}
