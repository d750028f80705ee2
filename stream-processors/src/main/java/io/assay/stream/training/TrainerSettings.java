package io.assay.stream.training;

import io.assay.stream.contract.Erasing;
import io.assay.stream.contract.Topics;
import java.time.Duration;
import java.util.Map;

/**
 * Where imputers are trained.
 *
 * @param instance the name by which the broker knows this process again
 * @param clients settings of Kafka's clients, the bootstrap servers among them
 * @param mostTraining how long one training may take, whatever its rows
 * @param erasing of which keys nothing is to be learned
 */
public record TrainerSettings(
    String project,
    Topics topics,
    String instance,
    Map<String, Object> clients,
    Duration mostTraining,
    Erasing erasing) {
  /** More does not make an imputer better, and no process should be busy for longer. */
  public static final Duration DEFAULT_MOST_TRAINING = Duration.ofMinutes(15);

  /** Of all keys. */
  public TrainerSettings(
      String project,
      Topics topics,
      String instance,
      Map<String, Object> clients,
      Duration mostTraining) {
    this(project, topics, instance, clients, mostTraining, Erasing.NOTHING);
  }

  public TrainerSettings {
    clients = Map.copyOf(clients);
  }

  /** The consumers' group whose one partition is the lease. */
  String group() {
    return topics.imputers() + "." + project;
  }

  /** By which whoever has the lease shuts out those who had it. */
  String transactionalId() {
    return topics.imputers() + "." + project;
  }

  /** Without what may be secret. */
  @Override
  public String toString() {
    return "TrainerSettings[%s, %s, %s]".formatted(project, topics, instance);
  }
}
