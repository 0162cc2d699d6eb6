package org.cotangent.autodiff;

// @start region="primitive"
/** exp(-(r - c)²/2σ²) for distances r and centers c of one shape. */
record RadialGaussian(double sigma) implements CustomPrimitive {
  static Tensor of(Tensor distances, Tensor centers, double sigma) {
    if (!distances.shape().equals(centers.shape())) {
      throw new IllegalArgumentException(
          "there are distances " + distances.shape() + " for centers " + centers.shape());
    }
    return new RadialGaussian(sigma).apply(distances, centers);
  }

  @Override
  public String label() {
    return "radial_gaussian";
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    double[] r = operands[0].toDoubleArray();
    double[] c = operands[1].toDoubleArray();
    double[] values = new double[r.length];
    for (int i = 0; i < values.length; i++) {
      double z = (r[i] - c[i]) / sigma;
      values[i] = Math.exp(-0.5 * z * z);
    }
    return Tensor.of(values, operands[0].shape().toArray());
  }

  /** ∂y/∂r = -y·(r - c)/σ², and the opposite by c. The Jacobian is diagonal: vjp is jvp. */
  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    Tensor away = operands[0].subtract(operands[1]);
    double scale = (operand == 0 ? -1 : 1) / (sigma * sigma);
    return cotangent.multiply(result).multiply(away).multiply(scale);
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return vjp(operand, tangent, operands, result);
  }
}
// @end
