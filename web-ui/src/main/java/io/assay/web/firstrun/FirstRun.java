package io.assay.web.firstrun;

import io.assay.assertion.eval.ConnectedStreams;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.web.rules.ActiveRules;
import io.assay.web.system.Refused;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** What the steps have in common: topics, what their events suggest, and the past. */
@Component
class FirstRun {
  /** So many events tell what fields there are. */
  private static final int LOOKED_AT = 1000;

  /** So many are judged to see what a rule would have said. */
  private static final int REHEARSED = 5000;

  private final TopicChoices topics;
  private final ActiveRules rules;

  FirstRun(TopicChoices topics, ActiveRules rules) {
    this.topics = topics;
    this.rules = rules;
  }

  List<TopicChoices.Choice> topics(String project) {
    return topics.all(project);
  }

  EventSample sample(String project, String topic) {
    return EventSample.of(
        topics.last(project, topic, LOOKED_AT).stream().map(TopicChoices.Found::raw).toList());
  }

  StreamGuess guess(String project, String topic, EventSample sample) {
    Set<String> taken =
        rules.of(project).stream()
            .flatMap(known -> known.streams().stream())
            .map(StreamType::name)
            .collect(Collectors.toSet());
    return StreamGuess.of(StreamGuess.nameOf(topic, taken), topic, sample);
  }

  /**
   * A declared stream.
   *
   * @throws Refused where there is none
   */
  StreamType stream(String project, String name) {
    return rules.stream(project, name)
        .orElseThrow(
            () ->
                Refused.bad(
                    "the rules declare no stream '%s': connect a topic first".formatted(name)));
  }

  List<Offers.Offer> offers(String project, String name) {
    StreamType stream = stream(project, name);
    EventSample sample = sample(project, stream.topic());
    List<StreamType> others =
        rules.of(project).map(CheckedRules::streams).orElse(List.of()).stream()
            .filter(other -> !other.name().equals(name))
            .toList();
    Set<String> taken =
        rules.of(project).map(CheckedRules::assertions).orElse(List.of()).stream()
            .map(CheckedAssertion::name)
            .collect(Collectors.toSet());
    return Offers.of(stream, sample, others).stream()
        .filter(offer -> !taken.contains(offer.name()))
        .toList();
  }

  /** What the assertions that are new in some rules would have said. */
  Rehearsal rehearse(String project, CheckedRules with) {
    Set<String> known = new HashSet<>();
    rules.of(project).ifPresent(now -> now.assertions().forEach(one -> known.add(one.name())));
    return judged(project, with.without(known));
  }

  /**
   * What an assertion in force would have said.
   *
   * @throws Refused where there is none of the name
   */
  Rehearsal past(String project, String assertion) {
    CheckedRules now =
        rules
            .of(project)
            .filter(all -> all.assertion(assertion).isPresent())
            .orElseThrow(
                () ->
                    new Refused(
                        HttpStatus.NOT_FOUND,
                        "the rules in force have no assertion '%s'".formatted(assertion)));
    return judged(
        project,
        now.without(
            now.assertions().stream()
                .map(CheckedAssertion::name)
                .filter(name -> !name.equals(assertion))
                .collect(Collectors.toSet())));
  }

  private Rehearsal judged(String project, CheckedRules fresh) {
    Set<String> read =
        fresh.assertions().stream().map(one -> one.on().name()).collect(Collectors.toSet());
    // Streams that joins connect are judged together.
    List<StreamType> needed =
        ConnectedStreams.of(fresh).stream()
            .filter(group -> group.stream().anyMatch(stream -> read.contains(stream.name())))
            .flatMap(List::stream)
            .toList();
    List<Rehearsal.Past> pasts =
        needed.stream()
            .map(
                stream ->
                    new Rehearsal.Past(stream, topics.last(project, stream.topic(), REHEARSED)))
            .toList();
    return Rehearsal.of(fresh, project, pasts);
  }
}
