package org.cotangent.atomistic.descriptors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.descriptors.angular.SolidHarmonics;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The arrays with which featomic tests itself: spherical expansions of a molecule of carbon,
 * hydrogen and oxygen, with columns over (o3_lambda, o3_mu, neighbor_type, n), and spherical
 * harmonics. They are written with ten digits.
 */
class ReferenceArraysTest {
  private static final Path FOLDER = Path.of("../../shared/data/featomic");
  private static final int[] TYPES = {1, 6, 8};

  @Test
  void valuesOfTheSphericalExpansion() throws IOException {
    Input input = Input.read("spherical-expansion-values-input.json");
    double[] expected = array("spherical-expansion-values.npy.gz");
    TensorMap map = input.descriptor().compute(List.of(input.system()));
    compare(expected, gathered(map, input, null), 1);
  }

  @Test
  void gradientByPositions() throws IOException {
    Input input = Input.read("spherical-expansion-gradients-input.json");
    double[] expected = array("spherical-expansion-positions-gradient.npy.gz");
    TensorMap map =
        input.descriptor().compute(List.of(input.system()), EnumSet.of(PairGradient.POSITIONS));
    compare(expected, gathered(map, input, PairGradient.POSITIONS), 3);
  }

  @Test
  void gradientByStrain() throws IOException {
    Input input = Input.read("spherical-expansion-gradients-input.json");
    double[] expected = array("spherical-expansion-strain-gradient.npy.gz");
    TensorMap map =
        input.descriptor().compute(List.of(input.system()), EnumSet.of(PairGradient.STRAIN));
    compare(expected, gathered(map, input, PairGradient.STRAIN), 9);
  }

  @Test
  void sphericalHarmonicsUpToHighOrders() throws IOException {
    JsonNode json = json("spherical-harmonics-input.json");
    double[] expected = array("spherical-harmonics-values.npy.gz");
    int maxAngular = json.get("max_angular").intValue();
    int width = 2 * maxAngular + 1;
    JsonNode directions = json.get("directions");
    double[] flat = new double[3 * directions.size()];
    for (int k = 0; k < flat.length; k++) {
      flat[k] = directions.get(k / 3).get(k % 3).doubleValue();
    }
    Tensor harmonics = new SolidHarmonics(maxAngular).apply(Tensor.of(flat, flat.length / 3, 3));
    for (int d = 0; d < directions.size(); d++) {
      for (int l = 0; l <= maxAngular; l++) {
        for (int m = -l; m <= l; m++) {
          double value = expected[(d * (maxAngular + 1) + l) * width + l + m];
          assertEquals(
              value, harmonics.get(d, l * l + l + m), 1e-9, "direction " + d + " " + l + " " + m);
        }
      }
    }
  }

  private static void compare(double[] expected, double[] actual, int inner) {
    assertEquals(expected.length, actual.length, "numbers with " + inner + " for each");
    for (int k = 0; k < expected.length; k++) {
      assertEquals(expected[k], actual[k], 1e-9 + 1e-8 * Math.abs(expected[k]), "number " + k);
    }
  }

  /** The values, or the gradient summed over samples for each atom, or that of each sample. */
  private static double[] gathered(TensorMap map, Input input, PairGradient parameter) {
    int columns = 0;
    Map<Integer, Integer> radial = new TreeMap<>();
    for (int k = 0; k < map.size(); k++) {
      radial.put(map.keys().value(k, 0), map.block(k).properties().size());
    }
    Map<Integer, Integer> from = new TreeMap<>();
    for (Map.Entry<Integer, Integer> entry : radial.entrySet()) {
      from.put(entry.getKey(), columns);
      columns += (2 * entry.getKey() + 1) * TYPES.length * entry.getValue();
    }
    int inner = parameter == null ? 1 : parameter == PairGradient.POSITIONS ? 3 : 9;
    double[] out = new double[input.system().size() * inner * columns];
    for (int k = 0; k < map.size(); k++) {
      int l = map.keys().value(k, 0);
      int type = java.util.Arrays.binarySearch(TYPES, map.keys().value(k, 3));
      TensorBlock block = map.block(k);
      TensorBlock shown = parameter == null ? block : block.gradient(parameter.parameter());
      Labels rows = shown.samples();
      int n = block.properties().size();
      for (int r = 0; r < rows.size(); r++) {
        int atom =
            parameter == null
                ? rows.value(r, 1)
                : parameter == PairGradient.POSITIONS
                    ? rows.value(r, 2)
                    : block.samples().value(rows.value(r, 0), 1);
        for (int e = 0; e < inner; e++) {
          for (int m = 0; m < 2 * l + 1; m++) {
            for (int p = 0; p < n; p++) {
              int column = from.get(l) + (m * TYPES.length + type) * n + p;
              out[(atom * inner + e) * columns + column] +=
                  shown.values().at(((r * inner + e) * (2 * l + 1) + m) * n + p);
            }
          }
        }
      }
    }
    return out;
  }

  private record Input(System system, Descriptor descriptor) {
    static Input read(String file) throws IOException {
      JsonNode json = json(file);
      JsonNode system = json.get("systems").get(0);
      int[] types = new int[system.get("types").size()];
      double[] positions = new double[3 * types.length];
      for (int i = 0; i < types.length; i++) {
        types[i] = system.get("types").get(i).intValue();
        for (int k = 0; k < 3; k++) {
          positions[3 * i + k] = system.get("positions").get(i).get(k).doubleValue();
        }
      }
      double[] cell = new double[9];
      for (int k = 0; k < 9; k++) {
        cell[k] = system.get("cell").get(k).doubleValue();
      }
      boolean periodic = cell[0] != 0;
      return new Input(
          new System(
              types,
              Tensor.of(positions, types.length, 3),
              Tensor.of(cell, 3, 3),
              new boolean[] {periodic, periodic, periodic}),
          Descriptor.named("spherical_expansion", json.get("hyperparameters")));
    }
  }

  private static JsonNode json(String name) throws IOException {
    Path file = FOLDER.resolve(name);
    Assumptions.assumeTrue(Files.exists(file), "there is no " + file);
    return new ObjectMapper().readTree(file.toFile());
  }

  /** The numbers of a compressed NumPy file of float64. */
  private static double[] array(String name) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(FOLDER.resolve(name)))) {
      ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      bytes.position(10 + bytes.getShort(8));
      double[] values = new double[bytes.remaining() / 8];
      bytes.asDoubleBuffer().get(values);
      return values;
    }
  }
}
