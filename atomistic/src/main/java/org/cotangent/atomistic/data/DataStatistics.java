package org.cotangent.atomistic.data;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.cotangent.atomistic.Elements;
import org.jspecify.annotations.Nullable;

/**
 * What is in a set of labelled systems. Numbers that there is nothing to compute from are NaN.
 *
 * @param frames how many there are
 * @param atoms of all frames
 * @param fewestAtoms of a frame
 * @param mostAtoms of a frame
 * @param periodic how many frames are periodic in all directions
 * @param partlyPeriodic how many in one or two
 * @param energies how many frames have an energy
 * @param forces how many have forces
 * @param virials how many have a virial
 * @param energyMean of the energy per atom, in eV
 * @param energyDeviation the standard deviation of the energy per atom, in eV
 * @param residualDeviation the standard deviation of what the elements' constants leave of it, in
 *     eV per atom: what there is to learn
 * @param forceRms of force components, in eV/Å
 * @param largestForce on an atom, in eV/Å
 * @param virialRms of entries of the virial per atom, in eV
 * @param cutoff up to which neighbors are counted, in Å
 * @param neighbors the mean number of neighbors of an atom
 * @param fewestNeighbors of an atom
 * @param mostNeighbors of an atom
 * @param elements by atomic type
 * @param distances the smallest distance of each pair of elements that comes closer than the cutoff
 */
