package org.cotangent.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sums of products over named axes. Operands are contracted two at a time, in the order that needs
 * the fewest multiplications; each pair becomes one (batched) matrix product or, where nothing is
 * summed, one broadcast product. Axes carry labels, numbers from 0 to 63, and sets of labels are
 * bit masks.
 */
final class Einsum {
  /**
   * Up to so many operands all orders are tried, beyond that the cheapest pair is taken each time.
   */
  private static final int EXHAUSTIVE = 5;

  /** A tensor and the label of each of its axes. */
  record Term(Tensor tensor, int[] labels) {
    long mask() {
      long mask = 0;
      for (int label : labels) {
        mask |= 1L << label;
      }
      return mask;
    }
  }

  private Einsum() {}

  static Tensor evaluate(String equation, Tensor... operands) {
    EinsumEquation parsed = EinsumEquation.parse(equation, operands);
    List<Term> terms = new ArrayList<>();
    for (int k = 0; k < operands.length; k++) {
      terms.add(prepare(operands[k], parsed.labels(k), parsed.lengths()));
    }
    return contract(terms, parsed.output(), parsed.lengths());
  }

  /** Takes diagonals of repeated labels, and drops broadcast axes of length 1. */
  private static Term prepare(Tensor x, int[] labels, int[] lengths) {
    for (int a = 0; a < labels.length; a++) {
      for (int b = a + 1; b < labels.length; b++) {
        if (labels[a] == labels[b]) { // the diagonal becomes the last axis
          int[] rest = new int[labels.length - 1];
          int at = 0;
          for (int k = 0; k < labels.length; k++) {
            if (k != a && k != b) {
              rest[at++] = labels[k];
            }
          }
          rest[at] = labels[a];
          return prepare(x.diagonal(0, a, b), rest, lengths);
        }
      }
    }
    for (int a = 0; a < labels.length; a++) {
      if (x.dim(a) == 1 && lengths[labels[a]] != 1) {
        int gone = a;
        int[] rest = new int[labels.length - 1];
        Arrays.setAll(rest, k -> labels[k < gone ? k : k + 1]);
        return prepare(x.squeeze(a), rest, lengths);
      }
    }
    return new Term(x, labels);
  }

  /** Contracts terms to the labels of the output, in that order. */
  static Tensor contract(List<Term> given, int[] output, int[] lengths) {
    List<Term> terms = new ArrayList<>(given);
    long wanted = new Term(given.getFirst().tensor(), output).mask();
    for (int k = 0; k < terms.size(); k++) {
      terms.set(k, sumOut(terms.get(k), wanted | others(masks(terms), k, -1)));
    }
    while (terms.size() > 1) {
      int[] pair = {0, 1};
      if (terms.size() > 2) {
        best(masks(terms), wanted, lengths, pair);
      }
      Term y = terms.remove(pair[1]);
      Term x = terms.remove(pair[0]);
      long keep = wanted | others(masks(terms), -1, -1);
      terms.add(pair(x, y, keep, output));
    }
    Term last = sumOut(terms.getFirst(), wanted);
    return arrange(last, output);
  }

  private static long[] masks(List<Term> terms) {
    long[] masks = new long[terms.size()];
    Arrays.setAll(masks, k -> terms.get(k).mask());
    return masks;
  }

  /** The labels of all terms except two. */
  private static long others(long[] masks, int x, int y) {
    long all = 0;
    for (int k = 0; k < masks.length; k++) {
      all |= k == x || k == y ? 0 : masks[k];
    }
    return all;
  }

  /** Finds the first pair to contract and returns the multiplications of everything. */
  private static double best(long[] masks, long wanted, int[] lengths, int[] pair) {
    if (masks.length < 2) {
      return 0;
    }
    double least = Double.POSITIVE_INFINITY;
    for (int x = 0; x < masks.length; x++) {
      for (int y = x + 1; y < masks.length; y++) {
        double cost = size(masks[x] | masks[y], lengths);
        if (masks.length <= EXHAUSTIVE && cost < least) {
          long[] rest = new long[masks.length - 1];
          int at = 0;
          for (int k = 0; k < masks.length; k++) {
            if (k != x && k != y) {
              rest[at++] = masks[k];
            }
          }
          rest[at] = (masks[x] | masks[y]) & (wanted | others(masks, x, y));
          cost += best(rest, wanted, lengths, new int[2]);
        }
        if (cost < least) {
          least = cost;
          pair[0] = x;
          pair[1] = y;
        }
      }
    }
    return least;
  }

