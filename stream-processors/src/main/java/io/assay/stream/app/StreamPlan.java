package io.assay.stream.app;

import io.assay.assertion.Mode;
import io.assay.assertion.eval.ConnectedStreams;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.DeclaredStream;
import io.assay.assertion.rule.ir.Embeddings;
import io.assay.stream.assertions.AssertionTopology;
import io.assay.stream.assertions.Figures;
import io.assay.stream.assertions.LiveRules;
import io.assay.stream.assertions.TruthTopology;
import io.assay.stream.assertions.WindowTopology;
import io.assay.stream.contract.Erasing;
import io.assay.stream.imputation.ImputersInForce;
import io.assay.stream.tracing.Traces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which Kafka Streams applications there are for the rules of now. One thread follows the rules;
 * any may ask.
 */
final class StreamPlan {
  private static final Logger LOG = LoggerFactory.getLogger(StreamPlan.class);

  private final ProjectRules rules;
  private final ProcessorSettings settings;
  private final ImputersInForce imputers;
  private final Traces traces;
  private final String member;
  private final Semaphore wanted;
  private final Erasing erasing;
  private final ConcurrentMap<String, Figures> figures = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, SourceWatch> watches = new ConcurrentHashMap<>();
  private ProjectRules.@Nullable Known followed;
  private volatile List<Running> running = List.of();
  private volatile Map<String, String> unjudged = Map.of();
  private volatile RulesStatus status = RulesStatus.NONE;

  /**
   * @param imputers by which gaps are filled
   * @param traces hear of events that are traced
   * @param member the name by which the broker knows this process again
   * @param wanted released when a look at topics is wanted soon
   * @param erasing which keys are to be forgotten
   */
  StreamPlan(
      ProjectRules rules,
      ProcessorSettings settings,
      ImputersInForce imputers,
      Traces traces,
      String member,
      Semaphore wanted,
      Erasing erasing) {
    this.erasing = erasing;
    this.rules = rules;
    this.settings = settings;
    this.imputers = imputers;
    this.traces = traces;
    this.member = member;
    this.wanted = wanted;
  }

  List<Running> running() {
    return running;
  }

  Map<String, String> unjudged() {
    return unjudged;
  }

  RulesStatus status() {
    return rules
        .refusal()
        .map(refusal -> refused(refusal.set().generation(), refusal.message()))
        .orElse(status);
  }

  private RulesStatus refused(long generation, String why) {
    return new RulesStatus(
        status.generation(),
        status.documentHash(),
        "generation %d is not used: %s".formatted(generation, why));
  }

  /** Goes over to the newest rules, as far as it has not yet. */
  @SuppressWarnings("ReferenceEquality") // what is known is read once
  void follow() {
    Optional<ProjectRules.Known> newest = rules.newest();
    if (newest.isPresent() && newest.get() != followed) {
      followed = newest.get();
      take(newest.get());
    }
  }

  private void take(ProjectRules.Known known) {
    LiveRules.Generation live = GroupRules.live(known);
    List<List<StreamType>> groups = ConnectedStreams.of(live.rules());
    try {
      groups.forEach(group -> AssertionTopology.tryOut(live, group, settings.project()));
    } catch (RuntimeException failure) {
      LOG.warn("generation {} of the rules cannot judge", known.number(), failure);
      status = refused(known.number(), failure.toString());
      return;
    }
    tell(known);
    List<Wanted> wanted = wanted(known, live, groups);
    List<Running> staying = new ArrayList<>();
    for (Wanted one : wanted) {
      same(one.shape()).ifPresent(staying::add);
    }
    live.rules()
        .streams()
        .forEach(
            stream ->
                figures
                    .computeIfAbsent(stream.name(), Figures::new)
                    .judging(judged(live.rules(), stream)));
    staying.forEach(one -> one.take(live));
    retire(staying);
    watches.keySet().retainAll(live.rules().streams().stream().map(StreamType::name).toList());
    running = wanted.stream().map(one -> same(one.shape()).orElseGet(one.begun())).toList();
  }

