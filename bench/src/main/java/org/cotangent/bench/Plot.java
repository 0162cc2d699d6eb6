package org.cotangent.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A drawing of points over two axes, both logarithmic or both linear, as SVG. */
final class Plot {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 440;
  private static final int LEFT = 80;
  private static final int RIGHT = 200;
  private static final int TOP = 34;
  private static final int BOTTOM = 52;

  /** Names beside each other are so far apart. */
  private static final double LINE = 14;

  /** More points of a joined series are a line without marks. */
  private static final int MARKED = 60;

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
  private final boolean logarithmic;
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
    this(title, across, up, true);
  }

  private Plot(String title, String across, String up, boolean logarithmic) {
    this.title = title;
    this.across = across;
    this.up = up;
    this.logarithmic = logarithmic;
  }

  /** Returns an empty drawing over linear axes. */
  static Plot linear(String title, String across, String up) {
    return new Plot(title, across, up, false);
  }

  /** Adds points; logarithmic axes leave out those that are not above zero. */
  Plot add(String name, List<double[]> points, boolean joined) {
    List<double[]> shown =
        points.stream().filter(p -> !logarithmic || (p[0] > 0 && p[1] > 0)).toList();
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
    return LEFT + share(x, left, right) * (WIDTH - LEFT - RIGHT);
  }

  private double atY(double y) {
    return HEIGHT - BOTTOM - share(y, low, high) * (HEIGHT - TOP - BOTTOM);
  }

  private double share(double value, double from, double to) {
    return logarithmic
        ? Math.log(value / from) / Math.log(to / from)
        : (value - from) / (to - from);
  }

  /** Leaves room around what is drawn. */
  private void widen() {
    if (logarithmic) {
      left /= 1.25;
      right *= 1.25;
      low /= 1.15;
      high *= 1.15;
    } else {
      double room = high > low ? 0.05 * (high - low) : 1;
      low -= room;
      high += room;
      right += right > left ? 0 : 1;
    }
  }

  /** Returns the drawing, an {@code svg} element. */
  String svg() {
    if (left > right) {
      return "<p>" + Page.escaped(title) + ": nothing was measured.</p>";
    }
    widen();
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
    drawLevels(to);
    Labels labels = new Labels();
    for (int s = 0; s < series.size(); s++) {
      draw(to, series.get(s), COLORS[s % COLORS.length], s, labels);
    }
    return to.append("</svg>").toString();
  }

  /** Lines with their names on the right, from the top, below each other where they would meet. */
  private void drawLevels(StringBuilder to) {
    List<Level> down = new ArrayList<>(levels);
    down.sort(Comparator.comparingDouble(Level::y).reversed());
    double free = TOP;
    for (Level level : down) {
      double y = atY(level.y);
      double at = Math.max(y + 4, free);
      free = at + LINE;
      put(to, "<path class='level' d='M%d %.1f H%d", LEFT, y, WIDTH - RIGHT);
      put(to, " L%d %.1f'/>", WIDTH - RIGHT + 16, at - 4);
      put(to, "<text class='tick' x='%d' y='%.1f'>", WIDTH - RIGHT + 20, at);
      put(to, "%s %s</text>", Page.escaped(level.name), number(level.y));
    }
  }

  private void draw(StringBuilder to, Series one, String color, int number, Labels labels) {
    StringBuilder path = new StringBuilder();
    for (int k = 0; k < one.x.length; k++) {
      double x = atX(one.x[k]);
      double y = atY(one.y[k]);
      put(path, "%s%.1f %.1f ", k == 0 ? "M" : "L", x, y);
      if (!one.joined || one.x.length <= MARKED) {
        put(to, "<circle cx='%.1f' cy='%.1f' r='4' fill='%s'>", x, y, color);
        put(to, "<title>%s: %.4g, %.4g</title>", Page.escaped(one.name), one.x[k], one.y[k]);
        to.append("</circle>");
      }
    }
    if (one.joined && one.x.length > 1) {
      put(to, "<path d='%s' fill='none' stroke='%s' stroke-width='1.5'/>", path, color);
    }
    boolean beside = !one.joined && one.x.length == 1;
    double x = beside ? atX(one.x[0]) + 8 : WIDTH - RIGHT + 12;
    double y = beside ? labels.free(x, atY(one.y[0]) + 4, one.name) : TOP + 12 + 17 * number;
    put(to, "<text class='name' x='%.1f' y='%.1f' style='fill:%s'>", x, y, color);
    put(to, "%s</text>", Page.escaped(one.name));
  }

  /** Places for names beside points, none over another. */
  private static final class Labels {
    /** The width of a letter, about. */
    private static final double LETTER = 6.6;

    /** x from, x to, y of those that are taken. */
    private final List<double[]> taken = new ArrayList<>();

    /** Returns the height next to the wanted one, up or down, at which a name meets no other. */
    double free(double x, double y, String name) {
      double end = x + LETTER * name.length();
      for (int shift = 0; ; shift++) {
        for (double at : new double[] {y - shift, y + shift}) {
          boolean meets = false;
          for (double[] other : taken) {
            meets |= x < other[1] && other[0] < end && Math.abs(at - other[2]) < LINE;
          }
          if (!meets) {
            taken.add(new double[] {x, end, at});
            return at;
          }
        }
      }
    }
  }

  private List<Double> ticks(double from, double to) {
    return logarithmic ? logarithmicTicks(from, to) : linearTicks(from, to);
  }

  /** Multiples of 1, 2 or 5 times a power of ten, four to nine of them. */
  private static List<Double> linearTicks(double from, double to) {
    double step = Math.pow(10, Math.floor(Math.log10((to - from) / 4)));
    step *= (to - from) / step >= 20 ? 5 : (to - from) / step >= 8 ? 2 : 1;
    List<Double> ticks = new ArrayList<>();
    for (double k = Math.ceil(from / step); k * step <= to; k++) {
      ticks.add(k * step);
    }
    return ticks;
  }

  /** Powers of ten; with twice and five times these where there are few. */
  private static List<Double> logarithmicTicks(double from, double to) {
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
    double size = Math.abs(value);
    if (size >= 1e5 || (size < 1e-3 && size > 1e-12)) {
      return String.format(Locale.ROOT, "%.0e", value);
    }
    return BigDecimal.valueOf(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }

  private static void put(StringBuilder to, String format, Object... values) {
    to.append(String.format(Locale.ROOT, format, values));
  }
}
