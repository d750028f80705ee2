package io.assay.assertion.eval;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link StateWriter} wrote; anything else is told as an IllegalArgumentException. */
final class StateReader {
  private final byte[] bytes;
  private int at;

  StateReader(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean atEnd() {
    return at == bytes.length;
  }

  int readByte() {
    need(1);
    return bytes[at++];
  }

  long readLong() {
    long value = readUnsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  long readUnsigned() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int next = readByte();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw broken("a number of at most 10 bytes");
  }

  /** A count of things of which each takes a byte or more: never more than there are bytes. */
  int readCount() {
    long count = readUnsigned();
    if (count < 0 || count > bytes.length - at) {
      throw broken("a count of at most " + (bytes.length - at));
    }
    return (int) count;
  }

  long readFixed() {
    need(8);
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | (bytes[at++] & 0xFF);
    }
    return value;
  }

  double readDouble() {
    return Double.longBitsToDouble(readFixed());
  }

  String readText() {
    return new String(readBytes(), StandardCharsets.UTF_8);
  }

  byte[] readBytes() {
    int length = readCount();
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  private void need(int more) {
    if (bytes.length - at < more) {
      throw broken(more + " more bytes");
    }
  }

  IllegalArgumentException broken(String needed) {
    return new IllegalArgumentException(
        "a key's state needs %s at byte %d of %d".formatted(needed, at, bytes.length));
  }
}