  private static double size(long mask, int[] lengths) {
    double size = 1;
    for (long left = mask; left != 0; left &= left - 1) {
      size *= lengths[Long.numberOfTrailingZeros(left)];
    }
    return size;
  }

  /** Sums over the axes whose labels are not among those to keep. */
  private static Term sumOut(Term x, long keep) {
    int[] axes = new int[x.labels().length];
    int[] labels = new int[x.labels().length];
    int gone = 0;
    int kept = 0;
    for (int a = 0; a < x.labels().length; a++) {
      if ((keep >> x.labels()[a] & 1) == 1) {
        labels[kept++] = x.labels()[a];
      } else {
        axes[gone++] = a;
      }
    }
    return gone == 0
        ? x
        : new Term(x.tensor().sum(Arrays.copyOf(axes, gone)), Arrays.copyOf(labels, kept));
  }

  /** Contracts two terms: sums over the labels that both have and nobody else needs. */
  private static Term pair(Term x, Term y, long keep, int[] output) {
    long both = x.mask() & y.mask();
    int[] left = only(x.labels(), x.mask() & ~both);
    int[] right = only(y.labels(), y.mask() & ~both);
    int[] batch = only(x.labels(), both & keep);
    if (left.length > 0 && Arrays.equals(join(batch, right, left), output)) {
      return pairInOrder(y, x, batch, right, only(x.labels(), both & ~keep), left);
    }
    // Where the common labels stand in another order, one operand is rearranged: the smaller one.
    int[] inner = only((x.tensor().size() >= y.tensor().size() ? x : y).labels(), both & ~keep);
    return pairInOrder(x, y, batch, left, inner, right);
  }

  private static Term pairInOrder(
      Term x, Term y, int[] batch, int[] left, int[] inner, int[] right) {
    int[] labels = join(batch, left, right);
    if (inner.length == 0) {
      Tensor a = arrange(x, join(batch, left));
      Tensor b = arrange(y, join(batch, right));
      int[] ones = new int[left.length];
      Arrays.setAll(ones, k -> batch.length + k);
      int[] end = new int[right.length];
      Arrays.setAll(end, k -> batch.length + left.length + k);
      return new Term(a.unsqueeze(end).multiply(b.unsqueeze(ones)), labels);
    }
    boolean transposeX = Arrays.equals(x.labels(), join(batch, inner, left)) && left.length > 0;
    boolean transposeY = Arrays.equals(y.labels(), join(batch, right, inner)) && right.length > 0;
    Tensor a = arrange(x, transposeX ? x.labels() : join(batch, left, inner));
    Tensor b = arrange(y, transposeY ? y.labels() : join(batch, inner, right));
    Shape shape = Shape.SCALAR;
    for (int label : labels) {
      Term from = (x.mask() >> label & 1) == 1 ? x : y;
      shape = shape.insert(shape.rank(), from.tensor().dim(indexOf(from.labels(), label)));
    }
    int count = shape.sizeBefore(batch.length);
    int m = size(x, left);
    int k = size(x, inner);
    int n = size(y, right);
    if (batch.length > 0) {
      a = transposeX ? a.reshape(count, k, m) : a.reshape(count, m, k);
      b = transposeY ? b.reshape(count, n, k) : b.reshape(count, k, n);
    } else {
      a = transposeX ? a.reshape(k, m) : a.reshape(m, k);
      b = transposeY ? b.reshape(n, k) : b.reshape(k, n);
    }
    return new Term(new Product.MatMul(transposeX, transposeY).apply(a, b).reshape(shape), labels);
  }

  private static int size(Term x, int[] labels) {
    int size = 1;
    for (int label : labels) {
      size *= x.tensor().dim(indexOf(x.labels(), label));
    }
    return size;
  }

  /** Returns the tensor with its axes in this order of labels. */
  private static Tensor arrange(Term x, int[] order) {
    if (Arrays.equals(x.labels(), order)) {
      return x.tensor();
    }
    int[] axes = new int[order.length];
    Arrays.setAll(axes, k -> indexOf(x.labels(), order[k]));
    return x.tensor().transpose(axes);
  }

  private static int indexOf(int[] labels, int label) {
    for (int k = 0; k < labels.length; k++) {
      if (labels[k] == label) {
        return k;
      }
    }
    throw new AssertionError(label);
  }

  private static int[] only(int[] labels, long mask) {
    return Arrays.stream(labels).filter(label -> (mask >> label & 1) == 1).toArray();
  }

  private static int[] join(int[]... parts) {
    return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
  }
}
