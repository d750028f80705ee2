package io.assay.stream.app;

import io.assay.stream.assertions.Figures;
import io.assay.stream.assertions.JudgeSettings;
import io.assay.stream.assertions.LiveRules;
import io.assay.stream.assertions.WatchedSources;
import io.assay.stream.assertions.WindowTopology;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;

/** The windows of all streams, whose partial counts are merged and judged. */
final class MergedWindows implements Running {
  static final String NAME = "windows";

  private final GroupRules rules;
  private final ProcessorSettings settings;
  private final String member;
  private final ConcurrentMap<String, Figures> figures;
  private final AllSources sources;
  private final Instance instance = new Instance(NAME, NAME);

  /**
   * @param member the name by which the broker knows it again
   * @param figures by stream
   * @param watches by stream, as they are now
   */
  MergedWindows(
      GroupRules rules,
      ProcessorSettings settings,
      String member,
      ConcurrentMap<String, Figures> figures,
      Map<String, SourceWatch> watches) {
    this.rules = rules;
    this.settings = settings;
    this.member = member;
    this.figures = figures;
    this.sources = new AllSources(watches);
  }

  @Override
  public Instance instance() {
    return instance;
  }

  @Override
  public String shape() {
    return NAME;
  }

  @Override
  public void take(LiveRules.Generation generation) {
    rules.take(generation);
  }

  @Override
  public void look(Admin admin, long now) throws InterruptedException, ExecutionException {
    long asked = SourceWatch.now();
    String partials = settings.topics().partials();
    String stateTopic = settings.windowsStateTopic();
    TopicPartitions counts = TopicPartitions.now(admin, List.of(partials, stateTopic));
    int state = counts.of(stateTopic);
    if (state > 0 && counts.of(partials) != state) {
      instance.block(
          """
          the topic %s has %d partitions, windows are kept in %d (%s): counts of one window would \
          be merged in two places. Reset the windows, which begin anew (docs/operations.md, Reset)\
          """
              .formatted(partials, counts.of(partials), state, stateTopic));
      return;
    }
    sources.seen(asked);
    if (!instance.started() && !instance.isQuiet(now)) {
      start();
    }
  }

  private void start() {
    var judge =
        new JudgeSettings(
            settings.project(),
            settings.topics(),
            true,
            settings.partitions(),
            Map.of(),
            sources,
            settings.countsEvery(),
            settings.idleAfter(),
            JudgeSettings.DEFAULT_HOT_BYTES);
    instance.start(
        () ->
            new KafkaStreams(
                new WindowTopology(rules, judge, figures).build(),
                KafkaSettings.streams(settings, settings.windowsApplicationId(), member)));
  }

  /** The sources of all streams, and the topic that their counts come through. */
  private static final class AllSources implements WatchedSources {
    private final Map<String, SourceWatch> streams;
    private volatile long partialsSeen = Long.MIN_VALUE;

    private AllSources(Map<String, SourceWatch> streams) {
      this.streams = streams;
    }

    private void seen(long at) {
      partialsSeen = at;
    }

    @Override
    public long sameUntil(String stream) {
      SourceWatch own = streams.get(stream);
      return own == null ? partialsSeen : Math.min(partialsSeen, own.sameUntil(stream));
    }

    @Override
    public int sources(String stream) {
      SourceWatch own = streams.get(stream);
      return own == null ? 0 : own.sources(stream);
    }

    @Override
    public void lookAgain(String stream) {}

    /** How far events are read comes with the partials. */
    @Override
    public boolean isAllRead(String topic, int partition) {
      return false;
    }

    @Override
    public LongConsumer taking(String topic, int partition) {
      return offset -> {};
    }
  }

  @Override
  public List<StreamStatus> status() {
    Instance.Condition now = instance.condition();
    String topic = settings.topics().partials();
    return List.of(
        new StreamStatus(
            NAME,
            topic,
            settings.windowsApplicationId(),
            now.state(),
            now.message(),
            instance.failing(),
            instance.lag(Set.of(topic)),
            new Figures(NAME)));
  }
}
