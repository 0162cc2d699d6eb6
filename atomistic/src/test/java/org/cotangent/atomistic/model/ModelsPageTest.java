package org.cotangent.atomistic.model;

import java.util.Map;
import org.cotangent.autodiff.pages.ProgramPage;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That pages show their examples as they are, with what they print. */
class ModelsPageTest {
  @ParameterizedTest
  @ValueSource(strings = {"models", "engines"})
  @Timeout(120)
  void thePageShowsTheExamplesWithWhatTheyPrint(String name) throws Exception {
    new ProgramPage("docs/" + name + ".md", "docs/examples/" + name)
        .check(Map.of(), Map.of(), "ModelsPageTest");
  }
}