  /**
   * What is counted from the beginning; what every stream has is among it once it says anything.
   */
  private static Set<String> judged(CheckedRules rules, StreamType stream) {
    Set<String> names =
        rules.assertions().stream()
            .filter(one -> one.on().name().equals(stream.name()) && one.mode() != Mode.DRAFT)
            .map(CheckedAssertion::name)
            .collect(Collectors.toCollection(TreeSet::new));
    names.add(CheckedAssertion.SCHEMA);
    return names;
  }

  /** An application that there must be, and how it is begun if there is none. */
  private record Wanted(Object shape, Supplier<Running> begun) {}

  private List<Wanted> wanted(
      ProjectRules.Known known, LiveRules.Generation live, List<List<StreamType>> groups) {
    CheckedRules checked = live.rules();
    List<Wanted> all = new ArrayList<>();
    groups.forEach(
        group -> all.add(new Wanted(JudgedStreams.shape(group), () -> judged(known, group))));
    checked
        .declared()
        .streams()
        .forEach(
            stream ->
                PairedStream.shape(stream)
                    .ifPresent(shape -> all.add(new Wanted(shape, () -> paired(stream)))));
    for (StreamType stream : checked.streams()) {
      List<String> topics = TruthTopology.topics(checked, stream, settings.project());
      JoinedTruths.shape(stream, topics)
          .ifPresent(shape -> all.add(new Wanted(shape, () -> truths(known, stream, topics))));
    }
    for (Embeddings one : ComparedEmbeddings.in(checked)) {
      all.add(new Wanted(ComparedEmbeddings.shape(one), () -> compared(known, one)));
    }
    if (WindowTopology.isNeeded(checked)) {
      all.add(new Wanted(MergedWindows.NAME, () -> windows(known)));
    }
    return all;
  }

  private Optional<Running> same(Object shape) {
    return running.stream().filter(one -> one.shape().equals(shape)).findFirst();
  }

  private Running judged(ProjectRules.Known known, List<StreamType> group) {
    var own = new GroupRules(rules, group, known);
    var judged =
        new JudgedStreams(own, group, settings, imputers, traces, member, wanted, figures, erasing);
    group.forEach(stream -> watches.put(stream.name(), judged.watch()));
    return judged;
  }

  private Running paired(DeclaredStream stream) {
    return new PairedStream(stream.type(), stream.serving().orElseThrow(), settings, member);
  }

  private Running truths(ProjectRules.Known known, StreamType stream, List<String> topics) {
    var own = new GroupRules(rules, List.of(), known);
    return new JoinedTruths(own, stream, topics, settings, member, erasing);
  }

  private Running compared(ProjectRules.Known known, Embeddings embeddings) {
    var own = new GroupRules(rules, List.of(), known);
    return new ComparedEmbeddings(own, embeddings, settings, member);
  }

  private Running windows(ProjectRules.Known known) {
    var own = new GroupRules(rules, List.of(), known);
    return new MergedWindows(own, settings, member, figures, watches);
  }

  private void tell(ProjectRules.Known known) {
    CheckedRules checked = known.rules();
    Map<String, String> why = Unjudged.of(checked);
    why.forEach((name, reason) -> LOG.warn("assertion '{}' is not judged: {}", name, reason));
    if (known.number() > 0) {
      LOG.info("streams are judged by generation {} of the rules", known.number());
    }
    unjudged = Map.copyOf(why);
    status = new RulesStatus(known.number(), checked.documentHash(), "");
  }

  /** Those that go: together, so that what follows them waits but once. */
  private void retire(List<Running> staying) {
    List<Thread> ends = new ArrayList<>();
    for (Running one : running) {
      if (!staying.contains(one)) {
        ends.add(Thread.ofPlatform().start(one::retire));
      }
    }
    try {
      for (Thread end : ends) {
        end.join();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
