package io.assay.web.review;

import io.assay.assertion.statistics.ShareInterval;
import io.assay.assertion.weaklabel.Agreement;
import io.assay.assertion.weaklabel.CorrectionGate;
import io.assay.assertion.weaklabel.Missed;
import io.assay.assertion.weaklabel.Precision;
import io.assay.assertion.weaklabel.Rating;
import io.assay.assertion.weaklabel.Reviews;
import io.assay.web.votes.VoteResults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What reviews say of assertions, of corrections, and of reviewers. */
@Component
class ReviewFigures {
  /** Agreement is told of the newest: it is of people as they are now, and a page needs it soon. */
  private static final int NEWEST = 20_000;

  private final JdbcClient jdbc;
  private final ReviewCounts counts;
  private final VoteResults votes;

  ReviewFigures(JdbcClient jdbc, ReviewCounts counts, VoteResults votes) {
    this.jdbc = jdbc;
    this.counts = counts;
    this.votes = votes;
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
      @Nullable Double recallHigh) {
    static Random of(ReviewCounts.Random counts) {
      Reviews unflagged = counts.unflagged();
      Reviews flagged = counts.flagged();
      Optional<Missed> missed =
          Missed.of(unflagged.counted(), unflagged, flagged.counted(), flagged);
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
  }

  /**
   * How often an assertion's flags are errors, or its corrections of a kind what should have been.
   *
   * @param correction what it does, such as {@code insert}; empty for the flags themselves
   * @param precision null where nothing is known
   * @param source {@code reviews}, or before any {@code estimated} by the label model, which has no
   *     interval; null where nothing is known
   * @param low of the 90 % interval, and {@code high}; null without reviews
   * @param weight of a correction as a label; 0 where it may not stand as one, null for flags
   */
  record Right(
      String assertion,
      String correction,
      long right,
      long wrong,
      long unclear,
      @Nullable Double precision,
      @Nullable String source,
      @Nullable Double low,
      @Nullable Double high,
      @Nullable Double weight) {

    static Right ofFlags(String assertion, Reviews reviews, Precision before) {
      return of(assertion, "", reviews, before, null);
    }

    static Right ofCorrections(ReviewCounts.Kind kind, Reviews reviews) {
      double weight = CorrectionGate.usual().weight(Precision.of(reviews));
      return of(kind.assertion(), kind.does(), reviews, new Precision.Unknown(), weight);
    }

    private static Right of(
        String assertion,
        String correction,
        Reviews reviews,
        Precision before,
        @Nullable Double weight) {
      Precision precision = Precision.of(reviews, before);
      OptionalDouble share = precision.share();
      return new Right(
          assertion,
          correction,
          reviews.right(),
          reviews.wrong(),
          reviews.unclear(),
          share.isPresent() ? share.getAsDouble() : null,
          precision.source().orElse(null),
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
    Agreement agreement = new Agreement(ratings(project));
    return new Figures(
        flags(project),
        counts.corrections(project).entrySet().stream()
            .map(one -> Right.ofCorrections(one.getKey(), one.getValue()))
            .toList(),
        boxed(agreement.alpha()),
        pairs(agreement),
        reviewers(project, agreement),
        Random.of(counts.random(project)));
  }

  /** Those that people have reviewed, and those of which the votes tell. */
  private List<Right> flags(String project) {
    Map<String, Reviews> reviewed = counts.flags(project);
    Map<String, VoteResults.Estimated> estimated = votes.estimates(project);
    var names = new TreeSet<>(reviewed.keySet());
    estimated.values().stream()
        .filter(one -> one.precision().share().isPresent())
        .forEach(one -> names.add(one.assertion()));
    return names.stream()
        .map(
            name ->
                Right.ofFlags(
                    name,
                    reviewed.getOrDefault(name, Reviews.none()),
                    VoteResults.precision(estimated, name)))
        .toList();
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

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
