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
    assertTrue(svg.contains("learned &lt;basis&gt;") && svg.contains(">FCHL<"), svg);
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
