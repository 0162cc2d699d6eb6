package org.cotangent.atomistic.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That {@code docs/data.md} shows options that exist, and its program with what it prints. */
class DataPageTest {
  private static final Path PAGE = Path.of("../docs/data.md");
  private static final Path EXAMPLE = Path.of("../docs/examples/data/ReadAndCheck.java");
  private static final Pattern BLOCK =
      Pattern.compile("<!-- example ReadAndCheck -->\n.*?<!-- end -->\n", Pattern.DOTALL);
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
    for (int k = 1; k <= 3; k++) {
      String name = "trajectory-" + k + ".xyz";
      try (InputStream in =
          EthanolData.class.getResourceAsStream("/org/cotangent/atomistic/ethanol-pbe/" + name)) {
        Files.copy(in, folder.resolve(name));
      }
    }
    String shown =
        "<!-- example ReadAndCheck -->\n```java\n%s```\n\nprints\n\n```text\n%s```\n<!-- end -->\n"
            .formatted(Files.readString(EXAMPLE), output());
    String page = Files.readString(PAGE);
    String fresh = BLOCK.matcher(page).replaceFirst(Matcher.quoteReplacement(shown));
    if (System.getProperty("pages", "").equals("write")) {
      Files.writeString(PAGE, fresh);
    } else {
      assertEquals(
          fresh,
          page,
          "./mvnw -pl atomistic test -Dtest=DataPageTest -Dpages=write rewrites the page");
    }
  }

  private String output() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dstdout.encoding=UTF-8",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EXAMPLE.toAbsolutePath().toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    assertTrue(Files.exists(folder.resolve("splits/validation.txt")));
    return printed.replace("\r\n", "\n");
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
