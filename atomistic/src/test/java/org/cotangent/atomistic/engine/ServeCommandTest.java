package org.cotangent.atomistic.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.cli.Main;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What users meet before and after a server is there. */
@Timeout(60)
class ServeCommandTest {
  @TempDir Path folder;

  private void assertRefused(int code, String message, System template, String... where)
      throws Exception {
    Path file = folder.resolve("start.xyz");
    EngineStructures.write(file, List.of(template));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "serve", EngineFiles.networks(folder).toString(), "--template", file.toString()));
    arguments.addAll(Arrays.asList(where));
    StringWriter err = new StringWriter();
    int found =
        Main.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            arguments.toArray(String[]::new));
    assertEquals(code, found, err.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertTrue(err.toString().contains(message), err.toString());
  }

  @Test
  void nobodyAnswers() throws Exception {
    String nowhere = folder.resolve("nowhere").toString();
    assertRefused(
        1,
        "no server has answered at unix:" + nowhere + " for 0.2 s",
        SmallSystems.molecule(),
        "--unix",
        nowhere,
        "--wait",
        "0.2");
  }

  @Test
  void socketFileOfAServerThatIsGone() throws Exception {
    Path stale = folder.resolve("stale");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(stale));
    }
    assertRefused(
        1,
        "the file is there, but nobody listens",
        SmallSystems.molecule(),
        "--unix",
        stale.toString(),
        "--wait",
        "0.2");
  }

  @Test
  void unknownHost() throws Exception {
    assertRefused(
        1,
        "no-such-host.invalid",
        SmallSystems.molecule(),
        "--host",
        "no-such-host.invalid",
        "--port",
        "31415");
  }

  @Test
  void portOutOfRange() throws Exception {
    assertRefused(2, "from 1 to 65535", SmallSystems.molecule(), "--port", "70000");
  }

  @Test
  void pathTooLongForASocket() throws Exception {
    assertRefused(2, "107 bytes at most", SmallSystems.molecule(), "--unix", "x".repeat(200));
  }

  @Test
  void negativeTimes() throws Exception {
    assertRefused(2, "negative", SmallSystems.molecule(), "--unix", "x", "--wait", "-1");
    assertRefused(2, "negative", SmallSystems.molecule(), "--unix", "x", "--skin", "-1");
  }

  @Test
  void neitherFileNorPort() throws Exception {
    assertRefused(2, "error: Missing required argument", SmallSystems.molecule());
  }

  @Test
  void elementThatTheModelDoesNotKnow() throws Exception {
    System iron = System.molecule(new int[] {26}, Tensor.of(new double[3], 1, 3));
    assertRefused(2, "Fe", iron, "--unix", folder.resolve("socket").toString());
  }

  @Test
  void serverThatDiesInTheMiddleOfAMessage() throws Exception {
    Path file = folder.resolve("socket");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(file));
      Thread.ofVirtual()
          .start(
              () -> {
                try (SocketChannel client = server.accept()) {
                  client.write(java.nio.ByteBuffer.wrap(new byte[] {'S', 'T', 'A'}));
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      assertRefused(
          1,
          "of the header came 3 of 12 bytes",
          SmallSystems.molecule(),
          "--unix",
          file.toString());
    }
  }
}
