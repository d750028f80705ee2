package io.assay.web.alerts;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One alert of a notice.
 *
 * @param fingerprint the same for as long as the alert is the same: a hash of its labels
 * @param labels what it is: {@code alertname} (the assertion), {@code project}, {@code level},
 *     {@code stream}, {@code condition}, and what its route groups by
 * @param annotations what is said of it: {@code summary} (the sentence), {@code value} (the rate
 *     with its unit and denominator, or how long an episode is open), {@code threshold}
 * @param startsAt since when it fires
 * @param endsAt since when it does not; null while it does
 * @param link to its page, as a path of the web interface
 * @param violation the id of the one that shows it best; null where none does
 * @param acknowledgedBy who said that it is seen to; null for nobody
 */
public record NoticeAlert(
    String fingerprint,
    SortedMap<String, String> labels,
    SortedMap<String, String> annotations,
    Instant startsAt,
    @Nullable Instant endsAt,
    String link,
    @Nullable String violation,
    @Nullable String acknowledgedBy) {
  public NoticeAlert {
    labels = new TreeMap<>(labels);
    annotations = new TreeMap<>(annotations);
  }

  public boolean firing() {
    return endsAt == null;
  }
}
