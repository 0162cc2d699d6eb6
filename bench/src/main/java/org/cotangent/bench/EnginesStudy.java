package org.cotangent.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.dynamics.MolecularDynamics;
import org.cotangent.atomistic.dynamics.MotionState;
import org.cotangent.atomistic.engine.Configuration;
import org.cotangent.atomistic.engine.EngineModel;
import org.cotangent.atomistic.engine.EngineOptions;
import org.cotangent.atomistic.engine.EngineUnits;
import org.cotangent.atomistic.engine.ipi.Connection;
import org.cotangent.atomistic.engine.ipi.IpiAddress;
import org.cotangent.atomistic.engine.ipi.IpiClient;
import org.cotangent.atomistic.engine.lammps.LammpsException;
import org.cotangent.atomistic.engine.lammps.LammpsFiles;
import org.cotangent.atomistic.engine.lammps.LammpsRun;
import org.cotangent.atomistic.model.AtomisticModel;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.potentials.PotentialModel;
import org.cotangent.atomistic.training.ForceGradients;
import org.cotangent.atomistic.training.TrainingObjective;
import org.cotangent.atomistic.training.TrainingOptions;
import org.cotangent.autodiff.DType;

/**
 * What a step of dynamics in another program takes besides the model: its own arithmetic, and the
 * way there and back through a socket or a library.
 */
final class EnginesStudy implements Study {
  private static final int EDGE = 10;
  private static final double SKIN = 1;

  /** One way to move the atoms; the last three are texts, because some have none. */
  private record Row(String name, double step, String model, String outside, String share) {}

  /** How many steps there are, and how many of them do not count. */
  private record Length(int steps, int warmUp) {}

  private final List<Row> rows = new ArrayList<>();
  private final System atoms = Structure.grid(EDGE);

  @Override
  public List<String> run(Setting setting) throws IOException, InterruptedException {
    rows.clear();
    LearnedPotential potential = potential();
    StepClock clock = new StepClock(new PotentialModel(potential));
    AtomisticModel model =
        new AtomisticModel(
            clock, ModelMetadata.of("1000 atoms", ""), PotentialModel.capabilities(potential));
    Length length = setting.quick() ? new Length(25, 5) : new Length(120, 20);
    repeated(engine(model, EngineUnits.ANGSTROM_EV, SKIN), 40);
    alone(setting, clock, model, length);
    dynamics(setting, potential, length);
    programs(setting, clock, model, length);
    Table table = new Table("moved by", "step ms", "model ms", "outside ms", "outside %");
    rows.forEach(row -> table.add(row.name, ms(row.step), row.model, row.outside, row.share));
    setting.write("engines.csv", table.csv());
    setting.write(
        "engines.html",
        new Page("What engines take besides the model")
            .paragraph(
                "Dynamics at constant energy of "
                    + atoms.size()
                    + " atoms of H, C and O in a periodic cube, 19 neighbors within 5 Å, with the"
                    + " learned basis of two layers in float64 on one thread. All begin with the"
                    + " same atoms and find the same energy. Times are the middle ones of "
                    + (length.steps - length.warmUp)
                    + " steps. The model's time has neighbor lists and the reverse pass in it;"
                    + " what is outside is the program's own arithmetic and the way there and"
                    + " back.")
            .table(table.rows())
            .machine()
            .html());
    return table.lines();
  }

  private static String ms(double nanoseconds) {
    return Table.number("%.2f", nanoseconds / 1e6);
  }

  /** The learned basis with the weights that training starts from. */
  private LearnedPotential potential() {
    TrainingOptions options = TrainingOptions.QUICKSTART.with(1, 64, 1, 1, ForceGradients.REVERSE);
    try (TrainingObjective objective =
        new TrainingObjective(options, ScalingStudy.unlabelled(atoms))) {
      return objective.potential().to(DType.FLOAT64);
    }
  }

  private static EngineModel engine(AtomisticModel model, EngineUnits units, double skin) {
    return new EngineModel(model, new EngineOptions(units, skin, false, false));
  }

  // ------------------------------------------------------------------------------ in this library

  /** Moves the atoms straight on and asks the model. */
  private void repeated(EngineModel model, int steps) {
    Configuration start = Configuration.of(atoms);
    double[] velocities = MotionState.thermal(atoms, 300, 1).velocities();
    for (int step = 0; step <= steps; step++) {
      double[] positions = start.positions().clone();
      for (int k = 0; k < positions.length; k++) {
        positions[k] += 0.1 * step * velocities[k];
      }
      model.evaluate(start.moved(positions, start.cell()));
    }
  }

  private void alone(Setting setting, StepClock clock, AtomisticModel model, Length length) {
    for (boolean searched : new boolean[] {true, false}) {
      String name = searched ? "nobody, neighbors searched in each step" : "nobody";
      setting.tell("running " + name);
      clock.start(() -> 0);
      repeated(engine(model, EngineUnits.ANGSTROM_EV, searched ? 0 : SKIN), length.steps);
      rows.add(new Row(name, clock.middle(length.warmUp).whole(), "", "", ""));
    }
  }

