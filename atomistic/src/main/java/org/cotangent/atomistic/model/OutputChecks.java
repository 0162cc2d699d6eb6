package org.cotangent.atomistic.model;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.cotangent.atomistic.units.Quantities;
import org.cotangent.autodiff.DType;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a model gives is what was asked for, and is laid out as metatomic says for the
 * standard quantities: one block under the key {@code _} = 0, samples by {@link SampleKind},
 * components, properties and explicit gradients by quantity. Of quantities with custom names only
 * the element type is checked.
 *
 * <p>The rows must be those of all systems or atoms, or of exactly the selected ones, in any order.
 * This is the rule that metatomic documents; its own checks (up to 0.1.19) let other rows pass.
 *
 * @see <a href="https://docs.metatensor.org/metatomic/latest/quantities/index.html">the standard
 *     quantities of metatomic</a>
 */
public final class OutputChecks {
  private static final List<String> POSITIONS_SAMPLES = List.of("sample", "system", "atom");
  private static final List<String> STRAIN_SAMPLES = List.of("sample");

  private final int[] systemSizes;
  private final @Nullable Labels selectedAtoms;
  private final DType dtype;

  /**
   * Creates the checks of what is computed for some systems.
   *
   * @param systemSizes the numbers of atoms of the systems
   * @param selectedAtoms labels {@code (system, atom)}; null for all
   * @param dtype the element type of the model
   */
  public OutputChecks(int[] systemSizes, @Nullable Labels selectedAtoms, DType dtype) {
    this.systemSizes = systemSizes.clone();
    this.selectedAtoms = selectedAtoms;
    this.dtype = dtype;
  }

  /**
   * Checks everything that a model returned.
   *
   * @throws IllegalArgumentException if an output is missing or was not asked for, or is not as it
   *     should be; the message names the output and the row or label that is off
   */
  public void check(Map<String, TensorMap> outputs, Map<String, ModelOutput> requested) {
    for (String name : new TreeSet<>(outputs.keySet())) {
      if (!requested.containsKey(name)) {
        throw new IllegalArgumentException(
            "the model gave '%s', which was not asked for: asked for was %s"
                .formatted(name, requested.keySet()));
      }
    }
    for (Map.Entry<String, ModelOutput> request : requested.entrySet()) {
      TensorMap map = outputs.get(request.getKey());
      if (map == null) {
        throw new IllegalArgumentException(
            "the model did not give '%s', which was asked for".formatted(request.getKey()));
      }
      check(request.getKey(), map, request.getValue());
    }
  }

  /**
   * Checks one quantity.
   *
   * @throws IllegalArgumentException if it is not as it should be
   */
  public void check(String name, TensorMap map, ModelOutput request) {
    Quantities.unitDimension(name); // refuses names that are none
    for (int k = 0; k < map.size(); k++) {
      if (map.block(k).dtype() != dtype) {
        throw new IllegalArgumentException(
            "'%s' is of %s, the model is of %s".formatted(name, map.block(k).dtype(), dtype));
      }
    }
    StandardQuantity layout = StandardQuantity.of(name);
    if (layout == null) {
      return;
    }
    if (layout.onlyPerSystem() && request.sampleKind() != SampleKind.SYSTEM) {
      throw new IllegalArgumentException(
          "'%s' is a quantity of systems, it cannot be asked for by %s"
              .formatted(name, request.sampleKind()));
    }
    if (!map.keys().equals(Labels.single())) {
      throw new IllegalArgumentException(
          "'%s' must have the one key '_' = 0, it has %d keys of %s"
              .formatted(name, map.keys().size(), map.keys().names()));
    }
    TensorBlock block = map.block(0);
    checkSamples(name, block.samples(), request.sampleKind());
    checkComponents("'" + name + "'", block.components(), layout.components());
    checkProperties(name, block.properties(), layout);
    for (Map.Entry<String, TensorBlock> gradient : block.gradients().entrySet()) {
      checkGradient(name, block, gradient.getKey(), gradient.getValue(), layout);
    }
    for (String parameter : request.explicitGradients()) {
      if (!block.hasGradient(parameter)) {
        throw new IllegalArgumentException(
            "'%s' has no gradient by '%s', which was asked for".formatted(name, parameter));
      }
    }
  }

  // ----------------------------------------------------------------------------------- samples

  private void checkSamples(String name, Labels samples, SampleKind kind) {
    if (!samples.names().equals(kind.sampleNames())) {
      throw new IllegalArgumentException(
          "the samples of '%s' by %s must be %s, they are %s"
              .formatted(name, kind, kind.sampleNames(), samples.names()));
    }
    switch (kind) {
      case SYSTEM -> checkRows(name, samples, systems());
      case ATOM -> checkRows(name, samples, atoms());
      case ATOM_PAIR -> {
        for (int row = 0; row < samples.size(); row++) {
          checkAtom("'" + name + "'", samples, row, 0, 1);
          checkAtom("'" + name + "'", samples, row, 0, 2);
        }
      }
    }
  }

