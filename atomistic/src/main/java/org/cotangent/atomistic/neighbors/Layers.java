package org.cotangent.atomistic.neighbors;

/**
 * The layers of bins along one direction that an atom's neighbors can be in; for one thread.
 *
 * <p>Squared gaps are zero unless all directions are orthogonal: then those of several directions
 * add up to a lower bound of the squared distance.
 */
final class Layers {
  private final CellList cells;
  private final int direction;
  private final double distance;

  /** How many there are. */
  int count;

  /** Each one's bin, and by how many cells it is moved. */
  int[] bin = new int[8];

  int[] shift = new int[8];

  double[] squaredGap = new double[8];

  /**
   * @param distance how far to look
   */
  Layers(CellList cells, int direction, double distance) {
    this.cells = cells;
    this.direction = direction;
    this.distance = distance;
  }

  /** Finds those around an atom, ascending. */
  void surround(int i) {
    int bins = cells.bins[direction];
    int own = cells.binOf[3 * i + direction];
    int reach = cells.reach[direction];
    double place = cells.place(i, direction);
    double width = cells.width(direction);
    boolean periodic = cells.pbc[direction];
    int from = periodic ? own - reach : Math.max(own - reach, 0);
    int to = periodic ? own + reach : Math.min(own + reach, bins - 1);
    count = 0;
    for (int layer = from; layer <= to; layer++) {
      double gap = layer == own ? 0 : Math.max(layer - place, place - (layer + 1)) * width;
      if (gap > distance) {
        continue;
      }
      if (count == bin.length) {
        bin = java.util.Arrays.copyOf(bin, 2 * count);
        shift = java.util.Arrays.copyOf(shift, 2 * count);
        squaredGap = java.util.Arrays.copyOf(squaredGap, 2 * count);
      }
      int moved = layer >= 0 && layer < bins ? 0 : Math.floorDiv(layer, bins);
      bin[count] = layer - moved * bins;
      shift[count] = moved;
      squaredGap[count++] = cells.cell.isOrthogonal && gap > 0 ? gap * gap : 0;
    }
  }
}
