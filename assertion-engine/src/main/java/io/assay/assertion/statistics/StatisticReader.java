package io.assay.assertion.statistics;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link StatisticWriter} wrote; anything else is an IllegalArgumentException. */
final class StatisticReader {
  private final byte[] bytes;
  private final String what;
  private int at;

  /**
   * @param what the statistic, for messages
   */
  StatisticReader(byte[] bytes, int version, String what) {
    this.bytes = bytes;
    this.what = what;
    long came = readUnsigned();
    if (came != version) {
      throw new IllegalArgumentException(
          "%s needs version %d, got %d".formatted(what, version, came));
    }
  }

  long readLong() {
    long value = readUnsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  long readUnsigned() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = next();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw broken("an integer of 64 bits");
  }

  /** A count of things that take a byte or more each, so never more than bytes are left. */
  int readSize() {
    long size = readUnsigned();
    if (size < 0 || size > bytes.length - at) {
      throw broken("a size within its bytes");
    }
    return (int) size;
  }

  /** A count of events. */
  long readCount() {
    long count = readUnsigned();
    if (count < 0) {
      throw broken("a count of 0 or more");
    }
    return count;
  }

  double readDouble() {
    return Double.longBitsToDouble(readFixed());
  }

  long readFixed() {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = (value << 8) | (next() & 0xFF);
    }
    return value;
  }

  byte[] readBytes() {
    int size = readSize();
    at += size;
    return Arrays.copyOfRange(bytes, at - size, at);
  }

  String readText() {
    return new String(readBytes(), StandardCharsets.UTF_8);
  }

  void end() {
    if (at != bytes.length) {
      throw broken("its end");
    }
  }

  private byte next() {
    if (at >= bytes.length) {
      throw broken("more bytes");
    }
    return bytes[at++];
  }

  IllegalArgumentException broken(String needed) {
    return new IllegalArgumentException(
        "%s needs %s at byte %d of %d".formatted(what, needed, at, bytes.length));
  }
}
