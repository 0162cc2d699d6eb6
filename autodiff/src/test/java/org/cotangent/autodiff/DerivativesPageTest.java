package org.cotangent.autodiff;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.cotangent.autodiff.pages.ProgramPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Keeps {@code docs/autodiff.md} true: its examples are run, its table comes from the rules. With
 * {@code -Dpages=write} the page is rewritten instead.
 */
class DerivativesPageTest {
  @Test
  @Timeout(120)
  void thePageShowsTheExamplesWithWhatTheyPrintAndTheRules() throws Exception {
    new ProgramPage("docs/autodiff.md", "docs/examples/autodiff")
        .check(Map.of(), Map.of("rules", RuleTable::markdown), "DerivativesPageTest");
  }

  @Test
  void theTableSaysWhatRulesDo() {
    String table = RuleTable.markdown();
    assertTrue(table.contains("| `sin(a)` | a | `t·cos(a)` | `t·cos(a)` |"), table);
    assertTrue(table.contains("| `a/b` | a | `t/b` | `t/b` |"), table);
    assertTrue(table.contains("| `a @ b` | b | `a' @ t` | `a @ t` |"), table);
  }
}
