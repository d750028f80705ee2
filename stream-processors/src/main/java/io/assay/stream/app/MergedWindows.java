package io.assay.stream.app;

import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.assertions.Figures;
import io.assay.stream.assertions.JudgeSettings;
import io.assay.stream.assertions.WindowTopology;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;

/** The windows of all streams, whose partial counts are merged and judged. */
final class MergedWindows implements Running {
  private static final String NAME = "windows";

  private final CheckedRules rules;
  private final ProcessorSettings settings;
  private final String member;
  private final Map<String, Figures> figures;
  private final Instance instance = new Instance(NAME);

  /**
   * @param member the name by which the broker knows it again
   * @param figures by stream
   */
  MergedWindows(
      CheckedRules rules, ProcessorSettings settings, String member, Map<String, Figures> figures) {
    this.rules = rules;
    this.settings = settings;
    this.member = member;
    this.figures = Map.copyOf(figures);
  }

  @Override
  public Instance instance() {
    return instance;
  }

  @Override
  public void start(Admin admin) {
    var judge =
        new JudgeSettings(
            settings.project(),
            settings.topics(),
            true,
            settings.partitions(),
            Map.of(),
            settings.countsEvery(),
            settings.idleAfter(),
            JudgeSettings.DEFAULT_HOT_BYTES);
    instance.start(
        () ->
            new KafkaStreams(
                new WindowTopology(rules, judge, figures).build(),
                KafkaSettings.streams(settings, settings.windowsApplicationId(), member)));
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
            instance.lag(topic),
            new Figures(NAME)));
  }
}
