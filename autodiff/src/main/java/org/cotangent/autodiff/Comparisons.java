package org.cotangent.autodiff;

/**
 * Truth values from tensors, element by element, with broadcasting. No derivative passes through
 * them. Both tensors are of one type: f64, f32, i64, i32 or bool (false &lt; true). Integers
 * compare exactly; numbers given as double are rounded to the type of f32 tensors, and refused
 * where integers cannot be equal to them.
 */
public sealed interface Comparisons permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  private Tensor constant(double y) {
    Tensor constant = Tensor.full(self().dtype(), y, Shape.SCALAR);
    if (!self().dtype().isDifferentiable() && constant.item() != y) {
      throw new IllegalArgumentException(
          "a tensor of "
              + self().dtype()
              + " cannot be compared with "
              + y
              + ", which that type does not have; use cast() first");
    }
    return constant;
  }

  /** Returns x &lt; y. */
  default Tensor lessThan(Tensor y) {
    return Comparison.LESS.apply(self(), y);
  }

  /** Returns x &lt; y. */
  default Tensor lessThan(double y) {
    return lessThan(constant(y));
  }

  /** Returns x ≤ y. */
  default Tensor lessOrEqual(Tensor y) {
    return Comparison.LESS_OR_EQUAL.apply(self(), y);
  }

  /** Returns x ≤ y. */
  default Tensor lessOrEqual(double y) {
    return lessOrEqual(constant(y));
  }

  /** Returns x &gt; y. */
  default Tensor greaterThan(Tensor y) {
    return y.lessThan(self());
  }

  /** Returns x &gt; y. */
  default Tensor greaterThan(double y) {
    return greaterThan(constant(y));
  }

  /** Returns x ≥ y. */
  default Tensor greaterOrEqual(Tensor y) {
    return y.lessOrEqual(self());
  }

  /** Returns x ≥ y. */
  default Tensor greaterOrEqual(double y) {
    return greaterOrEqual(constant(y));
  }

  /** Returns x = y. */
  default Tensor equalTo(Tensor y) {
    return Comparison.EQUAL.apply(self(), y);
  }

  /** Returns x = y. */
  default Tensor equalTo(double y) {
    return equalTo(constant(y));
  }

  /** Returns x ≠ y. */
  default Tensor notEqualTo(Tensor y) {
    return Comparison.NOT_EQUAL.apply(self(), y);
  }

  /**
   * Returns whether this is false.
   *
   * @throws IllegalArgumentException if this tensor is not bool
   */
  default Tensor not() {
    if (self().dtype() != DType.BOOL) {
      throw new IllegalArgumentException(
          "not: needs elements of bool, got " + self().dtype() + self().shape());
    }
    return equalTo(0);
  }

  /** Returns whether both are true (not zero). */
  default Tensor and(Tensor y) {
    return Comparison.AND.apply(self(), y);
  }

  /** Returns whether at least one is true (not zero). */
  default Tensor or(Tensor y) {
    return Comparison.OR.apply(self(), y);
  }

  /**
   * Returns x where this tensor is true, else y; all three broadcast. The one not taken gets
   * gradient exactly 0, whatever its value.
   *
   * @throws IllegalArgumentException if this tensor is not bool
   */
  default Tensor where(Tensor x, Tensor y) {
    return Selection.where(self(), x, y);
  }
}
