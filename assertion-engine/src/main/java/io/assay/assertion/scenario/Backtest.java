package io.assay.assertion.scenario;

import io.assay.assertion.Violation;
import io.assay.assertion.eval.ConnectedStreams;
import io.assay.assertion.eval.GroupJudge;
import io.assay.assertion.eval.TruthJoin;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Embeddings;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
  private static final int BETWEEN_PROGRESS = 1024;

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
      for (List<StreamType> group : ConnectedStreams.of(rules)) {
        backtest.play(group, recordings);
      }
      for (Embeddings embeddings : rules.declared().embeddings()) {
        measures
            .filter(any -> Releases.areJudged(rules, embeddings))
            .ifPresent(by -> backtest.play(embeddings, recordings, by));
      }
      return backtest.verdicts.report(backtest.events, backtest.keys, backtest.unreadable);
    }
  }

  /** Streams that joins connect are played together, their events as they arrived. */
  private void play(List<StreamType> group, List<Recording> recordings) {
    Shard whole =
        Shard.overStreams(rules, GroupJudge.of(rules, group, project), attachments, extent);
    whole.leftOut().forEach(listener::leftOut);
    List<Shard> shards = new ArrayList<>();
    for (int i = 0; i < crew.size(); i++) {
      shards.add(new Shard(GroupJudge.of(rules, group, project), whole.hasWindows()));
    }
    List<Arrivals> arrivals = arrivals(group, recordings);
    Set<String> truths = new HashSet<>();
    for (CheckedRules.TruthOf truth : awaited(group)) {
      truths.add(truth.events().name());
      arrivals.addAll(arrivals(truth, recordings));
    }
    arrivals.stream().map(Arrivals::next).filter(Objects::nonNull).forEach(listener::begins);
    int meeting = crew.size() == 1 ? 1 : BETWEEN_MEETINGS;
    int given = 0;
    for (Optional<Event> event = first(arrivals); event.isPresent(); event = first(arrivals)) {
      Event next = event.get();
      if (truths.contains(next.stream().name())) {
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

  /** Rows in the order in which they stand; times bound nothing, for releases have none. */
  private void play(Embeddings embeddings, List<Recording> recordings, ReleaseMeasures measures) {
    var reader = new ReleaseRow.Reader(embeddings);
    var releases = new Releases(rules, embeddings, project, measures);
    Verdicts out = verdicts.ofReleases();
    for (Recording recording : recordings) {
      if (!recording.stream().name().equals(embeddings.name())) {
        continue;
      }
      Payloads payloads = recording.payloads();
      for (Payload next = payloads.next(); next != null; next = payloads.next()) {
        switch (reader.read(next.bytes())) {
          case ReleaseRow.Item item -> {
            releases.take(item, out);
            events++;
            if (events % BETWEEN_PROGRESS == 0) {
              listener.progress(events);
            }
          }
          case ReleaseRow.Closed closed -> releases.take(closed, out);
          case ReleaseRow.Broken(var detail) -> {
            unreadable++;
            listener.unreadable(payloads.place(next.source()), "broken-row", detail);
          }
        }
      }
    }
    releases.finish(out);
    verdicts.addAside(releases.late(), 0, 0);
    listener.progress(events);
  }

  private List<Arrivals> arrivals(List<StreamType> group, List<Recording> recordings) {
    GroupJudge judge = GroupJudge.of(rules, group, project);
    List<Arrivals> arrivals = new ArrayList<>();
    for (StreamType stream : group) {
      List<Recording> own =
          recordings.stream().filter(r -> r.stream().name().equals(stream.name())).toList();
      if (!own.isEmpty()) {
        EventDecoder decoder = EventDecoder.of(stream, judge.reads(stream));
        arrivals.add(new Arrivals(own, decoder, extent, crew, this::unreadable));
      }
    }
    return arrivals;
  }

  /** The truths that assertions on these streams wait for. */
  private List<CheckedRules.TruthOf> awaited(List<StreamType> group) {
    List<CheckedRules.TruthOf> awaited = new ArrayList<>();
    for (StreamType stream : group) {
      Set<String> names = TruthJoin.of(rules, stream).map(TruthJoin::names).orElse(Set.of());
      rules.truths().stream()
          .filter(one -> one.stream().name().equals(stream.name()))
          .filter(one -> names.contains(one.truth().name()))
          .forEach(awaited::add);
    }
    return awaited;
  }

  /** Whenever it came, and of whatever key: what is judged is told by the events. */
  private List<Arrivals> arrivals(CheckedRules.TruthOf truth, List<Recording> recordings) {
    StreamType stream = truth.events();
    List<Recording> own =
        recordings.stream().filter(r -> r.stream().name().equals(stream.name())).toList();
    EventDecoder decoder = EventDecoder.of(stream, Set.of(truth.truth().name()));
    return own.isEmpty()
        ? List.of()
        : List.of(new Arrivals(own, decoder, Extent.ALL, crew, this::unreadable));
  }

  private void unreadable(String place, Decoded.Unreadable broken) {
    unreadable++;
    listener.unreadable(place, broken.cause(), broken.detail());
  }

  /** The next to arrive of all streams; of equals that of the earlier one. */
  private static Optional<Event> first(List<Arrivals> arrivals) {
    @Nullable Arrivals first = null;
    long earliest = 0;
    for (Arrivals stream : arrivals) {
      Event next = stream.next();
      if (next != null && (first == null || next.received() < earliest)) {
        first = stream;
        earliest = next.received();
      }
    }
    return first == null ? Optional.empty() : Optional.of(first.take());
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
