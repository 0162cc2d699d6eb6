package org.cotangent.atomistic.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.cotangent.metatensor.internal.AtomicFile;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The curves and parity plots of a report as PNG images for papers: on white, as wide as a column
 * at 500 points to the inch.
 */
public final class Figures {
  /** In units of the drawing, in which letters are 17 high. */
  private static final int WIDTH = 720;

  private static final int HEIGHT = 540;
  private static final double PIXELS_PER_UNIT = 2.5;

  private static final Color INK = new Color(0x1b1e22);
  private static final Color FAINT = new Color(0xdadcd7);
  private static final Font LETTERS = new Font(Font.SANS_SERIF, Font.PLAIN, 17);

  /** As on the page. */
  private static final List<Color> SERIES =
      List.of(
          new Color(0x2f5fd0),
          new Color(0xd46a1f),
          new Color(0x0f8a80),
          new Color(0x9a4fc4),
          new Color(0xb5892b),
          new Color(0xc2416b));

  private static final List<Color> DENSITY =
      List.of(new Color(0xc3d3f7), new Color(0x6d93e8), new Color(0x2f5fd0), new Color(0x1c2f75));

  private static final MathContext TICK_DIGITS = new MathContext(6);

  /** Points are drawn in so many colours, the densest on top. */
  private static final int SHADES = 12;

  private Figures() {}

  /**
   * Writes all figures of a report.
   *
   * @param folder where to; created where it is missing
   * @return the files that were written
   * @throws IOException if a file cannot be written, or the Java runtime cannot draw letters: some
   *     come without the libraries for fonts
   */
  public static List<Path> write(ReportData data, Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    try {
      for (Section.Curves curves : data.all(Section.Curves.class)) {
        XYChart chart = curves(curves);
        if (!chart.getSeriesCollection().isEmpty()) {
          files.add(write(chart, HEIGHT, folder.resolve(name(curves.quantity()))));
        }
      }
      for (Section.ParityPlot parity : data.all(Section.ParityPlot.class)) {
        XYChart chart = parity(parity);
        if (!chart.getSeriesCollection().isEmpty()) {
          files.add(write(chart, WIDTH, folder.resolve(name("parity " + parity.quantity()))));
        }
      }
    } catch (LinkageError | InternalError noFonts) {
      throw new IOException(
          "figures need fonts, and this Java runtime cannot draw letters (" + noFonts + ")",
          noFonts);
    }
    return files;
  }

  private static String name(String quantity) {
    return quantity.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".png";
  }

  private static Path write(XYChart chart, int height, Path file) throws IOException {
    BufferedImage image =
        new BufferedImage(
            (int) (WIDTH * PIXELS_PER_UNIT),
            (int) (height * PIXELS_PER_UNIT),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      graphics.scale(PIXELS_PER_UNIT, PIXELS_PER_UNIT);
      chart.paint(graphics, WIDTH, height);
    } finally {
      graphics.dispose();
    }
    AtomicFile.write(file, out -> ImageIO.write(image, "png", out));
    return file;
  }

  private static XYChart empty(int height, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(height)
            .theme(Styler.ChartTheme.XChart)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    XYStyler style = chart.getStyler();
    style.setLocale(Locale.ROOT);
    style.setChartBackgroundColor(Color.WHITE);
    style.setChartFontColor(INK);
    style.setPlotBackgroundColor(Color.WHITE);
    style.setPlotBorderColor(INK);
    style.setPlotGridLinesColor(FAINT);
    style.setPlotGridLinesStroke(new BasicStroke(0.6f));
    style.setPlotMargin(0);
    style.setPlotContentSize(1);
    style.setChartPadding(14);
    style.setAxisTitleFont(LETTERS);
    style.setAxisTickLabelsFont(LETTERS.deriveFont(15f));
    style.setAxisTickLabelsColor(INK);
    style.setAxisTickMarksColor(INK);
    style.setXAxisTickMarkSpacingHint(100);
    style.setYAxisTickMarkSpacingHint(60);
    style.setXAxisTickLabelsFormattingFunction(Figures::tick);
    style.setYAxisTickLabelsFormattingFunction(Figures::tick);
    style.setLegendFont(LETTERS.deriveFont(16f));
    style.setLegendBorderColor(Color.WHITE);
    style.setLegendPosition(Styler.LegendPosition.InsideNE);
    style.setAnnotationTextFont(LETTERS.deriveFont(16f));
    style.setAnnotationTextFontColor(INK);
    return chart;
  }

