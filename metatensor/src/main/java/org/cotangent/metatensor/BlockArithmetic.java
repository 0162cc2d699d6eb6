package org.cotangent.metatensor;

/** {@link Arithmetic} as methods of {@link TensorBlock}. */
public sealed interface BlockArithmetic permits TensorBlock {
  private TensorBlock self() {
    return (TensorBlock) this;
  }

  /** Returns this + b; see {@link Arithmetic#add(TensorBlock, TensorBlock)}. */
  default TensorBlock add(TensorBlock b) {
    return Arithmetic.add(self(), b);
  }

  /** Returns this + b. */
  default TensorBlock add(double b) {
    return Arithmetic.add(self(), b);
  }

  /** Returns this - b; see {@link Arithmetic#subtract(TensorBlock, TensorBlock)}. */
  default TensorBlock subtract(TensorBlock b) {
    return Arithmetic.subtract(self(), b);
  }

  /** Returns this - b. */
  default TensorBlock subtract(double b) {
    return Arithmetic.subtract(self(), b);
  }

  /**
   * Returns this·b, element by element; see {@link Arithmetic#multiply(TensorBlock, TensorBlock)}.
   */
  default TensorBlock multiply(TensorBlock b) {
    return Arithmetic.multiply(self(), b);
  }

  /** Returns this·b. */
  default TensorBlock multiply(double b) {
    return Arithmetic.multiply(self(), b);
  }

  /**
   * Returns this/b, element by element; see {@link Arithmetic#divide(TensorBlock, TensorBlock)}.
   */
  default TensorBlock divide(TensorBlock b) {
    return Arithmetic.divide(self(), b);
  }

  /** Returns this/b. */
  default TensorBlock divide(double b) {
    return Arithmetic.divide(self(), b);
  }

  /**
   * Returns this + b over the union; see {@link Arithmetic#addOverUnion(TensorBlock, TensorBlock)}.
   */
  default TensorBlock addOverUnion(TensorBlock b) {
    return Arithmetic.addOverUnion(self(), b);
  }

  /**
   * Returns this - b over the union; see {@link Arithmetic#addOverUnion(TensorBlock, TensorBlock)}.
   */
  default TensorBlock subtractOverUnion(TensorBlock b) {
    return Arithmetic.subtractOverUnion(self(), b);
  }

  /** Returns the elements to a power; see {@link Arithmetic#pow(TensorBlock, double)}. */
  default TensorBlock pow(double exponent) {
    return Arithmetic.pow(self(), exponent);
  }

  /** Returns the absolute values; the gradient at 0 is 0. */
  default TensorBlock abs() {
    return Arithmetic.abs(self());
  }

  /**
   * Returns the products over the properties; see {@link Arithmetic#dot(TensorBlock, TensorBlock)}.
   */
  default TensorBlock dot(TensorBlock b) {
    return Arithmetic.dot(self(), b);
  }
}
