package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.cotangent.atomistic.engine.Configuration;
import org.cotangent.atomistic.engine.EngineModel;
import org.cotangent.atomistic.engine.EngineUnits;
import org.cotangent.atomistic.engine.ipi.Connection;
import org.cotangent.atomistic.engine.ipi.IpiAddress;
import org.cotangent.atomistic.engine.ipi.IpiClient;
import org.cotangent.atomistic.engine.ipi.IpiProtocolException;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.FrameFiles;
import org.cotangent.atomistic.io.FrameReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Serves a model to i-PI, and to ASE through its socket calculator. */
@Command(
    name = "serve",
    description =
        "Compute energies, forces and virials for i-PI or ASE, which send positions through a socket.")
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
  private Path model;

  @Option(
      names = "--template",
      paramLabel = "FILE",
      required = true,
      description =
          "A structure whose elements, order of atoms and periodic directions are those of the run.")
  private Path template;

  @ArgGroup(multiplicity = "1")
  private Where where;

  /** One of the two kinds of sockets. */
  static final class Where {
    @Option(
        names = "--unix",
        paramLabel = "NAME",
        description = "The socket file of this name in /tmp/ipi_NAME, or a path with a slash.")
    private @Nullable String unix;

    @ArgGroup(exclusive = false)
    private @Nullable Inet inet;

    IpiAddress address() {
      if (unix != null) {
        return new IpiAddress.Unix(Path.of(unix.contains("/") ? unix : IpiAddress.PREFIX + unix));
      }
      Inet found = java.util.Objects.requireNonNull(inet);
      return new IpiAddress.Inet(found.host, found.port);
    }
  }

  /** A port of a machine. */
  static final class Inet {
    @Option(names = "--host", description = "The server's machine; default: localhost.")
    private String host = "localhost";

    @Option(names = "--port", required = true, description = "The server's port.")
    private int port;
  }

  @Option(
      names = "--wait",
      paramLabel = "S",
      description = "Try so many seconds to find the server; default: ${DEFAULT-VALUE}.")
  private double patience = 60;

  @Option(
      names = "--reconnect",
      description = "When the server is gone, wait for the next one, as long as --wait says.")
  private boolean reconnect;

  @Mixin private EngineArguments arguments;

  @Option(
      names = "--committee-forces",
      description = "Send forces and virials of the members of a committee along.")
  private boolean committeeForces;

  @SuppressWarnings("NullAway.Init")
  ServeCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    EngineModel engine = arguments.read(model, EngineUnits.IPI, committeeForces);
    Configuration atoms = Configuration.of(firstFrame());
    engine.checkTypes(atoms.types());
    IpiClient client = new IpiClient(engine, atoms);
    Connection server = new Connection(where.address(), patience);
    PrintWriter to = spec.commandLine().getOut();
    to.printf(
        Locale.ROOT,
        "%d atoms, %s; waiting for %s%n",
        atoms.types().length,
        model,
        server.address());
    to.flush();
    serve(client, server, to);
    to.printf(
        Locale.ROOT,
        "%d configurations, the model took %.3f s%n",
        client.evaluations(),
        client.computingSeconds());
    to.flush();
    return ExitCode.OK;
  }

  private void serve(IpiClient client, Connection server, PrintWriter to)
      throws IOException, InterruptedException {
    boolean again = false;
    do {
      SocketChannel channel;
      try {
        channel = server.open();
      } catch (IOException nobody) {
        if (again) {
          return; // the last server is gone and no other came
        }
        throw nobody;
      }
      try {
        to.println(
            client.serve(channel) ? "the server is done" : "the server closed the connection");
      } catch (IpiProtocolException broken) {
        if (!reconnect) {
          throw broken;
        }
        to.println(broken.getMessage());
      }
      to.flush();
      again = true;
    } while (reconnect);
  }

  private org.cotangent.atomistic.System firstFrame() throws IOException {
    try (FrameReader frames = FrameFiles.open(template)) {
      Frame first = frames.read();
      if (first == null) {
        throw new UserException(template + " has no frame: a template needs one");
      }
      return first.system();
    }
  }
}
