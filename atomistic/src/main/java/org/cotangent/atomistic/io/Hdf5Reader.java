package org.cotangent.atomistic.io;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Link;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import io.jhdf.exceptions.UnsupportedHdfException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** What is in the group. */
  private final Map<String, Dataset> datasets = new HashMap<>();

  private @Nullable ArrayLayout layout;

  /** The name of the data set whose sign changes, empty if there is none. */
  private String gradient = "";

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
      index++;
      return frames.frame(next++, index - 1);
    } catch (IllegalArgumentException e) {
      String frame = next == 0 ? "" : ", frame " + (index - 1); // the group is at fault, or a frame
      throw new IOException(place() + frame + ": " + e.getMessage(), e);
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
    if (!forPeople || cause.getMessage() == null) {
      return "its parts do not fit together, or it holds what jHDF does not know, such as opaque types";
    }
    return cause.getMessage()
        + (cause instanceof UnsupportedHdfException && cause.getMessage().contains("version")
            ? " (files for HDF5 1.14 and older can be read: libver='v114' in h5py)"
            : "");
  }

  private String place() {
    String name = group == null ? "/" : group.getPath();
    return path + (name.equals("/") ? "" : ", group " + name.substring(0, name.length() - 1));
  }

  /** Reads the next piece of the group or of the next group that has frames. */
  private boolean advance() {
    if (frames != null) {
      first += frames.size();
      frames = null;
      if (layout != null && first < layout.frames()) {
        load(layout);
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
          open(candidate);
          return true;
        }
      }
    }
    return false;
  }

  private static @Nullable Dataset child(Group group, List<String> names) {
    for (String name : names) {
      Dataset dataset = dataset(group.getChildren().get(name));
      if (dataset != null) {
        return dataset;
      }
    }
    return null;
  }

  /** Sees what is in a group and reads its first frames. */
  private void open(Group candidate) {
    group = candidate;
    first = 0;
    next = 0; // also if this fails
    datasets.clear();
    convertedFrom.clear();
    for (Node node : candidate.getChildren().values()) {
      Dataset dataset = dataset(node);
      if (dataset != null) {
        datasets.put(node.getName(), dataset);
      }
    }
    ArrayNames used = names;
    boolean forces = datasets.keySet().stream().anyMatch(n -> names.inFrames(n).equals("forces"));
    gradient = "";
    if (!forces && datasets.containsKey(GRADIENT) && !names.renamed().containsKey(GRADIENT)) {
      gradient = GRADIENT;
      used = names.renaming(GRADIENT, "forces");
    }
    Map<String, ArrayHead> heads = new HashMap<>();
    datasets.forEach((name, dataset) -> heads.put(name, Hdf5Array.head(dataset)));
    ArrayLayout found = new ArrayLayout(heads, used);
    layout = found;
    load(found);
  }

  /** Returns a data set, or the one that a link leads to, else null. */
  private static @Nullable Dataset dataset(@Nullable Node node) {
    Node target = node instanceof Link link && !link.isBrokenLink() ? link.getTarget() : node;
    return target instanceof Dataset dataset ? dataset : null;
  }

  /** Reads the next frames of the group. */
  private void load(ArrayLayout from) {
    next = 0;
    int count = Math.min(from.frames() - first, ArrayPieces.atOnce(from.atoms()));
    Map<String, Tensor> arrays = new HashMap<>();
    Map<String, List<String>> texts = new HashMap<>();
    datasets.forEach(
        (name, dataset) -> {
          if (from.isUsed(name)) {
            boolean part = from.row(name) != null && count < from.frames();
            int rows = part ? dataset.getDimensions()[0] / from.frames() : 0; // 1, or all are flat
            Hdf5Array array =
                part
                    ? Hdf5Array.read(dataset, first * rows, count * rows)
                    : Hdf5Array.read(dataset);
            if (array.numbers() != null) {
              arrays.put(name, array.numbers());
            } else if (array.texts() != null) {
              texts.put(name, array.texts());
            }
          }
        });
    from.parts()
        .forEach(
            (name, part) ->
                arrays.computeIfPresent(
                    part.array(), (array, numbers) -> inUnit(name, array, numbers)));
    Dataset positions = datasets.get(from.positions());
    String unit = positions == null ? "" : unit(positions);
    if (!unit.isEmpty()) {
      convertedFrom.put("positions", unit);
    }
    frames = new FrameArrays(place(), from, count, arrays, texts, lengthFactor(unit));
  }

  /** Returns numbers in the unit that frames have them. */
  private Tensor inUnit(String inFrames, String name, Tensor numbers) {
    Dataset dataset = datasets.get(name);
    double factor = dataset == null ? 1 : labelFactor(inFrames, dataset);
    if (gradient.equals(name)) {
      factor = -factor;
    }
    return factor == 1 ? numbers : numbers.cast(DType.FLOAT64).multiply(factor);
  }

  @Override
  public Map<String, String> leftOut() {
    return layout == null ? Map.of() : layout.leftOut();
  }

  /** Returns what the attribute {@code units} says, empty if there is none. */
  private static String unit(Dataset dataset) {
    Attribute attribute = dataset.getAttribute("units");
    return attribute != null && attribute.getData() instanceof String unit ? unit : "";
  }

  /** Returns the factor to eV or eV/Å, or 1 where the attribute {@code units} is no such unit. */
  private double labelFactor(String inFrames, Dataset dataset) {
    String unit = unit(dataset);
    for (String target : unit.isEmpty() ? List.<String>of() : List.of("eV", "eV/angstrom")) {
      try {
        double factor = Units.conversionFactor(unit, target);
        convertedFrom.put(inFrames, unit);
        return factor;
      } catch (IllegalArgumentException another) {
        // of another dimension, or no unit at all
      }
    }
    return 1;
  }

  /** Returns the factor to Å, 1 if no unit is said. */
  private static double lengthFactor(String unit) {
    try {
      return unit.isEmpty() ? 1 : Units.conversionFactor(unit, "angstrom");
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
