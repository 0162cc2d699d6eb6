package org.cotangent.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What studies leave: drawings, pages and tables of comma-separated values. */
class PageTest {
  @Test
  void pointsLieWhereTheLogarithmsOfTheirValuesAre() {
    String svg =
        new Plot("Steps", "atoms", "time / ms")
            .add("a", List.of(new double[] {1, 1}, new double[] {10, 10}), true)
            .add("b", List.of(new double[] {100, 100}), false)
            .svg();
    List<String> across =
        svg.lines()
            .flatMap(line -> Arrays.stream(line.split("<circle cx='")))
            .skip(1)
            .map(part -> part.substring(0, part.indexOf('\'')))
            .toList();
    assertEquals(3, across.size());
    double first = Double.parseDouble(across.get(0));
    double second = Double.parseDouble(across.get(1));
    double third = Double.parseDouble(across.get(2));
    assertTrue(first < second);
    assertEquals(second - first, third - second, 0.11, "equal steps by a factor of ten");
  }

  @Test
  void aSinglePointAndALevelAreDrawn() {
    String svg =
        new Plot("Forces", "time / s", "meV/Å")
            .level("FCHL", 6.2)
            .add("learned <basis>", List.of(new double[] {60, 5}), false)
            .svg();
    assertFalse(svg.contains("NaN") || svg.contains("Infinity"), svg);
    assertTrue(svg.contains("learned &lt;basis&gt;") && svg.contains(">FCHL 6.2<"), svg);
  }

  @Test
  void linearAxesShowValuesBelowZeroToo() {
    String svg =
        Plot.linear("Energy", "time / ps", "meV")
            .add("0.5 fs", List.of(new double[] {0, -1}, new double[] {5, 0}), true)
            .add("0.25 fs", List.of(new double[] {10, 1}), true)
            .svg();
    List<String> down =
        Arrays.stream(svg.split(" cy='"))
            .skip(1)
            .map(p -> p.substring(0, p.indexOf('\'')))
            .toList();
    assertEquals(3, down.size());
    double first = Double.parseDouble(down.get(0));
    double second = Double.parseDouble(down.get(1));
    double third = Double.parseDouble(down.get(2));
    assertTrue(first > second, "up is more");
    assertEquals(first - second, second - third, 0.11, "equal steps by a sum");
    assertTrue(svg.contains(">-1</text>") && svg.contains(">0</text>"), svg);
  }

  @Test
  void namesOfPointsAndLinesAreNotOverEachOther() {
    Plot plot = new Plot("Energies", "time / s", "meV").level("NequIP", 0.4).level("MACE", 0.4);
    for (int k = 0; k < 4; k++) {
      plot.add("model " + k, List.of(new double[] {60, 0.9}), false);
    }
    List<Double> heights =
        Arrays.stream(plot.svg().split("<text class='(name|tick)' x='"))
            .filter(
                part -> part.contains("model ") || part.contains("NequIP") || part.contains("MACE"))
            .map(part -> Double.parseDouble(part.replaceAll("(?s)^[^']*' y='([0-9.]+)'.*$", "$1")))
            .toList();
    assertEquals(6, heights.size());
    for (int a = 0; a < heights.size(); a++) {
      for (int b = 0; b < a; b++) {
        boolean beside = a < 2 != b < 2;
        assertTrue(beside || Math.abs(heights.get(a) - heights.get(b)) > 12, heights.toString());
      }
    }
  }

  @Test
  void whatIsNotAboveZeroIsLeftOut() {
    String svg =
        new Plot("Forces", "time / s", "meV/Å")
            .add("a", List.of(new double[] {0, 5}, new double[] {-1, 5}), true)
            .svg();
    assertEquals("<p>Forces: nothing was measured.</p>", svg);
  }

  @Test
  void textsWithCommasAndQuotesAreQuotedInFiles() {
    Table table = new Table("what", "time ms");
    table.add("step, \"two\" threads", "1.5");
    assertEquals("what,time ms\n\"step, \"\"two\"\" threads\",1.5\n", table.csv());
    assertEquals(2, table.lines().size());
  }

  @Test
  void pagesNeedNothingElse() {
    String html = new Page("A < B").paragraph("text & more").html();
    assertTrue(html.contains("<h1>A &lt; B</h1>") && html.contains("text &amp; more"), html);
    assertFalse(html.contains("http") || html.contains("<script") || html.contains("<link"), html);
  }
}
