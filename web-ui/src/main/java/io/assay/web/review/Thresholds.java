package io.assay.web.review;

import io.assay.assertion.statistics.ShareInterval;
import io.assay.assertion.weaklabel.Finding;
import io.assay.assertion.weaklabel.Reviews;
import io.assay.assertion.weaklabel.ThresholdSuggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** From which severity on assertions are as precise as one wishes, by what people reviewed. */
@Component
class Thresholds {
  /** Of each assertion: each severity costs two quantiles, and a page needs it soon. */
  private static final int NEWEST = 1_000;

  private final JdbcClient jdbc;

  Thresholds(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Of an assertion with reviews.
   *
   * @param reviewed flags that say something, of the newest
   * @param severity flags of it and more are as precise as wished; null where no threshold shows it
   * @param from reviewed flags from there on, and {@code right} of these; 0 without a threshold
   * @param low of their precision's 90 % interval, and {@code high}
   * @param kept share of the reviewed flags from there on, in 0 .. 1
   */
  record Threshold(
      String assertion,
      long reviewed,
      @Nullable Double severity,
      long from,
      long right,
      @Nullable Double low,
      @Nullable Double high,
      @Nullable Double kept) {
    static Threshold of(
        String assertion, List<ThresholdSuggestion.Reviewed> reviewed, double wish) {
      long counted = reviewed.stream().filter(one -> one.finding() != Finding.UNCLEAR).count();
      Optional<ThresholdSuggestion> found = ThresholdSuggestion.reaching(wish, reviewed);
      return new Threshold(
          assertion,
          counted,
          found.map(ThresholdSuggestion::severity).orElse(null),
          found.map(one -> one.reviews().counted()).orElse(0L),
          found.map(one -> one.reviews().right()).orElse(0L),
          found.map(one -> one.interval().low()).orElse(null),
          found.map(one -> one.interval().high()).orElse(null),
          found.map(ThresholdSuggestion::kept).orElse(null));
    }
  }

  /** Of each assertion with reviews, by name. */
  List<Threshold> of(String project, double wish) {
    Map<String, List<ThresholdSuggestion.Reviewed>> reviewed = new TreeMap<>();
    jdbc.sql(
            """
            SELECT assertion, severity, finding FROM (
              SELECT assertion, severity, finding,
                row_number() OVER (PARTITION BY assertion ORDER BY round DESC, rank DESC, id) AS place
              FROM label_item WHERE project = ? AND finding IS NOT NULL AND event IS NULL) newest
            WHERE place <= ? ORDER BY assertion\
            """)
        .params(project, NEWEST)
        .query(
            row -> {
              reviewed
                  .computeIfAbsent(row.getString("assertion"), name -> new ArrayList<>())
                  .add(
                      new ThresholdSuggestion.Reviewed(
                          row.getDouble("severity"), Finding.valueOf(row.getString("finding"))));
            });
    return reviewed.entrySet().stream()
        .map(one -> Threshold.of(one.getKey(), one.getValue(), wish))
        .toList();
  }

  /** How many flags, all of them errors, show a precision: of fewer reviews none can. */
  static int leastReviews(double wish) {
    int reviews = 1;
    while (new Reviews(reviews, 0, 0).interval().map(ShareInterval::low).orElse(0.0) < wish) {
      reviews++;
    }
    return reviews;
  }
}
