package io.assay.stream.embeddings;

import io.assay.assertion.rule.ir.Embeddings;
import io.assay.stream.assertions.LiveRules;
import io.assay.stream.contract.ReleaseAcceptance;
import io.assay.stream.contract.ReleaseKey;
import io.assay.stream.contract.ReleaseRecord;
import io.assay.stream.contract.ReleaseStatus;
import io.assay.stream.contract.StabilityRecord;
import io.assay.stream.embeddings.Told.Alive;
import io.assay.stream.embeddings.Told.Answer;
import io.assay.stream.embeddings.Told.Piece;
import io.assay.stream.embeddings.Told.Progress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The course of releases: they open, close, are measured, accepted or rejected, and go. What a step
 * is decided by is stored with it, so that a restart goes on with the step.
 */
final class Course {
  /** More that are open at once are not waited for, nor compared. */
  private static final int MOST_OPEN = 2;

  /** Of more, the oldest that are gone are forgotten, as if they had never been. */
  private static final int MOST_KNOWN = 500;

  /** How often it is told how much of an open release has come. */
  private static final long PUBLISH_EVERY_MILLIS = 10_000;

  private final Embeddings embeddings;
  private final LiveRules rules;
  private final EmbeddingsSettings settings;
  private final KnownReleases heard;
  private final Publishing publishing;
  private final MergeStore store;
  private final Closing closing;
  private final Measuring measuring;

  /** In the order in which they began. */
  private final Map<Long, MergedRelease> releases = new TreeMap<>();

  private final Map<String, MergedRelease> byName = new HashMap<>();
  private final Map<Integer, Long> alive = new HashMap<>();

  Course(
      Embeddings embeddings,
      LiveRules rules,
      EmbeddingsSettings settings,
      KnownReleases heard,
      Publishing publishing,
      Measuring measuring,
      long nowMillis) {
    this.embeddings = embeddings;
    this.rules = rules;
    this.settings = settings;
    this.heard = heard;
    this.publishing = publishing;
    this.store = publishing.store();
    this.closing = new Closing(settings);
    this.measuring = measuring;
    store.releases().forEach(record -> restore(record, nowMillis));
  }

  private void restore(ReleaseRecord record, long nowMillis) {
    var release = new MergedRelease(record, nowMillis);
    for (int i = 0; i < settings.partitions(); i++) {
      int partition = i;
      store
          .progress(record.release(), i)
          .ifPresent(progress -> release.progress.put(partition, progress));
      if (record.status().isMeasured()) {
        store
            .answer(record.release(), record.status(), i)
            .ifPresent(answer -> release.answers.put(partition, answer));
      }
    }
    keep(release);
  }

  private void keep(MergedRelease release) {
    releases.put(release.record.number(), release);
    byName.put(release.name(), release);
  }

  private Optional<MergedRelease> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  private Collection<MergedRelease> all() {
    return List.copyOf(releases.values());
  }

  void alive(Alive told, long nowMillis) {
    alive.put(told.partition(), nowMillis);
  }

  void progress(Progress told, long nowMillis) {
    MergedRelease release = find(told.release()).orElseGet(() -> open(told, nowMillis));
    if (release.status() == ReleaseStatus.OPEN && release.take(told, nowMillis)) {
      store.put(told);
    }
  }

  private MergedRelease open(Progress told, long nowMillis) {
    long number = releases.keySet().stream().mapToLong(Long::longValue).max().orElse(0) + 1;
    ReleaseKey key = ReleaseKey.of(settings.project(), embeddings.name(), told.release());
    var release =
        new MergedRelease(
            ReleaseRecord.opened(key, number, told.dimensions(), nowMillis), nowMillis);
    keep(release);
    publishing.release(release, release.record);
    tell(release);
    return release;
  }

  void piece(Piece told) {
    if (find(told.release()).filter(one -> one.status() == told.step()).isPresent()) {
      store.put(told);
    }
  }

  void answer(Answer told) {
    find(told.release())
        .filter(one -> one.status() == told.step())
        .ifPresent(
            release -> {
              store.put(told);
              release.answers.put(told.partition(), told);
            });
  }

  /** Does what is due. */
  void look(long nowMillis) {
    publishing.use(settings.project(), rules.newest().number());
    all().forEach(this::accept);
    abandon();
    open().stream().limit(MOST_OPEN).forEach(this::compare);
    Optional<MergedRelease> measured =
        all().stream().filter(one -> one.status().isMeasured()).findFirst();
    if (measured.isPresent()) {
      measuring.goOn(measured.get(), isFirst(measured.get()), nowMillis);
    } else {
      close(nowMillis);
    }
    all().forEach(this::retire);
    forget();
    all().forEach(release -> tellProgress(release, nowMillis));
  }

