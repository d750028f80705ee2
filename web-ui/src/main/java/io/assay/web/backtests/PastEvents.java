package io.assay.web.backtests;

import io.assay.assertion.scenario.Extent;
import io.assay.stream.archive.Archive;
import io.assay.stream.archive.FolderStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Where past events are: in the streams' topics as they stand now, and before that in the archive
 * where there is one. Topics are read without a group, and nothing is committed.
 */
final class PastEvents {
  private final Map<String, Object> settings;
  private final Optional<Path> folder;

  /**
   * @param clients settings of Kafka's clients, the servers among them
   * @param folder of the archive, as this process sees it
   */
  PastEvents(Map<String, Object> clients, Optional<Path> folder) {
    this.settings = new HashMap<>(clients);
    this.folder = folder;
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2000);
  }

  /** A range of a project's events, read as often as it is needed. */
  PastReading reading(String project, Extent extent) {
    Optional<Archive> archive =
        folder.filter(Files::isDirectory).map(at -> new Archive(new FolderStore(at), project));
    return new PastReading(new PastPlans(settings, archive, extent), settings, archive, extent);
  }
}