  private void dynamics(Setting setting, LearnedPotential potential, Length length) {
    setting.tell("running cotangent md");
    MolecularDynamics dynamics =
        new MolecularDynamics(potential, MotionState.thermal(atoms, 300, 1), 0.1);
    double[] times = new double[length.steps - length.warmUp];
    for (int step = -length.warmUp; step < times.length; step++) {
      long begin = java.lang.System.nanoTime();
      dynamics.advance();
      if (step >= 0) {
        times[step] = java.lang.System.nanoTime() - begin;
      }
    }
    rows.add(new Row("cotangent md", StepClock.median(times), "", "", ""));
  }

  // ----------------------------------------------------------------------------- in other programs

  private void programs(Setting setting, StepClock clock, AtomisticModel model, Length length)
      throws IOException, InterruptedException {
    String python = PythonPeer.named();
    if (python == null) {
      setting.tell(
          "not measured in ASE, i-PI and LAMMPS: "
              + PythonPeer.VARIABLE
              + " names no Python with them");
      return;
    }
    double energy = clock.energy();
    EnginePrograms programs =
        new EnginePrograms(Path.of(python), setting.folder().toAbsolutePath(), atoms);
    String name = "cotangent-" + ProcessHandle.current().pid();
    IpiAddress unix = new IpiAddress.Unix(Path.of(IpiAddress.PREFIX + name));
    int port = freePort();
    List<Server> servers =
        List.of(
            new Server("ASE, unix socket", "ase", unix, () -> programs.ase(name, length.steps)),
            new Server(
                "i-PI, unix socket",
                "ipi",
                unix,
                () ->
                    programs.ipi(
                        "mode='unix'><address> %s </address>".formatted(name), length.steps)),
            new Server(
                "i-PI, inet socket",
                "ipi",
                new IpiAddress.Inet("localhost", port),
                () ->
                    programs.ipi(
                        "mode='inet'><address> localhost </address><port> %d </port>"
                            .formatted(port),
                        length.steps)));
    for (Server server : servers) {
      if (programs.has(server.module)) {
        setting.tell("running " + server.name);
        served(server, clock, model);
        add(server.name, clock, length, energy);
      } else {
        setting.tell("not measured in " + server.name + ": " + python + " cannot import it");
      }
    }
    setting.tell("running LAMMPS");
    try {
      lammps(setting, programs, clock, model, length.steps);
      add("LAMMPS, in process", clock, length, energy);
    } catch (LammpsException notThere) {
      setting.tell("not measured in LAMMPS: " + notThere.getMessage());
    }
  }

  /** Starts a program. */
  private interface Start {
    Process process() throws IOException;
  }

  /** A program that asks through a socket. */
  private record Server(String name, String module, IpiAddress address, Start start) {}

  private void served(Server server, StepClock clock, AtomisticModel model)
      throws IOException, InterruptedException {
    IpiClient client = new IpiClient(engine(model, EngineUnits.IPI, SKIN), Configuration.of(atoms));
    clock.start(client::computingSeconds);
    Process process = server.start.process();
    try {
      client.serve(connected(server, process));
      EnginePrograms.end(process, server.name);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Waits for a program as long as it runs. */
  private static SocketChannel connected(Server server, Process process)
      throws IOException, InterruptedException {
    while (true) {
      try {
        return new Connection(server.address, 1).open();
      } catch (IOException notYet) {
        if (!process.isAlive()) {
          throw new IOException(server.name + " ended before it began, see its log", notYet);
        }
      }
    }
  }

  private void lammps(
      Setting setting, EnginePrograms programs, StepClock clock, AtomisticModel model, int steps)
      throws IOException {
    int[] elements = model.capabilities().atomicTypes().stream().mapToInt(k -> k).toArray();
    String log = setting.folder().resolve("engines-lammps.log").toString();
    try (LammpsRun run =
        new LammpsRun(
            LammpsFiles.find(null, java.lang.System.getenv()),
            engine(model, EngineUnits.ANGSTROM_EV, SKIN),
            elements,
            null,
            List.of("-screen", "none", "-log", log),
            setting::tell)) {
      clock.start(run::computingSeconds);
      run.run(programs.lammps(elements, steps));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }

  private void add(String name, StepClock clock, Length length, double energy) {
    if (!(Math.abs(clock.energy() - energy) <= 1e-6 * Math.abs(energy))) {
      throw new IllegalStateException(
          "%s begins with %s eV, not %s eV".formatted(name, clock.energy(), energy));
    }
    StepClock.Step step = clock.middle(length.warmUp);
    rows.add(
        new Row(
            name,
            step.whole(),
            ms(step.model()),
            ms(step.outside()),
            Table.number("%.1f", 100 * step.outside() / step.whole())));
  }
}
