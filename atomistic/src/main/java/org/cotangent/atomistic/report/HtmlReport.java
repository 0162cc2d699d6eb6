package org.cotangent.atomistic.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cotangent.metatensor.internal.AtomicFile;

/**
 * Writes a report as one HTML page that needs nothing else: style, program, Chart.js and numbers
 * are all inside, and nothing is fetched when it is opened.
 */
public final class HtmlReport {
  /** Enough for any screen, and half the bytes of full precision. */
  private static final MathContext SHOWN_DIGITS = new MathContext(7);

  private static final String WEBJAR = "META-INF/resources/webjars/chart.js/";

  private HtmlReport() {}

  /**
   * Writes the page, first to a temporary file beside it, then moved: a reader never meets half a
   * page, and when writing fails an older page stays as it was.
   */
  public static void write(ReportData data, Path file) throws IOException {
    byte[] page = render(data).getBytes(StandardCharsets.UTF_8);
    Files.createDirectories(file.toAbsolutePath().getParent());
    AtomicFile.write(file, out -> out.write(page));
  }

  /** Returns the page. */
  public static String render(ReportData data) throws IOException {
    Map<String, String> parts =
        Map.of(
            "title", escapeHtml(data.title()),
            "style", resource("report.css"),
            "numbers", resource("numbers.js"),
            "tables", resource("tables.js"),
            "chartjs", chartJs(),
            "charts", resource("charts.js"),
            "data", toJson(shown(data)));
    // One pass over the template: what looks like a placeholder in the data stays as it is.
    return Pattern.compile("\\{\\{([a-z]+)}}")
        .matcher(resource("report.html"))
        .replaceAll(match -> Matcher.quoteReplacement(parts.get(match.group(1))));
  }

  /**
   * What the page's program is given.
   *
   * @param sections by their kind, which is the name of their record, those of one kind in order
   */
  private record Shown(
      String title, String subtitle, String created, Map<String, List<Object>> sections) {}

  private static Shown shown(ReportData data) {
    Map<String, List<Object>> sections = new LinkedHashMap<>();
    for (Section section : data.sections()) {
      Object drawn =
          switch (section) {
            case Section.ParityPlot plot -> DrawnParity.of(plot);
            case Section.EnergyDrift drift -> DriftPlot.of(drift);
            default -> section;
          };
      sections
          .computeIfAbsent(section.getClass().getSimpleName(), kind -> new ArrayList<>())
          .add(drawn);
    }
    return new Shown(data.title(), data.subtitle(), data.created(), sections);
  }

  /** A parity plot as the page draws it, with its errors in {@code errorUnit}. */
  private record DrawnParity(
      String quantity,
      String unit,
      String errorUnit,
      long count,
      double meanAbsolute,
      double rootMeanSquare,
      double determination,
      ScatterDensity.Points points,
      ErrorHistogram.Bins errors) {

    static DrawnParity of(Section.ParityPlot plot) {
      Parity values = plot.values();
      return new DrawnParity(
          plot.quantity(),
          plot.unit(),
          plot.errorUnit(),
          values.count(),
          plot.errorScale() * values.errors().meanAbsolute(),
          plot.errorScale() * values.errors().rootMeanSquare(),
          values.determination(),
          values.points(),
          values.histogram(plot.errorScale()));
    }
  }

  /** Returns JSON that may stand inside a script element. */
  static String toJson(Object value) throws JsonProcessingException {
    SimpleModule numbers = new SimpleModule();
    numbers.addSerializer(double.class, new ShortNumber());
    numbers.addSerializer(Double.class, new ShortNumber());
    numbers.addSerializer(double[].class, new ShortNumbers());
    String json = new ObjectMapper().registerModule(numbers).writeValueAsString(value);
    // "</script" would end the element and "<!--" change how its end is found; in JSON, "<" occurs
    // in strings only, where the escape means the same.
    return json.replace("<", "\\u003c");
  }

  private static void writeShort(double value, JsonGenerator out) throws IOException {
    if (Double.isFinite(value)) {
      out.writeNumber(new BigDecimal(value).round(SHOWN_DIGITS).doubleValue());
    } else {
      out.writeNull(); // JSON has no NaN
    }
  }

  private static final class ShortNumber extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      writeShort(value, out);
    }
  }

  private static final class ShortNumbers extends JsonSerializer<double[]> {
    @Override
    public void serialize(double[] values, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartArray();
      for (double value : values) {
        writeShort(value, out);
      }
      out.writeEndArray();
    }
  }

  private static String escapeHtml(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String chartJs() throws IOException {
    Properties properties = new Properties();
    properties.load(stream("META-INF/maven/org.webjars.npm/chart.js/pom.properties"));
    String path = WEBJAR + properties.getProperty("version") + "/dist/chart.umd.js";
    try (InputStream in = stream(path)) {
      String program = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      // The map is not part of the page, and a browser's developer tools would ask for it.
      return program.replaceAll("(?m)^//# sourceMappingURL=.*$", "");
    }
  }

  private static InputStream stream(String path) throws IOException {
    InputStream in = HtmlReport.class.getClassLoader().getResourceAsStream(path);
    if (in == null) {
      throw new IOException(
          path + " is missing from the class path: add org.webjars.npm:chart.js to draw reports");
    }
    return in;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name + " is missing from the class path of Cotangent");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
