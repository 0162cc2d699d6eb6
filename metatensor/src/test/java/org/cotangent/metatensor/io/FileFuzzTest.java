package org.cotangent.metatensor.io;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import org.cotangent.autodiff.DType;
import org.cotangent.metatensor.MetatensorException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Files with random damage: each is read as something that can be written again, or refused with a
 * {@link MetatensorException}, in little time and with little memory beyond the size of the file.
 * {@code -Dfuzz.mutations=100000}, which the profile {@code nightly} sets, damages more of them.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FileFuzzTest {
  private static final long SEED = 20261121;
  private static final int MUTATIONS = Integer.getInteger("fuzz.mutations", 2000);
  private static final long MAX_ALLOCATION = 32 << 20;
  private static final Duration MAX_TIME = Duration.ofSeconds(5);

  private interface Kind {
    /** Reads the bytes and writes what they hold. */
    byte[] copy(byte[] bytes);
  }

  @Test
  void damagedMaps() throws IOException {
    byte[] stored = MtsWriter.writeMap(SampleFiles.map(1, DType.FLOAT32));
    fuzz("stored map", stored, bytes -> MtsWriter.writeMap(MtsReader.readMap(bytes)));
    byte[] deflated = SampleFiles.deflate(SampleFiles.unzip(stored));
    fuzz("deflated map", deflated, bytes -> MtsWriter.writeMap(MtsReader.readMap(bytes)));
  }

  @Test
  void damagedMembersWithTheRightChecksum() throws IOException {
    byte[] stored = MtsWriter.writeMap(SampleFiles.map(2, DType.BOOL));
    SequencedMap<String, byte[]> members = SampleFiles.unzip(stored);
    List<String> names = new ArrayList<>(members.keySet());
    Random random = new Random(SEED);
    for (int i = 0; i < MUTATIONS; i++) {
      String name = names.get(random.nextInt(names.size()));
      byte[] before = members.get(name);
      members.put(name, mutated(before, random));
      byte[] bytes = SampleFiles.deflate(members);
      members.put(name, before);
      check(name + ", mutation " + i, bytes, b -> MtsWriter.writeMap(MtsReader.readMap(b)));
    }
  }

  @Test
  void damagedBlocks() {
    Random random = new Random(3);
    byte[] stored = MtsWriter.writeBlock(SampleFiles.block(random, DType.COMPLEX128, 5));
    fuzz("block", stored, bytes -> MtsWriter.writeBlock(MtsReader.readBlock(bytes)));
  }

  @Test
  void damagedLabels() {
    byte[] stored = MtsWriter.writeLabels(SampleFiles.map(4, DType.FLOAT32).keys());
    fuzz("labels", stored, bytes -> MtsWriter.writeLabels(MtsReader.readLabels(bytes)));
  }

  /** The files that metatensor's documentation and tests use, where they are, and one of ours. */
  @Test
  void damagedSampleFiles() throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(Path.of("../docs/tutorials/managing-gradients/radial-spectrum.mts"));
    for (String name : List.of("data", "block", "keys", "radial-spectrum", "spherical-expansion")) {
      Path file = Path.of("../../shared/data/metatensor", name + ".mts");
      if (Files.exists(file)) {
        files.add(file);
      }
    }
    Random random = new Random(SEED);
    for (Path file : files) {
      byte[] good = Files.readAllBytes(file);
      for (int i = 0; i < MUTATIONS / files.size(); i++) {
        String what = file.getFileName() + ", mutation " + i;
        check(what, mutated(good, random), FileFuzzTest::copyOfWhatItIs);
      }
    }
  }

  private static byte[] copyOfWhatItIs(byte[] bytes) {
    try {
      return MtsWriter.writeMap(MtsReader.readMap(bytes));
    } catch (MetatensorException notMap) {
      try {
        return MtsWriter.writeBlock(MtsReader.readBlock(bytes));
      } catch (MetatensorException notBlock) {
        return MtsWriter.writeLabels(MtsReader.readLabels(bytes));
      }
    }
  }

  private static void fuzz(String what, byte[] good, Kind kind) {
    Random random = new Random(SEED);
    for (int i = 0; i < MUTATIONS; i++) {
      check(what + ", mutation " + i, mutated(good, random), kind);
    }
  }

  private static void check(String what, byte[] bytes, Kind kind) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Assertions.assertTimeout(
        MAX_TIME,
        () -> {
          try {
            kind.copy(bytes);
          } catch (MetatensorException e) {
            assertTrue(e.getMessage().length() > 10, e.getMessage());
          } catch (RuntimeException | Error e) {
            fail(what + " (seed " + SEED + ") ends in " + e, e);
          }
        },
        what);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(
        allocated < MAX_ALLOCATION + 8L * bytes.length, what + " takes " + allocated + " bytes");
  }

  /** Anywhere in the file, or, half the time, in its headers or its directory. */
  private static int place(int length, Random random) {
    int edge = Math.min(length, 4096);
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(edge);
      case 1 -> length - 1 - random.nextInt(edge);
      default -> random.nextInt(length);
    };
  }

  private static byte[] mutated(byte[] good, Random random) {
    byte[] bytes = good.clone();
    for (int times = 1 + random.nextInt(3); times > 0 && bytes.length > 8; times--) {
      int at = place(bytes.length - 8, random);
      int length = 1 + random.nextInt(8);
      switch (random.nextInt(8)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> Arrays.fill(bytes, at, at + length, (byte) 0);
        case 3 -> Arrays.fill(bytes, at, at + length, (byte) 0xFF);
        case 4 -> bytes[at + 3] = (byte) (random.nextBoolean() ? 0x7F : 0x80);
        case 5 -> bytes[at] = (byte) "0123456789',():[]{}<>=| fiucb".charAt(random.nextInt(28));
        case 6 -> bytes = Arrays.copyOf(bytes, at); // cut short
        default -> { // a piece copied or lost
          int from = random.nextInt(bytes.length - 8);
          int end = random.nextBoolean() ? at + length : at;
          byte[] piece = Arrays.copyOfRange(bytes, from, from + random.nextInt(8));
          byte[] changed = new byte[bytes.length - (end - at) + piece.length];
          System.arraycopy(bytes, 0, changed, 0, at);
          System.arraycopy(piece, 0, changed, at, piece.length);
          System.arraycopy(bytes, end, changed, at + piece.length, bytes.length - end);
          bytes = changed;
        }
      }
    }
    return bytes;
  }
}
