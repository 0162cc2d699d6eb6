package org.cotangent.atomistic.dynamics;

/** Constants in the units of dynamics: Å, fs, eV, u, K. */
final class Units {
  /** Boltzmann's constant in eV/K (CODATA 2018, exact). */
  static final double BOLTZMANN = 8.617333262e-5;

  /** 1 eV/(Å·u) in Å/fs²: 1.602176634e-19/1.66053906660e-27·1e-10. */
  static final double ACCELERATION = 9.648533212331e-3;

  private Units() {}
}
