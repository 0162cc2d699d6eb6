package org.cotangent.atomistic.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That pages show their examples as they are, with what they print. */
class ModelsPageTest {
  private static final Pattern BLOCK =
      Pattern.compile("<!-- example (\\w+) -->\n.*?<!-- end -->\n", Pattern.DOTALL);

  @ParameterizedTest
  @ValueSource(strings = {"models", "engines"})
  @Timeout(120)
  void thePageShowsTheExamplesWithWhatTheyPrint(String name) throws Exception {
    Path file = Path.of("../docs", name + ".md");
    Path examples = Path.of("../docs/examples", name);
    String page = Files.readString(file);
    StringBuilder fresh = new StringBuilder();
    Matcher block = BLOCK.matcher(page);
    while (block.find()) {
      String example = block.group(1);
      Path program = examples.resolve(example + ".java");
      String source = Files.readString(program);
      String shown =
          "<!-- example %s -->\n```java\n%s```\n\nprints\n\n```text\n%s```\n<!-- end -->\n"
              .formatted(example, source, output(program));
      block.appendReplacement(fresh, Matcher.quoteReplacement(shown));
    }
    block.appendTail(fresh);
    if (System.getProperty("pages", "").equals("write")) {
      Files.writeString(file, fresh);
    } else {
      assertEquals(
          fresh.toString(),
          page,
          "./mvnw -pl atomistic test -Dtest=ModelsPageTest -Dpages=write rewrites the page");
    }
  }

  private static String output(Path example) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dstdout.encoding=UTF-8",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                example.toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    return printed.replace("\r\n", "\n");
  }
}
