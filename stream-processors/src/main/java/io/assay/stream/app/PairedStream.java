package io.assay.stream.app;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.DeclaredStream;
import io.assay.assertion.rule.ir.Serving;
import io.assay.stream.assertions.Figures;
import io.assay.stream.assertions.LiveRules;
import io.assay.stream.contract.TopicCreation;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.pairing.PairingSettings;
import io.assay.stream.pairing.PairingTopology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a serving stack writes, made into the events of a stream, which is judged by itself. */
final class PairedStream implements Running {
  private static final Logger LOG = LoggerFactory.getLogger(PairedStream.class);

  private final StreamType stream;
  private final Serving serving;
  private final ProcessorSettings settings;
  private final String member;
  private final String name;
  private final Instance instance;
  private final Figures figures;
  private @Nullable Map<String, Integer> started;

  /**
   * @param member the name by which the broker knows it again
   */
  PairedStream(StreamType stream, Serving serving, ProcessorSettings settings, String member) {
    this.stream = stream;
    this.serving = serving;
    this.settings = settings;
    this.member = member;
    this.name = "serving " + stream.name();
    this.instance = new Instance(name, stream.name());
    this.figures = new Figures(name);
  }

  /** Of what it makes events of, and how. */
  private record Shape(StreamType stream, Serving serving) {}

  /** Empty for a stream that no serving stack writes. */
  static Optional<Object> shape(DeclaredStream stream) {
    return stream.serving().map(serving -> new Shape(stream.type(), serving));
  }

  @Override
  public Object shape() {
    return new Shape(stream, serving);
  }

  /** It judges nothing, and how it reads is part of its shape. */
  @Override
  public void take(LiveRules.Generation generation) {}

  @Override
  public Instance instance() {
    return instance;
  }

  private String applicationId() {
    return settings.servingApplicationId(stream);
  }

  @Override
  public void look(Admin admin, long now) throws InterruptedException, ExecutionException {
    String internal = applicationId() + '-' + PairingTopology.BY_ID + "-repartition";
    List<String> topics = new ArrayList<>(serving.topics());
    topics.add(stream.topic());
    topics.add(internal);
    TopicPartitions counts = TopicPartitions.now(admin, topics);
    Optional<String> missing =
        serving.topics().stream().filter(topic -> counts.of(topic) == 0).findFirst();
    if (missing.isPresent()) {
      waitFor(missing.get());
      return;
    }
    int most = serving.topics().stream().mapToInt(counts::of).max().orElse(1);
    if (counts.of(stream.topic()) == 0) {
      makeTopic(admin, most);
    }
    Map<String, Integer> sources = new HashMap<>();
    serving.topics().forEach(topic -> sources.put(topic, counts.of(topic)));
    if (instance.started() && !sources.equals(started)) {
      LOG.warn("{}: the topics have changed, it starts again: {}", name, sources);
      instance.leave();
    }
    if (!instance.started() && !instance.isQuiet(now)) {
      started = Map.copyOf(sources);
      start(counts.of(internal) > 0 ? counts.of(internal) : most);
    }
  }

  private void waitFor(String topic) {
    if (!instance.started()) {
      instance.waiting(
          "stream '%s' is served through the topic %s, which does not exist; it starts when the topic is there"
              .formatted(stream.name(), topic));
    }
  }

  /** Nobody else writes to it. Records keep their time: a replay is received when it was. */
  private void makeTopic(Admin admin, int partitions) throws InterruptedException {
    TopicCreation.createMissing(
        admin, List.of(new TopicPlan(stream.topic(), partitions, Map.of())));
    LOG.info("{}: made the topic {} with {} partitions", name, stream.topic(), partitions);
  }

  private void start(int partitions) {
    var pairing =
        new PairingSettings(
            settings.project(),
            stream,
            serving,
            settings.topics(),
            partitions,
            settings.idleAfter(),
            settings.pairingPatience(),
            PairingSettings.DEFAULT_MOST_WAITING_BYTES);
    LOG.info("{}: {} of {}", name, serving.format().word(), serving.topics());
    instance.start(
        () ->
            new KafkaStreams(
                new PairingTopology(pairing, figures).build(),
                KafkaSettings.streams(settings, applicationId(), member)));
  }

  @Override
  public List<StreamStatus> status() {
    Instance.Condition now = instance.condition();
    return List.of(
        new StreamStatus(
            name,
            String.join(", ", serving.topics()),
            applicationId(),
            now.state(),
            now.message(),
            instance.failing(),
            instance.lag(new HashSet<>(serving.topics())),
            figures));
  }
}
