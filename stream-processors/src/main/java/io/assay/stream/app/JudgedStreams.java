package io.assay.stream.app;

import io.assay.assertion.event.StreamType;
import io.assay.stream.assertions.AssertionTopology;
import io.assay.stream.assertions.Figures;
import io.assay.stream.assertions.JudgeSettings;
import io.assay.stream.assertions.LiveRules;
import io.assay.stream.contract.Erasing;
import io.assay.stream.imputation.ImputersInForce;
import io.assay.stream.tracing.Traces;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Streams that joins connect, or one alone, and the instance that judges them. */
final class JudgedStreams implements Running {
  private static final Logger LOG = LoggerFactory.getLogger(JudgedStreams.class);

  private final GroupRules rules;
  private final List<StreamType> streams;
  private final String name;
  private final ProcessorSettings settings;
  private final ImputersInForce imputers;
  private final Traces traces;
  private final String member;
  private final Erasing erasing;
  private final Instance instance;
  private final UnreadRecords unread = new UnreadRecords();
  private final SourceWatch watch;
  private @Nullable TopicLayout started;
  private final Map<String, Figures> figures;

  /**
   * @param imputers by which gaps are filled, where the rules want that
   * @param traces hear of events that are traced
   * @param member the name by which the broker knows it again
   * @param wanted released when its topics are to be looked at soon
   * @param figures of all streams; those that are missing are added
   * @param erasing which keys are to be forgotten
   */
  JudgedStreams(
      GroupRules rules,
      List<StreamType> streams,
      ProcessorSettings settings,
      ImputersInForce imputers,
      Traces traces,
      String member,
      Semaphore wanted,
      ConcurrentMap<String, Figures> figures,
      Erasing erasing) {
    this.erasing = erasing;
    this.rules = rules;
    this.streams = List.copyOf(streams);
    this.name =
        streams.stream()
            .map(stream -> "'" + stream.name() + "'")
            .collect(Collectors.joining(", ", "stream ", ""));
    this.settings = settings;
    this.imputers = imputers;
    this.traces = traces;
    this.member = member;
    this.instance =
        new Instance(name, streams.stream().map(StreamType::name).collect(Collectors.joining(",")));
    this.watch = new SourceWatch(wanted, unread);
    this.figures =
        streams.stream()
            .map(StreamType::name)
            .collect(
                Collectors.toMap(
                    Function.identity(), name -> figures.computeIfAbsent(name, Figures::new)));
  }

  /** Their names and topics. */
  static List<String> shape(List<StreamType> streams) {
    return streams.stream().map(stream -> stream.name() + ' ' + stream.topic()).sorted().toList();
  }

  @Override
  public List<String> shape() {
    return shape(streams);
  }

  @Override
  public void take(LiveRules.Generation generation) {
    rules.take(generation);
  }

  List<StreamType> streams() {
    return streams;
  }

  String applicationId() {
    return settings.applicationId(streams);
  }

  @Override
  public Instance instance() {
    return instance;
  }

  /** What is known of their topics. */
  SourceWatch watch() {
    return watch;
  }

  @Override
  public void look(Admin admin, long now) throws InterruptedException, ExecutionException {
    long asked = SourceWatch.now();
    TopicLayout layout =
        TopicLayout.of(
            streams, settings, TopicPartitions.now(admin, TopicLayout.topics(streams, settings)));
    Optional<StreamType> missing = streams.stream().filter(layout::isMissing).findFirst();
    if (missing.isPresent()) {
      waitFor(missing.get());
    } else if (layout.problem().isPresent()) {
      watch.changed(layout.problem().get());
      instance.block(layout.problem().get());
    } else {
      if (instance.started() && !layout.equals(started)) {
        LOG.warn("{}: the topics have changed, it starts again: {}", name, layout.sentence());
        instance.leave();
      }
      watch.seen(layout, asked);
      if (!instance.started() && !instance.isQuiet(now)) {
        Optional<String> others = Handover.to(this, settings, admin);
        others.ifPresentOrElse(instance::waiting, () -> start(layout));
      }
    }
  }

  @Override
  public void retire() {
    watch.changed("its streams are judged otherwise from now on");
    Running.super.retire();
  }

  @Override
  public void stop(Duration within) {
    instance.stopping();
    watch.changed("nobody looks any more");
    instance.stop(within);
  }

  private void waitFor(StreamType missing) {
    if (!instance.started()) {
      instance.waiting(
          "stream '%s' reads the topic %s, which does not exist; it starts when the topic is there"
              .formatted(missing.name(), missing.topic()));
    }
  }

  private void start(TopicLayout layout) {
    started = layout;
    var judge =
        new JudgeSettings(
            settings.project(),
            settings.topics(),
            layout.keyed(),
            layout.partitions(),
            layout.sources(),
            watch,
            settings.countsEvery(),
            settings.idleAfter(),
            JudgeSettings.DEFAULT_HOT_BYTES,
            layout.truthTasks(),
            settings.assertionBudget());
    LOG.info("{}: {}", name, layout.sentence());
    if (settings.keyed() && !layout.keyed()) {
      LOG.warn("{}: assay.keyed has no effect: partitions of topics or state differ", name);
    }
    instance.start(
        () ->
            new KafkaStreams(
                new AssertionTopology(rules, streams, judge, figures, imputers, traces, erasing)
                    .build(),
                KafkaSettings.streams(settings, applicationId(), member),
                unread));
  }

  /** Of each stream. */
  @Override
  public List<StreamStatus> status() {
    Instance.Condition now = instance.condition();
    return streams.stream()
        .map(
            stream ->
                new StreamStatus(
                    stream.name(),
                    stream.topic(),
                    applicationId(),
                    now.state(),
                    now.message(),
                    instance.failing(),
                    instance.lag(Set.of(stream.topic(), settings.internalTopic(streams, stream))),
                    Objects.requireNonNull(figures.get(stream.name()))))
        .toList();
  }
}
