package io.assay.stream.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.embedded.TestBroker;
import io.assay.stream.archive.Archive;
import io.assay.stream.archive.ArchiveSettings;
import io.assay.stream.archive.ArchiveWriter;
import io.assay.stream.archive.FolderStore;
import io.assay.stream.assertions.Aside;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.Provenance;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.Topics;
import io.assay.stream.repair.AsideFilter;
import io.assay.stream.repair.AsideReader;
import io.assay.stream.repair.Chosen;
import io.assay.stream.repair.Ends;
import io.assay.stream.repair.PutAside;
import io.assay.stream.repair.Rejudge;
import io.assay.stream.repair.ReplayBatches;
import io.assay.stream.repair.ReplayPlan;
import io.assay.stream.repair.Replayer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is replayed is certain key by key: whatever happens then, and whoever does the same. */
class ReplayRoundsTest {
  private static final long START = 1_700_000_000_000L;
  private static final int KEYS = 6;
  private static final ReplayPlan.Wish ONCE = new ReplayPlan.Wish(false, "test");

  private final TestBroker broker = TestBroker.shared();
  private final Topics topics = new Topics(broker.name("rounds"));
  private final String source = topics.prefix() + ".frames";
  private final Map<String, Object> clients =
      Map.of("bootstrap.servers", broker.bootstrapServers());

  @TempDir private Path folder;

  private Replayer replayer;

  /** A letter of each key, which would have been one violation. */
  @BeforeEach
  void putAside() {
    broker.createTopics(topics.plans(1).stream().map(TopicPlan::newTopic).toList());
    var file =
        new SourceFile(
            "frames.assay",
            """
            language 1
            stream frames from topic "%s" { key camera string time at timestamp(millis) seen int }
            assertion few on frames { mode active expect seen < 5 }
            """
                .formatted(source));
    CheckedRules rules = new RuleCompiler().compile(List.of(file), Map.of()).rules().orElseThrow();
    var writer =
        new ArchiveWriter(
            new FolderStore(folder), ArchiveSettings.in(folder), "default", rules.streams(), "a");
    writer.take(new TopicPartition(source, 0), "T", OptionalLong.empty(), 0);
    for (int i = 0; i < KEYS; i++) {
      writer.add(new ConsumerRecord<>(source, 0, i, new byte[0], "{".getBytes(UTF_8)), START);
      letter(i);
    }
    writer.roll(writer.partitions());
    var archive = new Archive(new FolderStore(folder), "default");
    replayer =
        new Replayer(clients, topics, "default", Clock.systemUTC())
            .rejudging(new Rejudge(rules, 0, archive, "default", Duration.ofMinutes(1)));
  }

  private void letter(long offset) {
    try (var producer =
        new KafkaProducer<>(clients, new ByteArraySerializer(), new ByteArraySerializer())) {
      var from = new Provenance("default", "frames", new Coordinates(source, 0, offset), START);
      Record<byte[], byte[]> aside =
          Aside.record(
              "c".getBytes(UTF_8),
              "{".getBytes(UTF_8),
              new RecordHeaders().add("traceparent", "00-ab-cd-01".getBytes(UTF_8)),
              0,
              new DeadLetter(from, "broken-json", "no end")::write);
      var unused =
          producer.send(
              new ProducerRecord<>(
                  topics.deadLetters(), 0, aside.key(), aside.value(), aside.headers()));
    }
  }

  private List<Chosen> repaired() {
    List<Chosen> chosen = new ArrayList<>();
    try (var reader = AsideReader.deadLetters(clients, topics)) {
      for (PutAside each : reader.page(AsideFilter.of("default"), null, KEYS).records()) {
        long i = each.position().offset();
        String right = "{\"camera\":\"c%d\",\"at\":%d,\"seen\":7}".formatted(i, START + i);
        chosen.add(Chosen.edited(each, right.getBytes(UTF_8)));
      }
    }
    assertThat(chosen).hasSize(KEYS);
    return chosen;
  }

