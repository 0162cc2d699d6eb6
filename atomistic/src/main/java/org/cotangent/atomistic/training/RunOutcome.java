package org.cotangent.atomistic.training;

import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.dynamics.EnergyDrift;
import org.cotangent.atomistic.report.PeakMemory;
import org.cotangent.atomistic.report.Section;
import org.jspecify.annotations.Nullable;

/**
 * What came out of a run, whether it trained a potential or tested one: {@link TrainingReport}
 * shows it. What a run did not do is empty or null.
 *
 * @param title for example {@code "Ethanol, PBE/def2-SVP"}
 * @param description one or two sentences on the potential and its training
 * @param parameters the number of trained parameters
 * @param courses how training went, for each member of a committee; empty where nothing was trained
 *     step by step
 * @param sets the errors on one set after another; the last is the one that counts, and that is
 *     drawn
 * @param members the errors of each member of a committee on the last set; empty where there is no
 *     committee
 * @param data what was read
 * @param checks of the physics
 * @param cost in time and memory
 * @param options of the run, all of them, as YAML
 */
public record RunOutcome(
    String title,
    String description,
    long parameters,
    List<Course> courses,
    List<EvaluatedSet> sets,
    List<PredictionErrors> members,
    Data data,
    Checks checks,
    Cost cost,
    @Nullable String options) {

  /** Copies the lists. */
  public RunOutcome {
    courses = List.copyOf(courses);
    sets = List.copyOf(sets);
    members = List.copyOf(members);
  }

  /**
   * How the training of a potential went.
   *
   * @param epochs all of them
   * @param bestEpoch the number of the one whose weights were kept
   * @param steps of the optimiser
   */
  public record Course(List<Epoch> epochs, int bestEpoch, long steps) {

    /** Copies the list. */
    public Course {
      epochs = List.copyOf(epochs);
    }
  }

  /**
   * The errors on a set.
   *
   * @param name for example {@code "test"}
   */
  public record EvaluatedSet(String name, PredictionErrors errors) {}

  /**
   * What was read.
   *
   * @param sources file by file
   * @param statistics names and texts that describe the training set
   * @param findings in the labels
   */
  public record Data(
      List<Source> sources, Map<String, String> statistics, List<Section.Finding> findings) {

    /** Copies the lists. */
    public Data {
      sources = List.copyOf(sources);
      findings = List.copyOf(findings);
    }
  }

  /**
   * A file that was read.
   *
   * @param role for example {@code "training"}
   * @param file its name
   * @param frames the number of structures used from it
   * @param atoms the number of atoms in these
   * @param sha256 the SHA-256 of the file in hexadecimal
   */
  public record Source(String role, String file, long frames, long atoms, String sha256) {}

  /**
   * Checks of the physics.
   *
   * @param forces against differences of the energy
   * @param virial against differences of the energy; null where nothing is periodic
   * @param drift in a run at constant energy
   */
  public record Checks(
      @Nullable DifferenceCheck forces, @Nullable Virial virial, @Nullable Drift drift) {
    /** Nothing was checked. */
    public static final Checks NONE = new Checks(null, null, null);
  }

  /**
   * The virial of a system against differences of the energy.
   *
   * @param atoms of the system
   */
  public record Virial(DifferenceCheck differences, int atoms) {}

  /**
   * How the energy of a run at constant energy drifted.
   *
   * @param description one line on the run: length, time step, temperature, number of atoms
   */
  public record Drift(EnergyDrift energies, String description) {}

  /**
   * Time and memory.
   *
   * @param phases where the time went
   * @param seconds that everything took
   * @param memory the most that was used
   */
  public record Cost(List<Phase> phases, double seconds, PeakMemory memory) {

    /** Copies the list. */
    public Cost {
      phases = List.copyOf(phases);
    }
  }

  /**
   * Where time went.
   *
   * @param name what was done
   * @param seconds it took
   * @param count how often it was done
   * @param atoms of how many atoms altogether, each time they were worked on; 0 where that says
   *     nothing
   */
  public record Phase(String name, double seconds, long count, long atoms) {}

  /** Returns the errors on the set that counts. */
  public PredictionErrors last() {
    return sets.getLast().errors();
  }
}
