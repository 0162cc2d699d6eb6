package org.cotangent.atomistic.engine.ipi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.cotangent.atomistic.engine.Configuration;
import org.cotangent.atomistic.engine.EngineModel;
import org.cotangent.atomistic.engine.EngineUnits;
import org.cotangent.atomistic.engine.Evaluation;

/**
 * Answers a server that speaks i-PI's protocol: it sends positions and a cell, the client sends
 * energy, forces, virial and extras back. What the atoms are and which directions are periodic is
 * not in the protocol; a template says it.
 *
 * <pre>
 *  server     client
 *  STATUS     NEEDINIT, READY or HAVEDATA
 *  INIT       -                              bead, parameters
 *  POSDATA    -                              cell, inverse cell, atoms, positions
 *  GETFORCE   FORCEREADY                     energy, atoms, forces, virial, extras
 *  EXIT       -</pre>
 *
 * <p>Numbers are in atomic units, with the constants of whoever asks: {@link EngineUnits#IPI} or
 * {@link EngineUnits#ASE}. With a {@code batch_size} in INIT, as many configurations come in one
 * message.
 *
 * @see <a href="https://docs.ipi-code.org/distributed.html">i-PI's description of it</a>
 */
public final class IpiClient {
  private enum State {
    NEEDINIT,
    READY,
    HAVEDATA
  }

  private final EngineModel model;
  private final Configuration template;

  /** The model in the constants of the server that speaks now. */
  private EngineModel current;

  private State state = State.NEEDINIT;
  private int batchSize = 1;
  private List<Evaluation> results = List.of();
  private long evaluations;
  private long computing;

  /**
   * Prepares a client.
   *
   * @param model in the units of i-PI
   * @param template types and periodic directions of the atoms, in the order in which the server
   *     has them; its positions do not matter
   */
  public IpiClient(EngineModel model, Configuration template) {
    this.model = model;
    this.template = template;
    current = model;
  }

  /**
   * Answers until the server says that it is over.
   *
   * @return whether it said so; false if it just went away, between two messages
   * @throws IpiProtocolException if the server sends something else, or another number of atoms, or
   *     goes away in the middle of a message or of a step
   * @throws IllegalArgumentException if the model refuses the configuration
   */
  public boolean serve(java.nio.channels.ByteChannel connection) throws IOException {
    state = State.NEEDINIT;
    batchSize = 1;
    try (IpiChannel channel = new IpiChannel(connection)) {
      while (true) {
        String header = channel.header();
        if (header == null) {
          if (state == State.HAVEDATA) {
            throw new IpiProtocolException(
                "the server went away after it sent positions, before it took their forces");
          }
          return false;
        }
        switch (header) {
          case "STATUS" -> channel.send(state.name());
          case "INIT" -> initialise(channel);
          case "POSDATA" -> compute(channel);
          case "GETFORCE" -> answer(channel);
          case "EXIT" -> {
            return true;
          }
          default ->
              throw new IpiProtocolException(
                  "the server sent '%s', which is none of STATUS, INIT, POSDATA, GETFORCE and EXIT: does it speak i-PI's protocol?"
                      .formatted(header));
        }
      }
    }
  }

  /** Returns how many configurations were computed. */
  public long evaluations() {
    return evaluations;
  }

  /** Returns how long the model took for them, in seconds. */
  public double computingSeconds() {
    return computing / 1e9;
  }

  private void initialise(IpiChannel channel) throws IOException {
    int bead = channel.integer("bead's number");
    int length = channel.integer("length of the parameters");
    if (length < 0 || length > 1 << 20) {
      throw new IpiProtocolException(
          "the server announces parameters of %d bytes".formatted(length));
    }
    Initialisation said = new Initialisation(bead, channel.text(length, "parameters"));
    batchSize = said.batchSize();
    EngineUnits units = said.isFromAse() ? EngineUnits.ASE : model.options().units();
    if (!units.equals(current.options().units())) {
      current = model.in(units);
    }
    state = State.READY;
  }

  private void compute(IpiChannel channel) throws IOException {
    List<Configuration> given = batchSize == 1 ? List.of(one(channel)) : batch(channel);
    long start = java.lang.System.nanoTime();
    results = current.evaluate(given);
    computing += java.lang.System.nanoTime() - start;
    evaluations += given.size();
    state = State.HAVEDATA;
  }

  private Configuration one(IpiChannel channel) throws IOException {
    double[] cell = cell(channel);
    checkAtoms(channel.integer("number of atoms"));
    return template.moved(channel.numbers(template.positions().length, "positions"), cell);
  }

  private List<Configuration> batch(IpiChannel channel) throws IOException {
    checkAtoms(channel.integer("number of atoms"));
    List<double[]> cells = new ArrayList<>();
    for (int k = 0; k < batchSize; k++) {
      cells.add(cell(channel));
    }
    List<Configuration> batch = new ArrayList<>();
    for (double[] cell : cells) {
      batch.add(template.moved(channel.numbers(template.positions().length, "positions"), cell));
    }
    return batch;
  }

  /** The server's lattice vectors are columns; the inverse follows from them and is left out. */
  private static double[] cell(IpiChannel channel) throws IOException {
    double[] columns = channel.numbers(9, "cell");
    channel.numbers(9, "inverse cell");
    return transposed(columns);
  }

  private static double[] transposed(double[] matrix) {
    double[] result = new double[9];
    for (int k = 0; k < 9; k++) {
      result[k] = matrix[k % 3 * 3 + k / 3];
    }
    return result;
  }

  private void checkAtoms(int count) throws IpiProtocolException {
    if (count != template.types().length) {
      throw new IpiProtocolException(
          "the server sends %d atoms, the template has %d: give the template that the server starts from"
              .formatted(count, template.types().length));
    }
  }

  private void answer(IpiChannel channel) throws IOException {
    if (state != State.HAVEDATA) {
      throw new IpiProtocolException("the server asks for forces before it sent positions");
    }
    List<byte[]> extras = results.stream().map(Extras::of).toList();
    int size = Integer.BYTES;
    for (byte[] extra : extras) {
      size += (10 + template.positions().length) * Double.BYTES + Integer.BYTES + extra.length;
    }
    ByteBuffer message = IpiChannel.message("FORCEREADY", size);
    results.forEach(result -> message.putDouble(result.energy()));
    message.putInt(template.types().length);
    results.forEach(result -> put(message, result.forces()));
    results.forEach(result -> put(message, result.virial()));
    for (byte[] extra : extras) {
      message.putInt(extra.length).put(extra);
    }
    channel.send(message);
    results = List.of();
    state = State.READY;
  }

  private static void put(ByteBuffer message, double[] values) {
    for (double value : values) {
      message.putDouble(value);
    }
  }
}
