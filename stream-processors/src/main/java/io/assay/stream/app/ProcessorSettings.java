package io.assay.stream.app;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.Embeddings;
import io.assay.stream.assertions.AssertionTopology;
import io.assay.stream.assertions.JudgeSettings;
import io.assay.stream.assertions.TruthTopology;
import io.assay.stream.assertions.WindowTopology;
import io.assay.stream.contract.Topics;
import io.assay.stream.embeddings.EmbeddingsSettings;
import io.assay.stream.pairing.PairingSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Where and how streams are processed.
 *
 * @param bootstrapServers of the broker
 * @param stateFolder for local copies of state; only what the broker keeps cannot be lost
 * @param partitions of topics that are missing
 * @param exactlyOnce else at least once: less latency, and counts and violations twice after a
 *     crash
 * @param keyed whether every stream's topic is keyed by the stream's key field already
 * @param threads of each stream
 * @param standbyReplicas how many other instances keep a copy of each task's state, so that one
 *     that takes over need not read it from the broker
 * @param commitEvery how often a transaction ends; until then nobody sees what it wrote
 * @param idleAfter how much longer than a rule allows nothing must have come before time alone
 *     decides
 * @param pairingPatience how much longer than its limit half of a request and response waits by the
 *     clock
 * @param quietAfter how long nothing must have come of a release of embeddings before it closes
 *     without a marker in each partition
 * @param imputeLeast below this confidence gaps stay, 0 to 1
 * @param assertionBudget CPU time that an assertion may take for an event, on average; one that
 *     takes more is suspended
 * @param kafka more settings of Kafka's clients, security among them; they win over ours
 */
