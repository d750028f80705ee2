package io.assay.stream.app;

import io.assay.assertion.event.StreamType;
import io.assay.stream.assertions.Figures;
import io.assay.stream.assertions.JudgeSettings;
import io.assay.stream.assertions.LiveRules;
import io.assay.stream.assertions.TruthTopology;
import io.assay.stream.assertions.WatchedSources;
import io.assay.stream.contract.Erasing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What turned out to be true of one stream's predictions, joined to them. */
final class JoinedTruths implements Running {
  private static final Logger LOG = LoggerFactory.getLogger(JoinedTruths.class);

  private final GroupRules rules;
  private final StreamType stream;
  private final List<String> topics;
  private final ProcessorSettings settings;
  private final String member;
  private final Erasing erasing;
  private final String name;
  private final Figures figures;
  private final Instance instance;
  private final UnreadRecords unread = new UnreadRecords();
  private final Watched watched = new Watched(unread);
  private @Nullable Map<String, Integer> started;
  private volatile String missing = "";

  /**
   * @param topics of the truths
   * @param member the name by which the broker knows it again
   * @param erasing which keys are to be forgotten
   */
  JoinedTruths(
      GroupRules rules,
      StreamType stream,
      List<String> topics,
      ProcessorSettings settings,
      String member,
      Erasing erasing) {
    this.erasing = erasing;
    this.rules = rules;
    this.stream = stream;
    this.topics = topics;
    this.settings = settings;
    this.member = member;
    this.name = "truth of " + stream.name();
    this.figures = new Figures(name);
    this.instance = new Instance(name, stream.name());
  }

  private record Shape(String stream, List<String> topics) {}

  /** Empty for a stream of which no assertion waits for the truth. */
  static Optional<Object> shape(StreamType stream, List<String> topics) {
    return topics.isEmpty() ? Optional.empty() : Optional.of(new Shape(stream.name(), topics));
  }

  @Override
  public Object shape() {
    return new Shape(stream.name(), topics);
  }

  @Override
  public void take(LiveRules.Generation generation) {
    rules.take(generation);
  }

  @Override
  public Instance instance() {
    return instance;
  }

  @Override
  public void look(Admin admin, long now) throws InterruptedException, ExecutionException {
    long asked = SourceWatch.now();
    String awaiting = settings.topics().awaiting();
    String stateTopic = settings.truthsStateTopic(stream);
    List<String> all = new ArrayList<>(topics);
    all.add(awaiting);
    all.add(stateTopic);
    TopicPartitions counts = TopicPartitions.now(admin, all);
    int state = counts.of(stateTopic);
    if (state > 0 && counts.of(awaiting) != state) {
      instance.block(
          """
          the topic %s has %d partitions, what waits for truth is kept in %d (%s): predictions and \
          truths of one id would not meet. Its partitions must not be changed; reset the truths, \
          which forgets what waits (docs/operations.md, Reset)\
          """
              .formatted(awaiting, counts.of(awaiting), state, stateTopic));
    } else {
      Map<String, Integer> sources = new LinkedHashMap<>();
      topics.stream()
          .filter(topic -> counts.of(topic) > 0)
          .forEach(topic -> sources.put(topic, counts.of(topic)));
      waitFor(topics.stream().filter(topic -> !sources.containsKey(topic)).toList());
      run(Map.copyOf(sources), counts.of(awaiting), asked, now);
    }
  }

  /** Predictions are kept meanwhile: their truth may be there when the topic is. */
  private void waitFor(List<String> absent) {
    String waits =
        absent.isEmpty()
            ? ""
            : "truth of stream '%s' comes from the topic %s, which does not exist; windows that ask for truth wait, and what they wait for is kept, until the topic is there"
                .formatted(stream.name(), absent.getFirst());
    if (!waits.equals(missing) && !waits.isEmpty()) {
      LOG.warn("{}", waits);
    }
    missing = waits;
  }

  private void run(Map<String, Integer> sources, int tasks, long asked, long now) {
    if (instance.started() && !sources.equals(started)) {
      LOG.warn("{}: the topics have changed, it starts again: {}", name, sources);
      instance.leave();
    }
    watched.seen(asked);
    if (!instance.started() && !instance.isQuiet(now)) {
      started = sources;
      start(sources, Math.max(1, tasks));
    }
  }

  private void start(Map<String, Integer> sources, int tasks) {
    var judge =
        new JudgeSettings(
            settings.project(),
            settings.topics(),
            true,
            settings.partitions(),
            sources,
            watched,
            settings.countsEvery(),
            settings.idleAfter(),
            JudgeSettings.DEFAULT_HOT_BYTES,
            tasks,
            settings.assertionBudget());
    LOG.info("{}: joined by id in {} tasks (partitions of topics: {})", name, tasks, sources);
    instance.start(
        () ->
            new KafkaStreams(
                TruthTopology.of(rules, stream, judge, figures, erasing).build(),
                KafkaSettings.streams(settings, settings.truthsApplicationId(stream), member),
                unread));
  }

  /** What came since the topics were looked at may stand in a partition that nobody reads yet. */
  private static final class Watched implements WatchedSources {
    private static final long MARGIN_NANOS = Duration.ofMillis(200).toNanos();

    private final UnreadRecords unread;
    private volatile long seenAt = Long.MIN_VALUE;

    private Watched(UnreadRecords unread) {
      this.unread = unread;
    }

    private void seen(long at) {
      seenAt = at;
    }

    @Override
    public long sameUntil(String topic) {
      return seenAt == Long.MIN_VALUE ? Long.MIN_VALUE : seenAt - MARGIN_NANOS;
    }

    @Override
    public int sources(String topic) {
      return 0;
    }

    @Override
    public void lookAgain(String topic) {}

    @Override
    public boolean isAllRead(String topic, int partition) {
      return unread.isAllRead(topic, partition);
    }

    @Override
    public LongConsumer taking(String topic, int partition) {
      return unread.taking(topic, partition);
    }
  }

  @Override
  public List<StreamStatus> status() {
    Instance.Condition now = instance.condition();
    String absent = missing;
    boolean waits = now.state() == StreamStatus.State.RUNNING && !absent.isEmpty();
    var all = new HashSet<>(topics);
    all.add(settings.topics().awaiting());
    return List.of(
        new StreamStatus(
            name,
            String.join(", ", topics),
            settings.truthsApplicationId(stream),
            waits ? StreamStatus.State.WAITING : now.state(),
            waits ? absent : now.message(),
            instance.failing(),
            instance.lag(all),
            figures));
  }
}
