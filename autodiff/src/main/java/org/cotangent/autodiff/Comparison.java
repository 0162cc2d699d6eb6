package org.cotangent.autodiff;

import org.jspecify.annotations.Nullable;

/**
 * Truth values from two tensors, element by element, with NumPy's broadcasting. They are not
 * differentiable: no derivative passes through a comparison.
 */
enum Comparison implements Primitive {
  LESS("less"),
  LESS_OR_EQUAL("less_or_equal"),
  EQUAL("equal"),
  NOT_EQUAL("not_equal"),
  AND("and"),
  OR("or");

  private final String label;

  Comparison(String label) {
    this.label = label;
  }

  /**
   * 1 where x is larger than y, one half where they are equal, 0 elsewhere: how ties are shared.
   */
  static Tensor share(Tensor x, Tensor y) {
    Tensor larger = y.lessThan(x).cast(x.dtype);
    return larger.add(x.equalTo(y).cast(x.dtype).multiply(0.5));
  }

  Tensor apply(Tensor x, Tensor y) {
    if (x.dtype != y.dtype) {
      throw Errors.mixedTypes(label, x, y);
    }
    Tensor value = evaluate(x, y);
    return Tensor.result(DType.BOOL, value.shape, value.data, this, x, y);
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    Tensor x = operands[0];
    Tensor y = operands[1];
    Shape shape = Shape.broadcast(label, x.shape, y.shape);
    boolean[] out = new boolean[shape.size()];
    BroadcastLoop at = new BroadcastLoop(x.shape, y.shape, shape);
    while (at.next()) {
      switch (x.dtype) {
        case FLOAT64 -> ComparisonLoops.run(this, (double[]) x.data, (double[]) y.data, at, out);
        case FLOAT32 -> ComparisonLoops.run(this, (float[]) x.data, (float[]) y.data, at, out);
        case INT64 -> ComparisonLoops.run(this, (long[]) x.data, (long[]) y.data, at, out);
        case INT32 -> ComparisonLoops.run(this, (int[]) x.data, (int[]) y.data, at, out);
        case BOOL -> ComparisonLoops.run(this, (boolean[]) x.data, (boolean[]) y.data, at, out);
        default ->
            throw new IllegalArgumentException(
                label
                    + " needs elements of f64, f32, i64, i32 or bool, got "
                    + x.dtype
                    + x.shape
                    + "; use cast() first");
      }
    }
    return new Tensor(DType.BOOL, shape, out);
  }

  @Override
  public @Nullable Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    return null;
  }

  @Override
  public @Nullable Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return null;
  }

  @Override
  public boolean isDifferentiable(int operand) {
    return false;
  }
}
