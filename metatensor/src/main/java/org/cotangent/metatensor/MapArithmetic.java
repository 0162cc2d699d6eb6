package org.cotangent.metatensor;

/** {@link Arithmetic} as methods of {@link TensorMap}. */
public sealed interface MapArithmetic permits TensorMap {
  private TensorMap self() {
    return (TensorMap) this;
  }

  /** Returns this + b; see {@link Arithmetic#add(TensorMap, TensorMap)}. */
  default TensorMap add(TensorMap b) {
    return Arithmetic.add(self(), b);
  }

  /** Returns this + b. */
  default TensorMap add(double b) {
    return Arithmetic.add(self(), b);
  }

  /** Returns this - b; see {@link Arithmetic#subtract(TensorMap, TensorMap)}. */
  default TensorMap subtract(TensorMap b) {
    return Arithmetic.subtract(self(), b);
  }

  /** Returns this - b. */
  default TensorMap subtract(double b) {
    return Arithmetic.subtract(self(), b);
  }

  /** Returns this·b, element by element; see {@link Arithmetic#multiply(TensorMap, TensorMap)}. */
  default TensorMap multiply(TensorMap b) {
    return Arithmetic.multiply(self(), b);
  }

  /** Returns this·b. */
  default TensorMap multiply(double b) {
    return Arithmetic.multiply(self(), b);
  }

  /** Returns this/b, element by element; see {@link Arithmetic#divide(TensorMap, TensorMap)}. */
  default TensorMap divide(TensorMap b) {
    return Arithmetic.divide(self(), b);
  }

  /** Returns this/b. */
  default TensorMap divide(double b) {
    return Arithmetic.divide(self(), b);
  }

  /** Returns this + b over the union; see {@link Arithmetic#addOverUnion(TensorMap, TensorMap)}. */
  default TensorMap addOverUnion(TensorMap b) {
    return Arithmetic.addOverUnion(self(), b);
  }

  /** Returns this - b over the union; see {@link Arithmetic#addOverUnion(TensorMap, TensorMap)}. */
  default TensorMap subtractOverUnion(TensorMap b) {
    return Arithmetic.subtractOverUnion(self(), b);
  }

  /** Returns the elements to a power; see {@link Arithmetic#pow(TensorMap, double)}. */
  default TensorMap pow(double exponent) {
    return Arithmetic.pow(self(), exponent);
  }

  /** Returns the absolute values; the gradient at 0 is 0. */
  default TensorMap abs() {
    return Arithmetic.abs(self());
  }

  /** Returns the products over the properties; see {@link Arithmetic#dot(TensorMap, TensorMap)}. */
  default TensorMap dot(TensorMap b) {
    return Arithmetic.dot(self(), b);
  }
}
