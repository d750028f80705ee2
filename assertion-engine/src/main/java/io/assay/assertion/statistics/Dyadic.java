package io.assay.assertion.statistics;

import java.math.BigInteger;

/** A number {@code units * 2^exponent}, exactly; rounded only when it becomes a double. */
record Dyadic(BigInteger units, int exponent) {
  private static final int MANTISSA = 53;
  private static final int SMALLEST = -1074;

  static final Dyadic ZERO = new Dyadic(BigInteger.ZERO, 0);

  Dyadic plus(Dyadic other) {
    int common = Math.min(exponent, other.exponent);
    return new Dyadic(unitsAt(common).add(other.unitsAt(common)), common);
  }

  Dyadic minus(Dyadic other) {
    return plus(new Dyadic(other.units.negate(), other.exponent));
  }

  Dyadic times(Dyadic other) {
    return new Dyadic(units.multiply(other.units), exponent + other.exponent);
  }

  Dyadic times(long factor) {
    return new Dyadic(units.multiply(BigInteger.valueOf(factor)), exponent);
  }

  Dyadic abs() {
    return new Dyadic(units.abs(), exponent);
  }

  private BigInteger unitsAt(int lower) {
    return units.shiftLeft(exponent - lower);
  }

  double toDouble() {
    return dividedBy(BigInteger.ONE);
  }

  /** The quotient, correctly rounded (half to even). */
  double dividedBy(BigInteger divisor) {
    if (units.signum() == 0) {
      return 0;
    }
    // so many bits that the quotient has more than a mantissa, and a last one that stands for all
    // below
    int shift = Math.max(0, MANTISSA + 2 + divisor.bitLength() - units.bitLength());
    BigInteger[] parts = units.abs().shiftLeft(shift + 1).divideAndRemainder(divisor);
    BigInteger quotient = parts[1].signum() == 0 ? parts[0] : parts[0].setBit(0);
    double size = rounded(quotient, exponent - shift - 1);
    return units.signum() < 0 ? -size : size;
  }

  private static double rounded(BigInteger size, int exponent) {
    int drop = Math.max(size.bitLength() - MANTISSA, SMALLEST - exponent);
    if (drop <= 0) {
      return Math.scalb((double) size.longValue(), exponent);
    }
    BigInteger kept = size.shiftRight(drop);
    boolean half = size.testBit(drop - 1);
    boolean beyond = half && size.getLowestSetBit() < drop - 1;
    if (half && (beyond || kept.testBit(0))) {
      kept = kept.add(BigInteger.ONE);
    }
    return Math.scalb((double) kept.longValue(), exponent + drop);
  }
}
