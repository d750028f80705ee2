package io.assay.web.rounds;

import io.assay.assertion.weaklabel.RateChange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether a round was worth it: rates before and after the model that learned from it. */
@Component
class RoundProof {
  /** As many as a page has. */
  private static final int RENEWED = 20;

  private final ProofSums sums;
  private final KeptProofs kept;
  private final RoundStore store;
  private final Clock clock;

  RoundProof(ProofSums sums, KeptProofs kept, RoundStore store, Clock clock) {
    this.sums = sums;
    this.kept = kept;
    this.store = store;
    this.clock = clock;
  }

  /**
   * Of a round.
   *
   * @param version that learned from it; null while none is known, and then there are no changes
   * @param since event time from which on it is judged
   * @param asOf when it was added up, by the clock; at most ten minutes ago, or when nothing could
   *     change it any more
   * @param changes of all assertions that both times have judged, those of the round first
   */
  record Proof(
      @Nullable String version,
      @Nullable Instant since,
      @Nullable Instant asOf,
      List<Change> changes) {}

  /**
   * Of an assertion.
   *
   * @param ofRound whether the round has items of it: the others show what changed beside
   * @param difference after less before, with its 95 % interval
   * @param outcome fell, rose or not-told
   */
  record Change(
      String assertion,
      boolean ofRound,
      double before,
      double after,
      double difference,
      double low,
      double high,
      String outcome) {}

  Proof of(String project, LabelRound round) {
    Optional<Instant> since = round.learnedFrom();
    if (since.isEmpty()) {
      return new Proof(null, null, null, List.of());
    }
    return kept.of(project, round, KeptProofs.FRESH)
        .orElseGet(() -> addUp(project, round, since.get()));
  }

  /** Adds up what will soon be too old to be shown, so that nobody waits for it. */
  void renew(String project) {
    Duration soon = KeptProofs.FRESH.dividedBy(2);
    for (LabelRound round : store.all(project, RENEWED)) {
      round
          .learnedFrom()
          .filter(since -> kept.of(project, round, soon).isEmpty())
          .ifPresent(since -> addUp(project, round, since));
    }
  }

  private Proof addUp(String project, LabelRound round, Instant since) {
    String version = round.trained().orElse(null);
    var ofRound = new TreeSet<>(sums.assertions(project, round.number()));
    List<Change> changes = new ArrayList<>();
    new TreeMap<>(sums.all(project, since))
        .forEach(
            (assertion, sides) -> {
              if (sides.areBoth()) {
                RateChange change =
                    RateChange.of(sides.before().orElseThrow(), sides.after().orElseThrow());
                changes.add(change(assertion, ofRound.contains(assertion), change));
              }
            });
    changes.sort((a, b) -> Boolean.compare(b.ofRound(), a.ofRound()));
    var proof = new Proof(version, since, clock.instant(), changes);
    kept.keep(project, round, proof);
    return proof;
  }

  private static Change change(String assertion, boolean ofRound, RateChange change) {
    return new Change(
        assertion,
        ofRound,
        change.before(),
        change.after(),
        change.difference(),
        change.interval().low(),
        change.interval().high(),
        change.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
