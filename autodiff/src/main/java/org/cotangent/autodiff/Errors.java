package org.cotangent.autodiff;

/** Builds the messages about wrong operands, so that they all read alike. */
final class Errors {
  private Errors() {}

  static IllegalArgumentException notFloating(String operation, Tensor x) {
    return new IllegalArgumentException(
        operation
            + " needs elements of f64 or f32, got "
            + x.dtype
            + x.shape
            + "; use cast() first");
  }

  static IllegalArgumentException mixedTypes(String operation, Tensor x, Tensor y) {
    return new IllegalArgumentException(
        operation
            + " needs operands of one element type, got "
            + x.dtype
            + x.shape
            + " and "
            + y.dtype
            + y.shape
            + "; use cast() on one of them");
  }

  static IllegalArgumentException shapes(String operation, Tensor x, Tensor y, String rule) {
    return new IllegalArgumentException(
        operation + ": shapes " + x.shape + " and " + y.shape + " do not fit: " + rule);
  }

  static IllegalArgumentException shape(String operation, Tensor x, String rule) {
    return new IllegalArgumentException(operation + ": shape " + x.shape + " " + rule);
  }

  /** A result that has no derivative, because its elements are integers or truth values. */
  static IllegalArgumentException noDerivative(String asked, Tensor y) {
    return new IllegalArgumentException(
        asked
            + ": the result"
            + (y.primitive == null ? "" : " of " + y.primitive.label())
            + " holds "
            + y.dtype
            + y.shape
            + ", which has no derivative");
  }
}
