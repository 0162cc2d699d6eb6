package org.cotangent.atomistic.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * Serves a model on the socket file of a {@linkplain #socketName name}.
   *
   * @param more options
   */
  static Serving unix(Path model, Path template, String suffix, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                model.toString(), "--template", template.toString(), "--unix", socketName(suffix)));
    arguments.addAll(List.of(more));
    return new Serving(arguments.toArray(String[]::new));
  }

  /** Returns a name that no other test of this machine uses. */
  static String socketName(String suffix) {
    return "cotangent-%d-%s".formatted(ProcessHandle.current().pid(), suffix);
  }

  /** Waits for its end, which must come. */
  String output() throws Exception {
    assertEquals(0, code.get(30, TimeUnit.SECONDS), () -> out + "" + err);
    return out.toString();
  }
}
