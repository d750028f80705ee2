package io.assay.web.review;

import io.assay.assertion.statistics.ShareInterval;
import io.assay.assertion.weaklabel.Agreement;
import io.assay.assertion.weaklabel.CorrectionGate;
import io.assay.assertion.weaklabel.Finding;
import io.assay.assertion.weaklabel.Missed;
import io.assay.assertion.weaklabel.Precision;
import io.assay.assertion.weaklabel.Rating;
import io.assay.assertion.weaklabel.Reviews;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What reviews say of assertions, of corrections, and of reviewers. */
@Component
class ReviewFigures {
  /** Agreement is told of the newest: it is of people as they are now, and a page needs it soon. */
  private static final int NEWEST = 20_000;

  private final JdbcClient jdbc;

  ReviewFigures(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * All of them.
   *
   * @param alpha Krippendorff's, over all reviewers; null where nothing tells
   */
  record Figures(
      List<Right> assertions,
      List<Right> corrections,
      @Nullable Double alpha,
      List<Pair> agreement,
      List<Reviewer> reviewers,
      Random random) {}

  /**
   * What people found in events that were drawn at random.
   *
   * @param reviewed unclear ones left out; {@code errors} of them
   * @param unflagged of these, that no active assertion had flagged
   * @param missed errors among the unflagged
   * @param missedRate of errors among what nobody flagged, with its 90 % interval; null while
   *     nothing is reviewed
   * @param recall of all errors the share that rules flag, with its 90 % interval; null while
   *     nothing tells
   */
  record Random(
      long reviewed,
      long errors,
      long unflagged,
      long missed,
      @Nullable Double missedRate,
      @Nullable Double missedLow,
      @Nullable Double missedHigh,
      @Nullable Double recall,
      @Nullable Double recallLow,
      @Nullable Double recallHigh) {}

  /**
   * How often an assertion's flags are errors, or its corrections of a kind what should have been.
   *
   * @param correction what it does, such as {@code insert}; empty for the flags themselves
   * @param precision null where no review counts
   * @param weight of a correction as a label; 0 where it may not stand as one, null for flags
   */
  record Right(
      String assertion,
      String correction,
      long right,
      long wrong,
      long unclear,
      @Nullable Double precision,
      @Nullable Double low,
      @Nullable Double high,
      @Nullable Double weight) {

    static Right ofFlags(String assertion, Reviews reviews) {
      return of(assertion, "", reviews, null);
    }

    static Right ofCorrections(String assertion, String correction, Reviews reviews) {
      double weight = CorrectionGate.usual().weight(Precision.of(reviews));
      return of(assertion, correction, reviews, weight);
    }

    private static Right of(
        String assertion, String correction, Reviews reviews, @Nullable Double weight) {
      OptionalDouble share = Precision.of(reviews).share();
      return new Right(
          assertion,
          correction,
          reviews.right(),
          reviews.wrong(),
          reviews.unclear(),
          share.isPresent() ? share.getAsDouble() : null,
          reviews.interval().map(ShareInterval::low).orElse(null),
          reviews.interval().map(ShareInterval::high).orElse(null),
          weight);
    }
  }

  /** Cohen's kappa of two; null where nothing tells. */
  record Pair(String first, String second, @Nullable Double kappa) {}

  /**
   * One who has reviewed.
   *
   * @param right of the known items that they rated
   * @param known that they rated
   * @param medianSeconds from taking an item to the verdict; null where that is not known
   */
  record Reviewer(
      String name,
      long verdicts,
      long right,
      long known,
      @Nullable Double low,
      @Nullable Double high,
      @Nullable Double medianSeconds) {}

  Figures of(String project) {
    Map<String, Reviews> flags = new TreeMap<>();
    jdbc.sql(
            "SELECT assertion, finding, count(*) AS n FROM label_item WHERE project = ?"
                + " AND finding IS NOT NULL AND event IS NULL GROUP BY assertion, finding")
        .param(project)
        .query(
            row -> {
              Reviews reviews =
                  reviews(Finding.valueOf(row.getString("finding")), row.getLong("n"));
              flags.merge(row.getString("assertion"), reviews, Reviews::plus);
            });
    Agreement agreement = new Agreement(ratings(project));
    return new Figures(
        flags.entrySet().stream().map(one -> Right.ofFlags(one.getKey(), one.getValue())).toList(),
        corrections(project),
        boxed(agreement.alpha()),
        pairs(agreement),
        reviewers(project, agreement),
        random(project));
  }

  /** An event is flagged where the span of an active assertion's episode reaches over it. */
  private Random random(String project) {
    var sums = new Reviews[] {Reviews.none(), Reviews.none()};
    jdbc.sql(
            """
            SELECT i.finding, EXISTS (SELECT FROM episode e WHERE e.project = i.project AND e.key = i.key
              AND e.stream = i.stream AND e.mode = 'ACTIVE' AND e.began <= i.at AND e.ended >= i.at) AS flagged,
              count(*) AS n
            FROM label_item i
            WHERE i.project = ? AND i.event IS NOT NULL AND i.finding IS NOT NULL
            GROUP BY i.finding, flagged\
            """)
        .param(project)
        .query(
            row -> {
              int which = row.getBoolean("flagged") ? 1 : 0;
              Finding finding = Finding.valueOf(row.getString("finding"));
              sums[which] = sums[which].plus(reviews(finding, row.getLong("n")));
            });
    Reviews unflagged = sums[0];
    Reviews flagged = sums[1];
    Optional<Missed> missed = Missed.of(unflagged.counted(), unflagged, flagged.counted(), flagged);
    Optional<ShareInterval> rate = unflagged.interval();
    return new Random(
        unflagged.counted() + flagged.counted(),
        unflagged.right() + flagged.right(),
        unflagged.counted(),
        unflagged.right(),
        unflagged.counted() == 0 ? null : unflagged.posterior().mean(),
        rate.map(ShareInterval::low).orElse(null),
        rate.map(ShareInterval::high).orElse(null),
        missed.map(Missed::recall).orElse(null),
        missed.map(one -> one.recallInterval().low()).orElse(null),
        missed.map(one -> one.recallInterval().high()).orElse(null));
  }

  /** How right the flags of an assertion are, as far as reviewed. */
  Reviews ofAssertion(String project, String assertion) {
    var sum = new Reviews[] {Reviews.none()};
    jdbc.sql(
            "SELECT finding, count(*) AS n FROM label_item WHERE project = ? AND assertion = ?"
                + " AND finding IS NOT NULL GROUP BY finding")
        .params(project, assertion)
        .query(
            row -> {
              sum[0] =
                  sum[0].plus(reviews(Finding.valueOf(row.getString("finding")), row.getLong("n")));
            });
    return sum[0];
  }

  /** Of each item the latest verdict that speaks of the correction: settled ones first. */
  private List<Right> corrections(String project) {
    List<Right> found = new ArrayList<>();
    jdbc.sql(
            """
            WITH said AS (
              SELECT DISTINCT ON (v.item) i.assertion, i.correction AS kind, v.correction AS answer
              FROM label_verdict v JOIN label_item i ON i.project = v.project AND i.id = v.item
              WHERE v.project = ? AND v.undone IS NULL AND v.correction IS NOT NULL AND i.correction <> ''
              ORDER BY v.item, v.settles DESC, v.id DESC
            )
            SELECT assertion, kind, count(*) FILTER (WHERE answer = 'ACCEPTED') AS accepted,
              count(*) FILTER (WHERE answer <> 'ACCEPTED') AS other
            FROM said GROUP BY assertion, kind ORDER BY assertion, kind\
            """)
        .param(project)
        .query(
            row -> {
              found.add(
                  Right.ofCorrections(
                      row.getString("assertion"),
                      row.getString("kind"),
                      new Reviews(row.getLong("accepted"), row.getLong("other"), 0)));
            });
    return found;
  }

  private List<Rating> ratings(String project) {
    return jdbc.sql(
            "SELECT item, reviewer, finding FROM (SELECT id, item, reviewer, finding FROM"
                + " label_verdict WHERE project = ? AND undone IS NULL AND NOT settles ORDER BY id"
                + " DESC LIMIT ?) newest ORDER BY id")
        .params(project, NEWEST)
        .query(
            (row, number) ->
                new Rating(
                    row.getString("item"), row.getString("reviewer"), row.getString("finding")))
        .list();
  }

  private static List<Pair> pairs(Agreement agreement) {
    List<String> raters = agreement.raters();
    List<Pair> pairs = new ArrayList<>();
    for (int a = 0; a < raters.size(); a++) {
      for (int b = a + 1; b < raters.size(); b++) {
        OptionalDouble kappa = agreement.kappa(raters.get(a), raters.get(b));
        if (kappa.isPresent()) {
          pairs.add(new Pair(raters.get(a), raters.get(b), kappa.getAsDouble()));
        }
      }
    }
    return pairs;
  }

  private List<Reviewer> reviewers(String project, Agreement agreement) {
    Map<String, String> known = new HashMap<>();
    jdbc.sql("SELECT id, gold FROM label_item WHERE project = ? AND gold IS NOT NULL")
        .param(project)
        .query(
            row -> {
              known.put(row.getString("id"), row.getString("gold"));
            });
    Map<String, Agreement.Accuracy> accuracy = agreement.accuracy(known);
    return jdbc.sql(
            "SELECT reviewer, count(*) AS verdicts,"
                + " percentile_cont(0.5) WITHIN GROUP (ORDER BY millis) / 1000 AS pace"
                + " FROM label_verdict WHERE project = ? AND undone IS NULL AND NOT settles"
                + " GROUP BY reviewer ORDER BY reviewer")
        .param(project)
        .query(
            (row, number) -> {
              String name = row.getString("reviewer");
              Agreement.@Nullable Accuracy right = accuracy.get(name);
              double pace = row.getDouble("pace");
              Double seconds = row.wasNull() ? null : pace;
              return new Reviewer(
                  name,
                  row.getLong("verdicts"),
                  right == null ? 0 : right.right(),
                  right == null ? 0 : right.rated(),
                  right == null ? null : right.interval().low(),
                  right == null ? null : right.interval().high(),
                  seconds);
            })
        .list();
  }

  private static Reviews reviews(Finding finding, long times) {
    return switch (finding) {
      case ERROR -> new Reviews(times, 0, 0);
      case NO_ERROR -> new Reviews(0, times, 0);
      case UNCLEAR -> new Reviews(0, 0, times);
    };
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
