package org.cotangent.atomistic.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to a file, it is read and checked, or refused with one sentence. */
class BrokenDataTest {
  private static final String FILE =
      """
      2
      Lattice="4 0 0 0 5 0 0 0 6" Properties=species:S:1:pos:R:3:forces:R:3 energy=-2.5 stress="1 0 0 0 2 0 0 0 3" config=a
      C 0.0 0.0 0.0 1.0 2.0 3.0
      O 0.0 0.0 1.2 -1.0 -2.0 -3.0
      1
      Properties=species:S:1:pos:R:3:forces:R:3 energy=-1 virial="1 0 0 0 2 0 0 0 3" config=b
      H 0.0 0.0 0.0 nan nan nan
      3
      Properties=species:S:1:pos:R:3 energy=nan config=b
      H 0 0 0
      H 0 0 0.7
      O 0 0 1.7
      """;

  private static final String[] WORDS = {
    "",
    " ",
    "\n",
    "\t",
    "0",
    "-1",
    "nan",
    "inf",
    "1e999",
    "1e-999",
    "T",
    "x",
    "\"",
    "=",
    ":",
    "{",
    ",",
    "0 0 0 0 0 0 0 0 0",
    "forces:R:3",
    "energy=",
    "stress=",
    "virial=\"1 2 3\"",
    "Z:I:1",
    "\u0000",
    "é",
    "99999999999",
    "_JSON [1, {}]",
    "pbc=\"T T F\""
  };

  private static final List<EnergyTarget> TARGETS =
      List.of(
          EnergyTarget.DEFAULT,
          EnergyTarget.of("energy", "kcal/mol").withForces(DerivativeTarget.of(true)),
          EnergyTarget.DEFAULT.withStress(DerivativeTarget.of("stress", "GPa")),
          EnergyTarget.DEFAULT.withVirial(DerivativeTarget.of("virial", null)),
          EnergyTarget.of("config", null));

  @TempDir private Path folder;

  @RepeatedTest(10)
  void isReadOrRefusedWithOneSentence(RepetitionInfo repetition) throws IOException {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    for (int k = 0; k < 40; k++) {
      StringBuilder text = new StringBuilder(FILE);
      for (int change = random.nextInt(1, 4); change > 0; change--) {
        int at = random.nextInt(text.length());
        int to = Math.min(text.length(), at + random.nextInt(12));
        text.replace(at, to, WORDS[random.nextInt(WORDS.length)]);
      }
      Path file = folder.resolve("broken.xyz");
      Files.writeString(file, text);
      DataSource source = DataSource.of(file).with(TARGETS.get(random.nextInt(TARGETS.size())));
      DataReader reader = new DataReader(folder).within(random.nextLong(4000), folder);
      try {
        DataSets sets =
            DataSets.read(
                reader, List.of(source), HeldOutSet.groups(0.3, "config"), null, random.nextLong());
        DataStatistics.of(sets.training(), 5).text();
        LabelChecks.of(sets.training()).text();
      } catch (IOException | IllegalArgumentException refusal) {
        String message = String.valueOf(refusal.getMessage());
        assertEquals(1, message.lines().count(), () -> message + "\nfor\n" + text);
        boolean named = message.contains("broken.xyz") || message.contains("training set");
        assertTrue(named, () -> message + "\nfor\n" + text);
      } catch (RuntimeException defect) {
        throw new AssertionError(text.toString(), defect);
      }
    }
  }
}
