package io.assay.stream.app;

import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Embeddings;
import io.assay.stream.assertions.Figures;
import io.assay.stream.assertions.LiveRules;
import io.assay.stream.embeddings.EmbeddingsSettings;
import io.assay.stream.embeddings.EmbeddingsTopology;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Releases of some embeddings, compared as they come and judged once closed. */
final class ComparedEmbeddings implements Running {
  private static final Logger LOG = LoggerFactory.getLogger(ComparedEmbeddings.class);

  private final GroupRules rules;
  private final Embeddings embeddings;
  private final ProcessorSettings settings;
  private final String member;
  private final String name;
  private final Instance instance;
  private final Figures figures;
  private @Nullable Layout started;

  /**
   * @param member the name by which the broker knows it again
   */
  ComparedEmbeddings(
      GroupRules rules, Embeddings embeddings, ProcessorSettings settings, String member) {
    this.rules = rules;
    this.embeddings = embeddings;
    this.settings = settings;
    this.member = member;
    this.name = "embeddings " + embeddings.name();
    this.instance = new Instance(name, embeddings.name());
    this.figures = new Figures(name);
  }

  /**
   * How vectors of an item meet in one task.
   *
   * @param sources partitions of the topic
   * @param partitions of the tasks
   */
  private record Layout(boolean keyed, int sources, int partitions) {}

  /** All that is declared: with other fields, dimensions or another topic it begins again. */
  static Object shape(Embeddings embeddings) {
    return embeddings;
  }

  /** Those of which rules compare releases. */
  static List<Embeddings> in(CheckedRules rules) {
    return EmbeddingsTopology.compared(rules);
  }

  @Override
  public Object shape() {
    return shape(embeddings);
  }

  @Override
  public void take(LiveRules.Generation generation) {
    rules.take(generation);
  }

  @Override
  public Instance instance() {
    return instance;
  }

  private String applicationId() {
    return settings.embeddingsApplicationId(embeddings);
  }

  private String byItem() {
    return applicationId() + '-' + EmbeddingsTopology.BY_ITEM + "-repartition";
  }

  private String vectors() {
    return applicationId() + '-' + EmbeddingsTopology.VECTORS + "-changelog";
  }

  @Override
  public void look(Admin admin, long now) throws InterruptedException, ExecutionException {
    String topic = embeddings.type().topic();
    TopicPartitions counts = TopicPartitions.now(admin, List.of(topic, byItem(), vectors()));
    int dimensions = EmbeddingsTopology.dimensions(embeddings);
    if (dimensions > EmbeddingsSettings.MOST_DIMENSIONS) {
      instance.block(
          "vectors of embeddings '%s' have %d numbers; on the stream at most %d are compared"
              .formatted(embeddings.name(), dimensions, EmbeddingsSettings.MOST_DIMENSIONS));
      return;
    }
    if (counts.of(topic) == 0) {
      waitFor(topic);
      return;
    }
    Layout layout = layout(counts);
    Optional<String> problem = problem(layout, counts);
    if (problem.isPresent()) {
      instance.block(problem.get());
      return;
    }
    if (instance.started() && !layout.equals(started)) {
      LOG.warn("{}: the topics have changed, it starts again: {}", name, layout);
      instance.leave();
    }
    if (!instance.started() && !instance.isQuiet(now)) {
      start(layout);
    }
  }

  private void waitFor(String topic) {
    if (!instance.started()) {
      instance.waiting(
          "embeddings '%s' come from the topic %s, which does not exist; they are compared when the topic is there"
              .formatted(embeddings.name(), topic));
    }
  }

  /** Where items are spread already, by an internal topic or by what is kept, that stays. */
  private Layout layout(TopicPartitions counts) {
    int sources = counts.of(embeddings.type().topic());
    int internal = counts.of(byItem());
    int kept = counts.of(vectors());
    return settings.keyed() && internal == 0
        ? new Layout(true, sources, sources)
        : new Layout(false, sources, internal > 0 ? internal : kept > 0 ? kept : sources);
  }

  private Optional<String> problem(Layout layout, TopicPartitions counts) {
    int kept = counts.of(vectors());
    if (kept == 0 || kept == layout.partitions()) {
      return Optional.empty();
    }
    return Optional.of(
        """
        the topic %s has %d partitions, vectors are kept in %d (%s): those of one item would not \
        meet. %s reset the embeddings, which forgets their releases (docs/operations.md, Reset)\
        """
            .formatted(
                layout.keyed() ? embeddings.type().topic() : byItem(),
                layout.partitions(),
                kept,
                vectors(),
                layout.keyed()
                    ? "Set assay.keyed=false, which brings them back where they were; or"
                    : "Its partitions must not be changed;"));
  }

  private void start(Layout layout) {
    started = layout;
    var comparing =
        new EmbeddingsSettings(
            settings.project(),
            settings.topics(),
            layout.keyed(),
            layout.sources(),
            layout.partitions(),
            settings.quietAfter(),
            settings.countsEvery());
    LOG.info("{}: {}", name, layout);
    instance.start(
        () ->
            new KafkaStreams(
                new EmbeddingsTopology(embeddings, rules, comparing, figures).build(),
                KafkaSettings.streams(settings, applicationId(), member)));
  }

  @Override
  public List<StreamStatus> status() {
    Instance.Condition now = instance.condition();
    return List.of(
        new StreamStatus(
            name,
            embeddings.type().topic(),
            applicationId(),
            now.state(),
            now.message(),
            instance.failing(),
            instance.lag(Set.of(embeddings.type().topic(), byItem())),
            figures));
  }
}
