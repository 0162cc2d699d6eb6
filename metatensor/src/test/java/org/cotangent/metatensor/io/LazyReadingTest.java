package org.cotangent.metatensor.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.MetatensorException;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays of large files are read when they are used, and never otherwise. */
class LazyReadingTest {
  private static final int SAMPLES = 600;
  private static final int PROPERTIES = 300;

  @TempDir private Path folder;

  /** One block of 1.4 MB with a gradient for its first sample. */
  private static TensorMap map() {
    Labels properties = Labels.range("p", PROPERTIES);
    TensorBlock gradient =
        TensorBlock.of(
            Tensor.full(DType.FLOAT64, 2, Shape.of(1, 3, PROPERTIES)),
            Labels.of(List.of("sample", "atom"), new int[][] {{0, 7}}),
            List.of(Labels.range("xyz", 3)),
            properties);
    Tensor values = SampleFiles.tensor(new Random(1), DType.FLOAT64, SAMPLES, PROPERTIES);
    TensorBlock block =
        TensorBlock.of(values, Labels.range("system", SAMPLES), List.of(), properties)
            .withGradient("positions", gradient);
    return TensorMap.of(Labels.single(), List.of(block));
  }

  private static double[] values(TensorMap map) {
    return map.block().values().toDoubleArray();
  }

  @Test
  void valuesAreReadFromAFileThatIsGone() throws IOException {
    Path file = folder.resolve("map.mts");
    TensorMap written = map();
    written.save(file);
    assertTrue(Files.size(file) > MtsReader.MAPPED_BYTES);
    assertFalse(MtsReader.readMap(file).blocks().getFirst().array().isInMemory());
    TensorMap map = TensorMap.load(file);
    Files.delete(file);
    assertEquals(written.block().shape(), map.block().shape());
    assertArrayEquals(values(written), values(map));
  }

  @Test
  void aFileCanBeReplacedByWhatWasReadFromIt() throws IOException {
    Path file = folder.resolve("map.mts");
    map().save(file);
    byte[] before = Files.readAllBytes(file);
    TensorMap map = TensorMap.load(file);
    map.save(file);
    assertArrayEquals(before, Files.readAllBytes(file));
    assertArrayEquals(values(map()), values(map));
  }

  @Test
  void gradientsFollowFromValuesThatWereNotReadBefore() throws IOException {
    Path file = folder.resolve("map.mts");
    map().save(file);
    TensorBlock energy =
        TensorMap.load(file)
            .map(x -> x.sum(1).unsqueeze(1).multiply(3))
            .block()
            .sumOverSamples("system");
    Tensor slope = energy.gradient("positions").values();
    assertEquals(Shape.of(1, 3, 1), slope.shape());
    assertEquals(3 * 2.0 * PROPERTIES, slope.at(2), 1e-9);
    TensorBlock block = TensorMap.load(file).block();
    Tensor values = block.values();
    assertEquals(1, Derivatives.grad(values.sum(), List.of(values)).getFirst().at(5));
  }

