package org.cotangent.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EinsumTest {
  private final SplittableRandom random = new SplittableRandom(7);

  private Tensor random(int... shape) {
    Tensor zeros = Tensor.zeros(DType.FLOAT64, shape);
    return Tensor.of(random.doubles(zeros.size(), -1, 1).toArray(), shape);
  }

  private static void assertClose(Tensor expected, Tensor actual) {
    assertEquals(expected.shape(), actual.shape());
    assertArrayEquals(expected.toDoubleArray(), actual.toDoubleArray(), 1e-12);
  }

  @Test
  void aMatrixProductIsOneMatmulWhateverTheOrientation() {
    Tensor x = random(4, 3).variable();
    Tensor y = random(4, 5).variable();
    Tensor z = Tensor.einsum("ki,kj->ij", x, y);
    assertClose(x.t().matmul(y), z);
    assertEquals(new Product.MatMul(true, false), z.primitive().orElseThrow());
    assertEquals(List.of(x, y), z.operands());
  }

  @Test
  void theOutputMayExchangeTheOperandsWithoutATranspose() {
    Tensor x = random(3, 4).variable();
    Tensor y = random(5, 4).variable();
    Tensor z = Tensor.einsum("ik,jk->ji", x, y);
    assertClose(y.matmul(x.t()), z);
    assertEquals(List.of(y, x), z.operands());
  }

  @Test
  void aChainIsContractedInTheCheapestOrder() {
    Tensor narrow = random(1, 50).variable();
    Tensor x = random(50, 60).variable();
    Tensor y = random(60, 70).variable();
    Tensor z = Tensor.einsum("ab,bc,cd->ad", narrow, x, y);
    assertClose(narrow.matmul(x).matmul(y), z);
    assertTrue(largest(z, 0) <= 60 * 70, "a product of the two large matrices was made");
    Tensor other = Tensor.einsum("cd,bc,ab->ad", y, x, narrow);
    assertClose(z, other);
    assertTrue(other.operands().stream().allMatch(operand -> operand == y || operand.size() <= 70));
  }

  private static int largest(Tensor x, int depth) {
    int size = x.size();
    for (Tensor operand : x.operands()) {
      size = Math.max(size, largest(operand, depth + 1));
    }
    return size;
  }

  @Test
  void manyOperandsAreContractedPairByPair() {
    Tensor[] matrices = new Tensor[8];
    Tensor product = Matrix.identity(3);
    for (int k = 0; k < matrices.length; k++) {
      matrices[k] = random(3, 3);
      product = product.matmul(matrices[k]);
    }
    assertClose(product, Tensor.einsum("ab,bc,cd,de,ef,fg,gh,hi->ai", matrices));
  }

  private static final class Matrix {
    static Tensor identity(int n) {
      Tensor ones = Tensor.full(DType.FLOAT64, 1, n, n);
      return ones.tril(0).multiply(ones.triu(0));
    }
  }

  @Test
  void commonAxesInAnotherOrderAreMatchedByName() {
    Tensor x = random(2, 3, 4);
    Tensor y = random(4, 3, 5);
    Tensor expected = x.transpose(0, 2, 1).reshape(2, 12).matmul(y.reshape(12, 5));
    assertClose(expected, Tensor.einsum("iab,baj->ij", x, y));
  }

  @Test
  void anEllipsisBroadcasts() {
    Tensor x = random(2, 1, 3, 4);
    Tensor y = random(5, 4, 2);
    assertClose(x.matmul(y), Tensor.einsum("...ij,...jk->...ik", x, y));
  }

  @Test
  void anEllipsisThatTheOutputDoesNotNameIsSummed() {
    Tensor x = random(2, 3, 4);
    assertClose(x.sum(0, 1), Tensor.einsum("...i->i", x));
  }

  @Test
  void axesOfNothingGiveZeros() {
    Tensor z = Tensor.einsum("ij,jk->ik", random(2, 0), random(0, 3));
    assertArrayEquals(new double[6], z.toDoubleArray());
  }

  @Test
  void aDiagonalHasDerivativesOnTheDiagonalOnly() {
    Tensor g = Derivatives.grad(x -> Tensor.einsum("ii->", x.square())).apply(random(3, 3));
    assertTrue(g.get(0, 1) == 0);
    assertTrue(g.get(1, 1) != 0);
  }

  @Test
  void aLetterMustHaveOneLength() {
    IllegalArgumentException problem =
        assertThrows(
            IllegalArgumentException.class,
            () -> Tensor.einsum("ij,jk->ik", random(2, 3), random(2, 4)));
    assertTrue(problem.getMessage().contains("'j'"), problem.getMessage());
  }

  @Test
  void aTensordotWithoutAxesIsTheOuterProduct() {
    Tensor x = random(2);
    Tensor y = random(3);
    assertClose(x.outer(y), x.tensordot(y, 0));
  }
}
