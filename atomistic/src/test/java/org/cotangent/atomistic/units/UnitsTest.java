package org.cotangent.atomistic.units;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class UnitsTest {
  private static void assertRefused(String unit, String... parts) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Unit.parse(unit)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void aForceIsAnEnergyPerLength() {
    Dimension force = Unit.parse("eV/Angstrom").dimension();
    assertTrue(force.matches(Quantities.dimension("non_conservative_force")));
    assertFalse(force.matches(Dimension.NONE));
  }

  @Test
  void powersBindTighterAndEverythingIsLeftAssociative() {
    assertEquals(64, Unit.parse("2^3^2").factor());
    assertEquals(18, Unit.parse("2*3^2").factor());
    assertEquals(2, Unit.parse("8/2/2").factor());
    assertEquals(8, Unit.parse("8/2*2").factor());
    assertEquals(-2, Unit.parse("4*-0.5").factor());
  }

  @Test
  void aBlankUnitIsTheNumberOneAndAnEmptyOneIsUnknown() {
    assertEquals(1, Unit.parse(" ").factor());
    assertEquals(1, Units.conversionFactor("", "eV"));
    assertThrows(IllegalArgumentException.class, () -> Units.conversionFactor(" ", "eV"));
  }

  @Test
  void thereAndBackIsOne() {
    Random random = new Random(5);
    String[] energies = {"eV", "meV", "Hartree", "Ry", "kcal/mol", "kJ/mol", "J", "u*A^2/fs^2"};
    String[] lengths = {"A", "bohr", "nm", "um", "cm", "m", "1/(1/mm)"};
    for (int trial = 0; trial < 200; trial++) {
      String from = random(energies, random) + "/(" + random(lengths, random) + ")";
      String to = random(energies, random) + "/(" + random(lengths, random) + ")";
      double there = Units.conversionFactor(from, to);
      assertEquals(1, there * Units.conversionFactor(to, from), 1e-14, from + " to " + to);
    }
  }

  private static String random(String[] of, Random random) {
    return of[random.nextInt(of.length)];
  }

  @Test
  void onlyAsciiWhiteSpaceIsDropped() {
    assertEquals(Unit.parse("eV/A"), Unit.parse("\te V\n/ A\r"));
    assertRefused("e\u2003V", "no known unit");
  }

  @Test
  void zeroIsANumberHoweverItIsWritten() {
    for (String zero : new String[] {"0", "-0.00", "0.e5", ".0e-400"}) {
      assertEquals(0, Math.abs(Unit.parse(zero + "*eV").factor()), zero);
    }
  }

  @Test
  void parenthesesMayBeNestedDeeply() {
    String open = "(".repeat(100_000);
    assertEquals(1e-10, Unit.parse(open + "A" + ")".repeat(100_000)).factor());
    assertRefused("((A)", "without its ')'");
  }

  @Test
  void namesWhatItDoesNotKnow() {
    assertRefused("eV/furlong", "furlong", "eV/furlong");
    assertRefused("kJ mol", "kJmol");
    assertRefused("2abc", "2abc");
    assertRefused("eV^A", "exponent", "length");
    assertRefused("u^-50", "Infinity");
    assertRefused("1e-320*m", "1e-320", "too small");
  }

  @Test
  void namesBothDimensionsWhenTheyDiffer() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Units.conversionFactor("eV", "Angstrom"))
            .getMessage();
    assertEquals(
        "cannot convert 'eV' to 'Angstrom': their dimensions are length^2 time^-2 mass and length",
        message);
  }

  @Test
  void aFactorThatIsNotFiniteIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Units.conversionFactor("eV", "0*eV"));
    assertThrows(IllegalArgumentException.class, () -> Units.conversionFactor("length", "A", ""));
  }

  @Test
  void customQuantitiesHaveNoDimension() {
    assertEquals("", Quantities.unitDimension("my::dipole/fast"));
    assertEquals("energy", Quantities.unitDimension("energy/pbe"));
    assertEquals("", Quantities.unitDimension("my::dipole/")); // metatomic takes it, too
    assertThrows(IllegalArgumentException.class, () -> Quantities.unitDimension("my::/fast"));
    assertThrows(IllegalArgumentException.class, () -> Quantities.unitDimension("energy/"));
  }
}
