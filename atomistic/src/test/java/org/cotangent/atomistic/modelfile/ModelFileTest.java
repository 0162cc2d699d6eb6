package org.cotangent.atomistic.modelfile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.learnedbasis.LearnedBasis;
import org.cotangent.atomistic.learnedbasis.LearnedBasisPotential;
import org.cotangent.atomistic.learnedbasis.SmallLearnedBasis;
import org.cotangent.atomistic.linearace.LinearAcePotential;
import org.cotangent.atomistic.linearace.SmallLinearAce;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.potentials.NetworkPotential;
import org.cotangent.atomistic.potentials.SmallNetworks;
import org.cotangent.atomistic.potentials.SmallPotential;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.cotangent.autodiff.nn.Parameters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelFileTest {
  private static final ModelMetadata METADATA = ModelMetadata.of("small", "A test.");

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writeOne() throws IOException {
    file = folder.resolve("model.cot");
    ModelFile.write(file, SmallPotential.of(3, DType.FLOAT32), METADATA);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void whatIsReadIsWhatWasWrittenToTheLastBit(DType dtype) throws IOException {
    NetworkPotential written = SmallPotential.of(11, dtype);
    ModelFile.write(file, written, METADATA);
    NetworkPotential read = (NetworkPotential) ModelFile.read(file);
    assertEquals(written.descriptor(), read.descriptor());
    assertEquals(written.network(), read.network());
    assertEquals(written.constants(), read.constants());
    assertEquals(dtype, read.dtype());
    assertSameBits(written.weights(), read.weights());
    assertSameBits(written.standard(), read.standard());
  }

  @Test
  void aLinearExpansionIsReadAsItWasWritten() throws IOException {
    List<System> systems = List.of(SmallNetworks.water(), SmallNetworks.crystal());
    LinearAcePotential written = SmallLinearAce.of(SmallLinearAce.FORM, systems, 2);
    ModelFile.write(file, written, METADATA);
    LinearAcePotential read = (LinearAcePotential) ModelFile.read(file);
    assertEquals(written.basis().form(), read.basis().form());
    assertArrayEquals(written.basis().occupancy(), read.basis().occupancy());
    assertEquals(written.constants(), read.constants());
    assertSameBits(written.weights(), read.weights());
    assertSameBits(written.standard(), read.standard());
    assertArrayEquals(
        written.evaluate(systems).forces().toDoubleArray(),
        read.evaluate(systems).forces().toDoubleArray());
  }

  @Test
  void aLearnedBasisIsReadAsItWasWritten() throws IOException {
    List<System> systems = List.of(SmallNetworks.water(), SmallNetworks.crystal());
    LearnedBasis form = new LearnedBasis(List.of(1, 8), 3, 3, 2, 4, 2, List.of(6, 5));
    LearnedBasisPotential written = SmallLearnedBasis.of(form, systems, DType.FLOAT32);
    ModelFile.write(file, written, METADATA);
    LearnedBasisPotential read = (LearnedBasisPotential) ModelFile.read(file);
    assertEquals(form, read.form());
    assertEquals(written.constants(), read.constants());
    assertSameBits(written.weights(), read.weights());
    assertSameBits(written.standard(), read.standard());
    assertArrayEquals(
        written.evaluate(systems).forces().toDoubleArray(),
        read.evaluate(systems).forces().toDoubleArray());
  }

  @Test
  void potentialsOnInvariantsOfEachKindAreReadAsTheyWereWritten() throws IOException {
    List<System> systems = List.of(SmallNetworks.water(), SmallNetworks.crystal());
    for (LearnedPotential written : SmallPotential.ofEachKind(5, DType.FLOAT32)) {
      ModelFile.write(file, written, METADATA);
      LearnedPotential read = ModelFile.read(file);
      assertEquals(written.getClass(), read.getClass());
      assertEquals(written.description(), read.description());
      assertEquals(written.constants(), read.constants());
      assertSameBits(written.weights(), read.weights());
      assertArrayEquals(
          written.evaluate(systems).forces().toDoubleArray(),
          read.evaluate(systems).forces().toDoubleArray());
    }
  }

  private static void assertSameBits(Parameters expected, Parameters actual) {
    assertEquals(expected.names(), actual.names());
    for (int k = 0; k < expected.size(); k++) {
      Tensor wanted = expected.tensors().get(k);
      Tensor found = actual.tensors().get(k);
      assertEquals(wanted.shape(), found.shape());
      switch (TensorData.of(wanted)) {
        case double[] a -> assertArrayEquals(a, (double[]) TensorData.of(found));
        case float[] a -> assertArrayEquals(a, (float[]) TensorData.of(found));
        default -> throw new AssertionError("weights of " + wanted.dtype());
      }
    }
  }

  @Test
  void equalPotentialsMakeEqualBytes() throws IOException {
    Path again = folder.resolve("again.cot");
    ModelFile.write(again, SmallPotential.of(3, DType.FLOAT32), METADATA);
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
    ModelFile.write(again, ModelFile.read(file), METADATA);
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
  }

  @Test
  void aFileThatIsCutShortAnywhereIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int part = 0; part < 20; part++) {
      Files.write(file, Arrays.copyOf(bytes, part * bytes.length / 20));
      assertRefused("is not a whole model file");
    }
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertRefused("is not a whole model file");
  }

  @Test
  void aByteFlippedInAnyMemberIsNoticed() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      int start = 0;
      for (ZipEntry entry : zip.stream().toList()) {
        int name = (bytes[start + 26] & 0xff) | (bytes[start + 27] & 0xff) << 8;
        int extra = (bytes[start + 28] & 0xff) | (bytes[start + 29] & 0xff) << 8;
        int data = start + 30 + name + extra;
        byte[] changed = bytes.clone();
        changed[data + (int) entry.getCompressedSize() / 2] ^= 0x08;
        Files.write(file, changed);
        assertRefused("");
        int descriptor = 16; // signature, CRC and both sizes follow the data
        start = data + (int) entry.getCompressedSize() + descriptor;
      }
    }
  }

  @Test
  void everyMemberIsNeeded() throws IOException {
    for (String name : List.of("model.json", "weights.mts", "standardisation.mts")) {
      rewrite(members -> without(members, name));
      assertRefused("has no " + name);
      writeOne();
    }
  }

  private static SequencedMap<String, byte[]> without(
      SequencedMap<String, byte[]> members, String name) {
    members.remove(name);
    return members;
  }

  @Test
  void aLaterVersionIsNotGuessedAt() throws IOException {
    rewriteModel("\"version\" : 2", "\"version\" : 3");
    assertRefused("version 3, this program reads 'cotangent-model' up to version 2");
  }

  @Test
  void anotherArchitectureIsNamed() throws IOException {
    rewriteModel("element-networks", "message-passing");
    assertRefused(
        "architecture 'message-passing', potentials are of [committee, llpr, zbl, element-networks,"
            + " soap-nn, behler-parrinello, learned-basis, linear-ace]: read others as models");
  }

  @Test
  void anUnknownActivationIsNamed() throws IOException {
    rewriteModel("SILU", "MISH");
    assertRefused("there is no activation 'MISH'");
  }

  @Test
  void aNetworkThatDoesNotFitTheDescriptorIsRefused() throws IOException {
    rewriteModel("\"radial\" : 3", "\"radial\" : 4");
    assertRefused("contradicts itself");
  }

  @Test
  void aModelThatIsNotJson() throws IOException {
    rewriteModel("{", "[{");
    assertRefused("model.json in " + file + " is not ");
  }

  @Test
  void weightsThatAreNoTensorMap() throws IOException {
    rewrite(
        members -> {
          members.put("weights.mts", "none".getBytes(StandardCharsets.US_ASCII));
          return members;
        });
    assertRefused("weights.mts");
  }

  @Test
  void textIsNoModel() throws IOException {
    Files.writeString(file, "weights to follow");
    assertRefused("is not a whole model file");
  }

  @Test
  void whenWritingFailsTheOldModelStaysAndNothingElse() throws IOException {
    byte[] before = Files.readAllBytes(file);
    NetworkPotential other = SmallPotential.of(4, DType.FLOAT32);
    Path absent = folder.resolve("absent").resolve("model.cot");
    IOException e = assertThrows(IOException.class, () -> ModelFile.write(absent, other, METADATA));
    assertTrue(e.getMessage().contains(absent.toString()), e.getMessage());
    Path below = file.resolve("model.cot"); // a file in place of the folder
    assertThrows(IOException.class, () -> ModelFile.write(below, other, METADATA));
    assertArrayEquals(before, Files.readAllBytes(file));
    assertFalse(Files.exists(absent));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  // --------------------------------------------------------------------------------- faults

  /** Refused with one sentence that names the file. */
  private void assertRefused(String part) {
    IOException e = assertThrows(IOException.class, () -> ModelFile.read(file));
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
  }

  private void rewriteModel(String from, String to) throws IOException {
    rewrite(
        members -> {
          String model = new String(members.get("model.json"), StandardCharsets.UTF_8);
          assertTrue(model.contains(from), model);
          members.put("model.json", model.replace(from, to).getBytes(StandardCharsets.UTF_8));
          return members;
        });
  }

  /** Changes members and keeps the checksums right. */
  private void rewrite(UnaryOperator<SequencedMap<String, byte[]>> change) throws IOException {
    ModelArchive.write(file, change.apply(new LinkedHashMap<>(ModelArchive.read(file))));
  }
}
