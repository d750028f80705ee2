package io.assay.imports;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/**
 * Files that a serving stack wrote, a JSON object a line, as events. They may be compressed by
 * gzip, and are read twice, so that nothing is printed of a file with a broken line.
 */
public final class PredictionLines {
  private final List<Path> files;
  private final Function<byte[], List<byte[]>> events;

  /**
   * @param events of a line; an {@link IllegalArgumentException} says why there are none
   */
  public PredictionLines(List<Path> files, Function<byte[], List<byte[]>> events) {
    this.files = List.copyOf(files);
    this.events = events;
  }

  /** Puts what is broken there. */
  public void check(LineIssues issues) {
    read(ignored -> {}, issues);
  }

  /** Once checked. */
  public void print(PrintWriter out) {
    read(
        event -> {
          out.write(new String(event, StandardCharsets.UTF_8));
          out.write('\n');
        },
        new LineIssues());
    out.flush();
  }

  private void read(Consumer<byte[]> each, LineIssues issues) {
    for (Path file : files) {
      try (InputStream in = open(file)) {
        long number = 1;
        for (byte[] line = line(in); line.length > 0; line = line(in)) {
          read(file, number++, line, each, issues);
        }
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  private void read(Path file, long number, byte[] line, Consumer<byte[]> each, LineIssues issues) {
    if (new String(line, StandardCharsets.UTF_8).isBlank()) {
      return;
    }
    try {
      events.apply(line).forEach(each);
    } catch (IllegalArgumentException broken) {
      issues.add(file, number, String.valueOf(broken.getMessage()));
    }
  }

  private static InputStream open(Path file) throws IOException {
    var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    in.mark(2);
    boolean compressed = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return compressed ? new BufferedInputStream(new GZIPInputStream(in), 1 << 16) : in;
  }

  /** With its end, so that only the end of the file has none. */
  private static byte[] line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream(512);
    for (int c = in.read(); c >= 0; c = in.read()) {
      line.write(c);
      if (c == '\n') {
        break;
      }
    }
    return line.toByteArray();
  }
}
