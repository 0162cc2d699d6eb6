package org.cotangent.atomistic.training;

import org.cotangent.atomistic.report.ErrorTotals;

/** The errors of the forces on some atoms, in eV/Å, beside the forces themselves. */
public final class ForceErrors {
  private long atoms;
  private final ErrorTotals errors = new ErrorTotals();
  private final ErrorTotals reference = new ErrorTotals();

  ForceErrors() {}

  void addAtom() {
    atoms++;
  }

  void add(double component, double error) {
    errors.add(error);
    reference.add(component);
  }

  /** Returns the number of atoms. */
  public long atoms() {
    return atoms;
  }

  /** Returns the errors of the force components. */
  public ErrorTotals errors() {
    return errors;
  }

  /** Returns the components of the references, which are the errors of zero forces. */
  public ErrorTotals reference() {
    return reference;
  }
}
