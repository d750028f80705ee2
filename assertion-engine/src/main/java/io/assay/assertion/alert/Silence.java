package io.assay.assertion.alert;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Nobody is told of alerts that it matches, from its start until its end. They are judged and shown
 * as ever; that what was told before is over is told.
 *
 * @param matchers all must match; one at least that does not match the empty text, so that no slip
 *     silences everything
 */
public record Silence(List<LabelMatcher> matchers, Instant starts, Instant ends) {
  public static final int MOST_MATCHERS = 20;

  public Silence {
    matchers = List.copyOf(matchers);
    if (matchers.isEmpty() || matchers.size() > MOST_MATCHERS) {
      throw new IllegalArgumentException(
          "a silence needs 1 .. %d matchers, got %d".formatted(MOST_MATCHERS, matchers.size()));
    }
    if (matchers.stream().allMatch(one -> one.matches(Map.of()))) {
      throw new IllegalArgumentException(
          "a silence needs a matcher that an alert without labels does not match, got only "
              + String.join(", ", matchers.stream().map(LabelMatcher::written).toList()));
    }
    if (!starts.isBefore(ends)) {
      throw new IllegalArgumentException(
          "a silence needs an end after its start, got %s and %s".formatted(starts, ends));
    }
  }

  public boolean isOn(Instant now) {
    return !now.isBefore(starts) && now.isBefore(ends);
  }

  public boolean silences(Map<String, String> labels, Instant now) {
    return isOn(now) && LabelMatcher.all(matchers, labels);
  }
}
