package io.assay.stream.tracing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Of which trace something is, and of which of its spans, as the W3C header {@code traceparent} has
 * it.
 *
 * @param trace 32 hexadecimal digits, not all 0
 * @param span 16 hexadecimal digits, not all 0
 * @param sampled whether who began it wants to see it
 */
public record TraceParent(String trace, String span, boolean sampled) {
  /** Later versions may have more behind; what is here they have, too. */
  private static final Pattern FORM =
      Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?");

  private static final String NO_TRACE = "0".repeat(32);
  private static final String NO_SPAN = "0".repeat(16);

  /** Empty for what is none. */
  public static Optional<TraceParent> read(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    Matcher parts = FORM.matcher(header);
    if (!parts.matches()
        || parts.group(1).equals(NO_TRACE)
        || parts.group(2).equals(NO_SPAN)
        || (header.startsWith("00") && header.length() != 55)) {
      return Optional.empty();
    }
    boolean sampled = (Integer.parseInt(parts.group(3), 16) & 1) == 1;
    return Optional.of(new TraceParent(parts.group(1), parts.group(2), sampled));
  }
}
