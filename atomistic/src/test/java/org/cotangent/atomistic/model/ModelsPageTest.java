package org.cotangent.atomistic.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That {@code docs/models.md} shows its examples as they are, with what they print. */
class ModelsPageTest {
  private static final Path PAGE = Path.of("../docs/models.md");
  private static final Path EXAMPLES = Path.of("../docs/examples/models");
  private static final Pattern BLOCK =
      Pattern.compile("<!-- example (\\w+) -->\n.*?<!-- end -->\n", Pattern.DOTALL);

  @Test
  @Timeout(120)
  void thePageShowsTheExamplesWithWhatTheyPrint() throws Exception {
    String page = Files.readString(PAGE);
    StringBuilder fresh = new StringBuilder();
    Matcher block = BLOCK.matcher(page);
    while (block.find()) {
      String name = block.group(1);
      String source = Files.readString(EXAMPLES.resolve(name + ".java"));
      String shown =
          "<!-- example %s -->\n```java\n%s```\n\nprints\n\n```text\n%s```\n<!-- end -->\n"
              .formatted(name, source, output(EXAMPLES.resolve(name + ".java")));
      block.appendReplacement(fresh, Matcher.quoteReplacement(shown));
    }
    block.appendTail(fresh);
    if (System.getProperty("pages", "").equals("write")) {
      Files.writeString(PAGE, fresh);
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
