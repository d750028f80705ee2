package io.assay.assertion.statistics;

/** Doubles as longs of the same order, so that leading bits agree where numbers are near. */
final class Ordered {
  private Ordered() {}

  /** Both zeros are one. */
  static long key(double value) {
    long bits = Double.doubleToRawLongBits(value + 0.0);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  /** The number of a key, or the nearest finite one. */
  static double value(long key) {
    double value = Double.longBitsToDouble(key ^ ((key >> 63) & Long.MAX_VALUE));
    if (Double.isFinite(value)) {
      return value;
    }
    return key < 0 ? -Double.MAX_VALUE : Double.MAX_VALUE;
  }
}
