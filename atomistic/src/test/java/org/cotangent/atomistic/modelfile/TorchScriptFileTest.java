package org.cotangent.atomistic.modelfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.io.SystemFile;
import org.cotangent.atomistic.model.ModelJson;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchScriptFileTest {
  private static final ModelMetadata METADATA = ModelMetadata.of("nickel", "Lennard-Jones");

  @TempDir Path folder;

  private Path exported() throws IOException {
    Path file = folder.resolve("nickel-lj.pt");
    Map<String, String> members =
        Map.of(
            "nickel-lj/data.pkl", "\u0080\u0002",
            "nickel-lj/extra/metatomic-version", "0.1.19\n",
            "nickel-lj/extra/model-metadata", ModelJson.write(METADATA));
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> member : members.entrySet()) {
        zip.putNextEntry(new ZipEntry(member.getKey()));
        zip.write(member.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return file;
  }

  @Test
  void tellsWhoMadeAModel() throws IOException {
    assertEquals(METADATA, TorchScriptFile.readMetadata(exported()));
  }

  @Test
  void isNoModelThatCanBeRunHere() throws IOException {
    Path file = exported();
    String message =
        assertThrows(ModelFileException.class, () -> ModelFile.readModel(file)).getMessage();
    assertTrue(message.contains("metatomic 0.1.19 exported as a TorchScript program"), message);
  }

  @Test
  void aSystemIsNoModel() throws IOException {
    Path file = folder.resolve("system.mta");
    SystemFile.write(file, System.molecule(new int[] {1}, Tensor.of(new double[3], 1, 3)));
    String message =
        assertThrows(ModelFileException.class, () -> ModelFile.readModel(file)).getMessage();
    assertTrue(
        message.endsWith("is a system of metatomic (.mta), not a model: read it with SystemFile"));
    message =
        assertThrows(ModelFileException.class, () -> TorchScriptFile.readMetadata(file))
            .getMessage();
    assertTrue(message.endsWith("is not a model that metatomic exported"), message);
  }
}
