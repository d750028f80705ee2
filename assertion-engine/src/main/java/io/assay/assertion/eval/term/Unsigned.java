package io.assay.assertion.eval.term;

/** CEL's uint: 64 bits without a sign. */
record Unsigned(long bits) implements Comparable<Unsigned> {
  @Override
  public int compareTo(Unsigned other) {
    return Long.compareUnsigned(bits, other.bits);
  }

  double toDouble() {
    return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(bits);
  }
}
