package io.assay.stream.repair;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a record stands among those put aside, written {@code PARTITION@OFFSET}. */
public record Position(int partition, long offset) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})@(\\d{1,18})");

  /** Empty where the text is none. */
  public static Optional<Position> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Position(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return partition + "@" + offset;
  }
}