  private List<String> violatedKeys() {
    var settings =
        Map.<String, Object>of(
            "bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
    List<String> keys = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var partition = new TopicPartition(topics.violations(), 0);
      consumer.assign(Set.of(partition));
      consumer.seekToBeginning(Set.of(partition));
      long end = consumer.endOffsets(Set.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> one : consumer.poll(Duration.ofMillis(100))) {
          Violation violation = ViolationJson.read(one.value());
          keys.add(violation.key());
        }
      }
    }
    return keys;
  }

  @Test
  void whoIsStoppedBetweenTwoKeysGoesOnWhereItWas() {
    List<Chosen> chosen = repaired();
    List<Replayer.Outcome> told = new ArrayList<>();

    assertThatThrownBy(
            () ->
                replayer.replay(
                    chosen,
                    ONCE,
                    outcome -> {
                      told.add(outcome);
                      if (told.size() == 2) {
                        throw new IllegalStateException("killed");
                      }
                    }))
        .hasMessage("killed");
    assertThat(violatedKeys()).containsExactly("c0", "c1");

    told.clear();
    replayer.replay(chosen, ONCE, told::add);
    assertThat(told).filteredOn(one -> one.plan().isDone()).hasSize(KEYS - 2);
    assertThat(told).hasSize(KEYS);
    assertThat(violatedKeys()).containsExactly("c0", "c1", "c2", "c3", "c4", "c5");
  }

  @Test
  void twoWhoReplayTheSameAtOnceFindEachOnceAndBothComeToAnEnd() throws Exception {
    List<Chosen> chosen = repaired();
    List<Callable<List<Replayer.Outcome>>> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      both.add(
          () -> {
            List<Replayer.Outcome> told = new ArrayList<>();
            replayer.replay(chosen, ONCE, told::add);
            return told;
          });
    }
    List<Replayer.Outcome> all = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(2)) {
      for (var one : threads.invokeAll(both)) {
        all.addAll(one.get());
      }
    }

    assertThat(all).hasSize(2 * KEYS);
    assertThat(all).filteredOn(one -> one.plan().isDone()).hasSize(KEYS);
    assertThat(violatedKeys()).containsExactlyInAnyOrder("c0", "c1", "c2", "c3", "c4", "c5");
  }

  /** Outcomes are kept by whoever asks, up to a thousand of them: without what records held. */
  @Test
  void whatIsToldHoldsNoPayload() {
    List<Replayer.Outcome> told = new ArrayList<>();
    ReplayBatches batches = ReplayBatches.planning(replayer, ONCE, told::add);
    try (var reader = AsideReader.deadLetters(clients, topics)) {
      for (Chosen each : repaired()) {
        batches.add(each);
      }
      batches.finish();
      for (PutAside each : reader.page(AsideFilter.of("default"), null, KEYS).records()) {
        batches.add(Chosen.untouched(reader.read(each.position()).orElseThrow()));
      }
      batches.finish();
    }

    assertThat(told).hasSize(2 * KEYS);
    assertThat(told).allSatisfy(one -> assertThat(one.aside().value()).isNull());
  }

  /** Keys and headers may be as long as values. */
  @Test
  void aPageHoldsNothingOfWhatRecordsHeld() {
    try (var reader = AsideReader.deadLetters(clients, topics)) {
      PutAside first = reader.page(AsideFilter.of("default"), null, 1).records().getFirst();

      assertThat(first.key()).isNull();
      assertThat(first.headers()).isEmpty();
      assertThat(first.value()).isNull();
      assertThat(first.valueBytes()).isEqualTo(1);
      assertThat(reader.read(first.position()).orElseThrow().headers()).isNotEmpty();
    }
  }

  /** No clock decides what came later: neither the broker's nor that of whoever asks. */
  @Test
  void whatIsPutAsideMeanwhileIsNotMeant() {
    try (var reader = AsideReader.deadLetters(clients, topics)) {
      Ends ends = reader.ends();
      letter(KEYS);
      AsideFilter all = AsideFilter.of("default");

      assertThat(ends).hasToString("0@" + KEYS);
      assertThat(reader.page(all.upTo(ends), null, 100).records()).hasSize(KEYS);
      assertThat(reader.page(all, null, 100).records()).hasSize(KEYS + 1);
      assertThat(Ends.parse(ends.toString())).contains(ends);
      assertThat(Ends.parse("0@1,0@2")).isEmpty();
      assertThat(Ends.parse("soon")).isEmpty();
    }
  }
}
