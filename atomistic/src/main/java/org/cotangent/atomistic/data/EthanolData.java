package org.cotangent.atomistic.data;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.XyzReader;

/**
 * Ethanol at 600 K with PBE/def2-SVP energies and forces: five independent trajectories that come
 * with the library (see the README beside them).
 */
public final class EthanolData {
  private static final String FOLDER = "/org/cotangent/atomistic/ethanol-pbe/";

  private EthanolData() {}

  /**
   * A trajectory.
   *
   * @param file its name
   * @param sha256 of the file, in hexadecimal
   */
  public record Trajectory(String file, String sha256, LabelledSystems systems) {}

  /** Copies a trajectory, 1 to 5, into a folder and returns the file. */
  public static Path copy(int number, Path folder) throws IOException {
    String name = name(number);
    return Files.write(folder.resolve(name), content(name));
  }

  private static String name(int number) {
    return "trajectory-" + number + ".xyz";
  }

  private static byte[] content(String name) throws IOException {
    try (InputStream in = EthanolData.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new FileNotFoundException("the library was built without " + name);
      }
      return in.readAllBytes();
    }
  }

  /** Reads a trajectory, 1 to 5. */
  public static Trajectory read(int number) throws IOException {
    String name = name(number);
    byte[] bytes = content(name);
    List<Frame> frames = new ArrayList<>();
    try (XyzReader reader = new XyzReader(name, new ByteArrayInputStream(bytes))) {
      for (Frame next = reader.read(); next != null; next = reader.read()) {
        frames.add(next);
      }
    }
    return new Trajectory(name, sha256(bytes), LabelledSystems.of(frames, "energy", "forces"));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256, and this one has not", e);
    }
  }
}
