package io.assay.stream.embeddings;

import io.assay.stream.assertions.LiveRules;
import io.assay.stream.contract.ReleaseRecord;
import io.assay.stream.contract.ReleaseStatus;
import io.assay.stream.contract.StabilityRecord;
import io.assay.stream.embeddings.Told.Answer;
import io.assay.stream.embeddings.Told.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From the closing of a release to its verdict: waits for what all tasks tell, measures beside the
 * stream's thread, asks for more where that is not exact enough or where items moved, and judges.
 */
final class Measuring {
  private static final Logger LOG = LoggerFactory.getLogger(Measuring.class);

  /**
   * After so long tasks are asked again: without exactly-once, a crash may lose what they told, and
   * they never tell the same twice by themselves.
   */
  private static final long PATIENCE_MILLIS = Duration.ofMinutes(10).toMillis();

  /** So many are told as those that moved most. */
  private static final int MOST_MOVED = 20;

  private final LiveRules rules;
  private final Publishing publishing;
  private final MergeStore store;
  private final ReleaseVerdicts verdicts;
  private final Executor executor;
  private final int partitions;
  private final int threads = Math.min(2, Runtime.getRuntime().availableProcessors());

  Measuring(
      LiveRules rules,
      Publishing publishing,
      ReleaseVerdicts verdicts,
      Executor executor,
      int partitions) {
    this.rules = rules;
    this.publishing = publishing;
    this.store = publishing.store();
    this.verdicts = verdicts;
    this.executor = executor;
    this.partitions = partitions;
  }

  /** {@code first}: whether none closed before. */
  void goOn(MergedRelease release, boolean first, long nowMillis) {
    if (release.answers.size() < partitions) {
      if (nowMillis - release.steppedMillis >= PATIENCE_MILLIS) {
        release.steppedMillis = nowMillis;
        publishing.release(release, release.record.askedAgain());
      }
      return;
    }
    switch (release.status()) {
      case CLOSING -> measure(release, release.record.bases(), first, nowMillis);
      case PRECISE -> measure(release, release.record.refined(), first, nowMillis);
      case TURNING -> {
        Map<String, Integer> furthest = new TreeMap<>();
        for (String base : release.record.rotations().keySet()) {
          takeMoved(release, base).ifPresent(pieces -> furthest.put(base, pieces));
        }
        forgetAnswers(release);
        release.steppedMillis = nowMillis;
        if (furthest.isEmpty()) {
          finish(release, first, nowMillis);
        } else {
          publishing.release(release, release.record.nearing(furthest));
        }
      }
      case NEIGHBOURS -> {
        release.record.furthest().keySet().forEach(base -> takeNear(release, base));
        forgetAnswers(release);
        finish(release, first, nowMillis);
      }
      case OPEN, ACCEPTED, REJECTED, ABANDONED, RETIRED ->
          throw new IllegalStateException("nothing is measured of " + release.record);
    }
  }

  private void measure(MergedRelease release, List<String> bases, boolean first, long nowMillis) {
    CompletableFuture<Map<String, MeasuredPair>> under = release.measuring;
    if (under == null) {
      begin(release, bases);
      under = Objects.requireNonNull(release.measuring);
    }
    if (under.isDone()) {
      release.measuring = null;
      take(
          release, under.exceptionally(failure -> failed(bases, failure)).join(), first, nowMillis);
    }
  }

  /** It would not go better the next time, and the stream must go on. */
  private static Map<String, MeasuredPair> failed(List<String> bases, Throwable failure) {
    LOG.warn("releases could not be measured", failure);
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    Map<String, MeasuredPair> all = new LinkedHashMap<>();
    bases.forEach(base -> all.put(base, MeasuredPair.unmeasured(cause.toString())));
    return all;
  }

  /** What tasks told is read here and now; nobody else may touch the store. */
  private void begin(MergedRelease release, List<String> bases) {
    Map<String, List<byte[]>> told = new LinkedHashMap<>();
    for (String base : bases) {
      told.put(
          base,
          release.answers.values().stream().map(answer -> store.whole(answer, base)).toList());
    }
    SortedSet<Integer> neighbours =
        AskedOfReleases.neighbours(rules.newest().rules(), release.record.embeddings());
    release.measuring =
        CompletableFuture.supplyAsync(
            () -> {
              Map<String, MeasuredPair> all = new LinkedHashMap<>();
              told.forEach(
                  (base, states) -> all.put(base, MeasuredPair.of(states, neighbours, threads)));
              return all;
            },
            executor);
  }

