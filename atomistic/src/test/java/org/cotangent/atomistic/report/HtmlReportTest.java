package org.cotangent.atomistic.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
  @Test
  void everythingThatWasMeasuredIsInThePage() throws IOException {
    JsonNode sections = data(HtmlReport.render(SampleReport.complete())).get("sections");
    for (Class<?> kind : Section.class.getPermittedSubclasses()) {
      assertTrue(sections.has(kind.getSimpleName()), kind.getSimpleName());
    }
    assertEquals(3, sections.get("ParityPlot").size());
    // For a person who wants to look at it: target/sample-report.html.
    HtmlReport.write(SampleReport.complete(), Path.of("target", "sample-report.html"));
  }

  @Test
  void thePageShowsEveryKindOfSection() throws IOException {
    String page = HtmlReport.render(SampleReport.empty("Nothing yet"));
    for (Class<?> kind : Section.class.getPermittedSubclasses()) {
      String name = kind.getSimpleName();
      assertTrue(
          page.contains("all(\"" + name + "\")") || page.contains("first(\"" + name + "\")"), name);
    }
    assertTrue(page.contains("<title>Nothing yet – Cotangent report</title>"));
  }

  @Test
  void loadsNothingWhenOpened() throws IOException {
    String page = HtmlReport.render(SampleReport.complete());
    String withoutChartJs = page.replaceAll("(?s)/\\*!\\s+\\* Chart\\.js v4.*?</script>", "");
    assertTrue(withoutChartJs.length() < page.length() - 100_000, "Chart.js is inlined");
    assertFalse(withoutChartJs.matches("(?s).*https?://.*"), "an address in the page");
    assertFalse(page.contains("sourceMappingURL"));
    Matcher loads =
        Pattern.compile("(?i)<[^>]*\\s(src|href)=\"([^\"]*)\"|url\\(|@import|fetch\\(|import\\(")
            .matcher(withoutChartJs);
    while (loads.find()) {
      assertEquals("data:,", loads.group(2), "only the empty icon: " + loads.group());
    }
  }

  @Test
  void hasNoPlaceholderLeft() throws IOException {
    String page = HtmlReport.render(SampleReport.complete());
    assertFalse(Pattern.compile("\\{\\{[a-z]+}}").matcher(page).find());
  }

  @Test
  void textCannotEndTheScriptNorBecomeMarkup() throws IOException {
    String hostile = "</script><img src=x onerror=alert(1)> <!-- {{charts}} $1 \\ \u2028";
    String page = HtmlReport.render(SampleReport.empty(hostile));
    assertFalse(page.contains("<img"));
    assertEquals(hostile, data(page).get("title").textValue());
  }

  @Test
  void numbersThatWereNotMeasuredAreNull() throws IOException {
    JsonNode errors =
        data(HtmlReport.render(SampleReport.complete())).at("/sections/Curves/1/lines/0/y");
    assertTrue(errors.get(0).isNumber());
    assertTrue(errors.get(1).isNull());
  }

  @Test
  void numbersKeepSevenDigits() throws IOException {
    assertEquals("[1234568.0,1.234568E-9,null]", json(1234567.89, 1.23456789e-9, Double.NaN));
  }

  @Test
  void writesOverAnOlderPageAndLeavesNoOtherFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("run").resolve("report.html");
    HtmlReport.write(SampleReport.empty("first"), file);
    HtmlReport.write(SampleReport.empty("second"), file);
    assertEquals("second", data(Files.readString(file)).get("title").textValue());
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void aPageOfAMillionPointsIsSmall() throws IOException {
    Parity values = new Parity();
    SplittableRandom random = new SplittableRandom(5);
    for (int k = 0; k < 1_000_000; k++) {
      double reference = random.nextDouble(-5, 5);
      values.add(reference, reference + random.nextDouble(-5, 5));
    }
    Section plot = new Section.ParityPlot("Force component", "eV/Å", "meV/Å", 1000, values);
    int size =
        HtmlReport.render(new ReportData("Large", "", "", List.of(plot, plot, plot))).length();
    assertTrue(size < 2_000_000, () -> size + " characters");
  }

  @Test
  void arraysOfOneCurveMustBeEquallyLong() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Section.EnergyDrift(new double[3], new double[2], ""));
    assertEquals(
        "energy drift needs arrays of one length and has 3 and 2 values", error.getMessage());
  }

  private static String json(double... values) throws IOException {
    return HtmlReport.toJson(values);
  }

  private static JsonNode data(String page) throws IOException {
    Matcher script =
        Pattern.compile("(?s)<script type=\"application/json\"[^>]*>(.*?)</script>").matcher(page);
    assertTrue(script.find());
    return new ObjectMapper().readTree(script.group(1));
  }
}
