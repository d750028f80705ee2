package io.assay.assertion.scenario;

import io.assay.assertion.Violation;
import io.assay.assertion.alert.AlertLedger;
import io.assay.assertion.alert.AlertRehearsal;
import io.assay.assertion.eval.ConnectedStreams;
import io.assay.assertion.eval.GroupJudge;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Embeddings;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Plays recordings through the very engine that judges live streams.
 *
 * <p>Assertions of every mode run, drafts too. The events of a key are judged in the order in which
 * they arrived. What is remembered is the state of each key, as live, and a bit for each flagged
 * event: memory does not grow with the length of a recording. Ids of violations are those of the
 * live stream, and do not depend on what a file is called.
 *
 * <p>Several jobs decode together, then judge together, each its own keys, some events at a time;
 * what they found is told in the order of the events. The answer is the same for any number.
 */
public final class Backtest implements AutoCloseable {
  /** Events that several jobs judge before they meet; what is found waits so long in memory. */
  private static final int BETWEEN_MEETINGS = 1024;

  /** Progress is told after this many events. */
  static final int BETWEEN_PROGRESS = 1024;

  private final CheckedRules rules;
  private final String project;
  private final Extent extent;
  private final Attachments attachments;
  private final Listener listener;
  private final BacktestVerdicts verdicts;
  private final Crew crew;

  /** Truths that windows have not been told of. */
  private final List<Shard.Counted> turnedOut = new ArrayList<>();

  private long events;
  private long keys;
  private long unreadable;

  /** Hears what happens while a backtest runs. */
  public interface Listener {
    /** A violation was found. */
    void violation(Violation violation);

    /**
     * A payload is no event; the backtest goes on behind it.
     *
     * @param place {@code file:line}, with lines from 1, or {@code topic-partition@offset}
     * @param cause {@code broken-json}, {@code no-key}, {@code no-time} or {@code too-long}
     */
    void unreadable(String place, String cause, String detail);

    /**
     * An event changes no verdict.
     *
     * @param why it is late, from the future, or seen before
     */
    default void aside(Coordinates source, String why) {}

    /** The windows of an assertion are over several keys, and only some are looked at. */
    default void leftOut(String assertion) {}

    /**
     * A window is over and waits for truth.
     *
     * @param at its end, nanoseconds since the epoch
     * @param what how much is missing, and what is estimated until it comes
     */
    default void waits(String assertion, long at, String what) {}

    /** The first event of a stream, before it is judged. */
    default void begins(Event first) {}

    /** Called now and then, so that progress can be shown. */
    void progress(long events);
  }

  private Backtest(
      CheckedRules rules,
      String project,
      Extent extent,
      Attachments attachments,
      Listener listener) {
    this.attachments = attachments;
    this.rules = rules;
    this.project = project;
    this.extent = extent;
    this.listener = listener;
    this.verdicts = new BacktestVerdicts(rules, listener);
    this.crew = new Crew(extent.jobs());
  }

  /**
   * Plays all recordings; streams without one are left out.
   *
   * @throws java.io.UncheckedIOException if a recording cannot be read
   */
  public static BacktestReport run(
      CheckedRules rules,
      String project,
      List<Recording> recordings,
      Extent extent,
      Listener listener) {
    Attachments none =
        (ruleFile, name) -> {
          throw new NoSuchFileException(name);
        };
    return run(rules, project, recordings, extent, none, listener);
  }

  /**
   * Likewise.
   *
   * @param attachments the files that rules hold windows against
   */
  public static BacktestReport run(
      CheckedRules rules,
      String project,
      List<Recording> recordings,
      Extent extent,
      Attachments attachments,
      Listener listener) {
    return run(rules, project, recordings, extent, attachments, Optional.empty(), listener);
  }

  /**
   * Likewise.
   *
   * @param measures of releases of embeddings; without any, those are not judged
   */
  public static BacktestReport run(
      CheckedRules rules,
      String project,
      List<Recording> recordings,
      Extent extent,
      Attachments attachments,
      Optional<ReleaseMeasures> measures,
      Listener listener) {
    try (var backtest = new Backtest(rules, project, extent, attachments, listener)) {
      backtest.play(recordings);
      for (Embeddings embeddings : rules.declared().embeddings()) {
        measures
            .filter(any -> Releases.areJudged(rules, embeddings))
            .ifPresent(by -> backtest.play(embeddings, recordings, by));
      }
      return backtest.verdicts.report(backtest.events, backtest.keys, backtest.unreadable);
    }
  }

  /**
   * What was counted, before anybody is told.
   *
   * @param report without alerts
   */
  record Counted(BacktestReport report, AlertLedger ledger) {}

