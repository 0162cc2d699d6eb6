package org.cotangent.metatensor.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.conformance.ConformanceCases;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.MetatensorException;
import org.cotangent.metatensor.internal.AtomicFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MtsFilesTest {
  private static final Labels ONE = Labels.range("p", 1);
  private static final SequencedMap<String, StoredBlock> NONE = new TreeMap<>();

  @TempDir private Path folder;

  private static void assertRefused(String part, Executable call) {
    MetatensorException e = assertThrows(MetatensorException.class, call);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private static StoredBlock block(Tensor values, Labels samples, Labels... components) {
    return new StoredBlock(values, samples, List.of(components), ONE, NONE);
  }

  private static StoredBlock withGradient(StoredBlock block, String name, StoredBlock gradient) {
    TreeMap<String, StoredBlock> gradients = new TreeMap<>();
    gradients.put(name, gradient);
    return new StoredBlock(
        block.values(), block.samples(), block.components(), block.properties(), gradients);
  }

  private static Tensor zeros(int... shape) {
    return Tensor.zeros(DType.FLOAT64, shape);
  }

  /** The bytes of a map say all of it, so that equal bytes mean equal maps. */
  private static void assertSame(StoredMap expected, StoredMap actual) {
    assertEquals(expected.keys(), actual.keys());
    assertEquals(expected.info(), actual.info());
    assertArrayEquals(MtsWriter.writeMap(expected), MtsWriter.writeMap(actual));
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void everyTypeComesBackAsItWas(DType dtype) throws IOException {
    StoredMap map = SampleFiles.map(7, dtype);
    byte[] bytes = MtsWriter.writeMap(map);
    StoredMap read = MtsReader.readMap(bytes);
    assertSame(map, read);
    assertEquals(dtype, read.blocks().get(1).gradients().get("positions").values().dtype());
  }

  @Test
  void filesBytesAndStreamsHoldTheSame() throws IOException {
    StoredMap map = SampleFiles.map(8, DType.FLOAT64);
    byte[] bytes = MtsWriter.writeMap(map);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MtsWriter.writeMap(out, map);
    assertArrayEquals(bytes, out.toByteArray());
    Path file = folder.resolve("map.mts");
    MtsWriter.writeMap(file, map);
    assertArrayEquals(bytes, Files.readAllBytes(file));
    assertSame(map, MtsReader.readMap(file));
    assertSame(map, MtsReader.readMap(new ByteArrayInputStream(bytes)));

    StoredBlock block = map.blocks().getFirst();
    MtsWriter.writeBlock(file, block);
    assertArrayEquals(MtsWriter.writeBlock(block), Files.readAllBytes(file));
    assertArrayEquals(MtsWriter.writeBlock(block), MtsWriter.writeBlock(MtsReader.readBlock(file)));

    map.keys().save(file);
    assertEquals(map.keys(), Labels.load(file));
  }

  @Test
  void aFileThatCannotBeWrittenLeavesTheOldOne() throws IOException {
    Path file = folder.resolve("block.mts");
    MtsWriter.writeBlock(file, block(zeros(2, 1), Labels.range("s", 2)));
    byte[] before = Files.readAllBytes(file);
    assertThrows(
        IOException.class,
        () ->
            AtomicFile.write(
                file,
                out -> {
                  out.write(new byte[100_000]);
                  throw new IOException("the disk is full");
                }));
    assertArrayEquals(before, Files.readAllBytes(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void absentFilesAndFoldersAreNamed() {
    Path absent = folder.resolve("absent.mts");
    IOException e = assertThrows(NoSuchFileException.class, () -> MtsReader.readMap(absent));
    assertEquals(absent + ": there is no such file", e.getMessage());
    Path below = folder.resolve("no/file.mts");
    e = assertThrows(NoSuchFileException.class, () -> MtsWriter.writeLabels(below, ONE));
    assertEquals(below + ": there is no folder " + below.getParent(), e.getMessage());
    e = assertThrows(IOException.class, () -> MtsReader.readMap(folder));
    assertTrue(e.getMessage().endsWith("is a folder, not a file"), e.getMessage());
  }

  @Test
  void anotherKindIsNamedWithItsLoader() {
    StoredMap map = SampleFiles.map(9, DType.FLOAT32);
    byte[] labels = MtsWriter.writeLabels(map.keys());
    byte[] block = MtsWriter.writeBlock(map.blocks().getFirst());
    byte[] all = MtsWriter.writeMap(map);
    assertRefused("Labels, not a TensorMap", () -> MtsReader.readMap(labels));
    assertRefused("load it with TensorBlock.load", () -> MtsReader.readMap(block));
    assertRefused("load it with Labels.load", () -> MtsReader.readBlock(labels));
    assertRefused("load it with TensorMap.load", () -> MtsReader.readBlock(all));
    assertRefused("a TensorMap, not Labels", () -> MtsReader.readLabels(all));
    assertRefused("a TensorBlock, not Labels", () -> MtsReader.readLabels(block));
    byte[] text = "text".getBytes(StandardCharsets.UTF_8);
    assertRefused("neither as a ZIP archive", () -> MtsReader.readMap(text));
    assertRefused("the file is empty", () -> MtsReader.readBlock(new byte[0]));
  }

  @Test
  void messagesStartWithTheFile() throws IOException {
    Path file = folder.resolve("bad.mts");
    Files.writeString(file, "PK and nothing else");
    assertRefused(file + ": the ZIP archive is damaged", () -> MtsReader.readMap(file));
  }

  @Test
  void whatBreaksARuleIsNotWritten() {
    Labels two = Labels.range("s", 2);
    assertRefused(
        "values.npy has shape [3, 1], but samples.npy has 2 entries for axis 0",
        () -> MtsWriter.writeBlock(block(zeros(3, 1), two)));
    assertRefused("labels for 2 axes", () -> MtsWriter.writeBlock(block(zeros(2, 1, 1), two)));
    assertRefused(
        "a component has at least one",
        () -> MtsWriter.writeBlock(block(zeros(2, 0, 1), two, Labels.range("c", 0))));
    assertRefused(
        "of another component",
        () ->
            MtsWriter.writeBlock(
                block(zeros(2, 1, 2, 1), two, Labels.of("c", 1), Labels.of("c", 2, 3))));
    assertRefused(
        "labels without dimensions",
        () -> MtsWriter.writeBlock(block(zeros(0, 1), Labels.empty(List.of()))));
    assertRefused(
        "labels without dimensions", () -> MtsWriter.writeLabels(Labels.empty(List.of())));
  }

  @Test
  void whatBreaksARuleOfGradientsIsNotWritten() {
    Labels two = Labels.range("s", 2);
    Labels rows = Labels.of("sample", 1);
    StoredBlock plain = block(zeros(2, 1), two);
    StoredBlock good = block(zeros(1, 1), rows);
    for (String name : List.of("", ".", "..", "a/b", "a\\b", "x".repeat(1001))) {
      assertRefused(
          "gradients/ has a gradient", () -> MtsWriter.writeBlock(withGradient(plain, name, good)));
    }
    assertRefused(
        "gradients/g/samples.npy refers to sample 2 in row 0, the block has 2 samples",
        () ->
            MtsWriter.writeBlock(
                withGradient(plain, "g", block(zeros(1, 1), Labels.of("sample", 2)))));
    assertRefused(
        "must be 'sample'",
        () ->
            MtsWriter.writeBlock(
                withGradient(plain, "g", block(zeros(1, 1), Labels.of("row", 1)))));
    assertRefused(
        "gradients/g/values.npy is of type f32",
        () ->
            MtsWriter.writeBlock(
                withGradient(plain, "g", block(Tensor.zeros(DType.FLOAT32, 1, 1), rows))));
    StoredBlock withComponent = block(zeros(2, 2, 1), two, Labels.of("c", 0, 1));
    assertRefused(
        "must end with the components of the block",
        () -> MtsWriter.writeBlock(withGradient(withComponent, "g", good)));
    assertRefused(
        "must end with the components of the block",
        () ->
            MtsWriter.writeBlock(
                withGradient(
                    withComponent, "g", block(zeros(1, 2, 1), rows, Labels.of("c", 1, 0)))));
  }

  @Test
  void blocksOfAMapAreAlike() {
    Labels keys = Labels.range("k", 2);
    StoredBlock plain = block(zeros(1, 1), Labels.range("s", 1));
    StoredBlock other = block(zeros(1, 1), Labels.range("t", 1));
    StoredBlock floats = block(Tensor.zeros(DType.FLOAT32, 1, 1), Labels.range("s", 1));
    StoredBlock more = withGradient(plain, "g", block(zeros(1, 1), Labels.of("sample", 0)));
    assertRefused(
        "blocks/1/samples.npy has the names [t]",
        () -> MtsWriter.writeMap(new StoredMap(keys, List.of(plain, other), new TreeMap<>())));
    assertRefused(
        "blocks/1/values.npy is of type f32",
        () -> MtsWriter.writeMap(new StoredMap(keys, List.of(plain, floats), new TreeMap<>())));
    assertRefused(
        "blocks/1/gradients/ has the names [g]",
        () -> MtsWriter.writeMap(new StoredMap(keys, List.of(plain, more), new TreeMap<>())));
    assertRefused(
        "keys.npy has 2 entries for 1 blocks",
        () -> MtsWriter.writeMap(new StoredMap(keys, List.of(plain), new TreeMap<>())));
  }

  /** Returns a map that is right in all but the text or name that is replaced. */
  private static byte[] changed(String member, String from, String to) throws IOException {
    SequencedMap<String, byte[]> changed = new LinkedHashMap<>();
    SampleFiles.unzip(MtsWriter.writeMap(SampleFiles.map(3, DType.FLOAT64)))
        .forEach(
            (name, bytes) -> {
              if (member.isEmpty()) {
                changed.put(name.replace(from, to), bytes);
              } else {
                changed.put(
                    name, name.equals(member) ? to.getBytes(StandardCharsets.UTF_8) : bytes);
              }
            });
    return SampleFiles.deflate(changed);
  }

  @Test
  void gradientsWhoseNamesLeaveTheirFolderAreNotRead() throws IOException {
    assertEquals(2, MtsReader.readMap(changed("", "cell é", "q")).blocks().size());
    for (String name : List.of("..", ".", "a\\b")) {
      byte[] bytes = changed("", "cell é", name);
      assertRefused("with respect to '" + name + "'", () -> MtsReader.readMap(bytes));
    }
  }

  @Test
  void infoIsOneObjectOfTexts() throws IOException {
    byte[] good = changed("info.json", "", "{\"b\": \"2\", \"a\": \"\\u00e9\"}");
    assertEquals(
        List.of("a=é", "b=2"),
        MtsReader.readMap(good).info().entrySet().stream().map(Object::toString).toList());
    for (String bad :
        List.of(
            "",
            "[]",
            "{\"a\": 1}",
            "{\"a\": [null]}",
            "{\"a\": {}}",
            "{\"a\": \"1\"",
            "{} {}",
            "{\"a\": \"1\", \"a\": \"2\"}",
            "[".repeat(100_000))) {
      byte[] bytes = changed("info.json", "", bad);
      assertRefused("info.json ", () -> MtsReader.readMap(bytes));
    }
  }

  @Test
  void aNullInInfoIsEmptyText() throws IOException {
    byte[] bytes = changed("info.json", "", "{\"a\": null, \"b\": \"2\"}");
    assertEquals(Map.of("a", "", "b", "2"), MtsReader.readMap(bytes).info());
  }

  @Test
  void gradientsOfGradientsEndSomewhere() {
    StoredBlock deep = block(zeros(1, 1), Labels.of("sample", 0));
    for (int depth = 0; depth < BlockRules.MAX_GRADIENT_DEPTH; depth++) {
      deep = withGradient(block(zeros(1, 1), Labels.of("sample", 0)), "g", deep);
    }
    byte[] bytes = MtsWriter.writeBlock(deep);
    assertArrayEquals(bytes, MtsWriter.writeBlock(MtsReader.readBlock(bytes)));
    StoredBlock deeper = withGradient(block(zeros(1, 1), ONE), "g", deep);
    assertRefused("more than 16 gradients deep", () -> MtsWriter.writeBlock(deeper));
  }

  @Test
  void sixtyFiveThousandMembersNeedZip64() {
    StoredBlock plain = block(zeros(1, 1), Labels.range("s", 1));
    int count = 22_000; // three members each
    StoredMap map =
        new StoredMap(
            Labels.range("k", count),
            Stream.generate(() -> plain).limit(count).toList(),
            new TreeMap<>());
    byte[] bytes = MtsWriter.writeMap(map);
    assertEquals(count, MtsReader.readMap(bytes).blocks().size());
  }

  /** Files that metatensor's native writer wrote, none of them deflated. */
  @TestFactory
  Stream<DynamicTest> filesOfMetatensorAreWrittenByteForByte() {
    Path shared = ConformanceCases.folder().resolveSibling("data/metatensor");
    Path cases = ConformanceCases.folder().resolve("metatensor");
    Assumptions.assumeTrue(Files.isDirectory(shared), "there is no folder " + shared);
    return Stream.of(
            shared.resolve("data.mts"),
            shared.resolve("spherical-expansion.mts"),
            cases.resolve("file-load-info.mts"),
            cases.resolve("file-load-no-block.mts"),
            cases.resolve("file-load-stored-bool.mts"),
            cases.resolve("file-load-stored-c64.mts"))
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () ->
                        assertArrayEquals(
                            Files.readAllBytes(file),
                            MtsWriter.writeMap(MtsReader.readMap(file)))));
  }

  @Test
  void arraysOfDifferentBitsGiveDifferentBytes() {
    byte[] first = MtsWriter.writeMap(SampleFiles.map(1, DType.FLOAT16));
    byte[] again = MtsWriter.writeMap(SampleFiles.map(1, DType.FLOAT16));
    byte[] other = MtsWriter.writeMap(SampleFiles.map(2, DType.FLOAT16));
    assertArrayEquals(first, again);
    assertTrue(!Arrays.equals(first, other));
  }

  /** Before release 0.1 the labels of a block stood beside its values, in a folder. */
  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT64", "FLOAT32"})
  void theLayoutOfFirstReleasesIsRead(DType dtype) throws IOException {
    StoredMap map = SampleFiles.map(8, dtype);
    SequencedMap<String, byte[]> members = SampleFiles.unzip(MtsWriter.writeMap(map));
    SequencedMap<String, byte[]> old = new LinkedHashMap<>();
    for (var member : members.entrySet()) {
      String name = member.getKey();
      if (name.contains("/gradients/")) {
        name = name.replace("/values.npy", "/data.npy");
      } else if (name.startsWith("blocks/")) {
        int folderEnd = name.indexOf('/', "blocks/".length()) + 1;
        String rest = name.substring(folderEnd);
        name = name.substring(0, folderEnd) + "values/" + rest.replace("values.npy", "data.npy");
      }
      old.put(name, member.getValue());
    }
    assertTrue(old.containsKey("blocks/1/values/data.npy"), old.keySet().toString());
    assertTrue(old.containsKey("blocks/0/gradients/positions/data.npy"));
    assertSame(map, MtsReader.readMap(SampleFiles.deflate(old)));
  }
}
