package org.cotangent.atomistic.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.autodiff.Tensor;

/** SHA-256 of data, in hexadecimal. */
final class Fingerprint {
  private final MessageDigest digest;

  private Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256, and this one has not", e);
    }
  }

  /** Returns that of all numbers of some sets, wherever they were read from. */
  static String of(List<LabelledSystems> sets) {
    Fingerprint fingerprint = new Fingerprint();
    for (LabelledSystems set : sets) {
      fingerprint.add(set.size());
      for (int k = 0; k < set.size(); k++) {
        System system = set.systems().get(k);
        fingerprint.add(system.types());
        fingerprint.add(system.positions());
        fingerprint.add(system.cell());
        fingerprint.add(set.energies()[k]);
        fingerprint.add(set.forces().get(k));
        fingerprint.add(set.virials().get(k));
      }
    }
    return fingerprint.text();
  }

  /** Returns that of a file, or of all files in a folder in the order of their names. */
  static String of(Path path) throws IOException {
    Fingerprint fingerprint = new Fingerprint();
    try (Stream<Path> below = Files.walk(path)) {
      for (Path file : (Iterable<Path>) below.filter(Files::isRegularFile).sorted()::iterator) {
        fingerprint.add(file);
      }
    }
    return fingerprint.text();
  }

  private void add(Path file) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
  }

  private void add(Tensor tensor) {
    add(tensor.toDoubleArray());
  }

  private void add(double... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * numbers.length);
    bytes.asDoubleBuffer().put(numbers);
    digest.update(bytes);
  }

  private void add(int... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * numbers.length);
    bytes.asIntBuffer().put(numbers);
    digest.update(bytes);
  }

  private String text() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
