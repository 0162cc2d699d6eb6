package org.cotangent.atomistic.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** That {@code docs/options.schema.json} is what the options are. */
class SchemaPageTest {
  private static final Path PAGE = Path.of("../docs/options.schema.json");

  @Test
  void theSchemaInTheDocsIsThatOfTheOptions() throws IOException {
    String fresh = OptionsFile.schema();
    if (System.getProperty("pages", "").equals("write")) {
      Files.writeString(PAGE, fresh);
    } else {
      assertEquals(
          fresh,
          Files.readString(PAGE),
          "./mvnw -pl atomistic test -Dtest=SchemaPageTest -Dpages=write rewrites it");
    }
  }
}
