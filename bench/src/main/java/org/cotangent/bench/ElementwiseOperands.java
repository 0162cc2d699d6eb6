package org.cotangent.bench;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;

/**
 * What {@link ElementwiseOperation}s work on: vectors of all elements, the same as a table of rows
 * and columns and as short rows with an id each, and places to pick from. PyTorch gets the same
 * numbers, by the same formulas.
 */
final class ElementwiseOperands {
  /** The length of the short rows. */
  static final int WIDTH = 8;

  private static final int ROWS_PER_SEGMENT = 20;

  /** Its multiples modulo 1 are spread evenly. */
  private static final double GOLDEN = 0.6180339887498949;

  /** The number of columns of the table. */
  final int columns;

  final int segments;

  /** Numbers between -4 and 4, {@code [elements]}. */
  final Tensor x;

  /** 4 - x. */
  final Tensor y;

  /** 4.001 + x. */
  final Tensor positive;

  /** {@code positive} as {@code [elements / columns, columns]}. */
  final Tensor table;

  /** {@code positive} as {@code [elements / 8, 8]}. */
  final Tensor rows;

  /** {@code [columns]} and {@code [elements / columns, 1]}. */
  final Tensor row;

  final Tensor column;

  /** Places in x, in a row of the table of each row, among the columns and among the short rows. */
  final Tensor anywhere;

  final Tensor anyInRow;
  final Tensor anyColumn;
  final Tensor anyRow;

  /** A segment for each short row, and for each element of x. */
  final Tensor sorted;

  final Tensor unsorted;
  final Tensor sortedElements;

  ElementwiseOperands(int elements, DType dtype) {
    columns = elements <= 1000 ? 100 : 1000;
    int height = elements / columns;
    int count = elements / WIDTH;
    segments = count / ROWS_PER_SEGMENT;
    double[] values = new double[elements];
    for (int k = 0; k < elements; k++) {
      values[k] = 8 * (k * GOLDEN - Math.floor(k * GOLDEN)) - 4;
    }
    Tensor exact = Tensor.of(values);
    x = exact.cast(dtype);
    y = exact.rsubtract(4).cast(dtype);
    positive = exact.add(4.001).cast(dtype);
    table = positive.reshape(height, columns);
    rows = positive.reshape(count, WIDTH);
    row = table.slice(0, 1, 2).reshape(columns);
    column = table.slice(1, 1, 2);
    anywhere = index(elements, k -> scattered(k, elements));
    anyInRow = index(elements, k -> scattered(k, columns)).reshape(height, columns);
    anyColumn = index(columns, k -> scattered(k, columns));
    anyRow = index(count, k -> scattered(k, count));
    sorted = index(count, k -> (int) ((long) k * segments / count));
    unsorted = index(count, k -> scattered(k, segments));
    sortedElements = index(elements, k -> (int) ((long) k * segments / elements));
  }

  /** Knuth's multiplicative hash of k, from 0 to bound-1. */
  private static int scattered(int k, int bound) {
    return (int) (((k * 2654435761L & 0xffffffffL) * bound) >>> 32);
  }

  private static Tensor index(int count, IntUnaryOperator entry) {
    int[] entries = new int[count];
    Arrays.setAll(entries, entry);
    return Tensor.of(entries, count);
  }
}