  /** Likewise, without files and releases, and alerts are for the caller. */
  static Counted count(
      CheckedRules rules,
      String project,
      List<Recording> recordings,
      Extent extent,
      Listener listener) {
    Attachments none =
        (ruleFile, name) -> {
          throw new NoSuchFileException(name);
        };
    try (var backtest = new Backtest(rules, project, extent, none, listener)) {
      backtest.play(recordings);
      var report =
          backtest.verdicts.report(
              backtest.events, backtest.keys, backtest.unreadable, AlertRehearsal.Told.NOTHING);
      return new Counted(report, backtest.verdicts.ledger());
    }
  }

  private void play(List<Recording> recordings) {
    for (List<StreamType> group : ConnectedStreams.of(rules)) {
      play(group, recordings);
    }
  }

  /** Streams that joins connect are played together, their events as they arrived. */
  private void play(List<StreamType> group, List<Recording> recordings) {
    Shard whole =
        Shard.overStreams(rules, GroupJudge.of(rules, group, project), attachments, extent);
    whole.leftOut().forEach(listener::leftOut);
    List<Shard> shards = new ArrayList<>();
    for (int i = 0; i < crew.size(); i++) {
      shards.add(
          new Shard(
              GroupJudge.of(rules, group, project),
              whole.hasWindows(),
              AlertRehearsal.ledger(rules)));
    }
    var arrivals = new JoinedArrivals(rules, crew, this::unreadable);
    arrivals.addStreams(group, recordings, extent, GroupJudge.of(rules, group, project));
    arrivals.addTruths(group, recordings);
    arrivals.begin().forEach(listener::begins);
    int meeting = crew.size() == 1 ? 1 : BETWEEN_MEETINGS;
    int given = 0;
    for (Optional<Event> event = arrivals.take(); event.isPresent(); event = arrivals.take()) {
      Event next = event.get();
      if (arrivals.isTruth(next)) {
        turnedOut.add(Shard.Counted.truth(events, next));
        continue;
      }
      shards.get(Math.floorMod(next.key().hashCode(), shards.size())).add(events, next);
      if (whole.isOverStreams()) {
        whole.add(events, next);
      }
      events++;
      if (++given == meeting) {
        meet(shards, whole);
        given = 0;
      }
      if (events % BETWEEN_PROGRESS == 0) {
        listener.progress(events);
      }
    }
    meet(shards, whole);
    whole.finishWhole();
    tell(List.of(whole));
    whole.addTo(verdicts);
    shards.forEach(shard -> keys += shard.keys());
    finish(shards);
    shards.forEach(shard -> shard.addTo(verdicts));
    listener.progress(events);
  }

  private void play(Embeddings embeddings, List<Recording> recordings, ReleaseMeasures measures) {
    var releases = new Releases(rules, embeddings, project, measures);
    var rows = new ReleaseRows(embeddings, releases, listener, events);
    rows.play(recordings, verdicts.ofReleases());
    verdicts.addAside(releases.late(), 0, 0);
    events += rows.taken();
    unreadable += rows.unreadable();
    listener.progress(events);
  }

  private void unreadable(String place, Decoded.Unreadable broken) {
    unreadable++;
    listener.unreadable(place, broken.cause(), broken.detail());
  }

  private void meet(List<Shard> shards, Shard whole) {
    crew.each(i -> shards.get(i).judge());
    whole.judge();
    if (whole.hasWindows()) {
      List<Shard.Counted> taken = new ArrayList<>(turnedOut);
      turnedOut.clear();
      shards.forEach(shard -> taken.addAll(shard.taken()));
      taken.sort(Comparator.comparingLong(Shard.Counted::place));
      whole.count(taken);
    }
    List<Shard> all = new ArrayList<>(shards);
    all.add(whole);
    tell(all);
  }

  private void tell(List<Shard> shards) {
    List<Shard.Told> told = new ArrayList<>();
    shards.forEach(shard -> told.addAll(shard.told()));
    // A key is in one shard, so that what an event showed keeps its order: the sort is stable.
    told.sort(Comparator.comparingLong(Shard.Told::place));
    told.forEach(one -> verdicts.tell(one.telling()));
  }

  /** Key by key in the order in which they came; what ends find is told some keys at a time. */
  private void finish(List<Shard> shards) {
    shards.forEach(Shard::end);
    while (!shards.stream().allMatch(Shard::isFinished)) {
      long until =
          shards.stream()
              .filter(shard -> !shard.isFinished())
              .mapToLong(shard -> shard.placeOf(BETWEEN_MEETINGS - 1))
              .min()
              .orElse(Long.MAX_VALUE);
      crew.each(i -> shards.get(i).finish(until));
      tell(shards);
    }
  }

  @Override
  public void close() {
    crew.close();
  }
}