  private static void checkRows(String name, Labels samples, Labels expected) {
    Labels more = samples.difference(expected).labels();
    if (more.size() > 0) {
      throw new IllegalArgumentException(
          "'%s' has the sample %s, which is none of the %d systems, atoms or selected atoms that"
                  .formatted(name, more.entry(0).print(), expected.size())
              + " it should have a row for");
    }
    Labels missing = expected.difference(samples).labels();
    if (missing.size() > 0) {
      throw new IllegalArgumentException(
          "'%s' has no sample %s, and %d samples where %d are needed"
              .formatted(name, missing.entry(0).print(), samples.size(), expected.size()));
    }
  }

  /** The systems that should have a row. */
  private Labels systems() {
    if (selectedAtoms == null) {
      return Labels.range("system", systemSizes.length);
    }
    return selectedAtoms.groupBy(List.of("system")).groups();
  }

  /** The atoms that should have a row. */
  private Labels atoms() {
    return selectedAtoms == null ? OutputRows.all(systemSizes) : selectedAtoms;
  }

  /** Checks that a row names an atom of a system. */
  private void checkAtom(String what, Labels samples, int row, int systemColumn, int atomColumn) {
    int system = samples.value(row, systemColumn);
    int atom = samples.value(row, atomColumn);
    boolean known = system >= 0 && system < systemSizes.length;
    if (!known || atom < 0 || atom >= systemSizes[system]) {
      throw new IllegalArgumentException(
          "sample %d of %s, %s, is of %s"
              .formatted(
                  row,
                  what,
                  samples.entry(row).print(),
                  known
                      ? "an atom of system %d, which has %d atoms"
                          .formatted(system, systemSizes[system])
                      : "one of %d systems".formatted(systemSizes.length)));
    }
  }

  // --------------------------------------------------------------------------------- other axes

  private static void checkComponents(String what, List<Labels> found, List<Labels> expected) {
    if (!found.equals(expected)) {
      throw new IllegalArgumentException(
          "%s must have %s, it has %s".formatted(what, text(expected), text(found)));
    }
  }

  private static String text(List<Labels> components) {
    return components.isEmpty()
        ? "no components"
        : "the components "
            + String.join(
                ", ",
                components.stream()
                    .map(
                        labels ->
                            labels.names().getFirst()
                                + " = "
                                + java.util.Arrays.toString(labels.values().toIntArray()))
                    .toList());
  }

  private static void checkProperties(String name, Labels properties, StandardQuantity layout) {
    if (layout.properties().isEmpty()) {
      return;
    }
    int size = layout.ensemble() ? properties.size() : 1;
    for (String property : layout.properties()) {
      if (properties.equals(Labels.range(property, size))) {
        return;
      }
    }
    throw new IllegalArgumentException(
        "the property of '%s' must be %s = 0%s, it is %s = %s"
            .formatted(
                name,
                layout.properties().getFirst(),
                layout.ensemble() ? ", 1, ..." : "",
                properties.names(),
                java.util.Arrays.toString(properties.values().toIntArray())));
  }

  private void checkGradient(
      String name,
      TensorBlock block,
      String parameter,
      TensorBlock gradient,
      StandardQuantity layout) {
    String what = "the gradient of '%s' by '%s'".formatted(name, parameter);
    boolean byPositions = parameter.equals("positions");
    if (!layout.gradients() || !(byPositions || parameter.equals("strain"))) {
      throw new IllegalArgumentException(
          "'%s' may have %s, it has one by '%s'"
              .formatted(
                  name,
                  layout.gradients() ? "gradients by 'positions' and 'strain'" : "no gradients",
                  parameter));
    }
    List<String> names = byPositions ? POSITIONS_SAMPLES : STRAIN_SAMPLES;
    Labels samples = gradient.samples();
    if (!samples.names().equals(names)) {
      throw new IllegalArgumentException(
          "the samples of %s must be %s, they are %s".formatted(what, names, samples.names()));
    }
    checkComponents(
        what,
        gradient.components(),
        byPositions
            ? List.of(StandardQuantity.XYZ)
            : List.of(StandardQuantity.XYZ_1, StandardQuantity.XYZ_2));
    for (int row = 0; byPositions && row < samples.size(); row++) {
      checkAtom(what, samples, row, 1, 2);
      int system = block.samples().value(samples.value(row, 0), 0);
      if (samples.value(row, 1) != system) {
        throw new IllegalArgumentException(
            "sample %d of %s, %s, is an atom of another system than its energy, which is of system"
                    .formatted(row, what, samples.entry(row).print())
                + " "
                + system);
      }
    }
  }
}
