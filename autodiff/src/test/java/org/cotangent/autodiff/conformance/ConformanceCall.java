package org.cotangent.autodiff.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.cotangent.autodiff.Tensor;

/** What one case calls: the operation's inputs, read when they are asked for, and its arguments. */
public final class ConformanceCall {
  private final JsonNode node;
  private final Path folder;
  private final ValueFormat format;

  /**
   * Creates a call from a case.
   *
   * @param folder with the files that the case names
   */
  public ConformanceCall(JsonNode node, Path folder, ValueFormat format) {
    this.node = node;
    this.folder = folder;
    this.format = format;
  }

  /** Returns the id of the case. */
  public String id() {
    return node.get("id").textValue();
  }

  /** Returns the folder of the area, with the files that cases name. */
  public Path folder() {
    return folder;
  }

  /** Returns the whole case, for fields that only one area has. */
  public JsonNode node() {
    return node;
  }

  /** Returns whether there is an input of this name. */
  public boolean has(String name) {
    return node.path("inputs").has(name);
  }

  /** Returns an input, of the kind that the case says. */
  public Object input(String name) throws IOException {
    JsonNode value = node.path("inputs").get(name);
    if (value == null) {
      throw new IOException(id() + " has no input '" + name + "'");
    }
    return format.read(value, folder);
  }

  /** Returns the names of the inputs, in the order of the case. */
  public List<String> inputNames() {
    List<String> names = new ArrayList<>();
    node.path("inputs").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Returns an input that is a tensor. */
  public Tensor tensor(String name) throws IOException {
    return (Tensor) input(name);
  }

  /** Returns the inputs {@code name.0}, {@code name.1}, …, possibly none. */
  public List<Object> inputs(String name) throws IOException {
    List<Object> list = new ArrayList<>();
    while (has(name + "." + list.size())) {
      list.add(input(name + "." + list.size()));
    }
    return list;
  }

  /** Returns an argument; a missing node where there is none. */
  public JsonNode arg(String name) {
    return node.path("args").path(name);
  }

  /** Returns an argument that is a list of integers. */
  public int[] intsArg(String name) {
    JsonNode list = arg(name);
    int[] values = new int[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i).intValue();
    }
    return values;
  }

  /** Returns an argument that is a list of texts, or a single text as a list of one. */
  public List<String> textsArg(String name) {
    JsonNode list = arg(name);
    if (list.isTextual()) {
      return List.of(list.textValue());
    }
    List<String> values = new ArrayList<>();
    list.forEach(text -> values.add(text.textValue()));
    return values;
  }

  /** Returns the names of the outputs for which the case has a value, sorted. */
  public TreeSet<String> expectedNames() {
    TreeSet<String> names = new TreeSet<>();
    node.get("expect").fieldNames().forEachRemaining(names::add);
    return names;
  }

  boolean expectsError() {
    return node.get("expect").path("error").booleanValue();
  }

  Tolerance tolerance() {
    return new Tolerance(
        node.hasNonNull("rtol") ? node.get("rtol").doubleValue() : -1,
        node.hasNonNull("atol") ? node.get("atol").doubleValue() : -1);
  }
}
