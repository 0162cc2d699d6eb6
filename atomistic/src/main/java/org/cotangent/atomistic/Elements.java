package org.cotangent.atomistic;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Symbols, atomic numbers and masses of the elements. Number 0 is the dummy element {@code X}.
 *
 * <p>Masses are the abridged standard atomic weights (at most five significant digits) of IUPAC's
 * Commission on Isotopic Abundances and Atomic Weights: T. Prohaska et al., <i>Standard atomic
 * weights of the elements 2021</i>, Pure Appl. Chem. 94 (2022) 573, in daltons.
 */
public final class Elements {
  /** The largest atomic number, of oganesson. */
  public static final int MAX_NUMBER = 118;

  private static final String[] SYMBOLS =
      ("X H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As"
              + " Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd"
              + " Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr"
              + " Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl"
              + " Mc Lv Ts Og")
          .split(" ");

  /** Up to uranium, row by row of the periodic table; a dash where no standard weight exists. */
  private static final String[] MASSES =
      """
      -
      1.0080 4.0026
      6.94 9.0122 10.81 12.011 14.007 15.999 18.998 20.180
      22.990 24.305 26.982 28.085 30.974 32.06 35.45 39.95
      39.098 40.078 44.956 47.867 50.942 51.996 54.938 55.845 58.933 58.693 63.546 65.38
      69.723 72.630 74.922 78.971 79.904 83.798
      85.468 87.62 88.906 91.224 92.906 95.95 - 101.07 102.91 106.42 107.87 112.41
      114.82 118.71 121.76 127.60 126.90 131.29
      132.91 137.33
      138.91 140.12 140.91 144.24 - 150.36 151.96 157.25 158.93 162.50 164.93 167.26 168.93 173.05
      174.97 178.49 180.95 183.84 186.21 190.23 192.22 195.08 196.97 200.59
      204.38 207.2 208.98 - - -
      - -
      - 232.04 231.04 238.03
      """
          .split("\\s+");

  /** From hydrogen to curium, in Å, row by row; for carbon with four neighbors, low spins. */
  private static final String[] COVALENT_RADII =
      """
      0.31 0.28
      1.28 0.96 0.84 0.76 0.71 0.66 0.57 0.58
      1.66 1.41 1.21 1.11 1.07 1.05 1.02 1.06
      2.03 1.76 1.70 1.60 1.53 1.39 1.39 1.32 1.26 1.24 1.32 1.22
      1.22 1.20 1.19 1.20 1.20 1.16
      2.20 1.95 1.90 1.75 1.64 1.54 1.47 1.46 1.42 1.39 1.45 1.44
      1.42 1.39 1.39 1.38 1.39 1.40
      2.44 2.15
      2.07 2.04 2.03 2.01 1.99 1.98 1.98 1.96 1.94 1.92 1.92 1.89 1.90 1.87
      1.87 1.75 1.70 1.62 1.51 1.44 1.41 1.36 1.36 1.32
      1.45 1.46 1.48 1.40 1.50 1.50
      2.60 2.21
      2.15 2.06 2.00 1.96 1.90 1.87 1.80 1.69
      """
          .strip()
          .split("\\s+");

  private static final Map<String, Integer> NUMBERS = new HashMap<>();

  static {
    for (int number = 0; number < SYMBOLS.length; number++) {
      NUMBERS.put(SYMBOLS[number], number);
    }
  }

  private Elements() {}

  /**
   * Returns the symbol of an element, {@code "H"} for 1.
   *
   * @throws IllegalArgumentException if the number is not between 0 and {@value #MAX_NUMBER}
   */
  public static String symbol(int number) {
    return SYMBOLS[checked(number)];
  }

  /**
   * Returns the atomic number of an element, 1 for {@code "H"}; case does not matter.
   *
   * @throws IllegalArgumentException if there is no element of this symbol
   */
  public static int number(String symbol) {
    Integer number = NUMBERS.get(symbol);
    if (number == null && !symbol.isEmpty()) {
      number =
          NUMBERS.get(
              symbol.substring(0, 1).toUpperCase(Locale.ROOT)
                  + symbol.substring(1).toLowerCase(Locale.ROOT));
    }
    if (number == null) {
      throw new IllegalArgumentException("there is no element with the symbol '" + symbol + "'");
    }
    return number;
  }

  /**
   * Returns the mass of an element in daltons, averaged over its natural isotopes.
   *
   * @throws IllegalArgumentException if the number is not between 0 and {@value #MAX_NUMBER}, or if
   *     the element has no standard atomic weight (the dummy X, and elements without a stable
   *     isotope)
   */
  public static double mass(int number) {
    String mass = checked(number) < MASSES.length ? MASSES[number] : "-";
    if (mass.equals("-")) {
      throw new IllegalArgumentException(
          "element "
              + number
              + " ("
              + SYMBOLS[number]
              + ") has no standard atomic weight, so its mass must be given");
    }
    return Double.parseDouble(mass);
  }

  private static int checked(int number) {
    if (number < 0 || number > MAX_NUMBER) {
      throw new IllegalArgumentException(
          "there is no element with the atomic number "
              + number
              + ", they run from 0 to "
              + MAX_NUMBER);
    }
    return number;
  }

  /**
   * Returns the covalent radius of an element, in Å: B. Cordero et al., <i>Covalent radii
   * revisited</i>, Dalton Trans. 2008, 2832.
   *
   * @throws IllegalArgumentException if none is known: below hydrogen and beyond curium
   */
  public static double covalentRadius(int number) {
    if (number < 1 || number > COVALENT_RADII.length) {
      throw new IllegalArgumentException(
          "no covalent radius is known for element %d, only for 1 to %d"
              .formatted(number, COVALENT_RADII.length));
    }
    return Double.parseDouble(COVALENT_RADII[number - 1]);
  }
}
