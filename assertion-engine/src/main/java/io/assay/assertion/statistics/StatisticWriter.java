package io.assay.assertion.statistics;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of a statistic: a version, then variable-length integers and eight-byte doubles. */
final class StatisticWriter {
  private byte[] bytes = new byte[64];
  private int size;

  StatisticWriter(int version) {
    writeUnsigned(version);
  }

  /** Small where the magnitude is small, of either sign. */
  StatisticWriter writeLong(long value) {
    return writeUnsigned((value << 1) ^ (value >> 63));
  }

  StatisticWriter writeUnsigned(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  StatisticWriter writeDouble(double value) {
    return writeFixed(Double.doubleToLongBits(value));
  }

  StatisticWriter writeFixed(long value) {
    reserve(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  StatisticWriter writeBytes(byte[] value) {
    writeUnsigned(value.length);
    reserve(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  StatisticWriter writeText(String value) {
    return writeBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}
