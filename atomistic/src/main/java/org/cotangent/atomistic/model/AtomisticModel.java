package org.cotangent.atomistic.model;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.units.Quantities;
import org.cotangent.atomistic.units.Units;
import org.cotangent.autodiff.DType;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorMap;
import org.jspecify.annotations.Nullable;

/**
 * A model as engines see it. Around the {@link Model} itself, it
 *
 * <ul>
 *   <li>says what the model can do, what it needs and who made it,
 *   <li>takes systems in the engine's length unit and gives outputs in the units asked for,
 *   <li>accepts the older plural names of quantities ({@code features} for {@code feature}),
 *   <li>checks, if asked to, that both sides keep to the interface.
 * </ul>
 *
 * <p>Everything stays on the tape: an engine differentiates an energy by the positions or the
 * strain that it recorded, in its own units.
 */
public final class AtomisticModel {
  private static final java.lang.System.Logger LOG =
      java.lang.System.getLogger("org.cotangent.atomistic.model");

  private final Model model;
  private final ModelMetadata metadata;
  private final ModelCapabilities declared;
  private final ModelCapabilities capabilities;
  private final DType dtype;
  private final List<NeighborListRequest> neighborLists;
  private final SequencedMap<String, ModelOutput> inputs;

  /**
   * Wraps a model.
   *
   * @param capabilities what the model declares; each output counts under its old and new name
   * @throws IllegalArgumentException if interaction range, devices or element type are missing, or
   *     a requested neighbor list is in another length unit than the model
   */
  public AtomisticModel(Model model, ModelMetadata metadata, ModelCapabilities capabilities) {
    this.model = model;
    this.metadata = metadata;
    this.declared = capabilities;
    dtype = capabilities.checkComplete();
    neighborLists =
        NeighborListRequest.merged(model.requestedNeighborLists(), capabilities.lengthUnit());
    inputs = new LinkedHashMap<>(model.requestedInputs());
    inputs.keySet().forEach(Quantities::checkDataName);
    warnOfVariants(capabilities.outputs());
    Map<String, ModelOutput> outputs = new LinkedHashMap<>(capabilities.outputs());
    capabilities
        .outputs()
        .forEach(
            (name, output) -> {
              warnOfUnit(name, output);
              String alias = QuantityNames.alias(name);
              if (alias != null) {
                outputs.putIfAbsent(alias, output);
              }
            });
    this.capabilities = capabilities.withOutputs(outputs);
  }

  /** Of several variants of a quantity, each should say what it is. */
  private static void warnOfVariants(Map<String, ModelOutput> outputs) {
    outputs.forEach(
        (name, output) -> {
          String base = QuantityNames.base(name);
          long variants =
              outputs.keySet().stream().map(QuantityNames::base).filter(base::equals).count();
          if (variants > 1
              && output.description().isEmpty()
              && QuantityNames.isFirst("variant " + name)) {
            LOG.log(
                Level.WARNING,
                "''{0}'' is one of {1} variants without a description",
                name,
                variants);
          }
        });
  }

  private static void warnOfUnit(String name, ModelOutput output) {
    String dimension = Quantities.unitDimension(name);
    if (dimension.equals("none") && !output.unit().isEmpty()) {
      LOG.log(Level.WARNING, "''{0}'' has no unit, and ''{1}'' is given", name, output.unit());
    } else if (!dimension.isEmpty() && !dimension.equals("none") && output.unit().isEmpty()) {
      LOG.log(Level.WARNING, "''{0}'' is given without a unit, so it is not converted", name);
    }
  }

  /** Returns the model itself. */
  public Model model() {
    return model;
  }

  /** Returns what the model declares, each output under the name that the model has for it. */
  public ModelCapabilities declaredCapabilities() {
    return declared;
  }

  /** Returns what the model can compute, each output under its old and its new name. */
  public ModelCapabilities capabilities() {
    return capabilities;
  }

  /** Returns who made the model. */
  public ModelMetadata metadata() {
    return metadata;
  }

