package org.cotangent.atomistic.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Opens pages in Chromium, where there is one on the path, and looks at what they have become. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HtmlReportInBrowserTest {
  @TempDir private Path folder;

  @Test
  void everyChartIsDrawnAndEveryTableFilled() throws IOException, InterruptedException {
    String page = opened(SampleReport.complete());
    assertEquals(13, drawnCharts(page), "charts");
    assertEquals(0, count(page, "<div class=\"table\"></div>"), "empty tables");
    for (String text :
        List.of(
            "28× smaller", // 24.1 / 0.87
            "1&nbsp;min 23&nbsp;s",
            "27\u202f000",
            "3.1×10⁻⁹",
            "✗ differs",
            "85&nbsp;%", // 71.2 s of 83.4 s
            "11.1&nbsp;ms", // 71.2 s in 6400 steps
            "hidden: [64, 64]")) {
      assertTrue(page.contains(text), text);
    }
  }

  @Test
  void aRunThatDivergedHasAReportToo() throws IOException, InterruptedException {
    String page = opened(SampleReport.diverged());
    assertEquals(1, drawnCharts(page), "the learning rate");
    assertTrue(page.contains("✗ differs"));
    assertFalse(page.contains("NaN</td>"));
    assertFalse(page.contains("undefined</td>"));
  }

  @Test
  void framesAreInTheOrderOfTheColumnThatWasChosen() throws IOException, InterruptedException {
    assertTrue(firstFrame("").startsWith("ethanol-test.xyz, frame 0 "), "largest energy error");
    String click = "document.querySelectorAll('#frame-errors th button')[%d].click();";
    assertTrue(firstFrame(click.formatted(0)).contains("frame 413 "), "descending by index");
  }

  /** The name in the first row, after a program. */
  private String firstFrame(String program) throws IOException, InterruptedException {
    String page = HtmlReport.render(SampleReport.complete());
    String opened = opened(page.replace("</body>", "<script>" + program + "</script></body>"));
    Matcher row =
        Pattern.compile("(?s)id=\"frame-errors\".*?<tbody><tr><td[^>]*>([^<]*)").matcher(opened);
    assertTrue(row.find());
    return row.group(1);
  }

  @Test
  void textIsShownAsItIs() throws IOException, InterruptedException {
    String page = opened(SampleReport.empty("<b>x</b> & </script> {{charts}}"));
    String shown = "&lt;b&gt;x&lt;/b&gt; &amp; &lt;/script&gt; {{charts}}";
    assertTrue(page.contains("<h1 id=\"title\">" + shown + "</h1>"));
  }

  /** Chart.js gives a canvas its size when it draws on it. */
  private static long drawnCharts(String page) {
    return count(page, "<canvas[^>]* style=\"display: block[^>]* width=\"[1-9]")
        + count(page, "<canvas[^>]* width=\"[1-9][^>]* style=\"display: block");
  }

  private static long count(String page, String regex) {
    return Pattern.compile(regex).matcher(page).results().count();
  }

  /** Returns the page's elements after its program has run. */
  private String opened(ReportData data) throws IOException, InterruptedException {
    return opened(HtmlReport.render(data));
  }

  private String opened(String page) throws IOException, InterruptedException {
    Optional<Path> browser = browser();
    assumeTrue(browser.isPresent(), "no Chromium on the path");
    Path file = folder.resolve("report.html");
    Files.writeString(file, page);
    Path dom = folder.resolve("dom.html");
    Process process =
        new ProcessBuilder(
                browser.get().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile"),
                "--virtual-time-budget=2000",
                "--dump-dom",
                file.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assumeTrue(process.waitFor(60, TimeUnit.SECONDS), "Chromium does not answer here");
      assumeTrue(process.exitValue() == 0, "Chromium does not run here");
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(dom);
  }

  private static Optional<Path> browser() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .flatMap(
            place ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(place, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
