package org.cotangent.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.cotangent.atomistic.options.OptionsFile;
import org.cotangent.atomistic.options.RunOptions;
import org.junit.jupiter.api.Test;

/** How the study splits its frames. */
class CarbonStudyTest {
  @Test
  void everyFrameIsTestedOnceAndValidatesAnotherTime() {
    TreeSet<Integer> tested = new TreeSet<>();
    for (int tenth = 0; tenth < 10; tenth++) {
      String text =
          TrainedModel.CRYSTALS.getFirst().options()
              + CarbonStudy.dataOptions(Path.of("data.xyz"), 100, tenth);
      RunOptions options = OptionsFile.parse("carbon", text, List.of());
      List<Integer> test = listed(text, "test_set");
      assertEquals(10, test.size());
      assertEquals("linear-ace", options.architecture().name());
      assertEquals(
          10, listed(text, "validation_set").stream().filter(k -> !test.contains(k)).count());
      tested.addAll(test);
    }
    assertEquals(IntStream.range(0, 100).boxed().toList(), List.copyOf(tested));
  }

  private static List<Integer> listed(String text, String set) {
    String line = text.lines().filter(one -> one.startsWith(set)).findFirst().orElseThrow();
    String numbers = line.replaceAll("^[^\\[]*\\[|\\].*$", "");
    return List.of(numbers.split(", ")).stream().map(Integer::valueOf).toList();
  }
}
