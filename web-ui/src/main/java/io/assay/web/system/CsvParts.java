package io.assay.web.system;

import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A list as rows, written part after part. One that does not come to its end says so in a last row:
 * nobody takes a part for the whole.
 *
 * @param <P> a place in the list, behind which it goes on
 */
public final class CsvParts<P> {
  private static final Logger LOG = LoggerFactory.getLogger(CsvParts.class);

  private final Source<P> source;
  private final Limits limits;

  CsvParts(Source<P> source, Limits limits) {
    this.source = source;
    this.limits = limits;
  }

  /** Where parts come from. */
  public interface Source<P> {
    /** The part behind a place, or the first one; it may have no rows and yet a next. */
    Part<P> after(Optional<P> place);
  }

  /**
   * A part of a list.
   *
   * @param rows cells are numbers and words of ours, or have been through {@link CsvText#text}
   * @param next behind which it goes on; empty for the last part
   */
  public record Part<P>(List<List<String>> rows, Optional<P> next) {
    /**
     * Of rows of which {@code most} were asked for: where fewer came, they are the last.
     *
     * @param place of a row, behind which the next part begins
     */
    public static <R, P> Part<P> of(
        List<R> found, int most, Function<R, List<String>> cells, Function<R, P> place) {
      return new Part<>(
          found.stream().map(cells).toList(),
          found.size() < most ? Optional.empty() : Optional.of(place.apply(found.getLast())));
    }
  }

  /**
   * How much is written.
   *
   * @param rows what a spreadsheet takes, at most
   * @param time until whoever waits should filter instead
   * @param nanos a clock
   */
  record Limits(long rows, Duration time, LongSupplier nanos) {
    static final Limits USUAL = new Limits(1_000_000, Duration.ofMinutes(10), System::nanoTime);
  }

  /** Writes the head, the first part, and what follows it. */
  void write(List<String> head, Part<P> first, Writer out) throws IOException {
    long begun = limits.nanos().getAsLong();
    out.write(CsvText.row(head));
    Part<P> part = first;
    for (long written = 0; ; ) {
      for (List<String> row : part.rows()) {
        if (written == limits.rows()) {
          cut(out, written, "there are more; filter for them");
          return;
        }
        out.write(CsvText.row(row));
        written++;
      }
      if (part.next().isEmpty()) {
        return;
      }
      if (limits.nanos().getAsLong() - begun > limits.time().toNanos()) {
        cut(out, written, "it took longer than %s; filter for the rest".formatted(limits.time()));
        return;
      }
      out.flush();
      try {
        part = source.after(part.next());
      } catch (RuntimeException failure) {
        LOG.warn("an export could not be read further after {} rows", written, failure);
        cut(out, written, "what follows could not be read");
        return;
      }
    }
  }

  private static void cut(Writer out, long written, String why) throws IOException {
    out.write(CsvText.row(List.of("# cut after %d rows: %s".formatted(written, why))));
  }
}
