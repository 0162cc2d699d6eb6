package org.cotangent.atomistic.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.io.ArrayNames;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.FrameFiles;
import org.cotangent.atomistic.io.FrameReader;
import org.cotangent.atomistic.io.LabelForm;
import org.cotangent.atomistic.io.MtsLabelReader;
import org.cotangent.atomistic.units.Units;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/** One file of structures, with the files of labels beside it, read frame by frame. */
final class LabelledFile implements Closeable {
  private static final String MTS = ".mts";

  private final Path path;
  private final @Nullable String lengthUnit;

  /** The structures, and the files of labels in which frames stand side by side with them. */
  private final List<FrameReader> readers = new ArrayList<>();

  private final List<Path> paths = new ArrayList<>();

  /** The current frame of each reader. */
  private final List<Frame> current = new ArrayList<>();

  private final Map<Label, LabelSource> sources = new EnumMap<>(Label.class);
  private final Map<Label, Integer> places = new EnumMap<>(Label.class);
  private double lengthFactor = Double.NaN;

  /** The first frame with a stress that has no volume, and how many there are. */
  @Nullable String firstWithoutVolume;

  int withoutVolume;

  /**
   * Opens a file.
   *
   * @param index which of the source's files it is
   * @param files all files of the source
   */
  LabelledFile(Path folder, DataSource source, int index, List<Path> files) throws IOException {
    path = files.get(index);
    lengthUnit = source.systems().lengthUnit();
    EnergyTarget energy = source.targets().energy();
    try {
      open(folder, source.systems(), energy, index, files.size());
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
    String energyUnit = energy.unit() == null ? "eV" : energy.unit();
    String length = lengthUnit == null ? "angstrom" : lengthUnit;
    boolean energyInMts = isMts(energy.readFrom());
    add(Label.ENERGY, energyInMts ? "energy" : energy.key(), energy.unit(), "eV");
    String perLength = perLength(energyUnit, length, "");
    addDerivative(Label.FORCES, energy.forces(), perLength);
    boolean stressAsked = energy.stress() != null && energy.stress().use();
    boolean virialAsked = energy.virial() != null && energy.virial().use();
    if (!stressAsked) {
      addDerivative(Label.VIRIAL, energy.virial(), energyUnit);
    }
    if (!virialAsked) {
      addDerivative(Label.STRESS, energy.stress(), perLength(energyUnit, length, "^3"));
    }
  }

  private static String perLength(String energy, String length, String power) {
    boolean plain = energy.matches("[\\w/]+") && length.matches("\\w+");
    return plain ? energy + "/" + length + power : "(" + energy + ")/(" + length + ")" + power;
  }

  private static boolean isMts(List<String> files) {
    return !files.isEmpty() && files.getFirst().endsWith(MTS);
  }

  // --------------------------------------------------------------------------------- opening

  private void open(Path folder, SystemFiles systems, EnergyTarget energy, int index, int files)
      throws IOException {
    ArrayNames names = names(energy);
    readers.add(
        systems.reader() == null
            ? FrameFiles.open(path, names)
            : systems.reader().open(path, names));
    paths.add(path);
    int place = openBeside(folder, energy.readFrom(), Label.ENERGY, 0, names, index, files);
    for (Label label : Label.values()) {
      DerivativeTarget target = derivative(energy, label);
      List<String> own = target == null ? List.of() : target.readFrom();
      places.put(label, openBeside(folder, own, label, place, names, index, files));
    }
  }

  /** Returns what is said of a derivative; null for the energy, and where nothing is said. */
  static @Nullable DerivativeTarget derivative(EnergyTarget energy, Label label) {
    return switch (label) {
      case ENERGY -> null;
      case FORCES -> energy.forces();
      case STRESS -> energy.stress();
      case VIRIAL -> energy.virial();
    };
  }

  /** The usual names of arrays, but labels that are asked for keep the names they have in files. */
  private static ArrayNames names(EnergyTarget energy) {
    ArrayNames usual = ArrayNames.STANDARD;
    Map<String, String> renamed = new HashMap<>(usual.renamed());
    Map<String, LabelForm> labels = new HashMap<>();
    for (Label label : Label.values()) {
      label.usual.forEach(name -> labels.put(name, label.form));
    }
    for (Label label : Label.values()) {
      DerivativeTarget target = derivative(energy, label);
      String key = label == Label.ENERGY ? energy.key() : target == null ? null : target.key();
      if (key != null) {
        renamed.remove(key);
        labels.put(key, label.form);
      }
    }
    return new ArrayNames(
        usual.types(), usual.positions(), usual.cell(), usual.pbc(), renamed, labels);
  }

  /** Opens a file of labels, if there is one, and returns which reader has them. */
  private int openBeside(
      Path folder,
      List<String> readFrom,
      Label label,
      int otherwise,
      ArrayNames names,
      int index,
      int files)
      throws IOException {
    if (readFrom.isEmpty()) {
      return otherwise;
    }
    List<Path> found = FilePatterns.expand(folder, readFrom);
    if (found.size() != files) {
      throw new IOException(
          "the labels of %s are in %d files, the structures are in %d: there should be one for each"
              .formatted(label.text(), found.size(), files));
    }
    Path beside = found.get(index);
    if (beside.toString().endsWith(MTS)) {
      readers.set(0, new MtsLabelReader(readers.getFirst(), beside, label.text()));
      return 0;
    }
    int same = paths.indexOf(beside);
    if (same < 0) {
      readers.add(FrameFiles.open(beside, names));
      paths.add(beside);
    }
    return same < 0 ? readers.size() - 1 : same;
  }

  private void addDerivative(Label label, @Nullable DerivativeTarget target, String usualUnit) {
    if (target == null) {
      add(label, null, null, usualUnit);
    } else if (target.use()) {
      add(label, isMts(target.readFrom()) ? label.text() : target.key(), target.unit(), usualUnit);
    }
  }

  private void add(Label label, @Nullable String key, @Nullable String unit, String usualUnit) {
    FrameReader reader = readers.get(places.getOrDefault(label, 0));
    sources.put(label, new LabelSource(label, reader, key, unit, usualUnit));
  }

  // --------------------------------------------------------------------------------- reading

  /**
   * Goes on to the next frame and returns it as it is in the file; null after the last.
   *
   * @throws IOException if a file is malformed, or files that belong together have other frames
   */
  @Nullable Frame next() throws IOException {
    current.clear();
    for (int k = 0; k < readers.size(); k++) {
      Frame frame = readers.get(k).read();
      if (k > 0 && (frame == null) != current.isEmpty()) {
        throw new IOException(
            "%s has %s frames than %s, which has the structures"
                .formatted(paths.get(k), frame == null ? "fewer" : "more", path));
      }
      if (frame != null) {
        current.add(frame);
      }
    }
    if (current.isEmpty()) {
      return null;
    }
    Frame structure = current.getFirst();
    for (Frame frame : current) {
      if (!Arrays.equals(frame.system().types(), structure.system().types())) {
        throw new IOException(
            "%s has other atoms than %s, whose labels it should have".formatted(frame, structure));
      }
    }
    return structure;
  }

  /**
   * Returns the current frame in the library's units.
   *
   * @throws IllegalArgumentException if a label is malformed; the message names the frame
   */
  LabelledFrame labelled() {
    Frame frame = current.getFirst();
    System system = converted(frame);
    double[] energy = values(Label.ENERGY);
    double[] virial = values(Label.VIRIAL);
    if (virial == null) {
      virial = virialOfStress(system, frame);
    }
    return new LabelledFrame(
        system,
        energy == null ? Double.NaN : energy[0],
        values(Label.FORCES),
        virial,
        frame.source() == null ? new Frame.Source(path.toString(), 0, 0) : frame.source());
  }

  private double @Nullable [] values(Label label) {
    LabelSource source = sources.get(label);
    return source == null ? null : source.values(current.get(places.getOrDefault(label, 0)));
  }

  private double @Nullable [] virialOfStress(System system, Frame frame) {
    double[] stress = values(Label.STRESS);
    if (stress == null) {
      return null;
    }
    if (!(system.pbc(0) && system.pbc(1) && system.pbc(2))) {
      firstWithoutVolume = firstWithoutVolume == null ? frame.toString() : firstWithoutVolume;
      withoutVolume++;
      return null;
    }
    double volume = system.volume();
    for (int k = 0; k < stress.length; k++) {
      stress[k] = -stress[k] * volume;
    }
    return stress;
  }

  /** Returns the atoms alone, in Å. */
  private System converted(Frame frame) {
    System system = frame.system();
    double factor = lengthFactor(frame);
    Tensor positions = system.positions().cast(DType.FLOAT64);
    Tensor cell = system.cell().cast(DType.FLOAT64);
    return new System(
        system.types(),
        factor == 1 ? positions : positions.multiply(factor),
        factor == 1 ? cell : cell.multiply(factor),
        system.pbc());
  }

  private double lengthFactor(Frame frame) {
    if (Double.isNaN(lengthFactor)) {
      String converted = readers.getFirst().convertedFrom("positions");
      if (lengthUnit != null && !converted.isEmpty() && !Units.areEqual(lengthUnit, converted)) {
        throw new IllegalArgumentException(
            "%s: the length_unit should be %s, the file itself says %s: leave length_unit out"
                .formatted(frame, lengthUnit, converted));
      }
      lengthFactor =
          lengthUnit == null || !converted.isEmpty()
              ? 1
              : Units.conversionFactor(lengthUnit, "angstrom");
    }
    return lengthFactor;
  }

  /** Returns what labels were looked for, with what was found. */
  List<LabelSource> sources() {
    return List.copyOf(sources.values());
  }

  @Override
  public void close() throws IOException {
    for (FrameReader reader : readers) {
      reader.close();
    }
  }
}