  @Test
  void damageIsNoticedWhenTheArrayIsRead() throws IOException {
    Path file = folder.resolve("map.mts");
    map().save(file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[700_000] ^= 1;
    Files.write(file, bytes);
    TensorMap map = TensorMap.load(file);
    MetatensorException e =
        assertThrows(MetatensorException.class, () -> map.block().values().size());
    assertTrue(
        e.getMessage().startsWith(file + ": blocks/0/values.npy is damaged"), e.getMessage());
  }

  @Test
  void compressedFilesAndStreamsAreReadAtOnce() throws IOException {
    StoredMap map = SampleFiles.map(2, DType.FLOAT64);
    byte[] plain = MtsWriter.writeMap(map);
    StoredMap fromStream = MtsReader.readMap(new ByteArrayInputStream(plain));
    assertTrue(fromStream.blocks().getFirst().array().isInMemory());

    Path file = folder.resolve("large.mts");
    map().save(file);
    Path deflated = folder.resolve("deflated.mts");
    Files.write(deflated, SampleFiles.deflate(SampleFiles.unzip(Files.readAllBytes(file))));
    assertTrue(Files.size(deflated) > MtsReader.MAPPED_BYTES);
    assertTrue(MtsReader.readMap(deflated).blocks().getFirst().array().isInMemory());
    assertArrayEquals(values(map()), values(TensorMap.load(deflated)));
  }

  /**
   * 3.2 GB of holes with a wrong checksum: reading them would fail, and need more than the heap.
   */
  @Test
  void whatIsNotUsedIsNotRead() throws IOException {
    int side = 20_000;
    Path file = folder.resolve("huge.mts");
    writeHoles(file, side);
    Runtime runtime = Runtime.getRuntime();
    long start = System.nanoTime();
    TensorBlock block = TensorBlock.load(file);
    assertEquals(Shape.of(side, side), block.shape());
    assertEquals(side, block.samples().size());
    System.gc();
    long used = runtime.totalMemory() - runtime.freeMemory();
    assertTrue(used < 1L << 30, "the heap holds " + used + " bytes");
    assertTrue(System.nanoTime() - start < 10_000_000_000L, "opening took 10 s and more");
  }

  private static void writeHoles(Path file, int side) throws IOException {
    byte[] labels = MtsWriter.writeLabels(Labels.range("s", side));
    byte[] header =
        NpyWriter.of(Tensor.zeros(DType.FLOAT64, 1, 1)).header(); // its length fits any shape
    String shape = "(%d, %d, )".formatted(side, side);
    String text = new String(header, StandardCharsets.ISO_8859_1);
    int width = shape.length() - "(1, 1, )".length();
    String longer = text.replace("(1, 1, ) }" + " ".repeat(width), shape + " }");
    byte[] start = longer.getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(header.length, start.length);
    long size = start.length + 8L * side * side;
    TreeMap<String, Long> offsets = new TreeMap<>();
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      offsets.put("values.npy", 0L);
      out.write(local("values.npy", 1, size));
      out.write(ByteBuffer.wrap(start));
      out.position(out.position() + size - start.length);
      for (String name : List.of("samples.npy", "properties.npy")) {
        offsets.put(name, out.position());
        out.write(local(name, crc(labels), labels.length));
        out.write(ByteBuffer.wrap(labels));
      }
      long directory = out.position();
      for (var member : offsets.entrySet()) {
        boolean values = member.getKey().equals("values.npy");
        out.write(
            central(
                member.getKey(),
                values ? 1 : crc(labels),
                values ? size : labels.length,
                member.getValue()));
      }
      ByteBuffer end = buffer(ZipFormat.END_SIZE);
      end.putInt(ZipFormat.END).putInt(0).putShort((short) 3).putShort((short) 3);
      end.putInt((int) (out.position() - directory)).putInt((int) directory);
      out.write(end.rewind());
    }
  }

  private static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer local(String name, long crc, long size) {
    ByteBuffer out = buffer(ZipFormat.LOCAL_HEADER_SIZE + name.length());
    out.putInt(ZipFormat.LOCAL_HEADER).putShort((short) 20).putShort((short) 0);
    out.putShort((short) 0).putInt(0).putInt((int) crc).putInt((int) size).putInt((int) size);
    out.putShort((short) name.length()).putShort((short) 0);
    return out.put(name.getBytes(StandardCharsets.US_ASCII)).rewind();
  }

  private static ByteBuffer central(String name, long crc, long size, long offset) {
    ByteBuffer out = buffer(ZipFormat.CENTRAL_HEADER_SIZE + name.length());
    out.putInt(ZipFormat.CENTRAL_HEADER).putShort((short) 20).putShort((short) 20);
    out.putShort((short) 0).putShort((short) 0).putInt(0);
    out.putInt((int) crc).putInt((int) size).putInt((int) size).putShort((short) name.length());
    out.putShort((short) 0).putShort((short) 0).putShort((short) 0).putShort((short) 0);
    out.putInt(0).putInt((int) offset);
    return out.put(name.getBytes(StandardCharsets.US_ASCII)).rewind();
  }
}
