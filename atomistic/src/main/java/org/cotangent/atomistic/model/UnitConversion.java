package org.cotangent.atomistic.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.units.Units;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/** Conversion between the units of an engine and those of a model, on the tape. */
final class UnitConversion {
  private UnitConversion() {}

  /**
   * Returns a system in the units of a model.
   *
   * @param length the factor from the engine's length unit to the model's
   * @param inputs what the model asks for as custom data; its unit is the entry {@code unit} of the
   *     data's info
   */
  static System system(System system, double length, Map<String, ModelOutput> inputs) {
    System converted = system;
    if (length != 1) {
      converted =
          new System(
              system.types(),
              system.positions().multiply(length),
              system.cell().multiply(length),
              system.pbc());
      for (var list : system.neighborLists().entrySet()) {
        converted =
            converted.withNeighborList(list.getKey(), scaled(list.getValue(), length, Map.of()));
      }
      for (var data : system.data().entrySet()) {
        converted = converted.withData(data.getKey(), data.getValue());
      }
    }
    for (Map.Entry<String, ModelOutput> input : inputs.entrySet()) {
      TensorMap map = converted.data(input.getKey());
      String unit = input.getValue().unit();
      double factor = Units.conversionFactor(map.info().getOrDefault("unit", ""), unit);
      if (factor != 1) {
        converted =
            converted.replaceData(
                input.getKey(), scaled(map, factor, Map.of()).withInfo("unit", unit));
      }
    }
    return converted;
  }

  /**
   * Returns an output in the units of an engine: values and gradients times the quantity's factor,
   * and gradients by positions also times {@code length}, because a unit step of the engine is
   * {@code length} steps of the model. (Metatomic leaves this second factor out.)
   *
   * @param quantity the factor from the model's unit to the engine's
   * @param length the factor from the engine's length unit to the model's
   */
  static TensorMap output(TensorMap map, double quantity, double length) {
    Map<String, Double> gradients = Map.of("positions", length);
    boolean unchanged = quantity == 1 && length == 1;
    return unchanged ? map : scaled(map, quantity, gradients);
  }

  private static TensorMap scaled(TensorMap map, double factor, Map<String, Double> gradients) {
    List<TensorBlock> blocks = new ArrayList<>();
    for (TensorBlock block : map.blocks()) {
      blocks.add(scaled(block, factor, gradients));
    }
    return TensorMap.of(map.keys(), blocks, map.info());
  }

  private static TensorBlock scaled(
      TensorBlock block, double factor, Map<String, Double> gradients) {
    TensorBlock result =
        TensorBlock.of(
            block.values().multiply(factor),
            block.samples(),
            block.components(),
            block.properties());
    for (Map.Entry<String, TensorBlock> gradient : block.gradients().entrySet()) {
      double more = gradients.getOrDefault(gradient.getKey(), 1.0);
      result =
          result.withGradient(
              gradient.getKey(), scaled(gradient.getValue(), factor * more, Map.of()));
    }
    return result;
  }
}
