package org.cotangent.atomistic.options;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the name that was probably meant. */
public final class NearestName {
  private NearestName() {}

  /**
   * Returns the name that takes the fewest insertions, deletions, replacements and exchanges of
   * neighboring letters (the optimal string alignment distance), or null if none is near: at most
   * one change for every three letters.
   */
  public static @Nullable String of(String given, Collection<String> names) {
    String nearest = null;
    int fewest = Integer.MAX_VALUE;
    for (String name : names) {
      int changes = changes(simple(given), simple(name));
      if (changes < fewest) {
        fewest = changes;
        nearest = name;
      }
    }
    if (nearest != null && fewest <= Math.max(given.length(), nearest.length()) / 3) {
      return nearest;
    }
    String contained = null;
    for (String name : names) {
      boolean part = simple(name).contains(simple(given)) || simple(given).contains(simple(name));
      if (given.length() > 2 && part && (contained == null || name.length() < contained.length())) {
        contained = name;
      }
    }
    return contained;
  }

  private static String simple(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  private static int changes(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], 1 + d[i - 2][j - 2]);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
