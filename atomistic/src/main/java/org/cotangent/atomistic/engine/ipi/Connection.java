package org.cotangent.atomistic.engine.ipi;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * How a client finds its server, which may be started after it.
 *
 * @param address where the server is
 * @param patience how long to try, in seconds
 */
public record Connection(IpiAddress address, double patience) {
  private static final double FIRST_PAUSE = 0.05;
  private static final double LONGEST_PAUSE = 0.5;

  /**
   * @throws IllegalArgumentException if the time is negative or not a number
   */
  public Connection {
    if (!(patience >= 0)) {
      throw new IllegalArgumentException(
          "the time to wait for a server must not be negative, it is %s s".formatted(patience));
    }
  }

  /**
   * Connects; as long as nobody answers, tries again after pauses that double.
   *
   * @throws IOException if nobody has answered in time, or the host is not known
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public SocketChannel open() throws IOException, InterruptedException {
    long end = java.lang.System.nanoTime() + (long) (patience * 1e9);
    double pause = FIRST_PAUSE;
    while (true) {
      try {
        return address.connect();
      } catch (UnknownHostException unknown) {
        throw unknown;
      } catch (IOException nobody) {
        double left = (end - java.lang.System.nanoTime()) / 1e9;
        if (left <= 0) {
          throw new IOException(
              "no server has answered at %s for %s s: %s"
                  .formatted(address, Double.toString(patience), advice()),
              nobody);
        }
        TimeUnit.MICROSECONDS.sleep((long) (1e6 * Math.min(pause, left)));
        pause = Math.min(2 * pause, LONGEST_PAUSE);
      }
    }
  }

  private String advice() {
    return address instanceof IpiAddress.Unix(Path file) && Files.exists(file)
        ? "the file is there, but nobody listens; remove it and start the server again"
        : "is it running, and is this its address?";
  }
}
