package io.assay.web.retention;

import io.assay.stream.contract.Topics;
import io.assay.web.rules.ActiveRules;
import io.assay.web.system.Broker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** How long topics keep records, as the broker says; it is changed there, not here. */
@Component
public class TopicRetention {
  private final Optional<Map<String, Object>> clients;
  private final Topics topics;
  private final ActiveRules rules;

  TopicRetention(Environment environment, ActiveRules rules) {
    this.clients = Broker.clients(environment).map(TopicRetention::hasty);
    this.topics = Broker.topics(environment);
    this.rules = rules;
  }

  private static Map<String, Object> hasty(Map<String, Object> given) {
    var settings = new HashMap<>(given);
    settings.put("default.api.timeout.ms", 4000);
    settings.put("request.timeout.ms", 2000);
    return settings;
  }

  /**
   * One topic.
   *
   * @param cleanup as Kafka calls it: delete, compact, or both
   * @param millis how long records stay; -1 for ever
   * @param bytes how much of a partition stays; -1 for any
   * @param segmentMillis after so long at most what is written is in a file that can be deleted
   */
  public record Kept(String topic, String cleanup, long millis, long bytes, long segmentMillis) {
    public boolean isCompacted() {
      return cleanup.contains("compact");
    }

    public boolean isDeleted() {
      return cleanup.contains("delete") && millis >= 0;
    }
  }

  /**
   * What the broker says.
   *
   * @param trouble why it says nothing, or not all
   */
  public record Told(List<Kept> topics, String trouble) {}

  /** Our own topics, and those that a project's rules name. */
  public Told of(String project) {
    if (clients.isEmpty()) {
      return new Told(List.of(), Broker.SERVERS + " is not set");
    }
    var names = new TreeSet<String>();
    topics.plans(1).forEach(plan -> names.add(plan.name()));
    rules
        .of(project)
        .ifPresent(
            known -> {
              names.addAll(known.topics());
              known.streams().stream()
                  .filter(stream -> stream.imputed().isPresent())
                  .forEach(stream -> names.add(topics.imputed(project, stream.name())));
            });
    List<Kept> found = new ArrayList<>();
    try (Admin admin = Admin.create(clients.get())) {
      Map<ConfigResource, KafkaFuture<Config>> asked =
          admin
              .describeConfigs(
                  names.stream()
                      .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                      .toList())
              .values();
      String trouble = "";
      for (String name : names) {
        KafkaFuture<Config> one = asked.get(new ConfigResource(ConfigResource.Type.TOPIC, name));
        try {
          if (one != null) {
            found.add(kept(name, one.get()));
          }
        } catch (ExecutionException failure) {
          trouble =
              Broker.told(clients.get(), failure.getCause() == null ? failure : failure.getCause());
        }
      }
      return new Told(found, trouble);
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    } catch (KafkaException failure) {
      return new Told(found, Broker.told(clients.get(), failure));
    }
  }

  private static Kept kept(String name, Config config) {
    return new Kept(
        name,
        value(config, "cleanup.policy").orElse(""),
        value(config, "retention.ms").map(Long::parseLong).orElse(-1L),
        value(config, "retention.bytes").map(Long::parseLong).orElse(-1L),
        value(config, "segment.ms").map(Long::parseLong).orElse(0L));
  }

  private static Optional<String> value(Config config, String name) {
    return Optional.ofNullable(config.get(name)).map(ConfigEntry::value);
  }
}
