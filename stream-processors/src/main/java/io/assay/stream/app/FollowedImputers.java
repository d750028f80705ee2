package io.assay.stream.app;

import io.assay.stream.contract.ImputerFollower;
import io.assay.stream.contract.ImputersInUse;
import io.assay.stream.contract.TopicCreation;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.imputation.ImputedStream;
import io.assay.stream.imputation.ImputersInForce;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The imputers that are in force, as the topic has them, and the topics that completed events go
 * to. Followed from the first time on that rules have gaps filled.
 */
final class FollowedImputers implements ImputersInForce, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FollowedImputers.class);

  /** What is known of the topic's past is waited for so long, once: then events go on unfilled. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ProcessorSettings settings;
  private final ImputersInUse inUse = new ImputersInUse();
  private final Set<String> made = ConcurrentHashMap.newKeySet();
  private volatile @Nullable ImputerFollower follower;

  FollowedImputers(ProcessorSettings settings) {
    this.settings = settings;
  }

  /**
   * Makes the topics that are missing, and knows the imputers; before tasks go by the rules that
   * want it, so that no event goes past them.
   */
  void prepare(Admin admin, List<ImputedStream> streams) throws InterruptedException {
    List<ImputedStream> fresh =
        streams.stream().filter(stream -> !made.contains(stream.name())).toList();
    if (fresh.isEmpty()) {
      return;
    }
    List<TopicPlan> plans = fresh.stream().map(this::plan).toList();
    TopicCreation.createMissing(admin, plans).forEach(LOG::warn);
    if (follower == null) {
      ImputerFollower started =
          ImputerFollower.start(KafkaSettings.clients(settings), settings.topics(), inUse);
      follower = started;
      if (!started.awaitCaughtUp(PATIENCE)) {
        LOG.warn("the imputers are not known yet; until they are, gaps are not filled");
      }
    }
    fresh.forEach(stream -> made.add(stream.name()));
  }

  private TopicPlan plan(ImputedStream stream) {
    return settings.topics().imputedPlan(settings.project(), stream.name(), settings.partitions());
  }

  @Override
  public Optional<InForce> of(String stream, String groupHash) {
    return switch (inUse.of(settings.project(), stream, groupHash)) {
      case ImputersInUse.Found.InForce(var ready, var ignored) ->
          Optional.of(new InForce(ready.card().version(), ready.imputer(), settings.imputeLeast()));
      case ImputersInUse.Found.Missing ignored -> Optional.empty();
    };
  }

  @Override
  public boolean canWrite(String stream) {
    return made.contains(stream);
  }

  @Override
  public void close() {
    ImputerFollower started = follower;
    if (started != null) {
      started.close();
    }
  }
}