public record DataStatistics(
    int frames,
    long atoms,
    int fewestAtoms,
    int mostAtoms,
    int periodic,
    int partlyPeriodic,
    int energies,
    int forces,
    int virials,
    double energyMean,
    double energyDeviation,
    double residualDeviation,
    double forceRms,
    double largestForce,
    double virialRms,
    double cutoff,
    double neighbors,
    int fewestNeighbors,
    int mostNeighbors,
    List<Element> elements,
    List<Distance> distances) {
  /** Lines of {@link #text} for elements, and elements of {@link #text} in a line for distances. */
  private static final int SHOWN = 8;

  /** What is smaller is what sums of large numbers leave, in eV or eV/Å. */
  private static final double ROUNDING = 1e-10;

  /**
   * One element.
   *
   * @param type the atomic number
   * @param atoms how many there are
   * @param frames in how many frames
   * @param energy the constant of the composition fit, in eV; NaN where the compositions do not
   *     decide it
   * @param forceRms of components of forces on it, in eV/Å
   * @param largestForce in eV/Å
   */
  public record Element(
      int type, long atoms, int frames, double energy, double forceRms, double largestForce) {
    /** Returns the symbol, or the number of what is no element. */
    public String symbol() {
      return symbolOf(type);
    }
  }

  /**
   * The smallest distance of two elements, in Å.
   *
   * @param first the smaller atomic number
   * @param second the larger one
   * @param name of the frame that has it
   */
  public record Distance(int first, int second, double distance, String name) {
    /** Returns, for example, {@code C-H}. */
    public String pair() {
      return symbolOf(first) + "-" + symbolOf(second);
    }
  }

  /** Copies the lists. */
  public DataStatistics {
    elements = List.copyOf(elements);
    distances = List.copyOf(distances);
  }

  /**
   * Goes through a set.
   *
   * @param cutoff in Å
   * @throws IllegalArgumentException if the lattice vectors of a frame are linearly dependent; the
   *     message has its name
   */
  public static DataStatistics of(LabelledSystems data, double cutoff) {
    DataCensus census = new DataCensus(cutoff);
    for (int k = 0; k < data.size(); k++) {
      census.add(data, k);
    }
    return census.result(data);
  }

  private static String symbolOf(int type) {
    return type >= 0 && type <= Elements.MAX_NUMBER ? Elements.symbol(type) : "type " + type;
  }

  // ---------------------------------------------------------------------------------- showing

  /**
   * Returns the numbers by name, as texts with units, in the order in which they are shown; what is
   * said of each element is a map of its own.
   */
  public SequencedMap<String, Object> content() {
    SequencedMap<String, Object> content = new LinkedHashMap<>();
    content.put("frames", (long) frames);
    content.put(
        "atoms",
        fewestAtoms == mostAtoms
            ? "%d, %d in each frame".formatted(atoms, mostAtoms)
            : "%d, %d to %d in a frame".formatted(atoms, fewestAtoms, mostAtoms));
    content.put(
        "periodic",
        periodic == frames
            ? "all frames"
            : periodic + partlyPeriodic == 0
                ? "none"
                : periodic
                    + " frames"
                    + (partlyPeriodic > 0 ? ", " + partlyPeriodic + " in part" : ""));
    content.put(
        "labels",
        "energies of %d, forces of %d, virials of %d frames".formatted(energies, forces, virials));
    if (energies > 0) {
      content.put(
          "energy per atom",
          "%s ± %s eV; ± %s eV beyond the elements' constants"
              .formatted(number(energyMean), number(energyDeviation), number(residualDeviation)));
    }
    if (forces > 0) {
      content.put(
          "force components",
          "rms %s eV/Å; the largest force is %s eV/Å"
              .formatted(number(forceRms), number(largestForce)));
    }
    if (virials > 0) {
      content.put("virial per atom", "rms %s eV".formatted(number(virialRms)));
    }
    content.put(
        "neighbors",
        "%s within %s Å, from %d to %d"
            .formatted(number(neighbors), number(cutoff), fewestNeighbors, mostNeighbors));
    content.put("closest", closest());
    SequencedMap<String, Object> each = new LinkedHashMap<>();
    for (Element element : elements.subList(0, Math.min(elements.size(), SHOWN))) {
      each.put(element.symbol(), line(element));
    }
    if (elements.size() > SHOWN) {
      each.put("others", (elements.size() - SHOWN) + " more elements");
    }
    content.put("elements", each);
    return content;
  }

  private String closest() {
    List<String> texts = new ArrayList<>();
    List<Distance> sorted = new ArrayList<>(distances);
    sorted.sort(Comparator.comparingDouble(Distance::distance));
    for (Distance distance : sorted.subList(0, Math.min(sorted.size(), SHOWN))) {
      texts.add(distance.pair() + " " + number(distance.distance));
    }
    String all = texts.isEmpty() ? "no pair within the cutoff" : String.join(", ", texts) + " Å";
    return sorted.size() > SHOWN ? all + ", … (" + sorted.size() + " pairs)" : all;
  }

  private static String line(Element element) {
    String text =
        "%d atoms in %d %s"
            .formatted(element.atoms, element.frames, element.frames == 1 ? "frame" : "frames");
    if (!Double.isNaN(element.energy)) {
      text += ", constant " + number(element.energy) + " eV";
    }
    if (!Double.isNaN(element.forceRms)) {
      text +=
          ", force rms %s, largest %s eV/Å"
              .formatted(number(element.forceRms), number(element.largestForce));
    }
    return text;
  }

  /** Four digits, as many as help. */
  private static String number(double value) {
    if (Math.abs(value) < ROUNDING) {
      return "0";
    }
    return Double.isNaN(value)
        ? "?"
        : new BigDecimal(value)
            .round(new MathContext(Math.abs(value) >= 1000 ? 7 : 4))
            .stripTrailingZeros()
            .toPlainString();
  }

  /** Returns the numbers as lines of text, less than 25, each with its name. */
  public String text() {
    StringBuilder text = new StringBuilder();
    content()
        .forEach(
            (name, value) -> {
              if (value instanceof Map<?, ?> each) {
                each.forEach((symbol, line) -> append(text, String.valueOf(symbol), line));
              } else {
                append(text, name, value);
              }
            });
    return text.toString();
  }

  private static void append(StringBuilder text, String name, @Nullable Object value) {
    text.append("%-18s%s%n".formatted(name, value));
  }
}