public record ProcessorSettings(
    String bootstrapServers,
    String project,
    Topics topics,
    Path stateFolder,
    int partitions,
    boolean exactlyOnce,
    boolean keyed,
    int threads,
    int standbyReplicas,
    Duration commitEvery,
    Duration countsEvery,
    Duration idleAfter,
    Duration pairingPatience,
    Duration quietAfter,
    double imputeLeast,
    Duration assertionBudget,
    Map<String, String> kafka) {
  public static final String DEFAULT_PROJECT = Topics.DEFAULT_PROJECT;

  public ProcessorSettings {
    kafka = Map.copyOf(kafka);
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("processing needs bootstrap servers, got none");
    }
    if (project.isBlank() || project.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          "processing needs a project without '/', got '" + project + "'");
    }
    if (quietAfter.toMillis() < 1) {
      throw new IllegalArgumentException(
          "releases of embeddings need to be quiet for 1 ms or more, got " + quietAfter);
    }
    if (!(imputeLeast >= 0 && imputeLeast <= 1)) {
      throw new IllegalArgumentException(
          "filling gaps needs a least confidence of 0 to 1, got " + imputeLeast);
    }
    if (standbyReplicas < 0) {
      throw new IllegalArgumentException(
          "processing needs standby replicas >= 0, got " + standbyReplicas);
    }
    if (partitions < 1 || threads < 1 || commitEvery.toMillis() < 1) {
      throw new IllegalArgumentException(
          "processing needs partitions and threads >= 1 and a commit every 1 ms or more, got %d, %d and %s"
              .formatted(partitions, threads, commitEvery));
    }
  }

  /** What suits one machine: exactly once, committed ten times a second. */
  public static ProcessorSettings of(String bootstrapServers, Path stateFolder) {
    return new ProcessorSettings(
        bootstrapServers,
        DEFAULT_PROJECT,
        Topics.standard(),
        stateFolder,
        4,
        true,
        false,
        1,
        0,
        Duration.ofMillis(100),
        JudgeSettings.DEFAULT_COUNTS_EVERY,
        JudgeSettings.DEFAULT_IDLE_AFTER,
        PairingSettings.DEFAULT_PATIENCE,
        EmbeddingsSettings.DEFAULT_QUIET_AFTER,
        0,
        JudgeSettings.DEFAULT_BUDGET,
        Map.of());
  }

  /** For another project and prefix. */
  public ProcessorSettings in(String project, Topics topics) {
    return with(
        copy -> {
          copy.project = project;
          copy.topics = topics;
        });
  }

  /** With another time that is waited for what may be under way. */
  public ProcessorSettings idleAfter(Duration idleAfter) {
    return with(copy -> copy.idleAfter = idleAfter);
  }

  /** With another time that half of a request and response waits beyond its limit. */
  public ProcessorSettings pairingPatience(Duration pairingPatience) {
    return with(copy -> copy.pairingPatience = pairingPatience);
  }

  /** With another time after which a release of embeddings may be complete. */
  public ProcessorSettings quietAfter(Duration quietAfter) {
    return with(copy -> copy.quietAfter = quietAfter);
  }

  /** For topics whose records are keyed by the stream's key field. */
  public ProcessorSettings keyed(boolean keyed) {
    return with(copy -> copy.keyed = keyed);
  }

  /** At least once unless {@code exactlyOnce}, with so many threads and standby replicas. */
  public ProcessorSettings running(boolean exactlyOnce, int threads, int standbyReplicas) {
    return with(
        copy -> {
          copy.exactlyOnce = exactlyOnce;
          copy.threads = threads;
          copy.standbyReplicas = standbyReplicas;
        });
  }

  /** With more settings of Kafka's clients. */
  public ProcessorSettings kafka(Map<String, String> kafka) {
    return with(copy -> copy.kafka = kafka);
  }

  private ProcessorSettings with(Consumer<ChangedSettings> change) {
    var copy = new ChangedSettings(this);
    change.accept(copy);
    return copy.settings();
  }

  /**
   * How Kafka Streams is set for one group of processors, for those who compare with it.
   *
   * @param instance the name by which the broker knows this member again
   */
  public Properties kafkaStreams(String applicationId, String instance) {
    return KafkaSettings.streams(this, applicationId, instance);
  }

  /**
   * One group of processors for all streams that joins connect. Their names have no '-' and no '.',
   * so that no two projects meet; they are sorted, so that rules may declare them in any order.
   */
  String applicationId(List<StreamType> streams) {
    return topics.prefix()
        + '-'
        + project
        + '-'
        + streams.stream().map(StreamType::name).sorted().collect(Collectors.joining("."));
  }

  /** Of which streams a group of this project is; of none where it is another's. */
  Set<String> streamsOf(String group) {
    String stem = applicationId(List.of());
    String names = group.startsWith(stem) ? group.substring(stem.length()) : "";
    // Projects may have '-': what begins alike is then of a project whose name is longer.
    return names.isEmpty() || names.indexOf('-') >= 0
        ? Set.of()
        : Set.copyOf(List.of(names.split("\\.")));
  }

  /** One group of those that make a serving stack's records events of a stream. */
  String servingApplicationId(StreamType stream) {
    return topics.prefix() + ".serving." + project + '.' + stream.name();
  }

  /** One group of those that merge windows. */
  String windowsApplicationId() {
    return topics.prefix() + ".windows." + project;
  }

  /** One group of those that join a stream's truth. */
  String truthsApplicationId(StreamType stream) {
    return topics.prefix() + ".truths." + project + '.' + stream.name();
  }

  /** One group of those that compare releases of embeddings. */
  String embeddingsApplicationId(Embeddings embeddings) {
    return topics.prefix() + ".embeddings." + project + '.' + embeddings.name();
  }

  /** One group of those that write the archive. */
  String archiveGroup() {
    return topics.prefix() + ".archive." + project;
  }

  /** Where Kafka Streams keeps what is remembered of keys. */
  String stateTopic(List<StreamType> streams) {
    return applicationId(streams) + '-' + AssertionTopology.STATE + "-changelog";
  }

  /** Where Kafka Streams keeps open windows. */
  String windowsStateTopic() {
    return windowsApplicationId() + '-' + WindowTopology.STATE + "-changelog";
  }

  /** Where Kafka Streams keeps what waits for truth. */
  String truthsStateTopic(StreamType stream) {
    return truthsApplicationId(stream) + '-' + TruthTopology.STATE + "-changelog";
  }

  /** Where Kafka Streams brings the events of a key together. */
  String internalTopic(List<StreamType> streams, StreamType stream) {
    return applicationId(streams) + '-' + AssertionTopology.byKey(streams, stream) + "-repartition";
  }

  /** Without what may be secret. */
  @Override
  public String toString() {
    return "ProcessorSettings[%s, %s, %s, %s]"
        .formatted(bootstrapServers, project, stateFolder, kafka.keySet());
  }
}
