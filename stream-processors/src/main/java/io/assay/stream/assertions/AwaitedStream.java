package io.assay.stream.assertions;

import io.assay.assertion.eval.TruthJoin;
import io.assay.assertion.eval.WindowJudge;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Context;
import io.assay.assertion.rule.ir.DeclaredStream;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A stream of which truth is waited for. */
final class AwaitedStream {
  private final CheckedRules rules;
  private final StreamType stream;
  private final String project;
  private final TruthJoin join;
  private final Map<String, DeclaredStream.Truth> truths = new LinkedHashMap<>();

  private AwaitedStream(CheckedRules rules, StreamType stream, String project, TruthJoin join) {
    this.rules = rules;
    this.stream = stream;
    this.project = project;
    this.join = join;
    rules.on(stream).stream()
        .flatMap(assertion -> assertion.context().truths().stream())
        .map(Context.Awaited::truth)
        .forEach(truth -> truths.put(truth.name(), truth));
  }

  /** Empty where no assertion on the stream waits for any. */
  static Optional<AwaitedStream> of(CheckedRules rules, StreamType stream, String project) {
    return TruthJoin.of(rules, stream).map(join -> new AwaitedStream(rules, stream, project, join));
  }

  /** The same of a stream by its name; empty, too, where rules have none of that name. */
  static Optional<AwaitedStream> of(CheckedRules rules, String stream, String project) {
    return rules.stream(stream).flatMap(type -> of(rules, type, project));
  }

  StreamType type() {
    return stream;
  }

  String project() {
    return project;
  }

  TruthJoin join() {
    return join;
  }

  /** Where its truths come from, each topic once. */
  Set<String> topics() {
    return truths.values().stream()
        .map(DeclaredStream.Truth::topic)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Of no more than what waits for truth reads: events wait for long. */
  EventDecoder decoder() {
    Set<String> reads = new HashSet<>();
    awaiting().forEach(judge -> reads.addAll(judge.assertion().reads()));
    return EventDecoder.of(stream, reads);
  }

  private List<WindowJudge> awaiting() {
    return WindowJudge.of(rules, stream, project).stream()
        .filter(judge -> !judge.assertion().context().truths().isEmpty())
        .toList();
  }

  /** Those that come from a topic; a payload may say several. */
  List<EventDecoder> truths(String topic) {
    Collection<DeclaredStream.Truth> all = truths.values();
    return all.stream()
        .filter(truth -> truth.topic().equals(topic))
        .map(truth -> EventDecoder.of(truth.events(stream), Set.of(truth.name())))
        .toList();
  }

  /** Of what says only whose truth it is; empty where none comes from the topic. */
  Optional<EventDecoder> idOnly(String topic) {
    return truths.values().stream()
        .filter(truth -> truth.topic().equals(topic))
        .map(truth -> EventDecoder.of(truth.events(stream), Set.of()))
        .findFirst();
  }

  /** Of one task alone. */
  List<TruthLanes> lanes() {
    return awaiting().stream().map(judge -> new TruthLanes(project, judge)).toList();
  }
}
