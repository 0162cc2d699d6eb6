package org.cotangent.metatensor.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.MetatensorException;
import org.cotangent.metatensor.NumpyArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NumpyArraysTest {
  @TempDir private Path folder;

  private static byte[] bytes(Tensor tensor) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NumpyArrays.save(out, tensor);
    return out.toByteArray();
  }

  @ParameterizedTest
  @EnumSource
  void arraysOfAllTypesComeBack(DType dtype) throws IOException {
    Tensor tensor = SampleFiles.tensor(new Random(3), dtype, 4, 3, 2);
    Path file = folder.resolve("x.npy");
    NumpyArrays.save(file, tensor);
    Tensor read = NumpyArrays.load(file);
    assertEquals(dtype, read.dtype());
    assertEquals(tensor.shape(), read.shape());
    assertArrayEquals(Files.readAllBytes(file), bytes(read));
  }

  @Test
  void aSingleNumberHasNoAxes() throws IOException {
    Tensor read = NumpyArrays.load(new ByteArrayInputStream(bytes(Tensor.of(2.5))));
    assertEquals(Shape.SCALAR, read.shape());
    assertEquals(2.5, read.item());
  }

  @Test
  void archivesHoldArraysByName() throws IOException {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    arrays.put("positions", Tensor.of(new double[] {1, 2, 3}));
    arrays.put("numbers", Tensor.of(new int[] {6, 8}, 2));
    Path file = folder.resolve("x.npz");
    NumpyArrays.saveAll(file, arrays);
    for (boolean deflated : new boolean[] {false, true}) {
      if (deflated) {
        Files.write(file, SampleFiles.deflate(SampleFiles.unzip(Files.readAllBytes(file))));
      }
      SequencedMap<String, Tensor> read = NumpyArrays.loadAll(file);
      assertEquals(List.of("numbers", "positions"), List.copyOf(read.keySet()));
      assertArrayEquals(new double[] {1, 2, 3}, read.get("positions").toDoubleArray());
      assertEquals(DType.INT32, read.get("numbers").dtype());
    }
  }

  @Test
  void whatIsNotAnArrayIsRefused() throws IOException {
    Path file = folder.resolve("x.npy");
    Files.writeString(file, "no array");
    MetatensorException e = assertThrows(MetatensorException.class, () -> NumpyArrays.load(file));
    assertTrue(e.getMessage().contains("does not start with the signature"), e.getMessage());
  }
}
