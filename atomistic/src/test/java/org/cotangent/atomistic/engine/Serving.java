package org.cotangent.atomistic.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cotangent.atomistic.cli.Main;

/** {@code cotangent serve} in the background. */
final class Serving {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CompletableFuture<Integer> code = new CompletableFuture<>();

  Serving(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "serve";
    java.lang.System.arraycopy(arguments, 0, all, 1, arguments.length);
    Thread.ofPlatform()
        .daemon()
        .start(() -> code.complete(Main.run(new PrintWriter(out), new PrintWriter(err), all)));
  }

  /** Waits for its end, which must come. */
  String output() throws Exception {
    assertEquals(0, code.get(30, TimeUnit.SECONDS), () -> out + "" + err);
    return out.toString();
  }
}