  /**
   * Returns the neighbor lists to compute for each system, without repetitions. An engine computes
   * {@link NeighborListRequest#engineOptions} and adds it under {@link
   * NeighborListRequest#options}.
   */
  public List<NeighborListRequest> requestedNeighborLists() {
    return neighborLists;
  }

  /** Returns the custom data to add to each system, under the current names. */
  public SequencedMap<String, ModelOutput> requestedInputs() {
    SequencedMap<String, ModelOutput> current = new LinkedHashMap<>();
    inputs.forEach((name, input) -> current.put(QuantityNames.current(name), input));
    return current;
  }

  /**
   * Computes what the options ask for.
   *
   * @param systems in the length unit of the options
   * @param checkConsistency whether to check the systems and what the model gives, which costs time
   *     and is meant for trying a model or an engine out. The types of the atoms, the requests and
   *     the selected atoms are always checked
   * @return the outputs under the names and in the order that they were asked for; explicit
   *     gradients by positions in the quantity's unit per length unit of the options
   * @throws IllegalArgumentException if the systems or the request do not fit the model, or the
   *     model does not give what it declares
   */
  public SequencedMap<String, TensorMap> evaluate(
      List<System> systems, ModelEvaluationOptions options, boolean checkConsistency) {
    SequencedMap<String, String> names = new LinkedHashMap<>();
    SequencedMap<String, ModelOutput> requests = new LinkedHashMap<>();
    options
        .outputs()
        .forEach(
            (name, request) -> {
              String own = ownName(name);
              InputChecks.checkRequest(
                  name, declared.outputs().get(own), request, capabilities.outputs().keySet());
              names.put(name, own);
              if (requests.put(own, request) != null) {
                throw new IllegalArgumentException(
                    "'%s' is asked for under its old and its new name".formatted(own));
              }
            });
    List<System> given = systems.stream().map(this::withInputsUnderOwnNames).toList();
    InputChecks.checkTypes(given, declared.atomicTypes());
    Labels selected = options.selectedAtoms();
    if (selected != null) {
      InputChecks.checkSelected(given, selected);
    }
    if (checkConsistency) {
      InputChecks.checkSystems(given, dtype, neighborLists, inputs);
    }
    double length = Units.conversionFactor(options.lengthUnit(), declared.lengthUnit());
    List<System> converted = new ArrayList<>();
    for (System system : given) {
      converted.add(UnitConversion.system(system, length, inputs));
    }
    Map<String, TensorMap> outputs = model.evaluate(converted, requests, selected);
    if (checkConsistency) {
      int[] sizes = systems.stream().mapToInt(System::size).toArray();
      new OutputChecks(sizes, selected, dtype).check(outputs, requests);
    }
    SequencedMap<String, TensorMap> results = new LinkedHashMap<>();
    names.forEach(
        (name, own) -> results.put(name, inEngineUnits(own, outputs.get(own), requests, length)));
    return results;
  }

  private TensorMap inEngineUnits(
      String name, @Nullable TensorMap output, Map<String, ModelOutput> requests, double length) {
    ModelOutput from = declared.outputs().get(name);
    ModelOutput to = requests.get(name);
    if (output == null || from == null || to == null) {
      throw new IllegalStateException(
          "the model did not give '%s', which was asked for".formatted(name));
    }
    return UnitConversion.output(output, Units.conversionFactor(from.unit(), to.unit()), length);
  }

  /** Returns the name under which the model itself declares an output. */
  private String ownName(String name) {
    QuantityNames.warnIfOld(name);
    if (declared.outputs().containsKey(name)) {
      return name;
    }
    String alias = QuantityNames.alias(name);
    return alias != null && declared.outputs().containsKey(alias) ? alias : name;
  }

  private System withInputsUnderOwnNames(System system) {
    System result = system;
    for (String name : inputs.keySet()) {
      String alias = QuantityNames.alias(name);
      if (!system.data().containsKey(name) && alias != null && system.data().containsKey(alias)) {
        result = result.withData(name, system.data(alias));
      }
    }
    return result;
  }
}
