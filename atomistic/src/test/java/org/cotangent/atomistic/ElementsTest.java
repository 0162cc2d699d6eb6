package org.cotangent.atomistic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ElementsTest {
  @Test
  void symbolsAndNumbersAreInverse() {
    for (int number = 0; number <= Elements.MAX_NUMBER; number++) {
      assertEquals(number, Elements.number(Elements.symbol(number)));
    }
    assertEquals("X", Elements.symbol(0));
    assertEquals("Xe", Elements.symbol(54));
    assertEquals("Og", Elements.symbol(118));
  }

  @Test
  void caseOfASymbolDoesNotMatter() {
    assertEquals(2, Elements.number("HE"));
    assertEquals(17, Elements.number("cl"));
  }

  @Test
  void refusesWhatIsNoElement() {
    assertThrows(IllegalArgumentException.class, () -> Elements.number("Xx"));
    assertThrows(IllegalArgumentException.class, () -> Elements.number(""));
    assertThrows(IllegalArgumentException.class, () -> Elements.symbol(119));
    assertThrows(IllegalArgumentException.class, () -> Elements.symbol(-1));
  }

  @Test
  void massesAreStandardAtomicWeights() {
    assertEquals(1.0080, Elements.mass(1));
    assertEquals(12.011, Elements.mass(6));
    assertEquals(55.845, Elements.mass(26));
    assertEquals(196.97, Elements.mass(79));
    assertEquals(238.03, Elements.mass(92));
  }

  @Test
  void massesGrowWithTheNumberExceptWhereNatureSaysSo() {
    // the known inversions: Ar-K, Co-Ni, Te-I, Th-Pa
    double last = 0;
    for (int number = 1; number <= 92; number++) {
      boolean stable = number != 43 && number != 61 && (number < 84 || number >= 90);
      if (!stable) {
        int unstable = number;
        assertThrows(IllegalArgumentException.class, () -> Elements.mass(unstable));
        continue;
      }
      boolean inversion = number == 19 || number == 28 || number == 53 || number == 91;
      assertEquals(inversion, Elements.mass(number) < last, Elements.symbol(number));
      last = Elements.mass(number);
    }
  }

  @Test
  void saysThatAMassMustBeGivenWhereThereIsNone() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Elements.mass(43)).getMessage();
    assertTrue(message.contains("Tc") && message.contains("must be given"), message);
  }

  @Test
  void covalentRadiiEndAtCurium() {
    assertEquals(0.31, Elements.covalentRadius(1));
    assertEquals(0.76, Elements.covalentRadius(6));
    assertEquals(1.36, Elements.covalentRadius(79));
    assertEquals(1.69, Elements.covalentRadius(96));
    assertThrows(IllegalArgumentException.class, () -> Elements.covalentRadius(97));
    assertThrows(IllegalArgumentException.class, () -> Elements.covalentRadius(0));
  }
}
