package io.assay.assertion.scenario;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.alert.AlertLedger;
import io.assay.assertion.alert.AlertRehearsal;
import io.assay.assertion.eval.GroupJudge;
import io.assay.assertion.eval.KeptKeys;
import io.assay.assertion.eval.OverStream;
import io.assay.assertion.eval.Taken;
import io.assay.assertion.eval.TruthFate;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Some of the keys, judged by one thread; what is found waits, with the place of the event that
 * showed it, until the shards meet.
 *
 * <p>Longer than others: keys, whole streams and windows end in one order of places.
 */
final class Shard {
  /** Of so many keys the states are objects; more than take turns in a short while. */
  private static final int MOST_OBJECTS = 1024;

  private final GroupJudge judge;
  private final KeptKeys states;

  /** By stream; where there are any, these judge, and there are no keys. */
  private final Map<String, OverStream> wholes = new HashMap<>();

  /** Likewise: these count what the keys' judges have taken. */
  private @Nullable Windows windows;

  /** Events that were taken since they were last asked for, where windows want them. */
  private final List<Counted> taken = new ArrayList<>();

  private final boolean hasWindows;
  private final List<String> leftOut = new ArrayList<>();

  private final Map<String, Key> keys = new LinkedHashMap<>();
  private final Deque<Key> unfinished = new ArrayDeque<>();
  private final List<Task> tasks = new ArrayList<>();
  private final Gathered gathered;

  private record Key(long firstPlace, String name) {}

  /** An event, and its place among all. */
  private record Task(long place, Event event) {}

  /** Likewise, for windows: an event of theirs, or a truth of one. */
  record Counted(long place, Optional<Taken> taken, Optional<Event> truth) {
    static Counted truth(long place, Event truth) {
      return new Counted(place, Optional.empty(), Optional.of(truth));
    }
  }

  /** Said of the event at a place. */
  record Told(long place, Telling telling) {}

  /** Something to be said in the order of events. */
  sealed interface Telling {
    record Found(Violation violation) implements Telling {}

    record Failed(String assertion, String message) implements Telling {}

    /** A window whose truth is still to come. */
    record Waits(String assertion, long at, String what) implements Telling {}

    /** A window that is over. */
    record Undecided(String assertion, long at, String reason) implements Telling {}

    /** Judged by nothing: late, from the future, or seen before. */
    record Aside(Coordinates source, String why) implements Telling {}
  }

  /**
   * Likewise.
   *
   * @param hasWindows what is taken is asked for
   * @param ledger of the alerts that are told
   */
  Shard(GroupJudge judge, boolean hasWindows, AlertLedger ledger) {
    this.gathered = new Gathered(ledger);
    this.judge = judge;
    this.states = new KeptKeys(judge, MOST_OBJECTS);
    this.hasWindows = hasWindows;
  }

  /** What is said over streams is judged beside the keys, by all events. */
  static Shard overStreams(
      CheckedRules rules, GroupJudge judge, Attachments attachments, Extent extent) {
    var shard = new Shard(judge, false, AlertRehearsal.ledger(rules));
    var windows = new Windows(rules, judge.streams(), judge.project(), attachments, extent);
    shard.leftOut.addAll(windows.leftOut());
    shard.windows = windows.isEmpty() ? null : windows;
    for (StreamType stream : judge.streams()) {
      OverStream.of(rules, stream, judge.project())
          .ifPresent(whole -> shard.wholes.put(stream.name(), whole));
    }
    return shard;
  }

  boolean isOverStreams() {
    return !wholes.isEmpty();
  }

  /** Assertions whose windows are over keys that are not looked at. */
  List<String> leftOut() {
    return leftOut;
  }

  boolean hasWindows() {
    return windows != null;
  }

  /** Events that the keys' judges have taken since the last call. */
  List<Counted> taken() {
    List<Counted> all = List.copyOf(taken);
    taken.clear();
    return all;
  }

  /** Windows count events that were taken, in their order. */
  void count(List<Counted> events) {
    Windows own = windows;
    if (own != null) {
      for (Counted event : events) {
        gathered.place = event.place();
        gathered.isOfWindows = true;
        event.taken().ifPresent(taken -> own.count(taken, gathered));
        event.truth().ifPresent(truth -> own.truth(truth, gathered));
      }
    }
  }

  /** What is said over streams, and over windows, has heard of all events. */
  void finishWhole() {
    wholes.values().forEach(whole -> whole.finish(gathered));
    Windows own = windows;
    if (own != null) {
      gathered.isOfWindows = true;
      own.finish(gathered);
    }
  }

