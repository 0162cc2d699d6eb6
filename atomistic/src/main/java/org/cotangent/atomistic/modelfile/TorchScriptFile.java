package org.cotangent.atomistic.modelfile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.cotangent.atomistic.model.ModelJson;
import org.cotangent.atomistic.model.ModelMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What can be had of the models that metatomic exports ({@code .pt}): who made them and when they
 * are from. The model itself is a TorchScript program, which only PyTorch can run.
 */
public final class TorchScriptFile {
  private static final int MAX_BYTES = 1 << 24;

  private TorchScriptFile() {}

  /**
   * Reads who made a model.
   *
   * @throws ModelFileException if the file is none of metatomic, or has no metadata
   * @throws IOException if it cannot be read
   */
  public static ModelMetadata readMetadata(Path file) throws IOException {
    String json = record(file, "model-metadata");
    if (json == null) {
      throw new ModelFileException(file + " is not a model that metatomic exported");
    }
    try {
      return ModelJson.readMetadata(json);
    } catch (IllegalArgumentException wrong) {
      throw new ModelFileException(file + " has wrong metadata: " + wrong.getMessage(), wrong);
    }
  }

  /** Returns the version of metatomic that exported a file, or null if it is none of these. */
  static @Nullable String metatomicVersion(Path file) throws IOException {
    return record(file, "metatomic-version");
  }

  private static @Nullable String record(Path file, String name) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry =
          zip.stream()
              .filter(member -> member.getName().endsWith("/extra/" + name))
              .findFirst()
              .orElse(null);
      if (entry == null) {
        return null;
      }
      try (InputStream in = zip.getInputStream(entry)) {
        return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
      }
    } catch (ZipException noArchive) {
      return null;
    }
  }
}
