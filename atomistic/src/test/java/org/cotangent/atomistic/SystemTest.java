package org.cotangent.atomistic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

class SystemTest {
  private static final boolean[] PERIODIC = {true, true, true};
  private static final Tensor TWO_ATOMS = Tensor.of(new double[] {0, 0, 0, 1, 0.1, 2}, 2, 3);
  private static final Tensor CELL = Tensor.of(new double[] {4, 0, 0, 1, 5, 0, 2, 3, 6}, 3, 3);

  private static String messageOf(int[] types, Tensor positions, Tensor cell, boolean[] pbc) {
    return assertThrows(
            IllegalArgumentException.class, () -> new System(types, positions, cell, pbc))
        .getMessage();
  }

  @Test
  void keepsNoReferenceToTheCallersArrays() {
    int[] types = {1, 8};
    boolean[] pbc = {true, true, true};
    System system = new System(types, TWO_ATOMS, CELL, pbc);
    types[0] = 6;
    pbc[0] = false;
    system.types()[1] = 7;
    system.pbc()[1] = false;
    assertArrayEquals(new int[] {1, 8}, system.types());
    assertArrayEquals(PERIODIC, system.pbc());
  }

  @Test
  void aMoleculeHasAZeroCellAndNoVolume() {
    System molecule = System.molecule(new int[] {1, 8}, TWO_ATOMS);
    assertArrayEquals(new double[9], molecule.cell().toDoubleArray());
    assertFalse(molecule.pbc(0) || molecule.pbc(1) || molecule.pbc(2));
    assertThrows(IllegalStateException.class, molecule::volume);
  }

  @Test
  void volumeIsTheSizeOfTheDeterminant() {
    assertEquals(120, new System(new int[2], TWO_ATOMS, CELL, PERIODIC).volume());
    Tensor leftHanded = Tensor.of(new double[] {0, 4, 0, 5, 1, 0, 2, 3, 6}, 3, 3);
    assertEquals(120, new System(new int[2], TWO_ATOMS, leftHanded, PERIODIC).volume());
  }

  @Test
  void convertsToFloat32() {
    System single = new System(new int[2], TWO_ATOMS, CELL, PERIODIC).to(DType.FLOAT32);
    assertEquals(DType.FLOAT32, single.dtype());
    assertEquals(DType.FLOAT32, single.cell().dtype());
    assertEquals(0.1f, single.positions().get(1, 1));
    assertSame(single, single.to(DType.FLOAT32));
    assertThrows(IllegalArgumentException.class, () -> single.to(DType.INT32));
  }

  @Test
  void otherPositionsAreCheckedToo() {
    System system = new System(new int[2], TWO_ATOMS, CELL, PERIODIC);
    Tensor three = Tensor.of(new double[9], 3, 3);
    assertThrows(IllegalArgumentException.class, () -> system.withPositions(three));
    assertSame(CELL, system.withPositions(TWO_ATOMS).cell());
    assertSame(TWO_ATOMS, system.withCell(CELL).positions());
  }

  @Test
  void namesTheAtomWithAPositionThatIsNotFinite() {
    Tensor broken = Tensor.of(new double[] {0, 0, 0, 1, Double.NaN, 2}, 2, 3);
    String message = messageOf(new int[2], broken, CELL, PERIODIC);
    assertEquals("positions must be finite, atom 1 has y = NaN", message);
  }

  @Test
  void namesTheDirectionThatHasARowWithoutBeingPeriodic() {
    String message = messageOf(new int[2], TWO_ATOMS, CELL, new boolean[] {true, false, true});
    assertTrue(message.contains("row 1") && message.contains("[1.0, 5.0, 0.0]"), message);
  }

  @Test
  void reportsTheFirstOfSeveralMistakes() {
    Tensor bad = Tensor.of(new int[] {1, 2}, 2);
    assertTrue(messageOf(new int[3], bad, bad, new boolean[1]).startsWith("positions"));
  }

  @Test
  void typesMustFitInto32Bits() {
    Tensor types = Tensor.of(new long[] {1, 1L << 40}, 2);
    Tensor pbc = Tensor.of(PERIODIC, 3);
    assertThrows(IllegalArgumentException.class, () -> System.of(types, TWO_ATOMS, CELL, pbc));
  }

  @Test
  void describesItself() {
    assertEquals(
        "System with 2 atoms, non periodic", System.molecule(new int[2], TWO_ATOMS).toString());
  }
}
