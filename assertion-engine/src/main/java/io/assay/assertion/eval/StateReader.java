package io.assay.assertion.eval;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StateWriter} wrote; anything else is told as an IllegalArgumentException. */
final class StateReader {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final byte[] bytes;
  private final int end;
  private int at;
  private String @Nullable [] texts;
  private long newest;
  private long next;

  StateReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private StateReader(byte[] bytes, int at, int end) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  boolean atEnd() {
    return at == end;
  }

  /** Reads the texts that a compact state begins with: it is read as one from here on. */
  void readTexts() {
    String[] all = new String[readCount()];
    for (int i = 0; i < all.length; i++) {
      all[i] = readText();
    }
    texts = all;
  }

  boolean isCompact() {
    return texts != null;
  }

  /** What times and events are told from. */
  void tellFrom(long time, long sequence) {
    newest = time;
    next = sequence;
  }

  long newest() {
    return newest;
  }

  /** A part by itself, which is passed over here. */
  StateReader readPart() {
    int length = readCount();
    StateReader part = new StateReader(bytes, at, at + length);
    part.texts = texts;
    part.tellFrom(newest, next);
    at += length;
    return part;
  }

  String readName() {
    return texts == null ? readText() : text(readUnsigned());
  }

  String text(long number) {
    if (texts == null || number < 0 || number >= texts.length) {
      throw broken("the number of a text, not " + number + ",");
    }
    return texts[(int) number];
  }

  long readTime() {
    return texts == null ? readLong() : newest + readSpan();
  }

  long readSpan() {
    if (texts == null) {
      return readLong();
    }
    long coded = readUnsigned();
    return switch ((int) (coded & 3)) {
      case StateWriter.MILLIS -> zigzag(coded >>> 2) * NANOS_PER_MILLI;
      case StateWriter.NANOS -> zigzag(coded >>> 2);
      case StateWriter.FIXED -> readFixed();
      default -> throw broken("a time");
    };
  }

  long readSequence() {
    return texts == null ? readLong() : next - readLong();
  }

  double readNumber() {
    if (texts == null) {
      return readDouble();
    }
    long coded = readUnsigned();
    int places = (int) (coded & 7);
    return places == Decimals.WHOLE_BITS
        ? readDouble()
        : Decimals.value(zigzag(coded >>> 3), places);
  }

  private static long zigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }

  int readByte() {
    need(1);
    return bytes[at++];
  }

  long readLong() {
    return zigzag(readUnsigned());
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
    if (count < 0 || count > end - at) {
      throw broken("a count of at most " + (end - at));
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
    if (end - at < more) {
      throw broken(more + " more bytes");
    }
  }

  IllegalArgumentException broken(String needed) {
    return new IllegalArgumentException(
        "a key's state needs %s at byte %d of %d".formatted(needed, at, end));
  }
}
