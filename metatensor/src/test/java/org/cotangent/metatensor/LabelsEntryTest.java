package org.cotangent.metatensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsEntryTest {
  static LabelsEntry entry(int system, int atom) {
    return Labels.of(List.of("system", "atom"), new int[][] {{system, atom}}).entry(0);
  }

  @Test
  void hasNamesAndValues() {
    LabelsEntry entry = entry(3, -1);
    assertEquals(List.of("system", "atom"), entry.names());
    assertArrayEquals(new int[] {3, -1}, entry.values());
    assertEquals(2, entry.size());
    assertEquals(-1, entry.get("atom"));
    assertEquals(3, entry.get(0));
    assertThrows(IllegalArgumentException.class, () -> entry.get("n"));
    assertThrows(IllegalArgumentException.class, () -> entry.get(2));
  }

  @Test
  void valuesAreACopy() {
    LabelsEntry entry = entry(3, -1);
    entry.values()[0] = 9;
    assertEquals(3, entry.get(0));
  }

  @Test
  void textNamesTheValues() {
    assertEquals("(system=3, atom=-1)", entry(3, -1).print());
    assertEquals("LabelsEntry(system=3, atom=-1)", entry(3, -1).toString());
  }

  @Test
  void equalityLooksAtNamesAndValues() {
    assertEquals(entry(1, 2), entry(1, 2));
    assertEquals(entry(1, 2).hashCode(), entry(1, 2).hashCode());
    assertNotEquals(entry(1, 2), entry(2, 1));
    assertNotEquals(Labels.of("a", 1).entry(0), Labels.of("b", 1).entry(0));
  }
}
