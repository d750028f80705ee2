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
import io.assay.stream.contract.Topics;
import io.assay.stream.repair.Round.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Judges repaired events in the history of their keys, as a backtest around them would (ADR 35).
 *
 * <p>The archived history is judged twice, without and with them. What only the second finds is due
 * to them; all else was found when it came. Streams that joins connect are judged together, all
 * with their repairs: an event has its partner also where both had been put aside.
 */
public final class Rejudge {
  /** So long before and after an event its key's history is judged, unless told otherwise. */
  public static final Duration AROUND = Duration.ofDays(1);

  private static final byte[] NOTHING = new byte[0];

  private final CheckedRules rules;
  private final long generation;
  private final Archive archive;
  private final String project;
  private final Duration around;

  /** What is judged together: a key, in streams that joins connect. */
  private record Together(List<StreamType> streams, String key) {}

  private sealed interface Reading {
    record Right(Repair repair) implements Reading {}

    record Wrong(String why) implements Reading {}
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

  /** Those of a key that are judged together are a round; nothing is judged before it is asked. */
  List<Round> rounds(List<Chosen> chosen, Topics topics) {
    Map<Together, List<Repair>> together = new LinkedHashMap<>();
    Map<Chosen, String> refused = new LinkedHashMap<>();
    for (Chosen each : chosen) {
      switch (read(each)) {
        case Reading.Right(Repair repair) ->
            together
                .computeIfAbsent(
                    new Together(connected(repair.event().stream()), repair.event().key()),
                    key -> new ArrayList<>())
                .add(repair);
        case Reading.Wrong(String why) -> refused.put(each, why);
      }
    }
    List<Round> rounds = new ArrayList<>();
    if (!refused.isEmpty()) {
      rounds.add(
          new Round(
              List.copyOf(refused.keySet()),
              some ->
                  some.stream()
                      .map(each -> Step.refused(each, refused.getOrDefault(each, "")))
                      .toList()));
    }
    together.forEach(
        (what, repairs) ->
            rounds.add(
                new Round(
                    repairs.stream().map(Repair::chosen).toList(),
                    some -> judge(what, only(repairs, some), topics))));
    return rounds;
  }

  private static List<Repair> only(List<Repair> repairs, List<Chosen> some) {
    Set<Chosen> wanted = new HashSet<>(some);
    return repairs.stream().filter(repair -> wanted.contains(repair.chosen())).toList();
  }

  private Reading read(Chosen chosen) {
    PutAside aside = chosen.aside();
    byte @Nullable [] edited = chosen.edited();
    Optional<String> lacking = ReplayPlan.lacking(aside, edited);
    Optional<StreamType> stream = rules.stream(aside.stream());
    if (lacking.isPresent()) {
      return new Reading.Wrong(lacking.get());
    }
    if (stream.isEmpty()) {
      return new Reading.Wrong("the rules in use declare no stream '%s'".formatted(aside.stream()));
    }
    if (isServed(aside.stream())) {
      return new Reading.Wrong(
          "it is half of a request and its answer, which can only be appended");
    }
    if (!isArchived(aside)) {
      return new Reading.Wrong(
          "the archive does not hold what came with it: not yet, which takes some minutes, or no"
              + " longer");
    }
    byte[] kept = aside.value() == null ? NOTHING : aside.value();
    byte[] value = edited == null ? kept : edited;
    long received = Math.multiplyExact(aside.receivedMillis(), 1_000_000L);
    return switch (EventDecoder.of(stream.get(), Set.of())
        .decode(value, Repair.trace(aside), aside.source(), received)) {
      case Decoded.Readable(Event event) -> new Reading.Right(new Repair(chosen, event, value));
      case Decoded.Unreadable(String cause, String detail) ->
          new Reading.Wrong("it still cannot be read: %s: %s".formatted(cause, detail));
    };
  }

  private boolean isArchived(PutAside aside) {
    return archive.holds(
        aside.stream(),
        aside.source().partition(),
        aside.source().offset(),
        Instant.ofEpochMilli(aside.receivedMillis()));
  }

  private boolean isServed(String stream) {
    return rules.declared().streams().stream()
        .anyMatch(one -> one.type().name().equals(stream) && one.serving().isPresent());
  }

  private List<Step> judge(Together what, List<Repair> repairs, Topics topics) {
    var difference = new Difference();
    Set<String> leftOut = new TreeSet<>();
    try {
      run(what, repairs, false, new Heard(difference::before, leftOut));
      run(what, repairs, true, new Heard(difference::after, leftOut));
    } catch (Difference.TooMuch much) {
      String why = String.valueOf(much.getMessage());
      return repairs.stream().map(repair -> Step.refused(repair.chosen(), why)).toList();
    }
    Difference.Result result = difference.result();
    var judgement =
        new Judgement(result.found().size(), result.undone(), repairs.size(), List.copyOf(leftOut));
    List<Step> steps = new ArrayList<>();
    for (Repair repair : repairs) {
      boolean first = repair == repairs.getFirst();
      var plan = new ReplayPlan.Judge(first ? judgement : judgement.ofOthers());
      steps.add(
          new Step(repair.chosen(), plan, first ? records(result.found(), topics) : List.of()));
    }
    return steps;
  }

  private List<ProducerRecord<byte[], byte[]>> records(List<Violation> found, Topics topics) {
    return found.stream().map(one -> RepairedViolation.record(topics, generation, one)).toList();
  }

  private void run(Together what, List<Repair> repairs, boolean with, Heard heard) {
    long from = repairs.stream().mapToLong(Repair::at).min().orElseThrow();
    long to = repairs.stream().mapToLong(Repair::at).max().orElseThrow();
    long more = around.toNanos();
    var extent = new Extent(from - more, to + more, Set.of(what.key()), 1);
    var wanted = new Selection(extent.from(), extent.to(), extent.keys());
    List<Recording> recordings = new ArrayList<>();
    for (StreamType stream : what.streams()) {
      var history = archive.events(stream.name(), wanted);
      List<Repair> own = with ? of(stream, repairs) : List.of();
      Payloads payloads = own.isEmpty() ? history : new RepairedHistory(history, own);
      recordings.add(new Recording(stream, payloads));
    }
    Backtest.run(rules, project, recordings, extent, heard);
  }

  private static List<Repair> of(StreamType stream, List<Repair> repairs) {
    return repairs.stream()
        .filter(repair -> repair.event().stream().name().equals(stream.name()))
        .toList();
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