  void add(long place, Event event) {
    tasks.add(new Task(place, event));
  }

  /** Judges what has been added. */
  void judge() {
    for (Task task : tasks) {
      gathered.place = task.place();
      if (isOverStreams()) {
        judgeWhole(task.event());
      } else {
        String key = task.event().key();
        keys.computeIfAbsent(key, name -> new Key(task.place(), name));
        Optional<Taken> counted = judge.judge(states.of(key), task.event(), gathered);
        if (hasWindows) {
          counted.ifPresent(
              one -> taken.add(new Counted(task.place(), Optional.of(one), Optional.empty())));
        }
      }
    }
    tasks.clear();
  }

  private void judgeWhole(Event event) {
    gathered.isOfWindows = false;
    OverStream whole = wholes.get(event.stream().name());
    if (whole != null) {
      whole.judge(event, gathered);
    }
  }

  int keys() {
    return keys.size();
  }

  /** No more events come: the keys are now finished, in the order in which they came. */
  void end() {
    unfinished.addAll(keys.values());
    keys.clear();
  }

  /**
   * The place of the key that is so many behind the first unfinished one; the last if fewer are.
   */
  long placeOf(int behind) {
    return unfinished.stream().skip(behind).findFirst().map(Key::firstPlace).orElse(Long.MAX_VALUE);
  }

  boolean isFinished() {
    return unfinished.isEmpty();
  }

  /** Finishes the keys that came first at or before a place. */
  void finish(long until) {
    while (!unfinished.isEmpty() && unfinished.peekFirst().firstPlace() <= until) {
      Key key = unfinished.removeFirst();
      gathered.place = key.firstPlace();
      judge.finish(states.remove(key.name()), gathered);
    }
  }

  /** What was said since the last call, in order. */
  List<Told> told() {
    List<Told> told = List.copyOf(gathered.told);
    gathered.told.clear();
    return told;
  }

  /** Counts of everything, which depend on no order. */
  void addTo(BacktestVerdicts all) {
    gathered.counts.forEach(
        (assertion, counts) -> counts.forEach((tally, by) -> all.add(assertion, tally, by)));
    gathered.fates.forEach(
        (name, fates) -> fates.forEach((fate, by) -> all.addTruth(name, fate, by)));
    all.addAside(gathered.late, gathered.future, gathered.duplicates);
    all.add(gathered.ledger);
  }

  private static final class Gathered implements Verdicts {
    private final AlertLedger ledger;
    private final List<Told> told = new ArrayList<>();
    private final Map<String, Map<Tally, Long>> counts = new HashMap<>();
    private final Map<String, Map<TruthFate, Long>> fates = new HashMap<>();
    private long place;

    /** What is undecided of single events is counted, and there may be as many as events. */
    private boolean isOfWindows;

    private long late;
    private long future;
    private long duplicates;

    Gathered(AlertLedger ledger) {
      this.ledger = ledger;
    }

    @Override
    public void violation(Violation violation) {
      ledger.violation(violation);
      told.add(new Told(place, new Telling.Found(violation)));
    }

    @Override
    public void speaks(String assertion, String key, long at) {
      ledger.speaks(assertion, key, at);
    }

    @Override
    public void error(String assertion, String message) {
      told.add(new Told(place, new Telling.Failed(assertion, message)));
    }

    @Override
    public void waits(String assertion, String expectation, long at, String what) {
      told.add(new Told(place, new Telling.Waits(assertion, at, what)));
    }

    @Override
    public void undecided(String assertion, String expectation, long at, String reason) {
      if (isOfWindows) {
        told.add(new Told(place, new Telling.Undecided(assertion, at, reason)));
      }
    }

    @Override
    public void truth(String name, String id, TruthFate fate) {
      fates.computeIfAbsent(name, n -> new EnumMap<>(TruthFate.class)).merge(fate, 1L, Long::sum);
    }

    @Override
    public void count(String assertion, String expectation, Tally tally, long minute, long by) {
      ledger.count(assertion, expectation, tally, minute, by);
      counts
          .computeIfAbsent(assertion, name -> new EnumMap<>(Tally.class))
          .merge(tally, by, Long::sum);
    }

    @Override
    public void late(Event event, LateReason reason) {
      switch (reason) {
        case LATE -> {
          late++;
          aside(event, "late");
        }
        case FUTURE -> {
          future++;
          aside(event, "from the future");
        }
      }
    }

    @Override
    public void duplicate(Event event) {
      duplicates++;
      aside(event, "seen before");
    }

    private void aside(Event event, String why) {
      told.add(new Told(place, new Telling.Aside(event.source(), why)));
    }
  }
}
