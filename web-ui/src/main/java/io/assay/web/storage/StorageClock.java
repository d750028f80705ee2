package io.assay.web.storage;

import io.assay.web.rules.ActiveRules;
import io.assay.web.system.Broker;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Samples sizes every ten minutes, whichever instance is first. */
@Component
class StorageClock {
  private static final Logger LOG = LoggerFactory.getLogger(StorageClock.class);

  private final StorageHistory history;
  private final DatabaseSizes database;
  private final Optional<BrokerSizes> broker;
  private final Map<String, Object> clients;
  private final Optional<Path> archive;
  private final Clock clock;
  private String trouble = "";

  StorageClock(
      StorageHistory history,
      DatabaseSizes database,
      ActiveRules rules,
      Environment environment,
      Clock clock) {
    this.history = history;
    this.database = database;
    this.clients = Broker.clients(environment).orElse(Map.of());
    this.broker =
        Broker.clients(environment)
            .map(given -> new BrokerSizes(given, Broker.topics(environment), rules::isNamed));
    this.archive =
        Optional.ofNullable(environment.getProperty("assay.archive.folder")).map(Path::of);
    this.clock = clock;
  }

  @Scheduled(
      initialDelayString = "${assay.storage.after:PT20S}",
      fixedDelayString = "${assay.storage.every:PT1M}")
  void sample() {
    try {
      // Measured outside of the transaction: a broker that is away holds no connection.
      if (history.isDue(clock.instant())) {
        history.writeIfDue(clock.instant(), measured());
      }
    } catch (RuntimeException failure) {
      LOG.warn("sizes are sampled again later: {}", failure.toString());
    }
  }

  private List<StorageSample> measured() {
    Instant now = clock.instant();
    List<StorageSample> samples = new ArrayList<>(database.sample(now));
    archive.ifPresent(folder -> samples.addAll(ArchiveSizes.sample(folder, now)));
    broker.ifPresent(asked -> samples.addAll(ofBroker(asked, now)));
    return samples;
  }

  /** What others take is known without it. */
  private List<StorageSample> ofBroker(BrokerSizes asked, Instant now) {
    try {
      List<StorageSample> told = asked.sample(now);
      trouble = "";
      return told;
    } catch (KafkaException failure) {
      String said = Broker.told(clients, failure);
      if (!said.equals(trouble)) {
        LOG.warn("how large topics are is not known: {}", said);
      }
      trouble = said;
      return List.of();
    }
  }
}
