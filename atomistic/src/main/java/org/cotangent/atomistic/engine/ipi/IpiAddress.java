package org.cotangent.atomistic.engine.ipi;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where a server waits for its clients. */
public sealed interface IpiAddress {
  /** What i-PI puts before the name of a socket file. */
  String PREFIX = "/tmp/ipi_";

  /**
   * Connects once.
   *
   * @throws IOException if nobody listens there
   */
  SocketChannel connect() throws IOException;

  /**
   * A socket file of this machine.
   *
   * @param file its path, usually {@link #PREFIX} and a name
   */
  record Unix(Path file) implements IpiAddress {
    /** What Linux has room for, besides the zero at the end. */
    private static final int LONGEST = 107;

    /**
     * @throws IllegalArgumentException if there cannot be a socket of such a long path
     */
    public Unix {
      int length = file.toString().getBytes(StandardCharsets.UTF_8).length;
      if (length > LONGEST) {
        throw new IllegalArgumentException(
            "the path of a socket has %d bytes at most, %s has %d"
                .formatted(LONGEST, file, length));
      }
    }

    @Override
    public SocketChannel connect() throws IOException {
      return opened(
          SocketChannel.open(StandardProtocolFamily.UNIX), UnixDomainSocketAddress.of(file));
    }

    @Override
    public String toString() {
      return "unix:" + file;
    }
  }

  /** A port of any machine. */
  record Inet(String host, int port) implements IpiAddress {
    /**
     * @throws IllegalArgumentException if there cannot be such a port
     */
    public Inet {
      if (port < 1 || port > 65535) {
        throw new IllegalArgumentException("a port is from 1 to 65535, got " + port);
      }
    }

    @Override
    public SocketChannel connect() throws IOException {
      InetSocketAddress address = new InetSocketAddress(host, port);
      if (address.isUnresolved()) {
        throw new UnknownHostException("the host '" + host + "' is not known");
      }
      SocketChannel channel = SocketChannel.open();
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      return opened(channel, address);
    }

    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  private static SocketChannel opened(SocketChannel channel, SocketAddress address)
      throws IOException {
    try {
      channel.connect(address);
      return channel;
    } catch (IOException | RuntimeException refused) {
      channel.close();
      throw refused;
    }
  }
}
