package org.cotangent.atomistic.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What one row of an output belongs to. */
public enum SampleKind {
  /** A whole system: samples {@code (system)}. */
  SYSTEM("system"),

  /** An atom: samples {@code (system, atom)}. */
  ATOM("system", "atom"),

  /**
   * A pair of atoms: samples {@code (system, first_atom, second_atom, cell_shift_a, cell_shift_b,
   * cell_shift_c)}.
   */
  ATOM_PAIR("system", "first_atom", "second_atom", "cell_shift_a", "cell_shift_b", "cell_shift_c");

  private final List<String> sampleNames;

  SampleKind(String... sampleNames) {
    this.sampleNames = List.of(sampleNames);
  }

  /** Returns the names of the samples. */
  public List<String> sampleNames() {
    return sampleNames;
  }

  /**
   * Returns the kind of a name: {@code system}, {@code atom} or {@code atom_pair}.
   *
   * @throws IllegalArgumentException if it is another
   */
  public static SampleKind named(String name) {
    for (SampleKind kind : values()) {
      if (kind.toString().equals(name)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "the sample kind '" + name + "' is none of " + Arrays.toString(values()));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
