package org.cotangent.atomistic.io;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cotangent.atomistic.units.Units;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Reads HDF5 files of frames: every group that has atomic types and positions, at any depth and in
 * the order of the file, as {@link ArrayNames} calls them. This covers ANI-1, ANI-1x and SPICE (a
 * group for each molecule, with {@code [frames, atoms, 3]} positions), QM7-X (a group for each
 * frame, with {@code [atoms, 3]} positions) and files with MD17's arrays at their root.
 *
 * <p>What else is in the group is sorted as {@link NpzReader} does it; texts, such as SMILES,
 * become texts. An attribute {@code units} is followed: positions and lattice are converted to Å,
 * energies to eV, and energies by length to eV/Å, so that in SPICE, which is in hartree and bohr,
 * energies and forces fit the positions. Labels in other units, and those without the attribute,
 * stay as they are in the file; positions without it must be in Å.
 *
 * <p>The column {@code forces} of a frame is minus the gradient of the energy in every format, so
 * {@code dft_total_gradient} of SPICE becomes {@code forces} with the opposite sign. To have it as
 * it is, give it a name with {@link ArrayNames#renaming}.
 *
 * <p>Large groups are read in pieces of some thousand frames.
 */
public final class Hdf5Reader implements FrameReader {
  /** SPICE's gradient of its energy, {@code dft_total_energy}. */
  private static final String GRADIENT = "dft_total_gradient";

  private final Path path;
  private final ArrayNames names;
  private final HdfFile file;
  private final Deque<Node> waiting = new ArrayDeque<>();
  private @Nullable Group group;
  private @Nullable FrameArrays frames;
  private final Map<String, String> convertedFrom = new HashMap<>();
  private int next;
  private int first;
  private int index;

  /** Opens a file with the {@linkplain ArrayNames#STANDARD usual} names. */
  public Hdf5Reader(Path path) throws IOException {
    this(path, ArrayNames.STANDARD);
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it cannot be read or is damaged
   */
  public Hdf5Reader(Path path, ArrayNames names) throws IOException {
    this.path = path;
    this.names = names;
    if (!Files.isRegularFile(path)) {
      throw new FileNotFoundException("there is no file " + path);
    }
    try {
      file = new HdfFile(path);
    } catch (RuntimeException damage) { // jHDF throws whatever reading the bytes ran into
      throw new IOException(path + " is not a whole HDF5 file: " + reason(damage), damage);
    }
    waiting.add(file);
  }

  @Override
  public @Nullable Frame read() throws IOException {
    try {
      while (frames == null || next == frames.size()) {
        if (!advance()) {
          if (index == 0) {
            throw new IllegalArgumentException(
                "no group has both atomic types, called one of "
                    + names.types()
                    + ", and positions, called one of "
                    + names.positions()
                    + ": name them with ArrayNames");
          }
          return null;
        }
      }
      return frames.frame(next++, index++);
    } catch (IllegalArgumentException e) {
      throw new IOException(place() + ": " + e.getMessage(), e);
    } catch (RuntimeException damage) { // as above
      throw new IOException(
          place() + " is damaged or of a version that jHDF cannot read: " + reason(damage), damage);
    }
  }

  /** Returns what the innermost cause says. */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    boolean forPeople = cause instanceof HdfException || cause instanceof IOException;
    return forPeople && cause.getMessage() != null
        ? cause.getMessage()
        : "its parts do not fit together";
  }

  private String place() {
    String name = group == null ? "/" : group.getPath();
    return path + (name.equals("/") ? "" : ", group " + name.substring(0, name.length() - 1));
  }

  /** Reads the next piece of the group or of the next group that has frames. */
  private boolean advance() {
    Group current = group;
    if (current != null && frames != null) {
      first += frames.size();
      frames = null;
      if (first < total(current)) {
        load(current);
        return true;
      }
    }
    while (!waiting.isEmpty()) {
      if (waiting.removeFirst() instanceof Group candidate) {
        List<Node> children = List.copyOf(candidate.getChildren().values());
        for (int k = children.size() - 1; k >= 0; k--) {
          waiting.addFirst(children.get(k));
        }
        if (child(candidate, names.types()) != null
            && child(candidate, names.positions()) != null) {
          group = candidate;
          first = 0;
          load(candidate);
          return true;
        }
      }
    }
    return false;
  }

  private static @Nullable Dataset child(Group group, List<String> names) {
    for (String name : names) {
      if (group.getChildren().get(name) instanceof Dataset dataset) {
        return dataset;
      }
    }
    return null;
  }

  /** The number of frames of a group; 1 where its arrays have no axis of frames. */
  private int total(Group candidate) {
    Dataset positions = child(candidate, names.positions());
    int[] shape = positions == null ? new int[0] : positions.getDimensions();
    return shape.length == 3 ? shape[0] : 1;
  }

  private void load(Group candidate) {
    Dataset positions = child(candidate, names.positions());
    int[] shape = positions == null ? new int[0] : positions.getDimensions();
    int total = total(candidate);
    int count = total;
    if (shape.length == 3) {
      count =
          Math.min(
              total - first, Math.max(1, ArrayPieces.NUMBERS_AT_ONCE / Math.max(1, 3 * shape[1])));
    }
    Map<String, Tensor> arrays = new HashMap<>();
    Map<String, List<String>> texts = new HashMap<>();
    Set<String> overFrames = new HashSet<>();
    for (Node node : candidate.getChildren().values()) {
      if (node instanceof Dataset dataset) {
        int[] dims = dataset.getDimensions();
        boolean over = shape.length == 3 && dims.length > 0 && dims[0] == total;
        boolean part = over && count < total;
        Hdf5Array array = part ? Hdf5Array.read(dataset, first, count) : Hdf5Array.read(dataset);
        if (array.numbers() != null) {
          String name = putLabel(arrays, dataset, array.numbers());
          if (over) {
            overFrames.add(name);
          }
        } else if (array.texts() != null) {
          texts.put(node.getName(), array.texts());
        }
      }
    }
    next = 0;
    String lengthUnit = positions == null ? "" : unit(positions);
    if (!lengthUnit.isEmpty()) {
      convertedFrom.put("positions", lengthUnit);
    }
    frames = new FrameArrays(place(), arrays, texts, names, lengthFactor(positions), overFrames);
  }

  /** Adds numbers under the name and in the unit that frames have them, and returns the name. */
  private String putLabel(Map<String, Tensor> arrays, Dataset dataset, Tensor numbers) {
    double factor = labelFactor(dataset);
    String name = dataset.getName();
    if (name.equals(GRADIENT) && !names.renamed().containsKey(GRADIENT)) {
      name = "forces";
      factor = -factor;
    }
    arrays.put(name, factor == 1 ? numbers : numbers.cast(DType.FLOAT64).multiply(factor));
    return name;
  }

  /** Returns what the attribute {@code units} says, empty if there is none. */
  private static String unit(Dataset dataset) {
    Attribute attribute = dataset.getAttribute("units");
    return attribute != null && attribute.getData() instanceof String unit ? unit : "";
  }

  /** Returns the factor to eV or eV/Å, or 1 where the attribute {@code units} is no such unit. */
  private double labelFactor(Dataset dataset) {
    String unit = unit(dataset);
    for (String target : unit.isEmpty() ? List.<String>of() : List.of("eV", "eV/angstrom")) {
      try {
        double factor = Units.conversionFactor(unit, target);
        String name = dataset.getName();
        convertedFrom.put(name.equals(GRADIENT) ? "forces" : names.inFrames(name), unit);
        return factor;
      } catch (IllegalArgumentException another) {
        // of another dimension, or no unit at all
      }
    }
    return 1;
  }

  /** Returns the factor to Å from what the attribute {@code units} says, or 1. */
  private static double lengthFactor(@Nullable Dataset positions) {
    try {
      return positions == null ? 1 : Units.conversionFactor(unit(positions), "angstrom");
    } catch (IllegalArgumentException noLength) {
      throw new IllegalArgumentException(
          "the unit of the positions cannot be used: " + noLength.getMessage(), noLength);
    }
  }

  @Override
  public String convertedFrom(String name) {
    return convertedFrom.getOrDefault(name, "");
  }

  @Override
  public void close() {
    file.close();
  }
}
