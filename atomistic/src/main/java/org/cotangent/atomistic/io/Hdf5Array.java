package org.cotangent.atomistic.io;

import io.jhdf.api.Dataset;
import io.jhdf.exceptions.HdfFilterException;
import io.jhdf.exceptions.HdfTypeException;
import io.jhdf.exceptions.UnsupportedHdfException;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The content of an HDF5 data set: numbers, or texts, or neither (records, references).
 *
 * @param numbers of the data set's shape, float64, float32, int64 or bool
 * @param texts those of the data set one after the other
 */
record Hdf5Array(@Nullable Tensor numbers, @Nullable List<String> texts) {
  private static final List<String> FLAGS = List.of("TRUE", "FALSE");

  /** Returns what is known of a data set before it is read. */
  static ArrayHead head(Dataset dataset) {
    long[] shape = Arrays.stream(dataset.getDimensions()).asLongStream().toArray();
    try {
      dataset.getFilters(); // which are looked up
      boolean empty = dataset.isEmpty() && Arrays.stream(shape).noneMatch(n -> n == 0);
      ArrayContent content = empty ? ArrayContent.OTHER : content(dataset);
      return new ArrayHead(shape, content, empty ? "nothing" : content.text());
    } catch (HdfFilterException | HdfTypeException | UnsupportedHdfException e) {
      return new ArrayHead(
          shape, ArrayContent.OTHER, "what jHDF cannot read (" + e.getMessage() + ")");
    }
  }

  private static ArrayContent content(Dataset dataset) {
    if (dataset.getDataType() instanceof EnumDataType names) {
      boolean flags = FLAGS.containsAll(names.getEnumMapping().values());
      return flags ? ArrayContent.FLAGS : ArrayContent.TEXTS;
    }
    Class<?> type = dataset.getJavaType();
    if (dataset.getDataType() instanceof FloatingPoint) {
      return ArrayContent.REALS;
    } else if (dataset.getDataType() instanceof FixedPoint) {
      return ArrayContent.INTEGERS;
    }
    return type == String.class ? ArrayContent.TEXTS : ArrayContent.OTHER;
  }

  /** Reads all of a data set. */
  static Hdf5Array read(Dataset dataset) {
    return of(dataset.isEmpty() ? new double[0] : dataset.getData(), dataset.getDimensions());
  }

  /** Reads {@code count} entries along the first axis of a data set. */
  static Hdf5Array read(Dataset dataset, int first, int count) {
    int[] shape = dataset.getDimensions();
    long[] from = new long[shape.length];
    from[0] = first;
    shape[0] = count;
    return of(dataset.getData(from, shape), shape);
  }

  private static Hdf5Array of(Object data, int[] shape) {
    List<Object> leaves = new ArrayList<>();
    collect(data, leaves);
    Object first = leaves.isEmpty() ? new double[0] : leaves.getFirst();
    if (first instanceof String || first instanceof String[]) {
      return ofTexts(leaves, shape);
    }
    int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    return switch (first) {
      case double[] a -> new Hdf5Array(Tensor.of(joined(leaves, new double[size]), shape), null);
      case float[] a -> new Hdf5Array(Tensor.of(joined(leaves, new float[size]), shape), null);
      case long[] a -> new Hdf5Array(Tensor.of(joined(leaves, new long[size]), shape), null);
      case int[] a -> new Hdf5Array(Tensor.of(widened(leaves, size), shape), null);
      case short[] a -> new Hdf5Array(Tensor.of(widened(leaves, size), shape), null);
      case byte[] a -> new Hdf5Array(Tensor.of(widened(leaves, size), shape), null);
      case Double n -> new Hdf5Array(Tensor.of(new double[] {n}, shape), null);
      case Float n -> new Hdf5Array(Tensor.of(new float[] {n}, shape), null);
      case Number _ -> new Hdf5Array(Tensor.of(singles(leaves), shape), null);
      default -> new Hdf5Array(null, null);
    };
  }

  /** Collects the innermost arrays of nested ones, or a single value. */
  private static void collect(Object data, List<Object> leaves) {
    if (data instanceof Object[] rows && !(data instanceof String[])) {
      for (Object row : rows) {
        collect(row, leaves);
      }
    } else {
      leaves.add(data);
    }
  }

  /** Booleans are an enumeration of FALSE and TRUE in HDF5. */
  private static Hdf5Array ofTexts(List<Object> leaves, int[] shape) {
    List<String> texts = new ArrayList<>();
    for (Object leaf : leaves) {
      texts.addAll(leaf instanceof String[] row ? Arrays.asList(row) : List.of((String) leaf));
    }
    if (!texts.isEmpty() && FLAGS.containsAll(texts)) {
      boolean[] flags = new boolean[texts.size()];
      for (int k = 0; k < flags.length; k++) {
        flags[k] = texts.get(k).equals("TRUE");
      }
      return new Hdf5Array(Tensor.of(flags, shape), null);
    }
    return new Hdf5Array(null, texts);
  }

  private static <T> T joined(List<Object> leaves, T all) {
    int at = 0;
    for (Object leaf : leaves) {
      java.lang.System.arraycopy(leaf, 0, all, at, Array.getLength(leaf));
      at += Array.getLength(leaf);
    }
    return all;
  }

  /** Single numbers, and unsigned ones of 64 bits, which come as objects. */
  private static long[] singles(List<Object> leaves) {
    long[] all = new long[leaves.size()];
    for (int k = 0; k < all.length; k++) {
      all[k] = ((Number) leaves.get(k)).longValue();
    }
    return all;
  }

  private static long[] widened(List<Object> leaves, int size) {
    long[] all = new long[size];
    int at = 0;
    for (Object leaf : leaves) {
      for (int k = 0; k < Array.getLength(leaf); k++) {
        all[at++] = Array.getLong(leaf, k);
      }
    }
    return all;
  }
}
