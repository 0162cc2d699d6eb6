package org.cotangent.atomistic.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where arrays belong by their names and shapes. */
class ArrayLayoutTest {
  private final Map<String, ArrayHead> heads = new HashMap<>();

  private void put(String name, ArrayContent content, long... shape) {
    heads.put(name, new ArrayHead(shape, content));
  }

  private void put(String name, long... shape) {
    put(name, ArrayContent.REALS, shape);
  }

  private static long[] shape(String text) {
    return text.isBlank()
        ? new long[0]
        : java.util.Arrays.stream(text.trim().split(" ")).mapToLong(Long::parseLong).toArray();
  }

  /** The layout of frames of this many atoms. */
  private ArrayLayout of(int frames, int atoms) {
    put("R", frames, atoms, 3);
    put("z", ArrayContent.INTEGERS, atoms);
    return new ArrayLayout(heads, ArrayNames.STANDARD);
  }

  @ParameterizedTest
  @CsvSource({
    "energy, 10", // for each of 10 frames of 4 atoms
    "energy, 10 1",
    "forces, 10 4 3",
    "forces, 10 12",
    "virial, 10 3 3",
    "stress, 10 9",
  })
  void labelsThatFit(String name, String shape) {
    put(name, shape(shape));
    ArrayLayout layout = of(10, 4);
    assertTrue(layout.parts().get(name).perFrame());
    assertEquals(name.equals("forces"), layout.parts().get(name).column());
    assertEquals(Map.of(), layout.leftOut());
  }

  @ParameterizedTest
  @CsvSource({
    "energy, 9", // one too few
    "energy, 1 10", // transposed
    "energy, 10 4", // of each atom
    "energy, ''", // one for all frames
    "energy, 1",
    "forces, 10 3 3", // of another molecule
    "forces, 10 3 4", // transposed
    "forces, 10 4",
    "forces, 4 3", // of one frame
    "virial, 3 3",
    "stress, 10 6",
  })
  void labelsThatDoNotFitAreLeftOut(String name, String shape) {
    put(name, shape(shape));
    ArrayLayout layout = of(10, 4);
    assertNull(layout.parts().get(name));
    assertTrue(layout.leftOut().get(name).contains("'" + name + "' has shape ["));
  }

  @Test
  void theReasonHasTheShapesThatWouldDo() {
    put("F", 10, 3, 3);
    put("stress", 10, 6);
    Map<String, String> reasons = of(10, 4).leftOut();
    assertEquals(
        "'F' has shape [10, 3, 3], this label, three numbers for each of 4 atoms in each of 10"
            + " frames, would be of shape [10, 4, 3] or [10, 12]",
        reasons.get("forces"));
    assertTrue(reasons.get("stress").endsWith("; six numbers can stand in several orders"));
  }

  @ParameterizedTest
  @CsvSource({
    "9, 9, energy, 9", // as many frames as atoms: still one for each frame
    "9, 9, virial, 9 9",
    "9, 9, forces, 9 27",
    "3, 3, virial, 3 3 3",
    "3, 3, forces, 3 3 3",
    "5, 1, energy, 5 1",
    "5, 1, forces, 5 3",
    "5, 1, virial, 5 9",
    "1, 1, energy, 1",
    "1, 1, energy, ''",
    "1, 4, forces, 4 3",
    "1, 4, forces, 1 4 3",
    "1, 4, virial, 3 3",
  })
  void labelsAreWhatTheirNameSaysWhereShapesAreAmbiguous(
      int frames, int atoms, String name, String shape) {
    put(name, shape(shape));
    ArrayLayout.Part part = of(frames, atoms).parts().get(name);
    assertNotNull(part);
    int[] expected =
        switch (name) {
          case "energy" -> new int[0];
          case "forces" -> new int[] {atoms, 3};
          default -> new int[] {3, 3};
        };
    assertArrayEquals(expected, part.shape());
  }

  @ParameterizedTest
  @CsvSource({
    // frames, atoms, shape, for each frame, column
    "10, 4, 10 4, true, true",
    "10, 4, 10 3, true, false",
    "10, 4, 4, false, true",
    "10, 4, 1, false, false",
    "9, 9, 9, true, false",
    "9, 9, 9 9, true, true",
    "4, 3, 4 3, true, true",
  })
  void otherArraysBelongWhereTheirShapeSays(
      int frames, int atoms, String shape, boolean perFrame, boolean column) {
    put("something", shape(shape));
    ArrayLayout.Part part = of(frames, atoms).parts().get("something");
    assertEquals(perFrame, part.perFrame());
    assertEquals(column, part.column());
  }

  @Test
  void otherArraysMayBeAnything() {
    put("perms", 6, 5);
    put("phases", ArrayContent.COMPLEX, 10);
    put("notes", ArrayContent.OBJECTS);
    ArrayLayout layout = of(10, 4);
    assertTrue(layout.parts().isEmpty());
    assertEquals(
        "'perms' has shape [6, 5], which is of neither 10 frames nor 4 atoms",
        layout.leftOut().get("perms"));
    assertEquals("'phases' holds complex numbers", layout.leftOut().get("phases"));
  }

  @ParameterizedTest
  @CsvSource({
    "COMPLEX, complex numbers",
    "TEXTS, texts",
    "FLAGS, truth values",
    "OBJECTS, asarray"
  })
  void labelsAreNumbers(ArrayContent content, String said) {
    put("E", content, 10);
    String reason = of(10, 4).leftOut().get("energy");
    assertTrue(reason.contains(said), reason);
  }

  @Test
  void ofArraysForOneNameTheOneThatHasItCounts() {
    put("E", 10);
    put("energy", 10);
    put("energies", 10);
    ArrayLayout layout = of(10, 4);
    assertEquals("energy", layout.parts().get("energy").array());
    assertEquals("E", layout.parts().get("E").array());
  }

  @Test
  void ofArraysForOneNameTheOneThatFitsCounts() {
    put("E", 9);
    put("energies", 10);
    ArrayLayout layout = of(10, 4);
    assertEquals("energies", layout.parts().get("energy").array());
    assertTrue(layout.leftOut().containsKey("E"));
  }

  @Test
  void aSharedCellOfThreeFramesIsNoCellPerFrame() {
    put("cell", 3, 3);
    put("pbc", ArrayContent.FLAGS, 3);
    ArrayLayout layout = of(3, 4);
    assertNull(layout.row("cell"));
    assertNull(layout.row("pbc"));
  }

  @Test
  void typesOfAsManyFramesAsAtomsAreShared() {
    assertNull(of(9, 9).row("z"));
  }

  @ParameterizedTest
  @CsvSource({"4 10, INTEGERS", "10 5, INTEGERS", "10 4, COMPLEX"})
  void typesThatDoNotFitAreRefused(String shape, ArrayContent content) {
    of(10, 4);
    put("z", content, shape(shape));
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> new ArrayLayout(heads, ArrayNames.STANDARD))
            .getMessage();
    assertTrue(message.startsWith("atomic types, 'z', should be"), message);
  }
}
