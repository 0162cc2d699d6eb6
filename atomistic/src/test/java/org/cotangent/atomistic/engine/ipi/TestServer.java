package org.cotangent.atomistic.engine.ipi;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** The other side of the protocol, byte by byte: it sends what a test says. */
final class TestServer implements AutoCloseable {
  private final Path file;
  private final ServerSocketChannel listening;
  private SocketChannel client;

  TestServer(Path folder) throws IOException {
    file = folder.resolve("socket");
    listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listening.bind(UnixDomainSocketAddress.of(file));
  }

  Path file() {
    return file;
  }

  /** Serves in the background; a hanging client fails the test instead of the build. */
  CompletableFuture<Boolean> start(IpiClient of) {
    CompletableFuture<Boolean> result = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                result.complete(of.serve(new Connection(new IpiAddress.Unix(file), 10).open()));
              } catch (Throwable thrown) {
                result.completeExceptionally(thrown);
              }
            });
    return result;
  }

  void accept() throws Exception {
    client = within(listening::accept);
  }

  void send(String header) throws IOException {
    send(buffer(12).put(padded(header)));
  }

  void send(ByteBuffer bytes) throws IOException {
    bytes.flip();
    while (bytes.hasRemaining()) {
      client.write(bytes);
    }
  }

  static byte[] padded(String header) {
    return "%-12s".formatted(header).getBytes(StandardCharsets.US_ASCII);
  }

  static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
  }

  void initialise(int bead, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    send(
        buffer(20 + bytes.length).put(padded("INIT")).putInt(bead).putInt(bytes.length).put(bytes));
  }

  /** Lattice vectors as rows, as tests write them; columns go over the wire. */
  static void putCell(ByteBuffer to, double[] rows) {
    for (int k = 0; k < 9; k++) {
      to.putDouble(rows[k % 3 * 3 + k / 3]);
    }
    for (int k = 0; k < 9; k++) {
      to.putDouble(Double.NaN); // the inverse: nobody should look at it
    }
  }

  ByteBuffer positions(double[] cell, double[] positions) {
    ByteBuffer message = buffer(12 + 144 + 4 + 8 * positions.length).put(padded("POSDATA"));
    putCell(message, cell);
    message.putInt(positions.length / 3);
    for (double x : positions) {
      message.putDouble(x);
    }
    return message;
  }

  ByteBuffer receive(int size) throws Exception {
    ByteBuffer bytes = buffer(size);
    within(
        () -> {
          while (bytes.hasRemaining()) {
            if (client.read(bytes) < 0) {
              throw new IOException("the client is gone");
            }
          }
          return true;
        });
    return bytes.flip();
  }

  String header() throws Exception {
    return StandardCharsets.US_ASCII.decode(receive(12)).toString();
  }

  void hangUp() throws IOException {
    client.close();
  }

  /** Closes with an answer unread, which resets the connection. */
  void hangUpUnread() throws Exception {
    java.util.concurrent.TimeUnit.MILLISECONDS.sleep(300);
    client.close();
  }

  private static <T> T within(Callable<T> work) throws Exception {
    return await(
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return work.call();
              } catch (Exception e) {
                throw new java.util.concurrent.CompletionException(e);
              }
            }));
  }

  static <T> T await(CompletableFuture<T> future) throws Exception {
    try {
      return future.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw failure;
    }
  }

  @Override
  public void close() throws IOException {
    if (client != null) {
      client.close();
    }
    listening.close();
  }
}
