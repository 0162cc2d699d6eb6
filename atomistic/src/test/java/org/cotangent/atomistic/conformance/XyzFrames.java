package org.cotangent.atomistic.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cotangent.atomistic.Elements;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.io.Column;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.XyzReader;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.conformance.ConformanceCall;
import org.cotangent.autodiff.conformance.Tolerance;
import org.cotangent.autodiff.conformance.ValueFormat;

/** The result of op {@code read_xyz}, which is compared with what ASE reads. */
public record XyzFrames(List<Frame> frames) {
  /** What ASE takes out of {@code info} as the results of a calculation. */
  private static final Set<String> FRAME_RESULTS =
      Set.of("energy", "free_energy", "stress", "dipole", "magmom");

  /** What ASE takes out of {@code arrays} as the results of a calculation. */
  private static final Set<String> ATOM_RESULTS =
      Set.of(
          "energy",
          "free_energy",
          "forces",
          "stress",
          "energies",
          "stresses",
          "charges",
          "magmom",
          "magmoms",
          "dipole");

  public static XyzFrames read(ConformanceCall call) throws IOException {
    return new XyzFrames(XyzReader.readAll(call.folder().resolve(call.arg("file").textValue())));
  }

  /** Fails unless these are the expected frames; integers and reals are told apart. */
  void assertMatch(JsonNode expected, Tolerance tolerance) {
    assertEquals(expected.size(), frames.size(), "number of frames");
    for (int f = 0; f < frames.size(); f++) {
      compare(expected.get(f), frames.get(f), tolerance.rtol());
    }
  }

  private static void compare(JsonNode expected, Frame frame, double rtol) {
    System system = frame.system();
    assertEquals(expected.get("numbers").size(), system.size());
    for (int i = 0; i < system.size(); i++) {
      assertEquals(expected.get("numbers").get(i).asInt(), system.type(i));
      assertEquals(expected.get("symbols").get(i).asText(), Elements.symbol(system.type(i)));
    }
    same("positions", expected.get("positions"), rows(system.positions()), rtol, false);
    same("cell", expected.get("cell"), rows(frame.lattice()), rtol, false);
    for (int k = 0; k < 3; k++) {
      assertEquals(expected.get("pbc").get(k).asBoolean(), system.pbc(k), "pbc");
    }
    Map<String, Object> info = new LinkedHashMap<>();
    Map<String, Object> arrays = new LinkedHashMap<>();
    Map<String, Object> results = new LinkedHashMap<>();
    frame
        .arrays()
        .forEach(
            (column, v) -> {
              String key = column.equals("charge") ? "charges" : column; // ASE's name for it
              (ATOM_RESULTS.contains(key) ? results : arrays).put(key, rows(v));
            });
    frame
        .info()
        .forEach(
            (key, v) ->
                (FRAME_RESULTS.contains(key) ? results : info)
                    .put(key, key.equals("stress") ? voigt((List<?>) v) : v));
    sameEntries("info", expected.get("info"), info, rtol, true);
    sameEntries("arrays", expected.get("arrays"), arrays, rtol, false);
    sameEntries("results", expected.get("results"), results, rtol, false);
  }

  private static Object voigt(List<?> s) {
    int[][] order = {{0, 0}, {1, 1}, {2, 2}, {1, 2}, {0, 2}, {0, 1}};
    List<Object> six = new ArrayList<>();
    for (int[] at : order) {
      six.add(((List<?>) s.get(at[0])).get(at[1]));
    }
    return six;
  }

  private static Object rows(Column column) {
    return switch (column) {
      case Column.Numbers numbers -> rows(numbers.values());
      case Column.Words words when words.width() > 1 -> {
        List<List<String>> rows = new ArrayList<>();
        for (int at = 0; at < words.values().size(); at += words.width()) {
          rows.add(words.values().subList(at, at + words.width()));
        }
        yield rows;
      }
      case Column.Words words -> words.values();
    };
  }

  private static Object rows(Tensor tensor) {
    int width = tensor.rank() == 1 ? 1 : tensor.dim(1);
    List<Object> rows = new ArrayList<>();
    for (int i = 0; i < tensor.dim(0); i++) {
      List<Object> row = new ArrayList<>();
      for (int k = i * width; k < (i + 1) * width; k++) {
        row.add(tensor.dtype() == DType.BOOL ? (Object) (tensor.at(k) != 0) : tensor.at(k));
      }
      rows.add(tensor.rank() == 1 ? row.getFirst() : row);
    }
    return rows;
  }

  private static void sameEntries(
      String where, JsonNode expected, Map<?, ?> found, double rtol, boolean kinds) {
    List<String> names = new ArrayList<>();
    expected.fieldNames().forEachRemaining(names::add);
    assertEquals(Set.copyOf(names), found.keySet(), where);
    for (String name : names) {
      same(where + "." + name, expected.get(name), found.get(name), rtol, kinds);
    }
  }

  private static void same(
      String where, JsonNode expected, Object found, double rtol, boolean kinds) {
    if (expected.isArray()) {
      List<?> list = (List<?>) found;
      assertEquals(expected.size(), list.size(), where);
      Iterator<?> it = list.iterator();
      for (JsonNode entry : expected) {
        same(where, entry, it.next(), rtol, kinds);
      }
    } else if (expected.isObject()) {
      sameEntries(where, expected, (Map<?, ?>) found, rtol, kinds);
    } else if (expected.isBoolean()) {
      assertEquals(expected.asBoolean(), found, where);
    } else if (expected.isNull()) {
      assertNull(found, where);
    } else if (found instanceof Number number) {
      if (kinds && expected.isNumber()) {
        assertEquals(expected.isIntegralNumber(), number instanceof Long, where + " is an integer");
      }
      double value = ValueFormat.real(expected);
      double tolerance = Double.isFinite(value) ? rtol * Math.abs(value) : 0;
      assertEquals(value, number.doubleValue(), tolerance, where);
    } else {
      assertTrue(expected.isTextual(), where);
      assertEquals(expected.asText(), found, where);
    }
  }
}
