package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second run out of a folder while one is at work there. The system ends a lock with its
 * process, so that a run which was killed locks nobody out.
 */
final class FolderLock implements AutoCloseable {
  private static final String NAME = ".running";

  /** What a process that was killed while it wrote a file has left: the file itself is whole. */
  private static final String UNFINISHED = ".*.????????-????-????-????-????????????.tmp";

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks a folder that is there, and removes what processes that were killed have half written.
   *
   * @throws UserException if a run is at work in it
   */
  static FolderLock of(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FolderLock lock = new FolderLock(file, channel);
    if (!isLocked(channel)) {
      channel.close();
      throw new UserException(
          "another run is at work in " + folder + ": wait for its end, or name another folder");
    }
    try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, UNFINISHED)) {
      for (Path left : unfinished) {
        Files.deleteIfExists(left);
      }
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
    return lock;
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException inThisProcess) {
      return false;
    } catch (IOException noLocks) {
      return true; // of a file system without locks nothing more can be asked
    }
  }

  /** Lets others in; again, it does nothing. */
  void release() throws IOException {
    if (channel.isOpen()) {
      Files.deleteIfExists(file);
      channel.close();
    }
  }

  @Override
  public void close() throws IOException {
    release();
  }
}
