package org.cotangent.atomistic.data;

/**
 * Something that may be wrong with a frame, or with all.
 *
 * @param severity how wrong
 * @param check which one found it
 * @param frame its index in the set; -1 where it is about several
 * @param size by how much: findings of one check are ordered by it
 * @param sentence with the name of the frame and the numbers
 */
public record Finding(Severity severity, Check check, int frame, double size, String sentence) {
  /** How wrong something is. */
  public enum Severity {
    /** Training on it cannot be meant. */
    ERROR,
    /** It is unusual, and should be looked at. */
    WARNING
  }

  /** What is looked at. */
  public enum Check {
    /** Labels of which some numbers, but not all, are not finite. */
    NOT_FINITE("labels that are not finite"),
    /** Lattice vectors that span no volume. */
    CELL("cells without a volume"),
    /** The same structure with other labels. */
    CONTRADICTION("structures with two different labels"),
    /** The same structure twice. */
    DUPLICATE("structures that occur twice"),
    /** The same structure in two sets. */
    SHARED("structures in two sets"),
    /** Atoms at the same place, or nearly. */
    DISTANCE("atoms that are too close"),
    /** Energies that do not follow from the composition. */
    ENERGY("energies far from those of the composition"),
    /** Forces larger than others. */
    FORCE("large forces"),
    /** Forces that may stand for forces that are not known. */
    ZERO_FORCES("forces that are all zero"),
    /** Forces that do not add up to zero. */
    NET_FORCE("net forces"),
    /** Forces on a molecule that turn it. */
    NET_TORQUE("net torques on molecules"),
    /** Virials that are not symmetric. */
    VIRIAL_SYMMETRY("virials that are not symmetric"),
    /** Virials of molecules that do not follow from their forces. */
    VIRIAL_FORCES("virials that do not follow from the forces"),
    /** Forces along a trajectory that are not minus the slope of the energy. */
    CONSISTENCY("forces and energies that do not fit"),
    /** Numbers of a size that hints at another unit. */
    UNIT("units");

    private final String text;

    Check(String text) {
      this.text = text;
    }

    /** Returns what the check finds, as in a heading. */
    public String text() {
      return text;
    }
  }
}
