package io.assay.stream.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.rule.SourceFile;
import io.assay.embedded.TestBroker;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleHome;
import io.assay.stream.contract.RuleOrigin;
import io.assay.stream.contract.RuleUse;
import io.assay.stream.contract.RuleUses;
import io.assay.stream.contract.RuleWriter;
import io.assay.stream.contract.TopicPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules that change all the time while events are judged, and processors that are killed: every
 * event says which generation has decoded it, judged it, and told of it. By {@code
 * -Dassay.rules.events=1000000 -Dassay.rules.changes=100} as many as an installation has in months.
 */
class RuleChangesTest {
  private static final int EVENTS = Integer.getInteger("assay.rules.events", 30_000);
  private static final int CHANGES = Integer.getInteger("assay.rules.changes", 12);
  private static final int KEYS = 500;
  private static final int KILLS = 2;
  private static final int PARTITIONS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60 + EVENTS / 1_000);

  private final Site site = new Site("changes");
  private final Map<String, Object> clients =
      Map.of("bootstrap.servers", TestBroker.shared().bootstrapServers());
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Long> newest = new HashMap<>();
  private final Set<Long> used = new TreeSet<>();
  private long generation;

  @TempDir private Path folder;

  @Test
  void noEventIsJudgedByAMixtureOfGenerationsAndNoneIsSkipped() throws Exception {
    String source = site.topic("camera");
    site.create(source, PARTITIONS);
    TestBroker.shared()
        .createTopics(site.topics().plans(PARTITIONS).stream().map(TopicPlan::newTopic).toList());
    change(source);
    Path state = Files.createDirectories(folder.resolve("state"));
    Process processors = start(state);
    int sent = EVENTS;
    try (var producer =
            new KafkaProducer<>(clients, new ByteArraySerializer(), new ByteArraySerializer());
        KafkaConsumer<byte[], byte[]> consumer = violations()) {
      for (int i = 0; i < EVENTS; i++) {
        var unused =
            producer.send(new ProducerRecord<>(source, i % KEYS % PARTITIONS, null, event(i)));
        if (i % (EVENTS / CHANGES) == EVENTS / CHANGES - 1) {
          // What came before is being judged while the rules change.
          read(consumer, i - EVENTS / CHANGES / 2, i);
          change(source);
        }
        if (i % (EVENTS / (KILLS + 1)) == EVENTS / (KILLS + 1) - 1 && i < EVENTS - 1_000) {
          processors.destroyForcibly().waitFor();
          processors = start(state);
        }
      }
      producer.flush();
      read(consumer, sent, sent);
      // The last change may have come when all had been judged: it is taken up by what comes next.
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!used.contains(generation)) {
        assertThat(System.nanoTime() - end)
            .as("generation %d, of %s", generation, used)
            .isNegative();
        for (int i = 0; i < KEYS; i++) {
          var unused =
              producer.send(
                  new ProducerRecord<>(source, sent % KEYS % PARTITIONS, null, event(sent)));
          sent++;
        }
        read(consumer, sent, sent);
      }
    } finally {
      processors.destroyForcibly().waitFor();
    }
    assertThat(seen).hasSize(sent);
    assertThat(used).hasSizeGreaterThan(CHANGES / 2);
    assertThat(RuleUses.of(clients, site.topics(), "street"))
        .extracting(RuleUse::generation)
        .allSatisfy(last -> assertThat(last).isGreaterThanOrEqualTo(1));
    System.out.printf(
        "%d events, %d generations of which %d judged, %d times killed%n",
        seen.size(), generation, used.size(), KILLS);
  }

  private Process start(Path state) throws Exception {
    return FollowingProcess.start(TestBroker.shared().bootstrapServers(), site.prefix(), state);
  }

  /** The next generation reads its number's parity, and says so. */
  private void change(String source) {
    generation++;
    String text =
        """
        language 1
        stream camera from topic "%s" {
          key vehicle string
          time at timestamp(millis)
          number int
          parity int from "%s"
        }
        assertion marker on camera {
          expect parity < 0
          explain "%d {parity}"
          mode active
        }
        """
            .formatted(source, generation % 2 == 0 ? "even" : "odd", generation);
    var outcome =
        new RuleWriter(clients, site.topics())
            .publish(
                new RuleWriter.Request(
                    "street",
                    new RuleContent(List.of(new SourceFile("a.assay", text)), Map.of()),
                    new RuleOrigin(RuleHome.WEB, "", "", "somebody", Instant.now()),
                    "",
                    OptionalLong.empty(),
                    false));
    assertThat(outcome).isInstanceOf(RuleWriter.Outcome.Published.class);
  }

  private static byte[] event(int number) {
    return "{\"vehicle\":\"v%d\",\"at\":%d,\"number\":%d,\"even\":0,\"odd\":1}"
        .formatted(number % KEYS, Site.START_MILLIS + number, number)
        .getBytes(StandardCharsets.UTF_8);
  }

  private KafkaConsumer<byte[], byte[]> violations() {
    var settings = new HashMap<String, Object>(clients);
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "earliest");
    var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(
        consumer.partitionsFor(site.topics().violations()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList());
    return consumer;
  }

  /** Until so many have been judged. */
  private void read(KafkaConsumer<byte[], byte[]> consumer, int wanted, int sent) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (seen.size() < wanted) {
      consumer.poll(Duration.ofMillis(200)).forEach(this::take);
      assertThat(System.nanoTime() - end)
          .as("%d of %d judged, %s", seen.size(), sent, folder)
          .isNegative();
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    Violation violation = ViolationJson.read(record.value());
    assertThat(violation.assertion()).isEqualTo("marker");
    assertThat(seen.add(violation.decidingEvent())).as("twice: %s", violation).isTrue();
    String[] said = violation.sentence().split(" ");
    long judgedBy = Long.parseLong(said[0]);
    assertThat(said[1]).as("decoded for %d", judgedBy).isEqualTo(Long.toString(judgedBy % 2));
    assertThat(HeaderNames.number(record.headers(), HeaderNames.RULE_VERSION, -1))
        .isEqualTo(judgedBy);
    Long before = newest.put(violation.key(), judgedBy);
    assertThat(before == null || before <= judgedBy)
        .as("key %s by %s after %s", violation.key(), judgedBy, before)
        .isTrue();
    used.add(judgedBy);
  }
}