  // Curves

  private static XYChart curves(Section.Curves curves) {
    XYChart chart = empty(HEIGHT, "Epoch", titled(curves.quantity(), curves.unit()));
    double lowest = Double.POSITIVE_INFINITY;
    double highest = 0;
    double last = 1;
    for (Section.Line line : curves.lines()) {
      double[][] drawn = drawable(line, curves.logarithmic());
      if (drawn[0].length == 0) {
        continue;
      }
      XYSeries series = chart.addSeries(line.name(), drawn[0], drawn[1]);
      series.setMarker(drawn[0].length > 1 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
      series.setLineColor(SERIES.get((chart.getSeriesCollection().size() - 1) % SERIES.size()));
      series.setMarkerColor(series.getLineColor());
      series.setLineStyle(new BasicStroke(2f));
      lowest = Math.min(lowest, Arrays.stream(drawn[1]).min().orElseThrow());
      highest = Math.max(highest, Arrays.stream(drawn[1]).max().orElseThrow());
      last = Math.max(last, drawn[0][drawn[0].length - 1]);
    }
    XYStyler style = chart.getStyler();
    style.setXAxisMin(0.0);
    style.setXAxisMax(last == 1 ? 2 : last); // a single epoch stands in the middle
    style.setLegendVisible(chart.getSeriesCollection().size() > 1);
    // Within a small factor, a logarithmic axis has no round numbers to stand at.
    if (curves.logarithmic() && highest >= 3 * lowest) {
      style.setYAxisLogarithmic(true);
      style.setYAxisMin(lowest / 1.15);
      style.setYAxisMax(highest * 1.15);
      style.setYAxisLogarithmicDecadeOnly(highest / lowest > 30);
    } else {
      style.setYAxisMin(0.0);
      double room = style.isLegendVisible() ? 1.25 : 1.05; // for the names above the curves
      style.setYAxisMax(highest > 0 ? highest * room : 1);
    }
    return chart;
  }

  /** As people write it: 0.08, 120, 1e-05. */
  private static String tick(double value) {
    double size = Math.abs(value);
    if (size < 1e-12) {
      return "0";
    }
    return size >= 1e-5 && size < 1e5
        ? new BigDecimal(value)
            .round(TICK_DIGITS)
            .stripTrailingZeros()
            .toPlainString()
            .replace('-', '−')
        : String.format(Locale.ROOT, "%.0e", value);
  }

  /**
   * Returns the points that were measured; on a logarithmic axis, those above 0. One more lies on
   * the line between the first two: where all x are equally far apart, XChart puts ticks on points
   * of its choice, such as multiples of 11, instead of on round numbers.
   */
  private static double[][] drawable(Section.Line line, boolean logarithmic) {
    List<double[]> points = new ArrayList<>();
    for (int k = 0; k < line.x().length; k++) {
      if (Double.isFinite(line.y()[k]) && (!logarithmic || line.y()[k] > 0)) {
        points.add(new double[] {line.x()[k], line.y()[k]});
      }
    }
    if (points.size() > 1) {
      double[] one = points.get(0);
      double[] two = points.get(1);
      double third = logarithmic ? Math.cbrt(one[1] * one[1] * two[1]) : (2 * one[1] + two[1]) / 3;
      points.add(1, new double[] {(2 * one[0] + two[0]) / 3, third});
    }
    return new double[][] {
      points.stream().mapToDouble(point -> point[0]).toArray(),
      points.stream().mapToDouble(point -> point[1]).toArray()
    };
  }

  private static String titled(String quantity, String unit) {
    return unit.isEmpty() ? quantity : quantity + " [" + unit + "]";
  }

  // Parity plots

  private static XYChart parity(Section.ParityPlot plot) {
    XYChart chart =
        empty(WIDTH, titled("Reference", plot.unit()), titled("Predicted", plot.unit()));
    ScatterDensity.Points points = plot.values().points();
    if (points.x().length == 0) {
      return chart;
    }
    double low = Math.min(min(points.x()), min(points.y()));
    double high = Math.max(max(points.x()), max(points.y()));
    double margin = high > low ? 0.04 * (high - low) : 1;
    low -= margin;
    high += margin;
    shades(chart, points);
    XYSeries diagonal =
        chart.addSeries("diagonal", new double[] {low, high}, new double[] {low, high});
    diagonal.setMarker(SeriesMarkers.NONE);
    diagonal.setLineColor(INK);
    diagonal.setLineStyle(
        new BasicStroke(
            1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1f, new float[] {5f, 4f}, 0f));
    XYStyler style = chart.getStyler();
    style.setLegendVisible(false);
    style.setMarkerSize(points.binned() ? 4 : 6);
    style.setXAxisMin(low);
    style.setXAxisMax(high);
    style.setYAxisMin(low);
    style.setYAxisMax(high);
    ErrorTotals errors = plot.values().errors();
    note(chart, plot.quantity(), low, high, 0);
    note(chart, error("MAE", errors.meanAbsolute(), plot), low, high, 1);
    note(chart, error("RMSE", errors.rootMeanSquare(), plot), low, high, 2);
    return chart;
  }

  private static String error(String name, double value, Section.ParityPlot plot) {
    double shown = plot.errorScale() * value;
    int decimals = (int) Math.clamp(2 - Math.floor(Math.log10(Math.max(shown, 1e-3))), 0, 4);
    return String.format(Locale.ROOT, "%s %." + decimals + "f %s", name, shown, plot.errorUnit());
  }

  /** Centred, as the library sets them, in the corner above the diagonal. */
  private static void note(XYChart chart, String text, double low, double high, int line) {
    double across = low + 0.24 * (high - low);
    double up = high - (0.06 + 0.05 * line) * (high - low);
    chart.addAnnotation(new AnnotationText(text, across, up, false));
  }

  private static void shades(XYChart chart, ScatterDensity.Points points) {
    double most = Math.log(Math.max(2, Arrays.stream(points.count()).max().orElse(1)));
    for (int shade = 0; shade < SHADES; shade++) {
      double[] x = new double[points.x().length];
      double[] y = new double[points.x().length];
      int count = 0;
      for (int k = 0; k < x.length; k++) {
        double share = points.binned() ? Math.log(points.count()[k]) / most : 0.66;
        if (Math.min(SHADES - 1, (int) (share * SHADES)) == shade) {
          x[count] = points.x()[k];
          y[count++] = points.y()[k];
        }
      }
      if (count > 0) {
        XYSeries series =
            chart.addSeries("shade " + shade, Arrays.copyOf(x, count), Arrays.copyOf(y, count));
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(between(shade / (SHADES - 1.0)));
        series.setLineStyle(SeriesLines.NONE);
      }
    }
  }

  private static Color between(double share) {
    double position = share * (DENSITY.size() - 1);
    int k = Math.min(DENSITY.size() - 2, (int) position);
    float rest = (float) (position - k);
    float[] from = DENSITY.get(k).getRGBColorComponents(null);
    float[] to = DENSITY.get(k + 1).getRGBColorComponents(null);
    return new Color(
        from[0] + rest * (to[0] - from[0]),
        from[1] + rest * (to[1] - from[1]),
        from[2] + rest * (to[2] - from[2]));
  }

  private static double min(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  private static double max(double[] values) {
    return Arrays.stream(values).max().orElseThrow();
  }
}
