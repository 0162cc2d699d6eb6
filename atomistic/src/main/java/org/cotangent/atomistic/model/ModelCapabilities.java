package org.cotangent.atomistic.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.cotangent.atomistic.units.Dimension;
import org.cotangent.atomistic.units.Quantities;
import org.cotangent.atomistic.units.Unit;
import org.cotangent.atomistic.units.Units;
import org.cotangent.autodiff.DType;
import org.jspecify.annotations.Nullable;

/**
 * What a model can compute, and in which units it does.
 *
 * @param outputs the declared quantities by name, see {@link Quantities}
 * @param atomicTypes the types that may occur in systems
 * @param interactionRange up to which distance atoms can act on each other, in the length unit: the
 *     cutoff of a local model, times the number of layers of a message-passing one, infinity for
 *     explicit long-range terms; {@link #UNSET_RANGE} as long as nobody said
 * @param lengthUnit of everything that the model takes; empty for no conversion
 * @param supportedDevices the kinds of devices that the model runs on, such as {@code cpu}, the
 *     preferred one first
 * @param dtype in which the model computes, float64 or float32; null as long as nobody said
 */
public record ModelCapabilities(
    SequencedMap<String, ModelOutput> outputs,
    List<Integer> atomicTypes,
    double interactionRange,
    String lengthUnit,
    List<String> supportedDevices,
    @Nullable DType dtype) {

  /** The interaction range of capabilities in which it was not given. */
  public static final double UNSET_RANGE = -1;

  /**
   * @throws IllegalArgumentException if an output's name is not that of a quantity, if its unit has
   *     not the dimension of the quantity, if the length unit is not one, or if the type is neither
   *     float64 nor float32
   */
  public ModelCapabilities {
    outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
    atomicTypes = List.copyOf(atomicTypes);
    supportedDevices = List.copyOf(supportedDevices);
    outputs.forEach(ModelCapabilities::checkUnit);
    checkLength(lengthUnit);
    if (dtype != null && !dtype.isDifferentiable()) {
      throw new IllegalArgumentException("a model computes in f64 or f32, not in " + dtype);
    }
  }

  private static void checkUnit(String name, ModelOutput output) {
    String kind = Quantities.unitDimension(name);
    Dimension expected = Quantities.dimension(name);
    if (expected == null || kind.equals("none") || output.unit().isEmpty()) {
      return;
    }
    Dimension found = Unit.parse(output.unit()).dimension();
    if (!found.matches(expected)) {
      throw new IllegalArgumentException(
          "the unit of '%s', '%s', has the dimension %s, and should have that of %s, %s"
              .formatted(name, output.unit(), found, kind, expected));
    }
  }

  /** Checks that a unit is one of length, or empty. */
  static void checkLength(String unit) {
    if (!unit.isEmpty()) {
      Dimension found = Unit.parse(unit).dimension();
      if (!found.matches(new Dimension(1, 0, 0, 0, 0))) {
        throw new IllegalArgumentException(
            "the length unit '" + unit + "' has the dimension " + found + ", not length");
      }
    }
  }

  /**
   * Returns the interaction range in an engine's length unit.
   *
   * @throws IllegalArgumentException if it is not a length unit
   */
  public double engineInteractionRange(String unit) {
    return interactionRange * Units.conversionFactor(lengthUnit, unit);
  }

  /**
   * Returns the name of the output to ask for when a quantity is wanted.
   *
   * @param quantity its name without a variant
   * @param variant which of several; null for the one that has no variant in its name
   * @throws IllegalArgumentException if there is none; the message lists those that there are
   */
  public String pickOutput(String quantity, @Nullable String variant) {
    String wanted = variant == null ? quantity : quantity + "/" + variant;
    if (outputs.containsKey(wanted)) {
      return wanted;
    }
    List<String> candidates = new ArrayList<>();
    outputs.forEach(
        (name, output) -> {
          if (name.equals(quantity) || name.startsWith(quantity + "/")) {
            String description = output.description();
            candidates.add("'" + name + "'" + (description.isEmpty() ? "" : ": " + description));
          }
        });
    throw new IllegalArgumentException(
        candidates.isEmpty()
            ? "the model has no '%s', it has %s".formatted(quantity, outputs.keySet())
            : "the model has no '%s', name one of its variants: %s"
                .formatted(wanted, String.join(", ", candidates)));
  }

  /** Returns these capabilities with other outputs. */
  ModelCapabilities withOutputs(Map<String, ModelOutput> other) {
    return new ModelCapabilities(
        new LinkedHashMap<>(other),
        atomicTypes,
        interactionRange,
        lengthUnit,
        supportedDevices,
        dtype);
  }

  /**
   * Checks that all is said that a simulation needs, and returns the element type.
   *
   * @throws IllegalArgumentException if range, devices or type are not set, or the range is
   *     negative or not a number
   */
  DType checkComplete() {
    if (!(interactionRange >= 0)) {
      throw new IllegalArgumentException(
          interactionRange == UNSET_RANGE
              ? "the capabilities do not say the interaction range, which simulations need"
              : "the interaction range must be between 0 and infinity, it is " + interactionRange);
    }
    if (supportedDevices.isEmpty()) {
      throw new IllegalArgumentException(
          "the capabilities name no supported device, which simulations need: add \"cpu\"");
    }
    if (dtype == null) {
      throw new IllegalArgumentException(
          "the capabilities do not say the element type, which simulations need: f64 or f32");
    }
    return dtype;
  }
}
