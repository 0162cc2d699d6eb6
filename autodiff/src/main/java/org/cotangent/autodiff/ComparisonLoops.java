package org.cotangent.autodiff;

/**
 * The loops of {@link Comparison}, one for each operation and element type. Truth values count as
 * false &lt; true, numbers as true where they are not 0.
 */
final class ComparisonLoops {
  private ComparisonLoops() {}

  static void run(Comparison operation, double[] x, double[] y, BroadcastLoop at, boolean[] out) {
    int xs = at.xStep;
    int ys = at.yStep;
    int i = at.x;
    int j = at.y;
    int end = at.out + at.length;
    switch (operation) {
      case LESS -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] < y[j];
        }
      }
      case LESS_OR_EQUAL -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] <= y[j];
        }
      }
      case EQUAL -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] == y[j];
        }
      }
      case NOT_EQUAL -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] != y[j];
        }
      }
      case AND -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] != 0 && y[j] != 0;
        }
      }
      case OR -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] != 0 || y[j] != 0;
        }
      }
    }
  }

  static void run(Comparison operation, float[] x, float[] y, BroadcastLoop at, boolean[] out) {
    int xs = at.xStep;
    int ys = at.yStep;
    int i = at.x;
    int j = at.y;
    int end = at.out + at.length;
    switch (operation) {
      case LESS -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] < y[j];
        }
      }
      case LESS_OR_EQUAL -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] <= y[j];
        }
      }
      case EQUAL -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] == y[j];
        }
      }
      case NOT_EQUAL -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] != y[j];
        }
      }
      case AND -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] != 0 && y[j] != 0;
        }
      }
      case OR -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] != 0 || y[j] != 0;
        }
      }
    }
  }

  static void run(Comparison operation, long[] x, long[] y, BroadcastLoop at, boolean[] out) {
    int xs = at.xStep;
    int ys = at.yStep;
    int i = at.x;
    int j = at.y;
    int end = at.out + at.length;
    switch (operation) {
      case LESS -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] < y[j];
        }
      }
      case LESS_OR_EQUAL -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] <= y[j];
        }
      }
      case EQUAL -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] == y[j];
        }
      }
      case NOT_EQUAL -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] != y[j];
        }
      }
      case AND -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] != 0 && y[j] != 0;
        }
      }
      case OR -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] != 0 || y[j] != 0;
        }
      }
    }
  }

  static void run(Comparison operation, int[] x, int[] y, BroadcastLoop at, boolean[] out) {
    int xs = at.xStep;
    int ys = at.yStep;
    int i = at.x;
    int j = at.y;
    int end = at.out + at.length;
    switch (operation) {
      case LESS -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] < y[j];
        }
      }
      case LESS_OR_EQUAL -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] <= y[j];
        }
      }
      case EQUAL -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] == y[j];
        }
      }
      case NOT_EQUAL -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] != y[j];
        }
      }
      case AND -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] != 0 && y[j] != 0;
        }
      }
      case OR -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] != 0 || y[j] != 0;
        }
      }
    }
  }

  static void run(Comparison operation, boolean[] x, boolean[] y, BroadcastLoop at, boolean[] out) {
    int xs = at.xStep;
    int ys = at.yStep;
    int i = at.x;
    int j = at.y;
    int end = at.out + at.length;
    switch (operation) {
      case LESS -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = !x[i] && y[j];
        }
      }
      case LESS_OR_EQUAL -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = !x[i] || y[j];
        }
      }
      case EQUAL -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] == y[j];
        }
      }
      case NOT_EQUAL -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] != y[j];
        }
      }
      case AND -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] && y[j];
        }
      }
      case OR -> {
        for (int o = at.out; o < end; o++, i += xs, j += ys) {
          out[o] = x[i] || y[j];
        }
      }
    }
  }
}
