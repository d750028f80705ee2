package io.assay.web.review;

import io.assay.assertion.weaklabel.Precision;
import io.assay.assertion.weaklabel.RuleHealth;
import io.assay.assertion.weaklabel.VoterAnalysis;
import io.assay.web.system.Refused;
import io.assay.web.votes.VoteResults;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How rules do as far as it shows without looking at each: what they say beside each other, which
 * of them say nothing or the same, from where on they are precise, and what they miss.
 */
@Component
class ReviewHealth {
  static final double USUAL_WISH = 0.8;

  /** Of wishes beyond that nobody has as many reviews as they take. */
  private static final double HIGHEST_WISH = 0.99;

  /** Two rules are redundant that flag the same in so many of what either flags … */
  private static final double SAME = 0.9;

  /** … and of fewer flags nothing is said. */
  private static final long LEAST_FLAGS = 10;

  private final VoteResults votes;
  private final Thresholds thresholds;
  private final ReviewCounts counts;

  ReviewHealth(VoteResults votes, Thresholds thresholds, ReviewCounts counts) {
    this.votes = votes;
    this.thresholds = thresholds;
    this.counts = counts;
  }

  /**
   * All of it.
   *
   * @param wish the precision that thresholds are for
   * @param leastReviews so many flags of an assertion, all errors, show that precision
   * @param rules what is the matter with any: dead and idle ones first
   * @param streams how voters stand to each other, by stream; empty until votes were counted
   * @param estimates of each assertion in force when they were
   * @param missed what people found in events drawn at random
   */
  record Health(
      double wish,
      int leastReviews,
      List<Thresholds.Threshold> thresholds,
      List<Matter> rules,
      List<Stream> streams,
      List<Estimate> estimates,
      ReviewFigures.Random missed) {}

  /**
   * What is the matter with a rule.
   *
   * @param matter {@code dead}: it has judged and never flagged; {@code idle}: it has judged
   *     nothing; {@code redundant}: it flags what {@code other} flags
   * @param judged in the last seven days; null of redundant ones
   * @param share of what either flags, what both flag; null of others
   * @param flags that either has among the events drawn at random
   */
  record Matter(
      String rule,
      String matter,
      @Nullable Long judged,
      @Nullable String other,
      @Nullable Double share,
      @Nullable Long flags) {
    static Matter of(RuleHealth health) {
      return switch (health) {
        case RuleHealth.Dead dead ->
            new Matter(dead.rule(), "dead", dead.judged(), null, null, null);
        case RuleHealth.Idle idle -> new Matter(idle.rule(), "idle", 0L, null, null, null);
        case RuleHealth.Redundant pair ->
            new Matter(pair.rule(), "redundant", null, pair.other(), pair.share(), pair.flags());
      };
    }
  }

  /** Votes on events of a stream that were drawn at random. */
  record Stream(String stream, Instant counted, long events, List<Voter> voters) {}

  /**
   * Of a voter, shares of the events, in 0 .. 1.
   *
   * @param voter an assertion, {@code (model)} or {@code (people)}
   * @param coverage on which it says anything
   * @param overlap on which it and another do
   * @param conflict on which another says otherwise
   */
  record Voter(String voter, double coverage, double overlap, double conflict) {
    static Voter of(VoterAnalysis one) {
      return new Voter(one.voter(), one.coverage(), one.overlap(), one.conflict());
    }
  }

  /**
   * Of an assertion, from the votes alone.
   *
   * @param precision null where they do not tell
   * @param lack what it takes more of then: voters, flags, others or steadiness; else null
   */
  record Estimate(
      String assertion,
      @Nullable Double precision,
      long flags,
      long shared,
      @Nullable String lack) {
    static Estimate of(VoteResults.Estimated one) {
      Precision precision = one.precision();
      return new Estimate(
          one.assertion(),
          precision.share().isPresent() ? precision.share().getAsDouble() : null,
          one.flags(),
          one.shared(),
          one.lack().map(Enum::name).map(name -> name.toLowerCase(Locale.ROOT)).orElse(null));
    }
  }

  /**
   * Of a project.
   *
   * @throws Refused where the wish is no precision, or one that reviews cannot show
   */
  Health of(String project, double wish) {
    if (!(wish > 0 && wish <= HIGHEST_WISH)) {
      throw Refused.bad(
          "precision needs a share above 0 and at most %s, got %s".formatted(HIGHEST_WISH, wish));
    }
    List<VoteResults.Counted> counted = votes.counts(project);
    Collection<VoteResults.Estimated> estimates = votes.estimates(project).values();
    return new Health(
        wish,
        Thresholds.leastReviews(wish),
        thresholds.of(project, wish),
        matters(estimates, counted),
        counted.stream().map(ReviewHealth::stream).toList(),
        estimates.stream().map(Estimate::of).toList(),
        ReviewFigures.Random.of(counts.random(project)));
  }

  private static List<Matter> matters(
      Collection<VoteResults.Estimated> estimates, List<VoteResults.Counted> counted) {
    List<RuleHealth> found = new ArrayList<>();
    for (VoteResults.Estimated one : estimates) {
      if (one.judged().isPresent() && one.violated().orElse(0) == 0) {
        long judged = one.judged().getAsLong();
        found.add(
            judged == 0
                ? new RuleHealth.Idle(one.assertion())
                : new RuleHealth.Dead(one.assertion(), judged));
      }
    }
    for (VoteResults.Counted stream : counted) {
      List<String> rules =
          stream.votes().voters().stream()
              .filter(voter -> estimates.stream().anyMatch(e -> e.assertion().equals(voter)))
              .toList();
      // None where rules have just changed all their names.
      if (!rules.isEmpty()) {
        RuleHealth.of(stream.votes().of(rules), VoteResults.ERROR, SAME).stream()
            .filter(one -> one instanceof RuleHealth.Redundant pair && pair.flags() >= LEAST_FLAGS)
            .forEach(found::add);
      }
    }
    return found.stream().map(Matter::of).toList();
  }

  private static Stream stream(VoteResults.Counted counted) {
    return new Stream(
        counted.stream(),
        counted.at(),
        counted.votes().items(),
        VoterAnalysis.of(counted.votes()).stream().map(Voter::of).toList());
  }
}
