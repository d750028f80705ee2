package io.assay.assertion.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a recording, one JSON object each, read once and one at a time.
 *
 * <p>A line ends with a line feed, before which a carriage return is not part of it; a byte order
 * mark before the first line is passed over. Blank lines are kept, so that line numbers are the
 * file's own.
 */
final class JsonLines {
  /** No event is that long; a file without line feeds must not fill the memory. */
  static final int LONGEST_LINE = 16 * 1024 * 1024;

  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final byte[] buffer = new byte[64 * 1024];
  private int from;
  private int to;
  private long number;
  private boolean tooLong;

  JsonLines(InputStream in) {
    this.in = in;
  }

  /** Number of the line read last, from 1. */
  long number() {
    return number;
  }

  /** Whether the line read last was longer than {@link #LONGEST_LINE}; then it is cut. */
  boolean tooLong() {
    return tooLong;
  }

  /**
   * The next line without its end; null after the last.
   *
   * @throws UncheckedIOException if the recording cannot be read
   */
  byte @Nullable [] next() {
    byte[] line = new byte[0];
    boolean any = false;
    tooLong = false;
    while (fill()) {
      any = true;
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      line = append(line, end);
      boolean whole = end < to;
      from = whole ? end + 1 : end;
      if (whole) {
        break;
      }
    }
    if (!any) {
      return null;
    }
    number++;
    return trimmed(line);
  }

  private byte[] append(byte[] line, int end) {
    int length = end - from;
    if (line.length + length > LONGEST_LINE) {
      tooLong = true;
      return line;
    }
    byte[] longer = Arrays.copyOf(line, line.length + length);
    System.arraycopy(buffer, from, longer, line.length, length);
    return longer;
  }

  private byte[] trimmed(byte[] line) {
    int start = number == 1 && Arrays.equals(line, 0, Math.min(3, line.length), MARK, 0, 3) ? 3 : 0;
    int end = line.length > start && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
    return start == 0 && end == line.length ? line : Arrays.copyOfRange(line, start, end);
  }

  private boolean fill() {
    if (from < to) {
      return true;
    }
    try {
      from = 0;
      to = in.read(buffer);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    return to > 0;
  }
}
