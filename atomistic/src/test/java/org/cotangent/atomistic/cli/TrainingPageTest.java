package org.cotangent.atomistic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cotangent.atomistic.options.TrainableArchitecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That the commands of {@code docs/training.md} do what the page says, in their order. */
class TrainingPageTest {
  private static final Path PAGE = Path.of("../docs/training.md");
  private static final Pattern COMMAND =
      Pattern.compile("```sh\ncotangent ([^\n]+)\n```", Pattern.DOTALL);
  private static final Pattern OPTIONS =
      Pattern.compile("```yaml\n(.*?architecture:.*?)```", Pattern.DOTALL);

  /** Makes potentials small, so that the page runs in seconds. */
  private static final String SMALLER =
      "name: learned-basis\n  model: {radial: 3, max_angular: 2, channels: 2, layers: 1,"
          + " hidden: [4, 4]}\n  training: {num_epochs: 2}\n";

  @TempDir private Path folder;

  @Test
  @Timeout(240)
  void everyCommandRuns() throws IOException {
    String page = Files.readString(PAGE);
    SmallRun.frames(folder, "ethanol.xyz", 1, 30);
    List<String> files = new ArrayList<>();
    Matcher options = OPTIONS.matcher(page);
    while (options.find()) {
      files.add(
          options
              .group(1)
              .replace("name: learned-basis\n", SMALLER)
              .replace("ethanol.xyz", folder.resolve("ethanol.xyz").toString()));
    }
    assertEquals(2, files.size(), "the page shows the files train.yaml and fit.yaml");
    Files.writeString(folder.resolve("train.yaml"), files.get(0));
    Files.writeString(folder.resolve("fit.yaml"), files.get(1));
    int count = 0;
    Matcher command = COMMAND.matcher(page);
    while (command.find()) {
      String small = command.group(1).replace("--steps 20000", "--steps 10");
      SmallRun.run((Object[]) arguments(small));
      count++;
    }
    assertEquals(page.split("```sh", -1).length - 1, count, "each block is one command");
    for (String file :
        List.of("first/report.html", "predictions.xyz", "eval.html", "motion/trajectory.xyz")) {
      assertTrue(Files.exists(folder.resolve(file)), file);
    }
    assertTrue(Files.exists(folder.resolve("linear/model.cot")));
    Matcher log = Pattern.compile("(?m)^\\| `([a-z.-]+)`(, `([a-z.-]+)`)? \\|").matcher(page);
    while (log.find()) {
      for (String name : new String[] {log.group(1), log.group(3)}) {
        boolean known =
            name == null
                || TrainableArchitecture.named(name) != null
                || Files.exists(folder.resolve("first").resolve(name));
        assertTrue(known, "a run leaves no " + name);
      }
    }
  }

  /** Puts the files of the page into this test's folder. */
  private String[] arguments(String command) {
    String[] arguments = command.strip().split(" +");
    for (int k = 1; k < arguments.length; k++) {
      boolean path =
          arguments[k].matches("(train|fit)\\.yaml|.*\\.(xyz|html|cot)")
              || arguments[k - 1].equals("--out");
      if (path) {
        arguments[k] = folder.resolve(arguments[k]).toString();
      }
    }
    return arguments;
  }

  @Test
  void thePageNamesEveryArchitecture() throws IOException {
    String page = Files.readString(PAGE);
    for (String name : TrainableArchitecture.labels()) {
      assertTrue(page.contains("| `" + name + "` |"), name);
    }
  }
}
