package org.cotangent.atomistic.engine.lammps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs a LAMMPS script command by command, so that something can be done between two. It knows what
 * belongs to a script and not to a command: lines that go on with {@code &} or within triple
 * quotes, {@code include}, {@code label}, {@code jump} (also in {@code if}), {@code next} and
 * {@code quit}.
 */
final class LammpsScript {
  private static final String JUMP = "cotangent_jump";
  private static final Pattern QUOTED_JUMP =
      Pattern.compile("([\"'])\\s*jump\\s+(\\S+?)(?:\\s+(\\S+?))?\\s*\\1");

  private final LammpsInstance lammps;
  private final Consumer<Command> after;
  private final Consumer<Command> before;
  private boolean skipJump;
  private boolean ended;

  /**
   * A command of a script.
   *
   * @param words separated by blanks, without comments; variables are not filled in
   */
  record Command(Path file, int line, String text, List<String> words) {
    String name() {
      return words.getFirst();
    }

    @Override
    public String toString() {
      return file + ":" + line;
    }
  }

  /**
   * @param before hears of each command before it is run
   * @param after hears of each command that was run
   */
  LammpsScript(LammpsInstance lammps, Consumer<Command> before, Consumer<Command> after) {
    this.lammps = lammps;
    this.before = before;
    this.after = after;
  }

  /**
   * Runs a file.
   *
   * @throws LammpsException if a command fails; the message has file and line
   */
  void run(Path file) throws IOException {
    Path current = file;
    List<Command> commands = commands(file);
    int at = 0;
    while (at < commands.size() && !ended) {
      Command command = commands.get(at++);
      Jump jump = null;
      try {
        jump = execute(command);
      } catch (LammpsException failure) {
        throw String.valueOf(failure.getMessage()).startsWith("LAMMPS says")
            ? new LammpsException(command + ": " + failure.getMessage(), failure)
            : failure;
      }
      if (jump != null) {
        if (!jump.file.equals("SELF")) {
          current = beside(current, jump.file);
          commands = commands(current);
        }
        at = jump.label == null ? 0 : labelled(commands, command, jump.label);
      }
    }
  }

  /** Where to go on. */
  private record Jump(String file, @Nullable String label) {
    static Jump of(List<String> words) {
      return new Jump(words.get(0), words.size() > 1 ? words.get(1) : null);
    }
  }

  private @Nullable Jump execute(Command command) throws IOException {
    switch (command.name()) {
      case "label" -> {}
      case "quit" -> ended = true;
      case "include" -> {
        List<String> words = filledIn(command, 2);
        run(beside(command.file, words.getFirst()));
      }
      case "jump" -> {
        List<String> words = filledIn(command, 2);
        if (!skipJump) {
          return Jump.of(words);
        }
        skipJump = false;
      }
      case "next" -> {
        lammps.command(command.text);
        // the last value is used up: the variable is gone, and the next jump is not made
        skipJump = !lammps.has("variable", command.words.getLast());
      }
      case "if" -> {
        return conditional(command);
      }
      default -> {
        before.accept(command);
        lammps.command(command.text);
        after.accept(command);
      }
    }
    return null;
  }

  /** Runs an {@code if}, in which a jump is written down in a variable instead of made. */
  private @Nullable Jump conditional(Command command) {
    Matcher jumps = QUOTED_JUMP.matcher(command.text);
    String text =
        jumps.replaceAll(
            found ->
                Matcher.quoteReplacement(
                    "\"variable %s string '%s %s'\""
                        .formatted(
                            JUMP, found.group(2), found.group(3) == null ? "" : found.group(3))));
    lammps.command(text);
    String wanted = lammps.stringVariable(JUMP);
    if (wanted == null) {
      return null;
    }
    lammps.command("variable %s delete".formatted(JUMP));
    if (skipJump) {
      skipJump = false;
      return null;
    }
    return Jump.of(List.of(wanted.strip().split("\\s+")));
  }

  /** Returns a command's arguments with LAMMPS' variables filled in. */
  private List<String> filledIn(Command command, int least) {
    if (command.words.size() < least) {
      throw new LammpsException("%s: '%s' needs an argument".formatted(command, command.name()));
    }
    String arguments = String.join(" ", command.words.subList(1, command.words.size()));
    lammps.command("variable %s string \"%s\"".formatted(JUMP, arguments));
    String filled = java.util.Objects.requireNonNull(lammps.stringVariable(JUMP));
    lammps.command("variable %s delete".formatted(JUMP));
    return List.of(filled.strip().split("\\s+"));
  }

  private static int labelled(List<Command> commands, Command from, String label) {
    for (int k = 0; k < commands.size(); k++) {
      List<String> words = commands.get(k).words;
      if (words.getFirst().equals("label") && words.size() > 1 && words.get(1).equals(label)) {
        return k + 1;
      }
    }
    throw new LammpsException("%s: there is no label '%s' to jump to".formatted(from, label));
  }

  /** LAMMPS looks for files where it runs. */
  private static Path beside(Path from, String file) {
    return file.equals("SELF") ? from : Path.of(file);
  }

  /** Returns the commands of a file, lines that belong together as one. */
  static List<Command> commands(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<Command> commands = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    int start = 0;
    for (int k = 0; k < lines.size(); k++) {
      String line = lines.get(k);
      if (open.isEmpty()) {
        start = k + 1;
      }
      boolean quoted = isQuoteOpen(open + line);
      if (!quoted && line.stripTrailing().endsWith("&")) {
        String stripped = line.stripTrailing();
        open.append(stripped, 0, stripped.length() - 1).append(' ');
        continue;
      }
      open.append(line);
      if (quoted) {
        open.append('\n');
        continue;
      }
      String text = open.toString();
      open.setLength(0);
      List<String> words = words(text);
      if (!words.isEmpty()) {
        commands.add(new Command(file, start, text, words));
      }
    }
    if (!open.isEmpty()) {
      throw new LammpsException(
          "%s:%d: the command that begins here does not end".formatted(file, start));
    }
    return commands;
  }

  private static boolean isQuoteOpen(String text) {
    int count = 0;
    for (int at = text.indexOf("\"\"\""); at >= 0; at = text.indexOf("\"\"\"", at + 3)) {
      count++;
    }
    return count % 2 == 1;
  }

  /** Splits at blanks up to a comment; what is quoted stays together, without its quotes. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher next =
        Pattern.compile("\"\"\"(.*?)\"\"\"|\"([^\"]*)\"|'([^']*)'|(#.*)|(\\S+)", Pattern.DOTALL)
            .matcher(text);
    while (next.find() && next.group(4) == null) {
      for (int group : new int[] {1, 2, 3, 5}) {
        if (next.group(group) != null) {
          words.add(next.group(group));
        }
      }
    }
    return words;
  }
}
