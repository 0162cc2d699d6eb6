package org.cotangent.atomistic.linearace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cotangent.atomistic.leastsquares.LeastSquares;
import org.junit.jupiter.api.Test;

/** That {@code docs/linear-ace.md} shows the options as they are, and sizes that are true. */
class LinearAcePageTest {
  private final String page = Files.readString(Path.of("../docs/linear-ace.md"));

  LinearAcePageTest() throws IOException {}

  private void assertShown(String option, Object value) {
    assertTrue(page.contains("    " + option + ": " + value), option + " is " + value);
  }

  @Test
  void theOptionsShownAreTheUsualOnes() {
    LinearAce form = LinearAce.STANDARD;
    assertShown("cutoff", form.cutoff());
    assertShown("pair_cutoff", form.pairCutoff());
    assertShown("max_degree", form.maxDegree());
    assertShown("max_angular", form.maxAngular());
    assertShown("angular_weight", form.angularWeight());
    LeastSquares how = LeastSquares.STANDARD;
    assertShown("energy_weight", (int) how.energyWeight());
    assertShown("force_weight", (int) how.forceWeight());
    assertShown("virial_weight", (int) how.virialWeight());
    assertShown("smoothness", (int) how.smoothness());
    assertEquals(List.of(1e-3, 1e-4, 1e-5), how.ridges());
  }

  @Test
  void theNumbersOfFunctionsAreThoseOfTheTable() {
    List<List<Integer>> angular =
        numbers(
            "`max_angular` (\\[.*?\\]), (\\[.*?\\]), (\\[.*?\\]), (\\[.*?\\]) and (\\[.*?\\]),");
    Matcher rows =
        Pattern.compile("\\| (\\[.*?\\]) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\|").matcher(page);
    int row = 0;
    while (rows.find()) {
      LinearAce form = new LinearAce(5, 6, list(rows.group(1)), angular.get(row++), 0.5);
      for (int elements = 1; elements <= 3; elements++) {
        int[] many = new int[elements];
        Arrays.fill(many, LinearAce.MAX_ORDER);
        int functions = new SiteBasis(form, many, new Couplings()).functions().size();
        assertEquals(Integer.parseInt(rows.group(1 + elements)), elements * functions, form + "");
      }
    }
    assertEquals(5, row);
  }

  private List<List<Integer>> numbers(String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(page);
    assertTrue(matcher.find(), pattern);
    return List.of(1, 2, 3, 4, 5).stream().map(k -> list(matcher.group(k))).toList();
  }

  private static List<Integer> list(String text) {
    return Arrays.stream(text.replaceAll("[\\[\\]]", "").split(", "))
        .map(Integer::valueOf)
        .toList();
  }
}
