package org.cotangent.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A drawing of points over two logarithmic axes, as SVG. */
final class Plot {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 440;
  private static final int LEFT = 80;
  private static final int RIGHT = 200;
  private static final int TOP = 34;
  private static final int BOTTOM = 52;
  private static final String[] COLORS = {
    "#0b6e99", "#d9730d", "#0f7b6c", "#ad1a72", "#6940a5", "#e03e3e", "#64473a", "#787774"
  };

  /** Points of one kind. */
  private record Series(String name, double[] x, double[] y, boolean joined) {}

  /** A line across the drawing. */
  private record Level(String name, double y) {}

  private final String title;
  private final String across;
  private final String up;
  private final List<Series> series = new ArrayList<>();
  private final List<Level> levels = new ArrayList<>();
  private double left = Double.POSITIVE_INFINITY;
  private double right = Double.NEGATIVE_INFINITY;
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;

  /**
   * @param across what x is, with its unit
   * @param up what y is, with its unit
   */
  Plot(String title, String across, String up) {
    this.title = title;
    this.across = across;
    this.up = up;
  }

  /** Adds points; those that are not above zero are left out. */
  Plot add(String name, List<double[]> points, boolean joined) {
    List<double[]> shown = points.stream().filter(p -> p[0] > 0 && p[1] > 0).toList();
    double[] x = shown.stream().mapToDouble(p -> p[0]).toArray();
    double[] y = shown.stream().mapToDouble(p -> p[1]).toArray();
    for (int k = 0; k < x.length; k++) {
      left = Math.min(left, x[k]);
      right = Math.max(right, x[k]);
      low = Math.min(low, y[k]);
      high = Math.max(high, y[k]);
    }
    series.add(new Series(name, x, y, joined));
    return this;
  }

  /** Adds a line across at a value. */
  Plot level(String name, double y) {
    low = Math.min(low, y);
    high = Math.max(high, y);
    levels.add(new Level(name, y));
    return this;
  }

  private double atX(double x) {
    double share = (Math.log(x) - Math.log(left)) / (Math.log(right) - Math.log(left));
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private double atY(double y) {
    double share = (Math.log(y) - Math.log(low)) / (Math.log(high) - Math.log(low));
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  }

  /** Returns the drawing, an {@code svg} element. */
  String svg() {
    if (left > right) {
      return "<p>" + Page.escaped(title) + ": nothing was measured.</p>";
    }
    left /= 1.25;
    right *= 1.25;
    low /= 1.15;
    high *= 1.15;
    StringBuilder to = new StringBuilder();
    put(to, "<svg viewBox='0 0 %d %d' role='img' aria-label='%s'>", WIDTH, HEIGHT, title);
    put(to, "<text x='%d' y='18' class='title'>%s</text>", LEFT, Page.escaped(title));
    for (double tick : ticks(left, right)) {
      double x = atX(tick);
      put(to, "<path class='grid' d='M%.1f %d V%d'/>", x, TOP, HEIGHT - BOTTOM);
      put(to, "<text class='tick' x='%.1f' y='%d' text-anchor='middle'>", x, HEIGHT - BOTTOM + 16);
      put(to, "%s</text>", number(tick));
    }
    for (double tick : ticks(low, high)) {
      double y = atY(tick);
      put(to, "<path class='grid' d='M%d %.1f H%d'/>", LEFT, y, WIDTH - RIGHT);
      put(to, "<text class='tick' x='%d' y='%.1f' text-anchor='end'>", LEFT - 6, y + 4);
      put(to, "%s</text>", number(tick));
    }
    int middle = (LEFT + WIDTH - RIGHT) / 2;
    put(to, "<text x='%d' y='%d' text-anchor='middle'>%s</text>", middle, HEIGHT - 12, across);
    int half = (TOP + HEIGHT - BOTTOM) / 2;
    put(to, "<text transform='translate(16 %d) rotate(-90)' text-anchor='middle'>", half);
    put(to, "%s</text>", up);
    for (Level level : levels) {
      double y = atY(level.y);
      put(to, "<path class='level' d='M%d %.1f H%d'/>", LEFT, y, WIDTH - RIGHT);
      put(to, "<text class='tick' x='%d' y='%.1f'>%s</text>", WIDTH - RIGHT + 6, y + 4, level.name);
    }
    for (int s = 0; s < series.size(); s++) {
      draw(to, series.get(s), COLORS[s % COLORS.length], s);
    }
    return to.append("</svg>").toString();
  }

  private void draw(StringBuilder to, Series one, String color, int number) {
    StringBuilder path = new StringBuilder();
    for (int k = 0; k < one.x.length; k++) {
      double x = atX(one.x[k]);
      double y = atY(one.y[k]);
      put(path, "%s%.1f %.1f ", k == 0 ? "M" : "L", x, y);
      put(to, "<circle cx='%.1f' cy='%.1f' r='4' fill='%s'>", x, y, color);
      put(to, "<title>%s: %.4g, %.4g</title></circle>", Page.escaped(one.name), one.x[k], one.y[k]);
    }
    if (one.joined && one.x.length > 1) {
      put(to, "<path d='%s' fill='none' stroke='%s' stroke-width='1.5'/>", path, color);
    }
    boolean beside = !one.joined && one.x.length == 1;
    double x = beside ? atX(one.x[0]) + 8 : LEFT + 12;
    double y = beside ? atY(one.y[0]) + 4 : TOP + 16 + 17 * number;
    put(to, "<text class='name' x='%.1f' y='%.1f' fill='%s'>", x, y, color);
    put(to, "%s</text>", Page.escaped(one.name));
  }

  /** Powers of ten; with twice and five times these where there are few. */
  private static List<Double> ticks(double from, double to) {
    List<Double> ticks = new ArrayList<>();
    boolean few = Math.log10(to / from) < 3;
    for (int power = (int) Math.floor(Math.log10(from)); power <= Math.log10(to); power++) {
      for (int times : few ? new int[] {1, 2, 5} : new int[] {1}) {
        double tick = times * Math.pow(10, power);
        if (tick >= from && tick <= to) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  private static String number(double value) {
    return value >= 1e5 || value < 1e-3
        ? String.format(Locale.ROOT, "%.0e", value)
        : value >= 1
            ? String.format(Locale.ROOT, "%,.0f", value)
            : String.format(Locale.ROOT, "%s", (float) value);
  }

  private static void put(StringBuilder to, String format, Object... values) {
    to.append(String.format(Locale.ROOT, format, values));
  }
}
