package org.cotangent.atomistic.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.cotangent.atomistic.modelfile.ModelArchive;

/**
 * Describes a model file: {@code model.json} (architecture, hyper-parameters, capabilities,
 * metadata) and the weights. Files of other programs are described too, if they are such archives.
 */
final class ModelFileDescriber implements FileDescriber {
  private static final String MODEL = "model.json";

  @Override
  public String kind() {
    return "model file";
  }

  @Override
  public boolean recognizes(FileStart start) {
    return start.members().contains(MODEL);
  }

  @Override
  public Map<String, Object> describe(FileStart start) throws IOException {
    Path file = start.file();
    SequencedMap<String, byte[]> members = ModelArchive.read(file);
    byte[] model = members.get(MODEL);
    if (model == null) { // replaced since the start was read
      throw new UserException(file + " lacks " + MODEL + ": copy or write it again");
    }
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("bytes", Files.size(file));
    content.put("checksums", members.size() + " members, all as recorded");
    content.put(
        "model",
        new ObjectMapper()
            .convertValue(
                ModelArchive.object(file, MODEL, model),
                new TypeReference<Map<String, Object>>() {}));
    Map<String, Object> weights = new TreeMap<>();
    members.forEach(
        (name, bytes) -> {
          if (name.endsWith(".mts")) {
            weights.put(name, bytes.length + " bytes");
          }
        });
    content.put("weights", weights);
    return content;
  }
}
