package org.cotangent.atomistic.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
  private static double parse(String text) {
    byte[] padded = ("x" + text + "7").getBytes(StandardCharsets.UTF_8);
    return Decimal.parseDouble(padded, 1, padded.length - 1);
  }

  @Test
  void everyNumberIsRoundedAsTheExactDecimalIs() {
    Random random = new Random(11);
    for (int trial = 0; trial < 200_000; trial++) {
      long digits = random.nextLong() >>> (1 + random.nextInt(62));
      int point = random.nextInt(30);
      BigDecimal exact = new BigDecimal(digits).movePointLeft(point);
      String plain = (random.nextBoolean() ? "-" : "") + exact.toPlainString();
      assertEquals(Double.parseDouble(plain), parse(plain), plain);
      String scientific = digits + "e" + (random.nextInt(60) - 30);
      assertEquals(Double.parseDouble(scientific), parse(scientific), scientific);
    }
  }

  @Test
  void everyDoubleComesBackFromItsText() {
    Random random = new Random(12);
    for (int trial = 0; trial < 200_000; trial++) {
      double value = Double.longBitsToDouble(random.nextLong());
      assertEquals(value, parse(Double.toString(value)));
    }
  }

  @Test
  void theEdgesOfTheExactRangeAreRight() {
    for (String text :
        new String[] {
          "9007199254740992",
          "9007199254740993",
          "9007199254740991e22",
          "900719925474099.1e-22",
          "1e22",
          "1e23",
          "1e-22",
          "1e-23",
          "0.1e400",
          "1e-400",
          "-0",
          "+.5",
          "5.",
          "-5.E-1",
          "0.000000000000000000000000000000000001",
          "00000000000000000000000000001.5"
        }) {
      assertEquals(Double.parseDouble(text), parse(text), text);
    }
  }

  @Test
  void readsWhatPythonReads() {
    assertEquals(Double.NaN, parse("nan"));
    assertEquals(Double.POSITIVE_INFINITY, parse("+Inf"));
    assertEquals(Double.NEGATIVE_INFINITY, parse("-INFINITY"));
    assertEquals(1000.25, parse("1_000.2_5"));
    assertEquals(-1.5e10, parse("-1_5e0_9"));
    assertEquals(1e30, parse("1_000e2_7"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "-", ".", "e5", "1e", "1e+", "1d3", "1f", "0x10", "1.2.3", "--1", "1 2", "in", "nano",
        "1_", "_1", "1__0", "1_.5", "1._5", "1_e5", "1e_5", "-_1", "½"
      })
  void refusesEverythingElse(String text) {
    assertThrows(NumberFormatException.class, () -> parse(text));
  }

  @Test
  void integersMustFitInto64Bits() {
    byte[] largest = "9223372036854775807".getBytes(StandardCharsets.UTF_8);
    assertEquals(Long.MAX_VALUE, Decimal.parseLong(largest, 0, largest.length));
    byte[] larger = "9223372036854775808".getBytes(StandardCharsets.UTF_8);
    assertThrows(NumberFormatException.class, () -> Decimal.parseLong(larger, 0, larger.length));
  }
}
