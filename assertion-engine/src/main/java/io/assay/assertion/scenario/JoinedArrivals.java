package io.assay.assertion.scenario;

import io.assay.assertion.eval.GroupJudge;
import io.assay.assertion.eval.TruthJoin;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What arrives on streams that joins connect, and of what turned out to be true of them, as one.
 */
final class JoinedArrivals {
  private final CheckedRules rules;
  private final Crew crew;
  private final BiConsumer<String, Decoded.Unreadable> unreadable;
  private final List<Arrivals> arrivals = new ArrayList<>();
  private final Set<String> truths = new HashSet<>();

  /**
   * @param unreadable told of what is no event, with its place
   */
  JoinedArrivals(CheckedRules rules, Crew crew, BiConsumer<String, Decoded.Unreadable> unreadable) {
    this.rules = rules;
    this.crew = crew;
    this.unreadable = unreadable;
  }

  /**
   * @param judge who says what is read of each
   */
  void addStreams(
      List<StreamType> group, List<Recording> recordings, Extent extent, GroupJudge judge) {
    for (StreamType stream : group) {
      add(recordings, stream, EventDecoder.of(stream, judge.reads(stream)), extent);
    }
  }

  /** Whenever it came, and of whatever key: what is judged is told by the events. */
  void addTruths(List<StreamType> group, List<Recording> recordings) {
    for (CheckedRules.TruthOf truth : awaited(group)) {
      StreamType stream = truth.events();
      truths.add(stream.name());
      add(recordings, stream, EventDecoder.of(stream, Set.of(truth.truth().name())), Extent.ALL);
    }
  }

  private void add(
      List<Recording> recordings, StreamType stream, EventDecoder decoder, Extent extent) {
    List<Recording> own =
        recordings.stream().filter(r -> r.stream().name().equals(stream.name())).toList();
    if (!own.isEmpty()) {
      arrivals.add(new Arrivals(own, decoder, extent, crew, unreadable));
    }
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

  /** The first event of each, where there is one. */
  List<Event> begin() {
    return arrivals.stream().map(Arrivals::next).filter(Objects::nonNull).toList();
  }

  boolean isTruth(Event event) {
    return truths.contains(event.stream().name());
  }

  /** The next to arrive of all streams; of equals that of the earlier one. */
  Optional<Event> take() {
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
}
