package org.cotangent.atomistic.data;

import java.util.List;
import org.cotangent.atomistic.io.ArrayNames;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.LabelForm;
import org.jspecify.annotations.Nullable;

/** What frames are labelled with, and what it is usually called. */
enum Label {
  ENERGY(
      "eV",
      LabelForm.NUMBER,
      "energy",
      "Energy",
      "REF_energy",
      "ref_energy",
      "dft_energy",
      "DFT_energy",
      "total_energy",
      "potential_energy"),
  FORCES(
      "eV/angstrom",
      LabelForm.VECTORS,
      "forces",
      "force",
      "Forces",
      "REF_forces",
      "ref_forces",
      "dft_forces",
      "dft_force",
      "DFT_forces"),
  STRESS(
      "eV/angstrom^3",
      LabelForm.MATRIX,
      "stress",
      "Stress",
      "REF_stress",
      "ref_stress",
      "dft_stress",
      "DFT_stress"),
  VIRIAL(
      "eV",
      LabelForm.MATRIX,
      "virial",
      "virials",
      "Virial",
      "REF_virial",
      "REF_virials",
      "ref_virial",
      "dft_virial",
      "DFT_virial");

  /** The unit in which the library has it. */
  final String unit;

  /** What it is made of. */
  final LabelForm form;

  /** Names that are looked for, the first that is there counts. */
  final List<String> usual;

  Label(String unit, LabelForm form, String... usual) {
    this.unit = unit;
    this.form = form;
    this.usual = List.of(usual);
  }

  /** Returns the name as it stands in options files and sentences. */
  String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Returns whether a frame has something of this name where this label can be. */
  boolean in(Frame frame, String name) {
    return switch (this) {
      case ENERGY -> frame.info().containsKey(name);
      case FORCES -> frame.arrays().containsKey(name);
      // nine numbers are a column to formats that only know shapes, if there are nine atoms
      case STRESS, VIRIAL -> frame.info().containsKey(name) || frame.arrays().containsKey(name);
    };
  }

  /**
   * Returns the name in this frame, or null.
   *
   * @param given null to look for the usual names
   */
  @Nullable String find(Frame frame, @Nullable String given) {
    if (given == null) {
      return usual.stream().filter(name -> in(frame, name)).findFirst().orElse(null);
    }
    if (in(frame, given)) {
      return given;
    }
    // readers give some arrays other names in frames than in files
    String renamed = ArrayNames.STANDARD.renamed().get(given);
    return renamed != null && in(frame, renamed) ? renamed : null;
  }
}
