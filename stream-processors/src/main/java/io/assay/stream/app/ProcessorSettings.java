package io.assay.stream.app;

import io.assay.stream.assertions.AssertionTopology;
import io.assay.stream.assertions.JudgeSettings;
import io.assay.stream.contract.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

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
 * @param commitEvery how often a transaction ends; until then nobody sees what it wrote
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
    Duration commitEvery,
    Duration countsEvery,
    Map<String, String> kafka) {
  public static final String DEFAULT_PROJECT = "default";

  public ProcessorSettings {
    kafka = Map.copyOf(kafka);
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("processing needs bootstrap servers, got none");
    }
    if (project.isBlank() || project.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          "processing needs a project without '/', got '" + project + "'");
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
        Duration.ofMillis(100),
        JudgeSettings.DEFAULT_COUNTS_EVERY,
        Map.of());
  }

  /** For another project and prefix. */
  public ProcessorSettings in(String project, Topics topics) {
    return new ProcessorSettings(
        bootstrapServers,
        project,
        topics,
        stateFolder,
        partitions,
        exactlyOnce,
        keyed,
        threads,
        commitEvery,
        countsEvery,
        kafka);
  }

  /** For topics whose records are keyed by the stream's key field. */
  public ProcessorSettings keyed(boolean keyed) {
    return new ProcessorSettings(
        bootstrapServers,
        project,
        topics,
        stateFolder,
        partitions,
        exactlyOnce,
        keyed,
        threads,
        commitEvery,
        countsEvery,
        kafka);
  }

  /** One group of processors a stream. */
  String applicationId(String stream) {
    return topics.prefix() + '-' + project + '-' + stream;
  }

  /** One group of those that write the archive. */
  String archiveGroup() {
    return topics.prefix() + ".archive." + project;
  }

  /** Where Kafka Streams brings the events of a key together. */
  String internalTopic(String stream) {
    return applicationId(stream) + '-' + AssertionTopology.BY_KEY + "-repartition";
  }
}
