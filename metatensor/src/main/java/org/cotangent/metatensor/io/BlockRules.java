package org.cotangent.metatensor.io;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.MetatensorException;
import org.cotangent.metatensor.internal.LabelsData;

/**
 * What must hold between the arrays and labels of a file: the rules of a block, of a gradient and
 * of a map. Every violation ends in a {@link MetatensorException} that starts with the member it is
 * about.
 */
final class BlockRules {
  /** Gradients of gradients deeper than this are refused. */
  static final int MAX_GRADIENT_DEPTH = 16;

  /** With the depth above, the name of a member cannot exceed the 65535 bytes that ZIP allows. */
  private static final int MAX_PARAMETER_LENGTH = 1000;

  private BlockRules() {}

  /** Checks an array against the labels of its axes. */
  static void checkBlock(
      String prefix, Shape shape, Labels samples, List<Labels> components, Labels properties) {
    if (shape.rank() != components.size() + 2) {
      throw new MetatensorException(
          prefix
              + "values.npy has shape "
              + shape
              + ", but there are labels for "
              + (components.size() + 2)
              + " axes");
    }
    checkAxis(prefix, shape, 0, samples, "samples.npy");
    Set<List<String>> names = new HashSet<>();
    for (int k = 0; k < components.size(); k++) {
      Labels component = components.get(k);
      String member = prefix + "components/" + k + ".npy";
      if (component.width() != 1) {
        throw new MetatensorException(
            member + " has the dimensions " + component.names() + ": a component has exactly one");
      }
      if (component.size() == 0) {
        throw new MetatensorException(member + " has no entry: a component has at least one");
      }
      if (!names.add(component.names())) {
        throw new MetatensorException(
            member + " has the dimension " + component.names() + " of another component");
      }
      checkAxis(prefix, shape, 1 + k, component, "components/" + k + ".npy");
    }
    checkAxis(prefix, shape, shape.rank() - 1, properties, "properties.npy");
  }

  private static void checkAxis(
      String prefix, Shape shape, int axis, Labels labels, String member) {
    if (shape.dim(axis) != labels.size()) {
      throw new MetatensorException(
          prefix
              + "values.npy has shape "
              + shape
              + ", but "
              + prefix
              + member
              + " has "
              + labels.size()
              + " entries for axis "
              + axis);
    }
  }

  /** Checks the name of a gradient's parameter, which becomes part of the names of members. */
  static void checkParameter(String prefix, String parameter) {
    if (parameter.length() > MAX_PARAMETER_LENGTH) {
      throw new MetatensorException(
          prefix
              + "gradients/ has a gradient whose name has "
              + parameter.length()
              + " characters, at most "
              + MAX_PARAMETER_LENGTH
              + " are allowed");
    }
    if (parameter.isEmpty()
        || parameter.equals(".")
        || parameter.equals("..")
        || parameter.indexOf('/') >= 0
        || parameter.indexOf('\\') >= 0
        || parameter.indexOf('\0') >= 0) {
      throw new MetatensorException(
          prefix
              + "gradients/ has a gradient with respect to '"
              + parameter
              + "', which cannot be the name of a member in a file");
    }
  }

  /** Checks a gradient, whose own shape and labels agree, against the block it belongs to. */
  static void checkGradient(
      String prefix,
      DType dtype,
      Labels samples,
      List<Labels> components,
      Labels properties,
      StoredBlock gradient) {
    if (gradient.array().dtype() != dtype) {
      throw new MetatensorException(
          prefix
              + "values.npy is of type "
              + gradient.array().dtype()
              + ", the values of the block are of type "
              + dtype);
    }
    Labels rows = gradient.samples();
    if (rows.width() == 0 || !rows.names().getFirst().equals("sample")) {
      throw new MetatensorException(
          prefix
              + "samples.npy has the dimensions "
              + rows.names()
              + ": the first one of a gradient must be 'sample'");
    }
    int[] flat = LabelsData.of(rows);
    for (int row = 0; row < rows.size(); row++) {
      int sample = flat[row * rows.width()];
      if (sample < 0 || sample >= samples.size()) {
        throw new MetatensorException(
            prefix
                + "samples.npy refers to sample "
                + sample
                + " in row "
                + row
                + ", the block has "
                + samples.size()
                + " samples");
      }
    }
    int extra = gradient.components().size() - components.size();
    if (extra < 0
        || !gradient.components().subList(extra, extra + components.size()).equals(components)) {
      throw new MetatensorException(
          prefix
              + "components/ must end with the components of the block, "
              + names(components)
              + ", it has "
              + names(gradient.components())
              + " or other entries");
    }
    if (!gradient.properties().equals(properties)) {
      throw new MetatensorException(
          prefix + "values.npy has other properties than the block it is a gradient of");
    }
  }

  /** Checks that all blocks are alike, apart from their entries and sizes. */
  static void checkMap(StoredMap map) {
    if (map.blocks().size() != map.keys().size()) {
      throw new MetatensorException(
          "keys.npy has " + map.keys().size() + " entries for " + map.blocks().size() + " blocks");
    }
    for (int i = 1; i < map.blocks().size(); i++) {
      checkAlike("blocks/" + i + "/", map.blocks().get(i), "blocks/0/", map.blocks().getFirst());
    }
  }

  private static void checkAlike(
      String prefix, StoredBlock block, String firstPrefix, StoredBlock first) {
    if (block.array().dtype() != first.array().dtype()) {
      throw new MetatensorException(
          prefix
              + "values.npy is of type "
              + block.array().dtype()
              + ", "
              + firstPrefix
              + "values.npy of type "
              + first.array().dtype());
    }
    checkSame(prefix, "samples.npy", block.samples().names(), first.samples().names());
    if (!block.components().isEmpty() || !first.components().isEmpty()) {
      checkSame(prefix, "components/", names(block.components()), names(first.components()));
    }
    checkSame(prefix, "properties.npy", block.properties().names(), first.properties().names());
    SequencedMap<String, StoredBlock> gradients = first.gradients();
    if (!block.gradients().isEmpty() || !gradients.isEmpty()) {
      checkSame(
          prefix,
          "gradients/",
          List.copyOf(block.gradients().keySet()),
          List.copyOf(gradients.keySet()));
    }
    gradients.forEach(
        (parameter, gradient) ->
            checkAlike(
                prefix + "gradients/" + parameter + "/",
                Objects.requireNonNull(block.gradients().get(parameter)),
                firstPrefix + "gradients/" + parameter + "/",
                gradient));
  }

  private static void checkSame(
      String prefix, String member, List<String> names, List<String> first) {
    if (names != first && !names.equals(first)) {
      throw new MetatensorException(
          prefix + member + " has the names " + names + ", the first block has " + first);
    }
  }

  private static List<String> names(List<Labels> components) {
    List<String> names = new ArrayList<>();
    for (Labels component : components) {
      names.addAll(component.names());
    }
    return names;
  }
}
