package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second run out of a folder while one is at work there. The system ends a lock with its
 * process, so that a run which was killed locks nobody out.
 */
final class FolderLock implements AutoCloseable {
  private static final String NAME = ".running";

  /** What a process that was killed while it wrote a file has left: the file itself is whole. */
  private static final String UNFINISHED = ".*.????????-????-????-????-????????????.tmp";

  /** Each is in vain only if another run ends or begins just then. */
  private static final int ATTEMPTS = 1000;

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
    FolderLock lock = null;
    for (int attempt = 0; lock == null; attempt++) {
      if (attempt == ATTEMPTS) {
        throw new IOException("cannot make and lock " + file + ": remove it");
      }
      lock = locked(folder, file);
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

  /**
   * Locks the file; null if the run before, which removes it as its last act, removed it between
   * opening and locking: what is locked then is not what the next run finds in the folder. The file
   * is not opened a second time to see that, because closing it would end the lock.
   */
  private static @Nullable FolderLock locked(Path folder, Path file) throws IOException {
    FileChannel channel = null;
    try {
      if (!Files.exists(file)) {
        Files.createFile(file);
      }
      Object identity = identity(file);
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        throw new UserException(
            "another run is at work in " + folder + ": wait for its end, or name another folder");
      }
      if (Objects.equals(identity, identity(file))) {
        return new FolderLock(file, channel);
      }
    } catch (NoSuchFileException | FileAlreadyExistsException changed) {
      if (!Files.isDirectory(folder)) {
        throw changed;
      }
    } catch (IOException | RuntimeException e) {
      if (channel != null) {
        channel.close();
      }
      throw e;
    }
    if (channel != null) {
      channel.close();
    }
    return null;
  }

  private static @Nullable Object identity(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
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
  synchronized void release() throws IOException {
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
