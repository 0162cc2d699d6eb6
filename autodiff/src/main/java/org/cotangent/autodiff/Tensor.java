package org.cotangent.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cotangent.autodiff.internal.TensorData;
import org.jspecify.annotations.Nullable;

/**
 * An immutable n-dimensional array of numbers, and, when recorded, the place on the tape that made
 * it.
 *
 * <p>Elements are stored contiguously in row-major order in one Java array (see {@link DType}). No
 * method changes a tensor. {@link #variable} starts a recording: every operation on a recorded
 * tensor is recorded too, and {@link Derivatives} differentiates along the record.
 *
 * <p>Tensors may be shared freely between threads.
 */
public final class Tensor
    implements Arithmetic,
        Functions,
        Reductions,
        Normalizations,
        Reshaping,
        Extending,
        Selecting,
        Ordering,
        Products,
        Comparisons {
  static {
    TensorData.register(
        new TensorData() {
          @Override
          protected Object read(Tensor tensor) {
            return tensor.data;
          }

          @Override
          protected Tensor create(DType dtype, Shape shape, Object data) {
            if (data.getClass().componentType() != dtype.component()) {
              throw new IllegalArgumentException(
                  "a tensor of "
                      + dtype
                      + " cannot keep its elements in a "
                      + data.getClass().getSimpleName());
            }
            checkLength(dtype, shape, data);
            return new Tensor(dtype, shape, data);
          }
        });
  }

  static final Tensor[] NONE = {};

  final Object data;
  final Shape shape;
  final DType dtype;

  /** The operation that made this tensor, null when it is not recorded. */
  final @Nullable Primitive primitive;

  /** The operands of {@link #primitive}; empty when not recorded. */
  final Tensor[] operands;

  /** Spreads tensors over the tables of a walk; made from a racy counter, as any number will do. */
  final int hash;

  private static int hashes = 0;

  /** A constant. */
  Tensor(DType dtype, Shape shape, Object data) {
    this(dtype, shape, data, null, NONE);
  }

  Tensor(DType dtype, Shape shape, Object data, @Nullable Primitive primitive, Tensor[] operands) {
    this.dtype = dtype;
    this.shape = shape;
    this.data = data;
    this.primitive = primitive;
    this.operands = operands;
    this.hash = primitive == null ? 0 : hashes++;
  }

  /** Returns the result of a primitive of one operand, recorded if the operand is. */
  static Tensor result(DType dtype, Shape shape, Object data, Primitive primitive, Tensor x) {
    if (NanCheck.scopes != 0) {
      NanCheck.check(shape, data, primitive, x);
    }
    return x.primitive != null && Recording.isOn()
        ? new Tensor(dtype, shape, data, primitive, new Tensor[] {x})
        : new Tensor(dtype, shape, data);
  }

  /** Returns the result of a primitive of two operands, recorded if one of them is. */
  static Tensor result(
      DType dtype, Shape shape, Object data, Primitive primitive, Tensor x, Tensor y) {
    if (NanCheck.scopes != 0) {
      NanCheck.check(shape, data, primitive, x, y);
    }
    return (x.primitive != null || y.primitive != null) && Recording.isOn()
        ? new Tensor(dtype, shape, data, primitive, new Tensor[] {x, y})
        : new Tensor(dtype, shape, data);
  }

  /** Returns the result of a primitive, recorded if one of its operands is. */
  static Tensor result(
      DType dtype, Shape shape, Object data, Primitive primitive, Tensor[] operands) {
    if (NanCheck.scopes != 0) {
      NanCheck.check(shape, data, primitive, operands);
    }
    for (Tensor operand : operands) {
      if (operand.primitive != null) {
        return Recording.isOn()
            ? new Tensor(dtype, shape, data, primitive, operands)
            : new Tensor(dtype, shape, data);
      }
    }
    return new Tensor(dtype, shape, data);
  }

  /**
   * Returns the same value as a tensor by which one can differentiate. If this tensor is recorded
   * itself, derivatives pass through to it as well.
   *
   * @throws IllegalArgumentException if the elements are not float64 or float32
   */
  public Tensor variable() {
    if (!dtype.isDifferentiable()) {
      throw new IllegalArgumentException(
          "a tensor of " + dtype + " cannot be differentiated; cast it to f64 or f32 first");
    }
    return primitive == null
        ? new Tensor(dtype, shape, data, Source.VARIABLE, NONE)
        : new Tensor(dtype, shape, data, Source.IDENTITY, new Tensor[] {this});
  }

  /** Returns the same value as a constant: derivatives end here. */
  public Tensor stopGradient() {
    return primitive == null ? this : Source.STOP_GRADIENT.apply(this);
  }

  /** Returns the same value without its record, as if it had been read from a file. */
  public Tensor detach() {
    return primitive == null ? this : new Tensor(dtype, shape, data);
  }

  /** Returns whether this tensor is a variable or was computed from one. */
  public boolean isRecorded() {
    return primitive != null;
  }

  /** Returns the operation that made this tensor, empty for constants. */
  public Optional<Primitive> primitive() {
    return Optional.ofNullable(primitive);
  }

  /** Returns the tensors that this one was computed from; empty for constants and variables. */
  public List<Tensor> operands() {
    return List.of(operands);
  }

  // ---------------------------------------------------------------------------- construction

  /** Returns a float64 scalar. */
  public static Tensor of(double value) {
    return new Tensor(DType.FLOAT64, Shape.SCALAR, new double[] {value});
  }

  /** Returns a float64 vector with a copy of these elements, shape {@code [values.length]}. */
  public static Tensor of(double[] values) {
    return new Tensor(DType.FLOAT64, Shape.of(values.length), values.clone());
  }

  /**
   * Returns a float64 tensor with a copy of these elements, in row-major order.
   *
   * @throws IllegalArgumentException if the shape does not hold exactly {@code values.length}
   *     elements
   */
  public static Tensor of(double[] values, int... shape) {
    return copyOf(DType.FLOAT64, values.clone(), shape);
  }

  /** Returns a float64 matrix {@code [rows.length, rows[0].length]}. */
  public static Tensor of(double[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    double[] values = new double[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new IllegalArgumentException(
            "row " + i + " has " + rows[i].length + " entries, row 0 has " + columns);
      }
      System.arraycopy(rows[i], 0, values, i * columns, columns);
    }
    return new Tensor(DType.FLOAT64, Shape.of(rows.length, columns), values);
  }

  /** As {@link #of(double[], int...)}, for float32. */
  public static Tensor of(float[] values, int... shape) {
    return copyOf(DType.FLOAT32, values.clone(), shape);
  }

  /** As {@link #of(double[], int...)}, for int32. */
  public static Tensor of(int[] values, int... shape) {
    return copyOf(DType.INT32, values.clone(), shape);
  }

  /** As {@link #of(double[], int...)}, for int64. */
  public static Tensor of(long[] values, int... shape) {
    return copyOf(DType.INT64, values.clone(), shape);
  }

  /** As {@link #of(double[], int...)}, for truth values. */
  public static Tensor of(boolean[] values, int... shape) {
    return copyOf(DType.BOOL, values.clone(), shape);
  }

  private static Tensor copyOf(DType dtype, Object data, int[] dims) {
    Shape shape = Shape.of(dims);
    checkLength(dtype, shape, data);
    return new Tensor(dtype, shape, data);
  }

  static void checkLength(DType dtype, Shape shape, Object data) {
    int length = java.lang.reflect.Array.getLength(data);
    if ((long) shape.size() * dtype.width() != length) {
      throw new IllegalArgumentException(
          "shape "
              + shape
              + " holds "
              + shape.size()
              + " elements of "
              + dtype
              + ", the array has "
              + length
              + " entries");
    }
  }

  /** Returns zeros of the given type and shape. */
  public static Tensor zeros(DType dtype, int... shape) {
    return zeros(dtype, Shape.of(shape));
  }

  /** Returns zeros of the given type and shape. */
  public static Tensor zeros(DType dtype, Shape shape) {
    return new Tensor(dtype, shape, Workspace.zeros(dtype, shape.size()));
  }

  /** Returns a tensor whose every element is {@code value}, rounded to the type. */
  public static Tensor full(DType dtype, double value, int... shape) {
    return full(dtype, value, Shape.of(shape));
  }

  /** Returns a tensor whose every element is {@code value}, rounded to the type. */
  public static Tensor full(DType dtype, double value, Shape shape) {
    Object data = Workspace.zeros(dtype, shape.size());
    switch (data) {
      case double[] a when dtype == DType.FLOAT64 -> Arrays.fill(a, value);
      case float[] a when dtype == DType.FLOAT32 -> Arrays.fill(a, (float) value);
      case int[] a -> Arrays.fill(a, (int) value);
      case long[] a -> Arrays.fill(a, (long) value);
      case short[] a when dtype == DType.FLOAT16 ->
          Arrays.fill(a, Float.floatToFloat16((float) value));
      case short[] a -> Arrays.fill(a, (short) value);
      case byte[] a -> Arrays.fill(a, (byte) value);
      case boolean[] a -> Arrays.fill(a, value != 0);
      case double[] a -> {
        for (int i = 0; i < a.length; i += 2) {
          a[i] = value;
        }
      }
      case float[] a -> {
        for (int i = 0; i < a.length; i += 2) {
          a[i] = (float) value;
        }
      }
      default -> throw new AssertionError(dtype);
    }
    return new Tensor(dtype, shape, data);
  }

  /**
   * Returns the int32 vector 0, 1, …, {@code count}-1.
   *
   * @throws IllegalArgumentException if {@code count} is negative
   */
  public static Tensor arange(int count) {
    Shape shape = Shape.of(count);
    int[] values = new int[count];
    Arrays.setAll(values, i -> i);
    return new Tensor(DType.INT32, shape, values);
  }

  /**
   * Returns these tensors one after the other along an axis; their other axes are equal.
   *
   * @throws IllegalArgumentException if there are none, or their types or other axes differ
   */
  public static Tensor concatenate(int axis, List<Tensor> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("concatenate needs at least one tensor");
    }
    Tensor first = parts.getFirst();
    int at = first.shape().axis("concatenate", axis);
    return parts.size() == 1
        ? first
        : new Joining.Concatenate(at).apply(parts.toArray(Tensor[]::new));
  }

  /**
   * Returns these tensors, all of one shape, one after the other along a new axis of the result.
   *
   * @throws IllegalArgumentException if there are none, or their types or shapes differ
   */
  public static Tensor stack(int axis, List<Tensor> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("stack needs at least one tensor");
    }
    Tensor first = parts.getFirst();
    List<Tensor> unsqueezed = new ArrayList<>(parts.size());
    for (Tensor part : parts) {
      if (!part.shape().equals(first.shape())) {
        throw Errors.shapes("stack", first, part, "all shapes must be equal");
      }
      unsqueezed.add(part.unsqueeze(axis));
    }
    return concatenate(axis, unsqueezed);
  }

  /**
   * Returns the sum of products that an equation names: one letter per axis, operands separated by
   * commas, {@code ->}, and the letters of the result. A letter that the result does not have is
   * summed over; a letter twice in one operand takes the diagonal; {@code ...} stands for further
   * axes, which broadcast. Without {@code ->} the result has the ellipsis axes and then, in
   * alphabetical order (capital letters first), the letters that occur once. Blanks are ignored.
   *
   * <p>{@code einsum("bij,bjk->bik", x, y)} is a batched matrix product.
   *
   * @throws IllegalArgumentException if the equation is malformed or does not fit the operands
   */
  public static Tensor einsum(String equation, Tensor... operands) {
    return Einsum.evaluate(equation, operands);
  }

  // ---------------------------------------------------------------------------- inspection

  /** Returns the shape. */
  public Shape shape() {
    return shape;
  }

  /** Returns the element type. */
  public DType dtype() {
    return dtype;
  }

  /** Returns the number of axes. */
  public int rank() {
    return shape.rank();
  }

  /** Returns the number of elements. */
  public int size() {
    return shape.size();
  }

  /** Returns the length of an axis; negative axes count from the end. */
  public int dim(int axis) {
    return shape.dim(axis);
  }

  /**
   * Returns the only element.
   *
   * @throws IllegalStateException if the tensor does not have exactly one element
   */
  public double item() {
    if (size() != 1) {
      throw new IllegalStateException(
          "item() needs a tensor of one element, this one has shape " + shape);
    }
    return at(0);
  }

  /**
   * Returns the element at these indices (one per axis; negative ones count from the end),
   * converted to double.
   *
   * @throws IndexOutOfBoundsException if an index is outside its axis
   * @throws IllegalArgumentException if the number of indices is not the rank
   */
  public double get(int... index) {
    if (index.length != rank()) {
      throw new IllegalArgumentException(index.length + " indices for a tensor of shape " + shape);
    }
    int flat = 0;
    for (int k = 0; k < index.length; k++) {
      int dim = shape.dim(k);
      int entry = index[k] < 0 ? index[k] + dim : index[k];
      if (entry < 0 || entry >= dim) {
        throw new IndexOutOfBoundsException(
            "shape " + shape + " has no element at " + Arrays.toString(index));
      }
      flat = flat * dim + entry;
    }
    return at(flat);
  }

  /**
   * Returns the element at a position in row-major order, converted to double (the real part of a
   * complex number).
   *
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public double at(int flat) {
    if (flat < 0 || flat >= shape.size()) {
      throw new IndexOutOfBoundsException("shape " + shape + " has no element " + flat);
    }
    return switch (data) {
      case double[] a -> a[flat * dtype.width()];
      case float[] a -> a[flat * dtype.width()];
      case int[] a -> dtype == DType.UINT32 ? Integer.toUnsignedLong(a[flat]) : a[flat];
      case long[] a -> dtype == DType.UINT64 ? unsigned(a[flat]) : a[flat];
      case boolean[] a -> a[flat] ? 1 : 0;
      case short[] a ->
          switch (dtype) {
            case FLOAT16 -> Float.float16ToFloat(a[flat]);
            case UINT16 -> Short.toUnsignedInt(a[flat]);
            default -> a[flat];
          };
      case byte[] a -> dtype == DType.UINT8 ? Byte.toUnsignedInt(a[flat]) : a[flat];
      default -> throw new AssertionError(dtype);
    };
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
  }

  /** Returns a copy of the elements in row-major order, converted to double. */
  public double[] toDoubleArray() {
    if (dtype == DType.FLOAT64) {
      return ((double[]) data).clone();
    }
    double[] out = new double[size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = at(i);
    }
    return out;
  }

  /** Returns a copy of the elements in row-major order, rounded to float. */
  public float[] toFloatArray() {
    if (dtype == DType.FLOAT32) {
      return ((float[]) data).clone();
    }
    float[] out = new float[size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) at(i);
    }
    return out;
  }

  /**
   * Returns a copy of the elements of an integer tensor in row-major order.
   *
   * @throws ArithmeticException if an int64 element does not fit
   * @throws IllegalStateException if the elements are not int32 or int64
   */
  public int[] toIntArray() {
    return switch (dtype) {
      case INT32 -> ((int[]) data).clone();
      case INT64 -> Arrays.stream((long[]) data).mapToInt(Math::toIntExact).toArray();
      default ->
          throw new IllegalStateException("a tensor of " + dtype + " does not hold integers");
    };
  }

  /** Returns a copy of the elements of an int32 or int64 tensor in row-major order. */
  public long[] toLongArray() {
    return switch (dtype) {
      case INT64 -> ((long[]) data).clone();
      case INT32 -> Arrays.stream((int[]) data).asLongStream().toArray();
      default ->
          throw new IllegalStateException("a tensor of " + dtype + " does not hold integers");
    };
  }

  /** Returns a copy of the elements of a bool tensor in row-major order. */
  public boolean[] toBooleanArray() {
    if (dtype != DType.BOOL) {
      throw new IllegalStateException("a tensor of " + dtype + " does not hold truth values");
    }
    return ((boolean[]) data).clone();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Tensor").append(shape).append(' ').append(dtype);
    int shown = Math.min(size(), 12);
    text.append(" {");
    for (int i = 0; i < shown; i++) {
      text.append(i == 0 ? "" : ", ").append(at(i));
    }
    return text.append(shown < size() ? ", …}" : "}").toString();
  }
}
