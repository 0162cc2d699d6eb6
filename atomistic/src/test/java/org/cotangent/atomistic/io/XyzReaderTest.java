package org.cotangent.atomistic.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XyzReaderTest {
  private static final String WATER =
      """
      3
      Properties=species:S:1:pos:R:3:forces:R:3 energy=-14.5 virial="1 2 3 4 5 6 7 8 9" name=w
      O 0 0 0.1 1 2 3
      H 0 0.7 -0.4 -1 -2 -3
      H 0 -0.7 -0.4 0 0 0
      """;

  @TempDir Path folder;

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Frame frame(String text) throws IOException {
    try (XyzReader reader = new XyzReader("text", bytes(text))) {
      return reader.read();
    }
  }

  private static String errorOf(String text) {
    return assertThrows(
            IOException.class,
            () -> {
              try (XyzReader reader = new XyzReader("text", bytes(text))) {
                while (reader.read() != null) {
                  // until it fails
                }
              }
            })
        .getMessage();
  }

  @Test
  void givesEnergyForcesAndVirial() throws IOException {
    Frame water = frame(WATER);
    assertEquals(-14.5, water.energy("energy"));
    assertArrayEquals(
        new double[] {1, 2, 3, -1, -2, -3, 0, 0, 0}, water.forces("forces").toDoubleArray());
    assertArrayEquals(
        new double[] {1, 4, 7, 2, 5, 8, 3, 6, 9}, water.matrix("virial").toDoubleArray());
    assertArrayEquals(new int[] {8, 1, 1}, water.system().types());
    assertEquals(new Frame.Source("text", 0, 1), water.source());
  }

  @Test
  void saysWhatAFrameHasInsteadOfWhatWasAskedFor() throws IOException {
    Frame water = frame(WATER);
    assertEquals(
        "text, frame 0 (line 1) has no entry 'Energy', its entries are [energy, virial, name]",
        assertThrows(IllegalArgumentException.class, () -> water.energy("Energy")).getMessage());
    assertEquals(
        "text, frame 0 (line 1) has no column 'force', its columns are [forces]",
        assertThrows(IllegalArgumentException.class, () -> water.forces("force")).getMessage());
    assertEquals(
        "text, frame 0 (line 1): 'name' should be one finite number, it is w",
        assertThrows(IllegalArgumentException.class, () -> water.energy("name")).getMessage());
    assertThrows(IllegalArgumentException.class, () -> water.matrix("energy"));
  }

  @Test
  void forcesMustBeThreeFiniteRealNumbersPerAtom() throws IOException {
    Frame frame =
        frame(
            "1\n"
                + "Properties=species:S:1:pos:R:3:a:I:3:b:R:2:c:R:3:d:S:3\n"
                + "H 0 0 0 1 2 3 4 5 6 nan 7 x y z\n");
    for (String column : List.of("a", "b", "c", "d")) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> frame.forces(column));
      assertTrue(e.getMessage().contains("'" + column + "'"), e.getMessage());
    }
  }

  @Test
  void aRowOfTheLatticeThatIsNotPeriodicStaysInTheLatticeOnly() throws IOException {
    Frame slab = frame("1\nLattice=\"2 0 0 0 3 0 0 0 9\" pbc=\"T T F\"\nC 0 0 0\n");
    assertArrayEquals(new double[] {2, 0, 0, 0, 3, 0, 0, 0, 9}, slab.lattice().toDoubleArray());
    assertArrayEquals(
        new double[] {2, 0, 0, 0, 3, 0, 0, 0, 0}, slab.system().cell().toDoubleArray());
  }

  @Test
  void anEmptyTextDoesNotSwallowTheNextEntry() throws IOException {
    Frame frame = frame("1\na=\"\" b=2 c=\nC 0 0 0\n");
    assertEquals(Set.of("a", "b", "c"), frame.info().keySet());
    assertEquals(2L, frame.info().get("b"));
  }

  @Test
  void aFurtherEqualsSignBelongsToTheValueWithAndWithoutBlanks() throws IOException {
    Frame frame = frame("1\na = b = c d=1=2 e= f =g h\nC 0 0 0\n");
    assertEquals(Map.of("a", "b=c", "d", "1=2", "e", "f=g", "h", true), frame.info());
  }

  @Test
  void quotesRoundNothingAreNoKey() throws IOException {
    assertEquals(Map.of("a", 1L, "b", true), frame("1\n\"\" a=1 {} b\nC 0 0 0\n").info());
  }

  @Test
  void underscoresMaySeparateDigitsInColumnsToo() throws IOException {
    Frame frame =
        frame("1\nProperties=species:S:1:pos:R:3:id:I:1 n=1_0\nC 1_000.5 2e1_0 3 1_024\n");
    assertArrayEquals(new double[] {1000.5, 2e10, 3}, frame.system().positions().toDoubleArray());
    assertEquals(10L, frame.info().get("n"));
    Column.Numbers id = (Column.Numbers) frame.arrays().get("id");
    assertEquals(1024, id.values().at(0));
  }

  @Test
  void blankLinesBetweenFramesAreSkipped() throws IOException {
    try (XyzReader reader = new XyzReader("text", bytes("\n" + WATER + "\n \n" + WATER + "\n\n"))) {
      assertEquals(new Frame.Source("text", 0, 2), reader.read().source());
      assertEquals(new Frame.Source("text", 1, 9), reader.read().source());
      assertNull(reader.read());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64})
  void linesMayBeLongerThanTheBuffer(int bufferSize) throws IOException {
    LineReader lines = new LineReader(bytes("first\r\n\nthe third line\n\r\nlast"), bufferSize);
    for (String expected : new String[] {"first", "", "the third line", "", "last"}) {
      assertTrue(lines.advance());
      assertEquals(expected, lines.text());
    }
    assertEquals(5, lines.number());
    assertEquals(false, lines.advance());
  }

  @Test
  void gzipIsRecognisedByContent() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(WATER.getBytes(StandardCharsets.UTF_8));
    }
    Path file = folder.resolve("not-called-gz.xyz");
    Files.write(file, packed.toByteArray());
    assertEquals(3, XyzReader.readAll(file).getFirst().system().size());

    Files.write(file, java.util.Arrays.copyOf(packed.toByteArray(), packed.size() / 2));
    IOException e = assertThrows(IOException.class, () -> XyzReader.readAll(file));
    assertTrue(e.getMessage().contains(file + ", frame 0"), e.getMessage());
  }

  @Test
  void readsOnlyAsManyFramesAsAreTaken() throws IOException {
    Path file = folder.resolve("broken-later.xyz");
    Files.writeString(file, WATER + WATER + "nonsense\n");
    try (Stream<Frame> frames = new XyzReader(file).frames()) {
      assertEquals(2, frames.limit(2).count());
    }
    try (Stream<Frame> frames = new XyzReader(file).frames()) {
      UncheckedIOException e = assertThrows(UncheckedIOException.class, frames::toList);
      assertTrue(e.getCause().getMessage().contains("frame 2, line 11"));
    }
  }

  @Test
  void aMissingFileAndAFolderAreNamed() {
    Path missing = folder.resolve("missing.xyz");
    IOException e = assertThrows(IOException.class, () -> XyzReader.readAll(missing));
    assertEquals("there is no file " + missing, e.getMessage());
    e = assertThrows(IOException.class, () -> XyzReader.readAll(folder));
    assertTrue(e.getMessage().contains("is a folder"));
  }

  @Test
  void errorsNameFileFrameAndLine() {
    assertEquals(
        "text, frame 1, line 8: column 'pos': '0.0.1' is not a number",
        errorOf(WATER + WATER.replace("0.1 1", "0.0.1 1")));
    assertEquals(
        "text, frame 0, line 5: the file ends after 3 of the 4 atoms of this frame",
        errorOf(WATER.replaceFirst("3", "4")));
    assertEquals(
        "text, frame 1, line 5: a frame begins with its number of atoms, this line is 'H 0 -0.7"
            + " -0.4 0 0 0'",
        errorOf(WATER.replaceFirst("3", "2")));
    assertEquals(
        "text, frame 0, line 3: there is no element with the symbol 'Ox'",
        errorOf(WATER.replace("O 0", "Ox 0")));
    assertEquals(
        "text, frame 0, line 4: positions must be finite, atom 1 has y = NaN: correct the"
            + " frame or take it out",
        errorOf(WATER.replace("0.7 -0.4 -1", "nan -0.4 -1")));
    assertEquals(
        "text, frame 0, line 2: Properties should be groups of name:type:columns, it is"
            + " 'species:S'",
        errorOf("1\nProperties=species:S\nH 0 0 0\n"));
    assertEquals(
        "text, frame 0, line 2: Properties should declare pos:R:3 and either species:S:1 or Z:I:1,"
            + " it is 'species:S:1'",
        errorOf("1\nProperties=species:S:1\nH 0 0 0\n"));
  }

  @Test
  void aHugeAnnouncedSizeNeedsNoMemory() {
    assertTrue(errorOf("700000000\n\nH 0 0 0\n").contains("after 1 of the 700000000 atoms"));
    assertTrue(errorOf("99999999999999999999\n\n").contains("does not fit"));
  }

  @Test
  void damagedFilesEndInAnErrorThatNamesThePlace() throws IOException {
    Random random = new Random(7);
    byte[] good = (WATER + WATER).getBytes(StandardCharsets.UTF_8);
    for (int trial = 0; trial < 5000; trial++) {
      byte[] damaged = good.clone();
      for (int k = random.nextInt(4); k >= 0; k--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try (XyzReader reader = new XyzReader("text", new ByteArrayInputStream(damaged))) {
        while (reader.read() != null) {
          // every damage is either harmless or an IOException
        }
      } catch (IOException e) {
        assertTrue(e.getMessage().startsWith("text, frame "), e.getMessage());
      }
    }
  }

  @Test
  void readsTheEthanolTrajectories() throws IOException {
    Path file = Path.of("../../shared/data/ethanol-pbe/trajectory-1.xyz");
    assumeTrue(Files.exists(file), "no data set " + file);
    int frames = 0;
    for (Frame frame : XyzReader.readAll(file)) {
      assertEquals(9, frame.system().size());
      assertTrue(frame.energy("energy") < -4000);
      Tensor forces = frame.forces("forces");
      for (int k = 0; k < 3; k++) {
        double net = 0;
        for (int i = 0; i < 9; i++) {
          net += forces.get(i, k);
        }
        assertEquals(0, net, 1e-6, "the net force was removed");
      }
      frames++;
    }
    assertEquals(80, frames);
  }

  @Test
  void theEndStaysTheEnd() throws IOException {
    byte[] text = "1\n\nH 0 0 0\n".getBytes(StandardCharsets.UTF_8);
    try (XyzReader reader = new XyzReader("text", new ByteArrayInputStream(text))) {
      assertEquals(1, reader.readAll().size());
      assertNull(reader.read());
      assertNull(reader.read());
    }
  }
}
