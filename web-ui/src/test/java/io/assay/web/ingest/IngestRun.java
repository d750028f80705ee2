package io.assay.web.ingest;

import io.assay.embedded.TestBroker;
import io.assay.web.access.Scope;
import io.assay.web.access.TokenWish;
import io.assay.web.access.Tokens;
import io.assay.web.system.ProgramClient;
import io.assay.web.system.RunningWeb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** The web interface on a broker, with the rules of three streams and topics of its own. */
public final class IngestRun implements AutoCloseable {
  private static final String RULES =
      """
      language 1

      model scorer "credit-risk" owner "credit"

      stream speed from topic "PREFIX.speed" {
        key    vehicle  string
        time   at       timestamp(millis)
        speed           double
      }

      stream loans from topic "PREFIX.loans" {
        id     id
        key    applicant  string
        time   at         timestamp(millis)
        risk              double
      }

      stream served from topic "PREFIX.served" {
        serving  kserve "credit-risk" requests "PREFIX.requests" responses "PREFIX.responses" within 5min
        model    scorer version version
        id       id
        key      applicant  string from inputs.applicant
        time     at         timestamp
        risk                ratio  from outputs.risk
      }

      assertion slow on speed "nobody drives faster than 50" {
        expect   speed <= 50
        explain  "{vehicle} drives {speed}"
        mode     active
      }
      """;

  public final RunningWeb web;
  public final String prefix = TestBroker.shared().name("ingest");
  public final Path rules;

  private IngestRun(Path folder, Map<String, Object> more) {
    for (String topic : List.of("speed", "loans", "served", "requests", "responses", "labels")) {
      TestBroker.shared().createTopics(List.of(new NewTopic(prefix + "." + topic, 2, (short) 1)));
    }
    rules = folder.resolve("ingest.assay");
    try {
      Files.writeString(rules, RULES.replace("PREFIX", prefix));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    var properties = new HashMap<String, Object>();
    properties.put("assay.ingest.bootstrap-servers", TestBroker.shared().bootstrapServers());
    properties.put("assay.sink.prefix", prefix);
    properties.put("assay.ingest.rules", rules.toString());
    properties.putAll(more);
    web = RunningWeb.start(properties);
  }

  public static IngestRun start(Path folder, Map<String, Object> more) {
    return new IngestRun(folder, more);
  }

  /** A program that may send to all streams. */
  public ProgramClient program() {
    return program(new TokenWish("tests", Set.of(Scope.INGEST), Set.of(), null));
  }

  /** A program that may what is wished. */
  public ProgramClient program(TokenWish wish) {
    return new ProgramClient(web.address(), secret(wish));
  }

  String secret(TokenWish wish) {
    Tokens tokens = web.running().context().getBean(Tokens.class);
    return switch (tokens.create("default", "system", wish)) {
      case Tokens.Creation.Made made -> made.secret();
      case Tokens.Creation.Refused refused -> throw new IllegalStateException(refused.toString());
    };
  }

  public static String path(String stream) {
    return "/api/v1/projects/default/events/" + stream;
  }

  public String topic(String stream) {
    return prefix + "." + stream;
  }

  /** All that stands in the topic now. */
  List<ConsumerRecord<byte[], byte[]>> records(String stream) {
    return recordsOf(topic(stream));
  }

  public static List<ConsumerRecord<byte[], byte[]>> recordsOf(String topic) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            TestBroker.shared().bootstrapServers(),
            "isolation.level",
            "read_committed");
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(one -> new TopicPartition(topic, one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
      while (partitions.stream()
          .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(found::add);
      }
      return found;
    }
  }

  public static String text(byte @Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
    var headers = new TreeMap<String, String>();
    record.headers().forEach(header -> headers.put(header.key(), text(header.value())));
    return headers;
  }

  @Override
  public void close() {
    web.close();
  }
}
