package org.cotangent.atomistic.neighbors;

import java.util.Arrays;
import java.util.List;
import org.cotangent.metatensor.Labels;

/** What the vectors of pairs, and all that is computed from them, can be differentiated by. */
public enum PairGradient {
  /**
   * By the positions of the atoms: samples {@code (sample, system, atom)}, component {@code xyz}.
   */
  POSITIONS("positions", List.of("sample", "system", "atom"), "xyz"),
  /**
   * By a strain e of everything, r → r·(1 + e) and cell → cell·(1 + e), at e = 0: samples {@code
   * (sample)}, components {@code xyz_1, xyz_2}, entry [a][b] being the derivative by e_ab.
   */
  STRAIN("strain", List.of("sample"), "xyz_1", "xyz_2"),
  /**
   * By the lattice vectors at fixed positions, so only through the images of atoms: samples {@code
   * (sample)}, components {@code abc, xyz}, entry [a][b] being the derivative by cell[a][b].
   */
  CELL("cell", List.of("sample"), "abc", "xyz");

  private final String parameter;
  private final List<String> sampleNames;
  private final List<Labels> components;

  PairGradient(String parameter, List<String> sampleNames, String... components) {
    this.parameter = parameter;
    this.sampleNames = sampleNames;
    this.components = Arrays.stream(components).map(name -> Labels.range(name, 3)).toList();
  }

  /** Returns the names of the dimensions of its samples. */
  public List<String> sampleNames() {
    return sampleNames;
  }

  /** Returns the components by which one differentiates, those that come before others. */
  public List<Labels> components() {
    return components;
  }

  /** Returns the name under which a block carries this gradient. */
  public String parameter() {
    return parameter;
  }

  /**
   * Returns the gradient of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static PairGradient named(String parameter) {
    for (PairGradient gradient : values()) {
      if (gradient.parameter.equals(parameter)) {
        return gradient;
      }
    }
    List<String> known = Arrays.stream(values()).map(PairGradient::parameter).toList();
    throw new IllegalArgumentException(
        "there is no gradient by '" + parameter + "' of pairs, only by " + known);
  }
}
