package org.cotangent.atomistic.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cotangent.autodiff.pages.ProgramPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That {@code docs/data.md} shows options that exist, and its program with what it prints. */
class DataPageTest {
  private static final Path PAGE = Path.of("../docs/data.md");
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern FORM = Pattern.compile("\\| `([^`…]+)`[^|]*\\| .*");

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .build();

  @TempDir private Path folder;

  @Test
  @Timeout(120)
  void theProgramIsShownWithWhatItPrints() throws Exception {
    for (int number = 1; number <= 3; number++) {
      EthanolData.copy(number, folder);
    }
    new ProgramPage("docs/data.md", "docs/examples/data", folder)
        .check(Map.of(), Map.of(), "DataPageTest");
    assertTrue(Files.exists(folder.resolve("splits/validation.txt")));
  }

  @Test
  void theOptionsExist() throws Exception {
    String page = Files.readString(PAGE);
    int sets = 0;
    for (Matcher block = YAML.matcher(page); block.find(); ) {
      Map<String, JsonNode> options =
          MAPPER.readValue(block.group(1), new TypeReference<Map<String, JsonNode>>() {});
      for (Map.Entry<String, JsonNode> set : options.entrySet()) {
        if (set.getKey().equals("training_set")) {
          sets +=
              MAPPER.convertValue(set.getValue(), new TypeReference<List<DataSource>>() {}).size();
        } else {
          MAPPER.convertValue(set.getValue(), HeldOutSet.class);
          sets++;
        }
      }
    }
    assertEquals(6, sets);
    String forms = page.substring(page.indexOf("| form |"), page.indexOf("## Checks"));
    int found = 0;
    for (Matcher form = FORM.matcher(forms); form.find(); found++) {
      MAPPER.readValue(form.group(1), HeldOutSet.class);
    }
    assertEquals(6, found);
  }
}