  private void take(
      MergedRelease release, Map<String, MeasuredPair> all, boolean first, long nowMillis) {
    Map<String, Integer> rotations = new TreeMap<>(release.record.rotations());
    List<String> imprecise = new ArrayList<>();
    all.forEach(
        (base, pair) -> {
          boolean exact = pair.measured().map(StabilityRecord.Measured::precise).orElse(true);
          if (!exact && release.status() == ReleaseStatus.CLOSING) {
            imprecise.add(base);
          } else if (pair.measured().isPresent()) {
            rotations.put(
                base, publishing.rotation(release.record.key(), base, pair.rotation().bytes()));
          }
        });
    ReleaseRecord next = release.record.rotated(rotations);
    all.forEach((base, pair) -> tell(release, base, pair));
    if (release.status() == ReleaseStatus.CLOSING) {
      tellClosed(release);
    }
    forgetAnswers(release);
    release.steppedMillis = nowMillis;
    if (!imprecise.isEmpty()) {
      publishing.release(release, next.refining(imprecise));
    } else if (rotations.isEmpty()) {
      finish(release, first, nowMillis);
    } else {
      publishing.release(release, next.turning());
    }
  }

  /** Its final figures, by itself. */
  private void tellClosed(MergedRelease release) {
    Facts facts = Facts.of(release.record, "", store.known(release.name(), ""));
    facts.items = items(release);
    facts.atMillis = at(release);
    facts.stateBytes =
        release.answers.values().stream()
            .flatMap(answer -> answer.parts().values().stream())
            .mapToLong(Part::bytes)
            .sum();
    publishing.known(facts.record());
  }

  private void tell(MergedRelease release, String base, MeasuredPair pair) {
    Facts facts = Facts.of(release.record, base, store.known(release.name(), base));
    facts.items = items(release);
    facts.atMillis = at(release);
    facts.baseItems = store.known(base, "").map(StabilityRecord::items).orElse(0L);
    facts.shared = 0;
    facts.stateBytes = 0;
    for (Answer answer : release.answers.values()) {
      Part part = answer.parts().get(base);
      facts.shared += part == null ? 0 : part.shared();
      facts.stateBytes += part == null ? 0 : part.bytes();
    }
    facts.measured = pair.measured().orElse(null);
    facts.unmeasured = pair.unmeasured();
    publishing.known(facts.record());
  }

  private static long items(MergedRelease release) {
    return release.answers.values().stream().mapToLong(Answer::items).sum();
  }

  private static long at(MergedRelease release) {
    return Math.max(
        0, release.answers.values().stream().mapToLong(Answer::newestMillis).max().orElse(0));
  }

  /** Returns in how many pieces those stand of which it is asked what is near them, if any. */
  private Optional<Integer> takeMoved(MergedRelease release, String base) {
    var furthest = new Furthest();
    release.answers.values().forEach(answer -> furthest.offer(store.whole(answer, base)));
    Facts facts = Facts.of(release.record, base, store.known(release.name(), base));
    facts.moved =
        furthest.all().stream()
            .limit(MOST_MOVED)
            .map(one -> new StabilityRecord.Moved(one.item(), one.displacement()))
            .toList();
    publishing.known(facts.record());
    int k = AskedOfReleases.neighbours(rules.newest().rules(), release.record.embeddings()).first();
    var sought = new Sought(k, furthest.all());
    return sought.items().isEmpty()
        ? Optional.empty()
        : Optional.of(publishing.furthest(release.record.key(), base, sought.bytes()));
  }

  private void takeNear(MergedRelease release, String base) {
    List<NearTold> told =
        release.answers.values().stream()
            .map(answer -> NearTold.read(store.whole(answer, base)))
            .toList();
    Facts facts = Facts.of(release.record, base, store.known(release.name(), base));
    facts.neighbourhoods = NearTold.merge(told).bounded();
    publishing.known(facts.record());
  }

  private void forgetAnswers(MergedRelease release) {
    release.answers.values().forEach(store::delete);
    release.answers.clear();
  }

  private void finish(MergedRelease release, boolean first, long nowMillis) {
    List<StabilityRecord> pairs =
        release.record.bases().stream()
            .flatMap(base -> store.known(release.name(), base).stream())
            .toList();
    StabilityRecord alone = store.known(release.name(), "").orElseThrow();
    LiveRules.Generation by = rules.newest();
    Judged judged = verdicts.judge(by, release.record, alone, pairs);
    List<String> objections =
        alone.items() == 0 ? List.of("it has no items") : first ? List.of() : judged.objections();
    boolean accepted = objections.isEmpty();
    String why = accepted ? release.record.why() : String.join("; ", objections);
    publishing.forgetSteps(release.record);
    publishing.release(
        release,
        release
            .record
            .stepped()
            .with(accepted ? ReleaseStatus.ACCEPTED : ReleaseStatus.REJECTED, why));
    tellAll(
        release,
        facts -> {
          facts.measuredMillis = nowMillis;
          facts.generation = by.number();
          facts.verdicts = judged.of(facts.base());
          if (facts.base().isEmpty()) {
            facts.judgement = judged.judgement().orElse(null);
          }
        });
    release.progress.keySet().forEach(one -> store.deleteProgress(release.name(), one));
    release.progress.clear();
  }

  /** What is known of it by itself and against each base, with something changed. */
  void tellAll(MergedRelease release, Consumer<Facts> change) {
    List<String> all = new ArrayList<>(List.of(""));
    all.addAll(release.record.bases());
    for (String base : all) {
      Facts facts = Facts.of(release.record, base, store.known(release.name(), base));
      change.accept(facts);
      publishing.known(facts.record());
    }
  }
}
