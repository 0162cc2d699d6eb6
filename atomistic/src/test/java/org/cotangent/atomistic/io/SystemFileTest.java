package org.cotangent.atomistic.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cotangent.atomistic.Peers;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.neighbors.NeighborBlocks;
import org.cotangent.atomistic.neighbors.NeighborList;
import org.cotangent.atomistic.neighbors.NeighborListOptions;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemFileTest {
  private static final String IMPORTS = "import sys, torch, metatensor.torch, metatomic.torch as m";

  @TempDir Path folder;

  private static System water() {
    System bare =
        new System(
            new int[] {8, 1, 1},
            Tensor.of(new double[] {0, 0, 0.1, 0.7, 0.6, 0, -0.7, 0.6, 0}, 3, 3),
            Tensor.of(new double[] {5, 0, 0, 0.3, 5, 0, 0, 0, 0}, 3, 3),
            new boolean[] {true, true, false});
    TensorBlock masses =
        TensorBlock.of(
            Tensor.of(new double[] {16, 1, 1}, 3, 1),
            Labels.ofFlat(List.of("system", "atom"), new int[] {0, 0, 0, 1, 0, 2}),
            List.of(),
            Labels.range("mass", 1));
    TensorMap map = TensorMap.of(Labels.single(), List.of(masses)).withInfo("unit", "u");
    System system = bare.withData("mass", map).withData("mine::mass/b", map);
    for (NeighborListOptions options :
        List.of(NeighborListOptions.full(2.0), NeighborListOptions.half(3.25))) {
      NeighborList list = NeighborList.compute(bare, options);
      system = system.withNeighborList(options, NeighborBlocks.of(bare, list));
    }
    return system;
  }

  private static void assertSame(System expected, System found) {
    assertArrayEquals(expected.types(), found.types());
    assertArrayEquals(expected.pbc(), found.pbc());
    assertArrayEquals(expected.positions().toDoubleArray(), found.positions().toDoubleArray(), 0);
    assertArrayEquals(expected.cell().toDoubleArray(), found.cell().toDoubleArray(), 0);
    assertEquals(expected.neighborLists().keySet(), found.neighborLists().keySet());
    for (NeighborListOptions options : expected.neighborLists().keySet()) {
      TensorBlock block = found.neighborList(options);
      assertEquals(expected.neighborList(options).samples(), block.samples());
      NeighborBlocks.checkVectors(found, block);
    }
    assertEquals(expected.data().keySet(), found.data().keySet());
    assertEquals("u", found.data("mass").info().get("unit"));
  }

  @Test
  void returnsWhatWasWritten() throws IOException {
    Path file = folder.resolve("water.mta");
    SystemFile.write(file, water());
    assertSame(water(), SystemFile.read(file));
    Frame frame = FrameFiles.readAll(file).getFirst();
    assertSame(water(), frame.system());
  }

  @Test
  void exchangesFilesWithMetatomic() throws Exception {
    Path ours = folder.resolve("ours.mta");
    Path theirs = folder.resolve("theirs.mta");
    SystemFile.write(ours, water());
    Peers.python(
        folder,
        IMPORTS,
        """
        system = m.load_system(sys.argv[1])
        assert len(system) == 3 and len(system.known_neighbor_lists()) == 2
        assert system.get_data("mine::mass/b").block().values[0, 0] == 16
        m.save(sys.argv[2], system)
        """,
        ours,
        theirs);
    assertSame(water(), SystemFile.read(theirs));
  }

  @Test
  void refusesADamagedFile() throws IOException {
    Path file = folder.resolve("water.mta");
    SystemFile.write(file, water());
    byte[] all = Files.readAllBytes(file);
    for (int length = 0; length < all.length; length += 97) {
      Files.write(file, java.util.Arrays.copyOf(all, length));
      String message = assertThrows(IOException.class, () -> SystemFile.read(file)).getMessage();
      assertTrue(message.startsWith(file + " is not a whole system: "), message);
    }
    assertThrows(IOException.class, () -> SystemFile.read(folder.resolve("none.mta")));
  }
}
