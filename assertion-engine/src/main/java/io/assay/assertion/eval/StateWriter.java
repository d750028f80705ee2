package io.assay.assertion.eval;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a state: variable-length integers, no names of fields.
 *
 * <p>A compact one writes each text once, numbers by their digits, and times and events by their
 * distance from the newest.
 */
final class StateWriter {
  /** How a time is written: in milliseconds, in nanoseconds, or as it is. */
  static final int MILLIS = 0;

  static final int NANOS = 1;
  static final int FIXED = 2;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final @Nullable Texts texts;
  private byte[] bytes = new byte[256];
  private int size;
  private long newest;
  private long next;

  StateWriter() {
    this(null);
  }

  private StateWriter(@Nullable Texts texts) {
    this.texts = texts;
  }

  static StateWriter compact() {
    return new StateWriter(new Texts());
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

  /** A text that stands in other places too. */
  void writeName(String text) {
    if (texts == null) {
      writeText(text);
    } else {
      writeUnsigned(texts.numberOf(text));
    }
  }

  int numberOf(String text) {
    if (texts == null) {
      throw new IllegalStateException("only a compact state numbers its texts");
    }
    return texts.numberOf(text);
  }

  void writeTime(long time) {
    if (texts == null) {
      writeLong(time);
    } else {
      writeSpan(time - newest);
    }
  }

  void writeSpan(long nanos) {
    if (texts == null) {
      writeLong(nanos);
      return;
    }
    long millis = nanos / NANOS_PER_MILLI;
    if (millis * NANOS_PER_MILLI == nanos) {
      writeUnsigned(zigzag(millis) << 2 | MILLIS);
    } else if (nanos < 1L << 60 && nanos > -(1L << 60)) {
      writeUnsigned(zigzag(nanos) << 2 | NANOS);
    } else {
      writeUnsigned(FIXED);
      writeFixed(nanos);
    }
  }

  void writeSequence(long sequence) {
    writeLong(texts == null ? sequence : next - sequence);
  }

  void writeNumber(double value) {
    int places = texts == null ? Decimals.WHOLE_BITS : Decimals.placesOf(value);
    if (places < Decimals.WHOLE_BITS) {
      writeUnsigned(zigzag(Decimals.digits(value, places)) << 3 | places);
      return;
    }
    if (texts != null) {
      writeByte(Decimals.WHOLE_BITS);
    }
    writeDouble(value);
  }

  private static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  /** Begins a part that a reader may pass over; the place is for {@link #end}. */
  int begin() {
    writeByte(0);
    return size;
  }

  void end(int begin) {
    int length = size - begin;
    int more = 0;
    for (int rest = length >>> 7; rest != 0; rest >>>= 7) {
      more++;
    }
    reserve(more);
    System.arraycopy(bytes, begin, bytes, begin + more, length);
    size = begin - 1;
    writeUnsigned(length);
    size += length;
  }

  /** What a compact one has written, its texts before it. */
  void writeAll(StateWriter compact) {
    if (compact.texts != null) {
      compact.texts.write(this);
    }
    reserve(compact.size);
    System.arraycopy(compact.bytes, 0, bytes, size, compact.size);
    size += compact.size;
  }

  void writeByte(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  /** Small where the magnitude is small, of either sign. */
  void writeLong(long value) {
    writeUnsigned(zigzag(value));
  }

  void writeUnsigned(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void writeFixed(long value) {
    reserve(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  void writeDouble(double value) {
    writeFixed(Double.doubleToRawLongBits(value));
  }

  void writeText(String text) {
    writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  void writeBytes(byte[] value) {
    writeUnsigned(value.length);
    reserve(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
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
