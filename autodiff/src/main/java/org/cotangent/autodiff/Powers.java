package org.cotangent.autodiff;

/** The derivatives of xʸ, with the limits that users expect where x is 0. */
final class Powers {
  private Powers() {}

  /** t·y·xʸ⁻¹, and 0 where y is 0: x⁰ is constant even at x = 0. */
  static Tensor byBase(Tensor t, Tensor x, Tensor y, Tensor z) {
    Tensor slope = y.multiply(x.pow(y.subtract(1)));
    return t.multiply(Selection.where(y.equalTo(0).broadcastLike(slope), slope.zerosLike(), slope));
  }

  /** t·xʸ·log x, and 0 where x is 0 and y is not negative: there 0ʸ does not change with y. */
  static Tensor byExponent(Tensor t, Tensor x, Tensor y, Tensor z) {
    Tensor flat = x.equalTo(0).and(y.greaterOrEqual(0));
    Tensor base = x.broadcastLike(z);
    Tensor safe = Selection.where(flat, base.zerosLike().add(1), base);
    return t.multiply(z).multiply(safe.log());
  }
}
