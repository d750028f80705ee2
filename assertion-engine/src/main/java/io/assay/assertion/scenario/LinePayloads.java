package io.assay.assertion.scenario;

import io.assay.assertion.event.Coordinates;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a file that are not blank; nobody knows when they were received. */
final class LinePayloads implements Payloads {
  private final String name;
  private final JsonLines lines;

  LinePayloads(String name, InputStream bytes) {
    this.name = name;
    this.lines = new JsonLines(bytes);
  }

  @Override
  public @Nullable Payload next() {
    byte[] line = lines.next();
    while (line != null && !lines.tooLong() && isBlank(line)) {
      line = lines.next();
    }
    if (line == null) {
      return null;
    }
    var source = new Coordinates(name, 0, lines.number() - 1);
    return lines.tooLong()
        ? Payload.tooLong(line, source)
        : Payload.of(line, source, Payload.RECEIVED_UNKNOWN, null);
  }

  static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t') {
        return false;
      }
    }
    return true;
  }
}
