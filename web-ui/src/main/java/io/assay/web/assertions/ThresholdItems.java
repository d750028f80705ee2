package io.assay.web.assertions;

import io.assay.assertion.statistics.ShareInterval;
import io.assay.assertion.weaklabel.Reviews;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Other thresholds of an assertion as the API tells them.
 *
 * @param condition as the rule writes it, or nearly
 * @param flags which values are violations: above, from, below or up-to the threshold
 * @param threshold that the violations were found by; in seconds where {@code isTime}
 * @param others further conditions by which violations were found; {@code of} takes one
 * @param read violations that were found by this one, of the newest 1,500 of the period
 * @param items a threshold each, the present one first
 * @param asked the one that {@code at} asked for; null where none was, or it flags more than the
 *     present one, of which violations tell nothing
 */
record ThresholdItems(
    String condition,
    String flags,
    double threshold,
    boolean isTime,
    List<String> others,
    long read,
    List<Item> items,
    @Nullable Item asked) {

  /**
   * One threshold.
   *
   * @param remaining violations that it flags, too, and {@code share} of those that were read
   * @param reviewed of those that remain, how many people found right or wrong
   * @param precision how often these are errors, with its 90 % interval; null where nobody looked
   */
  record Item(
      double threshold,
      long remaining,
      double share,
      long reviewed,
      @Nullable Double precision,
      @Nullable Double precisionLow,
      @Nullable Double precisionHigh) {
    static Item of(Thresholds.Line line) {
      Reviews reviews = line.reviews();
      boolean known = reviews.counted() > 0;
      return new Item(
          line.threshold(),
          line.remaining(),
          line.width() / 100,
          reviews.counted(),
          known ? reviews.posterior().mean() : null,
          reviews.interval().map(ShareInterval::low).orElse(null),
          reviews.interval().map(ShareInterval::high).orElse(null));
    }
  }

  static ThresholdItems of(Thresholds all) {
    Comparison comparison = all.comparison();
    return new ThresholdItems(
        comparison.condition(),
        comparison.flags().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        comparison.threshold(),
        comparison.isTime(),
        all.others(),
        all.read(),
        all.lines().stream().map(Item::of).toList(),
        all.chosen().map(Item::of).orElse(null));
  }
}
