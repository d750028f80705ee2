package io.assay.assertion.scenario;

import io.assay.assertion.eval.ConnectedStreams;
import io.assay.assertion.eval.GroupJudge;
import io.assay.assertion.eval.GroupState;
import io.assay.assertion.eval.OverStream;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.CheckedTest;
import io.assay.assertion.rule.ir.CheckedTest.Given;
import io.assay.assertion.rule.ir.Context;
import io.assay.assertion.scenario.Outcome.Difference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs the tests that stand beside rules, each alone: its events through the stream's own decoder
 * and the very engine that judges live, its assertion's verdicts against what the test expects.
 */
public final class RuleTests {
  private static final String PROJECT = "test";

  private final CheckedRules rules;
  private final Attachments attachments;
  private final Optional<ReleaseMeasures> measures;

  /** Without anyone to measure releases of embeddings: tests of those are pending. */
  public RuleTests(CheckedRules rules, Attachments attachments) {
    this(rules, attachments, Optional.empty());
  }

  public RuleTests(CheckedRules rules, Attachments attachments, ReleaseMeasures measures) {
    this(rules, attachments, Optional.of(measures));
  }

  private RuleTests(
      CheckedRules rules, Attachments attachments, Optional<ReleaseMeasures> measures) {
    this.rules = rules.withLabels();
    this.attachments = attachments;
    this.measures = measures;
  }

  /** Runs one of the rules' tests. */
  public Outcome run(CheckedTest test) {
    List<CheckedAssertion> assertion = withThoseItWaitsFor(test.assertion());
    if (assertion.isEmpty() && !test.assertion().equals(BacktestVerdicts.SCHEMA)) {
      return new Outcome.Pending("assertions of this kind are checked, but not evaluated yet");
    }
    var alone = new CheckedRules(rules.streams(), assertion, List.of(), rules.documentHash());
    Optional<Context.Releases> releases =
        assertion.stream()
            .filter(one -> one.name().equals(test.assertion()))
            .findFirst()
            .flatMap(one -> one.context().releases());
    if (releases.isPresent() && measures.isEmpty()) {
      return new Outcome.Pending("nothing here measures releases of embeddings");
    }
    List<Difference> differences =
        releases.isPresent()
            ? ReleaseTest.play(
                test,
                alone,
                releases.get().embeddings(),
                PROJECT,
                attachments,
                measures.orElseThrow())
            : play(test, alone);
    return differences.isEmpty() ? new Outcome.Passed() : new Outcome.Failed(differences);
  }

  private List<CheckedAssertion> withThoseItWaitsFor(String wanted) {
    Set<String> names = new HashSet<>();
    for (Optional<String> next = Optional.of(wanted); next.isPresent(); ) {
      names.add(next.get());
      next =
          rules
              .assertion(next.get())
              .flatMap(assertion -> assertion.context().trigger())
              .map(Context.Trigger::assertion);
    }
    List<CheckedAssertion> found =
        rules.assertions().stream().filter(a -> names.contains(a.name())).toList();
    boolean judged = found.stream().anyMatch(assertion -> assertion.name().equals(wanted));
    return judged ? found : List.of();
  }

  private List<Difference> play(CheckedTest test, CheckedRules alone) {
    Map<String, Player> players = new LinkedHashMap<>();
    for (List<StreamType> group : ConnectedStreams.of(alone)) {
      Player player =
          new Player(
              GroupJudge.of(alone, group, PROJECT),
              new LinkedHashMap<>(),
              group.stream()
                  .map(stream -> Map.entry(stream.name(), OverStream.of(alone, stream, PROJECT)))
                  .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
              new Windows(alone, group, PROJECT, attachments));
      group.forEach(stream -> players.put(stream.name(), player));
    }
    Map<String, Player> ofTruths = new HashMap<>();
    for (CheckedRules.TruthOf truth : rules.truths()) {
      Player owner = players.get(truth.stream().name());
      if (owner != null) {
        ofTruths.put(truth.events().name(), owner);
      }
    }
    var given = new TestEvents(test, attachments);
    for (Given one : test.given()) {
      StreamType stream = one.stream();
      given.read(
          one,
          ofTruths.containsKey(stream.name())
              ? EventDecoder.of(stream, Set.of(stream.name()))
              : player(players, stream).decoder(stream));
    }
    Optional<Difference> problem = given.problem();
    if (problem.isPresent()) {
      return List.of(problem.get());
    }
    List<Event> events = given.inOrder();
    var verdicts = new TestVerdicts(test.assertion());
    for (Event event : events) {
      Player ofTruth = ofTruths.get(event.stream().name());
      if (ofTruth == null) {
        player(players, event.stream()).judge(event, verdicts);
      } else {
        ofTruth.windows().truth(event, verdicts);
      }
    }
    players.values().stream().distinct().forEach(player -> player.finish(verdicts));
    if (!verdicts.errors().isEmpty()) {
      String came = "an error: " + verdicts.errors().getFirst();
      return List.of(new Difference(test.span(), "verdicts", came));
    }
    return new Comparison(verdicts, events.getFirst().at()).differences(test.expected());
  }

  private static Player player(Map<String, Player> players, StreamType stream) {
    return Objects.requireNonNull(players.get(stream.name()));
  }

  /** The part of connected streams in a test. */
  private record Player(
      GroupJudge judge,
      Map<String, GroupState> states,
      Map<String, Optional<OverStream>> wholes,
      Windows windows) {
    EventDecoder decoder(StreamType stream) {
      return EventDecoder.of(stream, judge.reads(stream));
    }

    void judge(Event event, TestVerdicts verdicts) {
      GroupState state = states.computeIfAbsent(event.key(), judge::newKey);
      judge.judge(state, event, verdicts).ifPresent(taken -> windows.count(taken, verdicts));
      Objects.requireNonNull(wholes.get(event.stream().name()))
          .ifPresent(whole -> whole.judge(event, verdicts));
    }

    void finish(TestVerdicts verdicts) {
      states.values().forEach(state -> judge.finish(state, verdicts));
      wholes.values().forEach(each -> each.ifPresent(whole -> whole.finish(verdicts)));
      windows.finish(verdicts);
    }
  }
}
