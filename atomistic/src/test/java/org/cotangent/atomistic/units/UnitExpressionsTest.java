package org.cotangent.atomistic.units;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cotangent.atomistic.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random unit expressions: their value by their own tree, and by metatomic. */
class UnitExpressionsTest {
  private static final String[] NAMES = {
    "eV", "A", "kcal", "mol", "fs", "u", "Hartree", "bohr", "kJ", "GPa", "e", "Debye", "K", "hbar"
  };

  @TempDir Path folder;

  /** An expression, with the value that its tree has. */
  private record Expression(String text, Unit value) {
    static Expression random(Random random, int depth) {
      int kind = depth == 0 ? random.nextInt(2) : random.nextInt(6);
      if (kind == 0) {
        double number = 1 + random.nextInt(40) / 4.0;
        return new Expression(blanks(random, "" + number), new Unit(number, Dimension.NONE));
      }
      if (kind == 1) {
        String name = NAMES[random.nextInt(NAMES.length)];
        String text = random.nextBoolean() ? name : name.toUpperCase(java.util.Locale.ROOT);
        return new Expression(blanks(random, text), Unit.parse(name));
      }
      Expression left = random(random, depth - 1);
      if (kind == 2) {
        double power = random.nextInt(-4, 5) / 2.0;
        String text = "(" + left.text + ")^" + (random.nextBoolean() ? power : "(" + power + ")");
        return new Expression(text, left.value.power(power));
      }
      Expression right = random(random, depth - 1);
      boolean product = random.nextBoolean();
      String text =
          "(" + left.text + ")" + (product ? " *" : "/ ") + blanks(random, "(" + right.text + ")");
      return new Expression(
          text, product ? left.value.times(right.value) : left.value.dividedBy(right.value));
    }

    private static String blanks(Random random, String text) {
      return " ".repeat(random.nextInt(2)) + text + " ".repeat(random.nextInt(2));
    }
  }

  private static List<Expression> expressions() {
    Random random = new Random(17);
    List<Expression> all = new ArrayList<>();
    while (all.size() < 300) {
      Expression next = Expression.random(random, 3);
      if (Math.abs(Math.log10(next.value.factor())) < 250) {
        all.add(next);
      }
    }
    return all;
  }

  @Test
  void haveTheValueOfTheirTree() {
    for (Expression expression : expressions()) {
      Unit found = Unit.parse(expression.text);
      double factor = expression.value.factor();
      assertEquals(factor, found.factor(), 1e-14 * factor, expression.text);
      assertTrue(found.dimension().matches(expression.value.dimension()), expression.text);
    }
  }

  @Test
  void haveTheValueThatMetatomicGives() throws Exception {
    Path texts = folder.resolve("expressions");
    Path factors = folder.resolve("factors");
    List<Expression> expressions = expressions();
    Files.write(texts, expressions.stream().map(e -> e.text + "\t" + reduced(e.text)).toList());
    Peers.python(
        folder,
        "import sys, torch, metatensor.torch, metatomic.torch as m",
        """
        with open(sys.argv[2], 'w') as out:
            for line in open(sys.argv[1]):
                out.write(repr(m.unit_conversion_factor(*line.rstrip('\\n').split('\\t'))) + '\\n')
        """,
        texts,
        factors);
    List<String> lines = Files.readAllLines(factors);
    for (int k = 0; k < expressions.size(); k++) {
      String text = expressions.get(k).text;
      double expected = Double.parseDouble(lines.get(k));
      assertEquals(expected, Units.conversionFactor(text, reduced(text)), 1e-12 * expected, text);
    }
  }

  /** The same expression in other units of the same dimensions. */
  private static String reduced(String text) {
    return text.replaceAll("(?i)\\bfs\\b", "ps")
        .replaceAll("(?i)\\bbohr\\b", "nm")
        .replaceAll("(?i)\\bhartree\\b", "J")
        .replaceAll("(?i)\\bu\\b", "kg");
  }

  /** Whatever the text, there is a finite unit or one sentence that quotes the text. */
  @Test
  void anyTextGivesAUnitOrASentence() {
    Random random = new Random(23);
    String[] parts = {
      "eV", "A", "*", "/", "^", "(", ")", "-", "2", ".", " ", "e", "1e", "-1", "0", "µ", "k"
    };
    int units = 0;
    for (int k = 0; k < 20000; k++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(9); n >= 0; n--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      try {
        assertTrue(Double.isFinite(Unit.parse(text.toString()).factor()), text.toString());
        units++;
      } catch (IllegalArgumentException e) {
        assertTrue(e.getMessage().startsWith("the unit '" + text + "' "), e.getMessage());
      }
    }
    assertTrue(units > 1000, "only " + units + " texts were units");
  }

  @ParameterizedTest
  @CsvSource({
    "eV/parsec, \"contains 'parsec', which is no known unit and no number\"",
    "kJ mol, \"contains 'kJmol', which is no known unit and no number\"",
    "(eV, \"has a '(' without its ')'\"",
    "eV), \"has a ')' without its '('\"",
    "eV/, ends where a value is expected",
    "*eV, \"has no value before '*'\"",
    "eV//A, \"has no value before '/'\"",
    "(), \"has no value before ')'\"",
    "eV(A), \"has no operator before a '('\"",
    "(eV)A, \"has no operator before 'A'\"",
    "eV^A, has an exponent with the dimension",
    "u^(-50), is too large or not a number",
    "eV/0, is too large or not a number",
    "-eV, \"contains '-eV', which is no known unit and no number\"",
  })
  void errorsSayWhatIsWrong(String text, String what) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Unit.parse(text)).getMessage();
    String expected = "the unit '" + text + "' " + what.replace("\"", "");
    assertTrue(message.startsWith(expected), message);
  }
}
