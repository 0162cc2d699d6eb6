package org.cotangent.atomistic.potentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user is told about a system that no energy can be computed for. */
class RefusedSystemsTest {
  private static final Potential ARGON =
      PairPotential.of(List.of(18), LennardJones.shifted(0.01, 3.4, 8.5));

  private static System argon(double... positions) {
    int[] types = new int[positions.length / 3];
    java.util.Arrays.fill(types, 18);
    return System.molecule(types, Tensor.of(positions, types.length, 3));
  }

  private static final System GOOD = argon(0, 0, 0, 4, 0, 0);

  private static String refusal(System system) {
    String first =
        assertThrows(IllegalArgumentException.class, () -> ARGON.evaluate(List.of(GOOD, system)))
            .getMessage();
    String second =
        assertThrows(
                IllegalArgumentException.class,
                () -> EnergyDerivatives.of(ARGON, List.of(GOOD, system)))
            .getMessage();
    assertEquals(first, second);
    return first;
  }

  @Test
  void namesTheAtomsAtTheSamePlace() {
    assertEquals(
        "atoms 1 and 2 of system 1 are at the same place, move or remove one of them",
        refusal(argon(0, 0, 0, 4, 1, 2, 4, 1, 2)));
  }

  @Test
  void namesAtomsAtTheSamePlaceOfAnotherCell() {
    System system =
        new System(
            new int[] {18, 18},
            Tensor.of(new double[] {0, 0, 0, 4, 0, 0}, 2, 3),
            Tensor.of(new double[] {4, 0, 0, 0, 4, 0, 0, 0, 4}, 3, 3),
            new boolean[] {true, true, true});
    assertTrue(refusal(system).startsWith("atoms 0 and 1 of system 1 are at the same place"));
  }

  @Test
  void namesTheAtomOfAnUnknownElement() {
    System system =
        System.molecule(new int[] {18, 6}, Tensor.of(new double[] {0, 0, 0, 4, 0, 0}, 2, 3));
    assertEquals("atom 1 of system 1 is C, the model knows only [Ar]", refusal(system));
  }

  @Test
  void namesTheSystemOfASingularCell() {
    System system =
        new System(
            new int[] {18},
            Tensor.of(new double[3], 1, 3),
            Tensor.of(new double[] {4, 0, 0, 0, 4, 0, 4, 4, 0}, 3, 3),
            new boolean[] {true, true, true});
    String message = refusal(system);
    assertTrue(message.startsWith("system 1: the lattice vectors"), message);
  }

  @Test
  void namesTheAtomWithoutAFinitePosition() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> argon(0, 0, 0, 4, Double.NaN, 0))
            .getMessage();
    assertEquals("positions must be finite, atom 1 has y = NaN", message);
  }

  /** Systems built directly, each with the one sentence that refuses it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NaN, 0, 0 | 4, 0, 0, 0, 4, 0, 0, 0, 4 | TTT | positions must be finite, atom 1 has x = NaN",
        "0, 0, Infinity | 4, 0, 0, 0, 4, 0, 0, 0, 4 | TTT | positions must be finite, atom 1 has z = Infinity",
        "1, 1, 1 | 4, 0, 0, 0, NaN, 0, 0, 0, 4 | TTT | cell must be finite, row 1 has y = NaN",
        "1, 1, 1 | 4, 0, 0, 0, 4, 0, 0, 0, 4 | TTF | direction 2 is not periodic, so row 2 of the cell must be zero, it is [0.0, 0.0, 4.0]",
        "1, 1, 1 | 4, 0, 0, 4, 0, 0, 0, 0, 4 | TTT | system 1: the lattice vectors of the periodic directions must be linearly independent",
        "1, 1, 1 | 4, 0, 0, 0, 0, 0, 0, 0, 0 | TTF | system 1: the lattice vectors of the periodic directions must be linearly independent",
        "0, 0, 0 | 4, 0, 0, 0, 4, 0, 0, 0, 4 | TTT | atoms 0 and 1 of system 1 are at the same place, move or remove one of them",
        "4, -4, 8 | 4, 0, 0, 0, 4, 0, 0, 0, 4 | TTT | atoms 0 and 1 of system 1 are at the same place",
        "1e300, 0, 0 | 4, 0, 0, 0, 4, 0, 0, 0, 4 | TTT | system 1: atom 1 is",
      })
  void saysInOneSentenceWhatIsWrong(String second, String cell, String pbc, String sentence) {
    double[] positions = new double[6];
    java.lang.System.arraycopy(numbers(second), 0, positions, 3, 3);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    ARGON.evaluate(
                        List.of(
                            GOOD,
                            new System(
                                new int[] {18, 18},
                                Tensor.of(positions, 2, 3),
                                Tensor.of(numbers(cell), 3, 3),
                                new boolean[] {
                                  pbc.charAt(0) == 'T', pbc.charAt(1) == 'T', pbc.charAt(2) == 'T'
                                }))))
            .getMessage();
    assertTrue(message.startsWith(sentence), message);
    assertTrue(!message.contains("\n"), message);
  }

  private static double[] numbers(String list) {
    return java.util.Arrays.stream(list.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
  }
}