  /** None closed before, so there is nothing that it could have broken. */
  private boolean isFirst(MergedRelease release) {
    return all().stream()
        .noneMatch(
            other ->
                other != release
                    && (other.status().isClosed() || other.status() == ReleaseStatus.RETIRED));
  }

  private void accept(MergedRelease release) {
    if (release.status() != ReleaseStatus.REJECTED) {
      return;
    }
    Optional<ReleaseAcceptance> acceptance = heard.acceptance(release.name());
    if (acceptance.isPresent()) {
      String why = acceptance.get().why();
      publishing.release(
          release, release.record.with(ReleaseStatus.ACCEPTED, why.isEmpty() ? "accepted" : why));
      measuring.tellAll(release, facts -> facts.by = acceptance.get().by());
    }
  }

  private List<MergedRelease> open() {
    return all().stream().filter(one -> one.status() == ReleaseStatus.OPEN).toList();
  }

  private void abandon() {
    int declared = VectorReader.dimensions(embeddings);
    for (MergedRelease release : open()) {
      if (release.record.dimensions() != declared) {
        abandon(
            release,
            "its vectors have %d numbers, %d are declared now"
                .formatted(release.record.dimensions(), declared));
      }
    }
    // One that is complete waits for its turn: a history that is read at once has many.
    List<MergedRelease> open =
        open().stream().filter(one -> !one.isComplete(settings.partitions())).toList();
    for (MergedRelease release : open.subList(0, Math.max(0, open.size() - MOST_OPEN))) {
      abandon(release, "%d releases began after it before it was complete".formatted(MOST_OPEN));
    }
  }

  private void abandon(MergedRelease release, String why) {
    publishing.release(release, release.record.with(ReleaseStatus.ABANDONED, why));
    tell(release);
  }

  private Set<String> pinned() {
    return AskedOfReleases.pinned(rules.newest().rules(), embeddings);
  }

  /** An open release is compared with the previous one, and with those that rules pin. */
  private void compare(MergedRelease release) {
    Optional<MergedRelease> previous = Standing.previous(all());
    Set<String> bases = new LinkedHashSet<>();
    previous.ifPresent(one -> bases.add(one.name()));
    for (String pinned : pinned()) {
      find(pinned).filter(one -> one.status().isClosed()).ifPresent(one -> bases.add(one.name()));
    }
    List<String> wanted = new ArrayList<>(bases);
    String before = previous.map(MergedRelease::name).orElse("");
    if (!wanted.equals(release.record.bases()) || !before.equals(release.record.previous())) {
      publishing.release(release, release.record.against(wanted, before));
    }
  }

  private void close(long nowMillis) {
    for (MergedRelease release : open()) {
      Optional<String> reason =
          closing.reason(
              release,
              all(),
              alive,
              base -> store.known(base, "").map(StabilityRecord::items).orElse(0L));
      if (reason.isPresent()) {
        release.steppedMillis = nowMillis;
        publishing.release(release, release.record.closing(reason.get(), nowMillis));
        tell(release);
        return;
      }
    }
  }

  /** What nothing is held against any more, its tasks delete. */
  private void retire(MergedRelease release) {
    if (!release.status().isClosed() || Standing.isNeeded(release, all(), pinned())) {
      return;
    }
    publishing.release(
        release,
        release.record.with(ReleaseStatus.RETIRED, "no release is held against it any more"));
    tell(release);
  }

  private void forget() {
    for (MergedRelease release : all()) {
      if (releases.size() <= MOST_KNOWN) {
        return;
      }
      if (release.status().isGone()) {
        releases.remove(release.record.number());
        byName.remove(release.name());
        publishing.forget(release);
      }
    }
  }

  private void tellProgress(MergedRelease release, long nowMillis) {
    if (release.status() == ReleaseStatus.OPEN
        && release.changed
        && nowMillis - release.publishedMillis >= PUBLISH_EVERY_MILLIS) {
      release.publishedMillis = nowMillis;
      tell(release);
    }
  }

  /** As far as it is known, of the release by itself. */
  private void tell(MergedRelease release) {
    release.changed = false;
    Facts facts = Facts.of(release.record, "", store.known(release.name(), ""));
    if (release.status() == ReleaseStatus.OPEN || release.status().isMeasured()) {
      facts.items = release.items();
      facts.atMillis = Math.max(0, release.newestMillis());
    }
    publishing.known(facts.record());
  }
}
