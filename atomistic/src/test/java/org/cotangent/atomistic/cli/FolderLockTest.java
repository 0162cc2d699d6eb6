package org.cotangent.atomistic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  private static final int TURNS = 500;

  @TempDir private Path folder;

  /** What runs in a process of its own: is in the folder many times, and there alone. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) throws IOException {
      Path folder = Path.of(args[0]);
      for (int turn = 0; turn < TURNS; ) {
        try (FolderLock _ = FolderLock.of(folder)) {
          Path inside = Files.createFile(folder.resolve("inside")); // fails if another is inside
          Files.delete(inside);
          turn++;
        } catch (UserException taken) {
          Thread.onSpinWait();
        }
      }
    }
  }

  @Test
  void aLockedFolderIsRefusedAndAReleasedOneIsNot() throws IOException {
    try (FolderLock lock = FolderLock.of(folder)) {
      UserException refusal = assertThrows(UserException.class, () -> FolderLock.of(folder));
      assertTrue(refusal.getMessage().contains("another run is at work in " + folder));
      assertTrue(Files.exists(folder.resolve(".running")), "the refused one removed it");
      lock.release();
      try (FolderLock _ = FolderLock.of(folder)) {
        lock.release();
        assertTrue(Files.exists(folder.resolve(".running")), "it removed that of another");
      }
    }
    assertFalse(Files.exists(folder.resolve(".running")));
  }

  @Test
  void aFileThatAKilledRunLeftLocksNobodyOut() throws IOException {
    Files.writeString(folder.resolve(".running"), "of a process that is gone, and long");
    FolderLock.of(folder).close();
    assertFalse(Files.exists(folder.resolve(".running")));
  }

  @Test
  void processesThatComeAndGoAreNeverInAFolderTogether() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int k = 0; k < 3; k++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(java.lang.System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  java.lang.System.getProperty("java.class.path"),
                  Child.class.getName(),
                  folder.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("printed" + k).toFile())
              .start());
    }
    for (int k = 0; k < 3; k++) {
      assertTrue(processes.get(k).waitFor(2, TimeUnit.MINUTES), "it did not end");
      assertEquals(
          0, processes.get(k).exitValue(), Files.readString(folder.resolve("printed" + k)));
    }
    assertFalse(Files.exists(folder.resolve(".running")));
  }
}
