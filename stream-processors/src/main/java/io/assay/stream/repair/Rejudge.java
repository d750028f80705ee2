package io.assay.stream.repair;

import io.assay.assertion.Violation;
import io.assay.assertion.eval.ConnectedStreams;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Backtest;
import io.assay.assertion.scenario.Extent;
import io.assay.assertion.scenario.Payloads;
import io.assay.assertion.scenario.Recording;
import io.assay.stream.archive.Archive;
import io.assay.stream.archive.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Judges repaired events in the history of their keys, as a backtest around them would (ADR 35).
 *
 * <p>The archived history is judged twice, without and with them. What only the second finds is due
 * to them; all else was found when it came.
 */
public final class Rejudge {
  /** So long before and after an event its key's history is judged, unless told otherwise. */
  public static final Duration AROUND = Duration.ofDays(1);

  /** More of a key is no repair: they are all held in memory, and written at once. */
  private static final int MOST_FOUND = 10_000;

  private static final byte[] NOTHING = new byte[0];

  private final CheckedRules rules;
  private final long generation;
  private final Archive archive;
  private final String project;
  private final Duration around;

  private record Key(String stream, String key) {}

  private static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @param rules that are in use, and {@code generation} their number; 0 where they have none
   * @param archive of the project
   */
  public Rejudge(
      CheckedRules rules, long generation, Archive archive, String project, Duration around) {
    if (around.isNegative() || around.isZero()) {
      throw new IllegalArgumentException(
          "a history needs a time around the event, such as PT24H, got " + around);
    }
    this.rules = rules.live();
    this.generation = generation;
    this.archive = archive;
    this.project = project;
    this.around = around;
  }

  long generation() {
    return generation;
  }

  /** In the order of {@code chosen}; those of one key are judged together. */
  List<ReplayPlan> plan(List<Chosen> chosen) {
    Map<Integer, ReplayPlan> plans = new HashMap<>();
    Map<Key, List<Repair>> byKey = new LinkedHashMap<>();
    for (int i = 0; i < chosen.size(); i++) {
      int place = i;
      read(
          place,
          chosen.get(i),
          repair ->
              byKey
                  .computeIfAbsent(
                      new Key(repair.event().stream().name(), repair.event().key()),
                      key -> new ArrayList<>())
                  .add(repair),
          why -> plans.put(place, new ReplayPlan.Refused(why)));
    }
    byKey.values().forEach(repairs -> judge(repairs, plans));
    List<ReplayPlan> ordered = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      ReplayPlan plan = plans.get(i);
      if (plan == null) {
        throw new IllegalStateException("a plan for each, none for the one at " + i);
      }
      ordered.add(plan);
    }
    return ordered;
  }

  private void read(int place, Chosen chosen, Consumer<Repair> repair, Consumer<String> refused) {
    PutAside aside = chosen.aside();
    byte @Nullable [] edited = chosen.edited();
    Optional<ReplayPlan.Refused> lacking = ReplayPlan.lacking(aside, edited);
    Optional<StreamType> stream = rules.stream(aside.stream());
    if (lacking.isPresent()) {
      refused.accept(lacking.get().why());
    } else if (stream.isEmpty()) {
      refused.accept("the rules in use declare no stream '%s'".formatted(aside.stream()));
    } else if (isServed(aside.stream())) {
      refused.accept("it is half of a request and its answer, which can only be appended");
    } else if (!archive.holds(
        aside.stream(), aside.source().partition(), aside.source().offset())) {
      refused.accept(
          "the archive does not hold what came with it: not yet, which takes some minutes, or no"
              + " longer");
    } else {
      byte[] kept = aside.value() == null ? NOTHING : aside.value();
      byte[] value = edited == null ? kept : edited;
      long received = Math.multiplyExact(aside.receivedMillis(), 1_000_000L);
      switch (EventDecoder.of(stream.get(), Set.of())
          .decode(value, Repair.trace(aside), aside.source(), received)) {
        case Decoded.Readable(Event event) ->
            repair.accept(new Repair(place, event, value, aside.headers()));
        case Decoded.Unreadable(String cause, String detail) ->
            refused.accept("it still cannot be read: %s: %s".formatted(cause, detail));
      }
    }
  }

  private boolean isServed(String stream) {
    return rules.declared().streams().stream()
        .anyMatch(one -> one.type().name().equals(stream) && one.serving().isPresent());
  }

  private void judge(List<Repair> repairs, Map<Integer, ReplayPlan> plans) {
    try {
      Judgement judgement = judge(repairs);
      Judgement others = new Judgement(List.of(), 0, judgement.events(), judgement.leftOut());
      for (Repair repair : repairs) {
        boolean first = repair == repairs.getFirst();
        plans.put(repair.place(), new ReplayPlan.Judge(first ? judgement : others));
      }
    } catch (TooMany many) {
      String why =
          "its key's history would have more than %,d violations more".formatted(MOST_FOUND);
      repairs.forEach(repair -> plans.put(repair.place(), new ReplayPlan.Refused(why)));
    }
  }

  private Judgement judge(List<Repair> repairs) {
    Set<String> before = new HashSet<>();
    Set<String> leftOut = new TreeSet<>();
    run(repairs, false, violation -> before.add(violation.id()), leftOut);
    List<Violation> found = new ArrayList<>();
    Set<String> undone = new HashSet<>(before);
    run(
        repairs,
        true,
        violation -> {
          undone.remove(violation.id());
          if (before.add(violation.id())) {
            if (found.size() == MOST_FOUND) {
              throw new TooMany();
            }
            found.add(violation);
          }
        },
        leftOut);
    return new Judgement(found, undone.size(), repairs.size(), List.copyOf(leftOut));
  }

  private void run(
      List<Repair> repairs, boolean with, Consumer<Violation> found, Set<String> leftOut) {
    Event first = repairs.getFirst().event();
    long from = repairs.stream().mapToLong(Repair::at).min().orElseThrow();
    long to = repairs.stream().mapToLong(Repair::at).max().orElseThrow();
    long more = around.toNanos();
    var extent = new Extent(from - more, to + more, Set.of(first.key()), 1);
    List<Recording> recordings = new ArrayList<>();
    for (StreamType stream : connected(first.stream())) {
      var wanted = new Selection(extent.from(), extent.to(), extent.keys());
      var history = archive.events(stream.name(), wanted);
      boolean own = stream.name().equals(first.stream().name());
      Payloads payloads = own && with ? new RepairedHistory(history, repairs) : history;
      recordings.add(new Recording(stream, payloads));
    }
    Backtest.run(rules, project, recordings, extent, new Heard(found, leftOut));
  }

  /** Those that joins judge together with a stream. */
  private List<StreamType> connected(StreamType stream) {
    return ConnectedStreams.of(rules).stream()
        .filter(group -> group.stream().anyMatch(one -> one.name().equals(stream.name())))
        .findFirst()
        .orElse(List.of(stream));
  }

  private record Heard(Consumer<Violation> found, Set<String> leftOut)
      implements Backtest.Listener {
    @Override
    public void violation(Violation violation) {
      found.accept(violation);
    }

    /** Was a dead letter then, or would be one. */
    @Override
    public void unreadable(String place, String cause, String detail) {}

    @Override
    public void leftOut(String assertion) {
      leftOut.add(assertion);
    }

    @Override
    public void progress(long events) {}
  }
}
