package io.assay.bench.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.imputation.AimNet;
import io.assay.imputation.Column;
import io.assay.imputation.Fitting;
import io.assay.imputation.Schema;
import io.assay.imputation.Table;
import io.assay.stream.assertions.Aside;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.ImputerCard;
import io.assay.stream.contract.ImputerChoice;
import io.assay.stream.contract.ImputerKey;
import io.assay.stream.contract.ImputerVersion;
import io.assay.stream.contract.Provenance;
import io.assay.stream.contract.ReleaseStatus;
import io.assay.stream.contract.StabilityRecord;
import io.assay.stream.contract.Topics;
import io.assay.stream.imputation.ImputedStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What the web interface reads from topics: releases of embeddings, imputers, dead letters. */
final class FilledTopics {
  private static final int RELEASES = 60;
  private static final int VERSIONS = 20;
  private static final List<String> REGIONS = List.of("north", "south", "east", "west");

  private final Topics topics = Topics.standard();
  private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();

  /** {@code letters}: how many events could not be read. */
  static void fill(String servers, CheckedRules rules, int letters, long nowMillis) {
    var filled = new FilledTopics();
    filled.releases(nowMillis);
    filled.imputers(rules, nowMillis);
    filled.letters(letters, nowMillis);
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", servers, "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      var sent = filled.records.stream().map(producer::send).toList();
      producer.flush();
      if (sent.stream().anyMatch(one -> one.state() != java.util.concurrent.Future.State.SUCCESS)) {
        throw new IllegalStateException("the broker did not take all records");
      }
    }
  }

  private void releases(long nowMillis) {
    for (int i = 1; i <= RELEASES; i++) {
      release(i, "", nowMillis);
      if (i > 1) {
        release(i, name(i - 1), nowMillis);
      }
    }
  }

  private static String name(int release) {
    return "release-%03d".formatted(release);
  }

  private void release(int number, String base, long nowMillis) {
    boolean compared = !base.isEmpty();
    long day = 86_400_000L;
    long at = nowMillis - (RELEASES - number) * day / 2;
    var measured =
        new StabilityRecord.Measured(
            0.05 + 0.001 * number,
            Map.of(5, 0.7, 10, 0.72),
            0.1,
            3,
            0.8,
            List.of(4, 4),
            2,
            "gram",
            true,
            1e-12,
            95,
            Map.of("eis", new StabilityRecord.Interval(0.04, 0.06 + 0.001 * number)));
    var record =
        new StabilityRecord(
            "default",
            "words",
            name(number),
            base,
            7,
            number,
            ReleaseStatus.ACCEPTED,
            "",
            "",
            100_000,
            compared ? 100_000 : 0,
            compared ? 99_000 : 0,
            compared ? 0.98 : 0,
            compared ? measured : null,
            "",
            compared
                ? IntStream.range(0, 100)
                    .mapToObj(i -> new StabilityRecord.Moved("word-" + i, 0.9 - i / 200.0))
                    .toList()
                : List.of(),
            1000,
            at,
            at,
            at + 60_000,
            at + 120_000,
            1,
            compared
                ? List.of(
                    new StabilityRecord.Verdict(
                        "steady", "0", StabilityRecord.Outcome.HELD, "", ""))
                : List.of(),
            number > 1 ? name(number - 1) : "",
            number > 1 ? List.of(name(number - 1)) : List.of(),
            StabilityRecord.Outcome.HELD,
            compared ? neighbourhoods() : null);
    records.add(new ProducerRecord<>(topics.stability(), record.key(), record.json()));
  }

  private static StabilityRecord.Neighbourhoods neighbourhoods() {
    return new StabilityRecord.Neighbourhoods(
        5,
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    new StabilityRecord.Neighbourhood(
                        "word-" + i, 0.9 - i / 400.0, near(i), near(i + 2)))
            .toList());
  }

  private static List<StabilityRecord.Neighbour> near(int item) {
    return IntStream.rangeClosed(1, 5)
        .mapToObj(i -> new StabilityRecord.Neighbour("word-" + (item + i), 0.95 - i / 20.0))
        .toList();
  }

  private void imputers(CheckedRules rules, long nowMillis) {
    String group = ImputedStream.of(rules, "applications").orElseThrow().groupHash();
    byte[] bytes = imputer().bytes();
    for (int number = 1; number <= VERSIONS; number++) {
      var card =
          new ImputerCard(
              "default",
              "applications",
              number,
              nowMillis - (VERSIONS - number) * 21_600_000L,
              1,
              "features",
              group,
              "plain",
              300,
              0,
              1,
              0.2,
              false,
              new ImputerCard.Measured(30, 0.2, null, null, 1.0, null, 0.8),
              List.of(
                  new ImputerCard.Column("income", "error", 0.2, 1.0, null),
                  new ImputerCard.Column("age", "error", 0.3, 1.0, null),
                  new ImputerCard.Column("region", "wrong", 0.1, 0.7, 0.02)),
              List.of(),
              null,
              true,
              "it is better",
              ImputerVersion.chunks(bytes.length),
              bytes.length,
              ImputerVersion.sha256(bytes));
      records.addAll(ImputerVersion.of(card, bytes).records(topics.imputers()));
      var choice =
          new ImputerChoice(
              "default",
              "applications",
              number,
              false,
              ImputerChoice.TRAINER,
              "it is better",
              nowMillis - (VERSIONS - number) * 21_600_000L);
      records.add(
          new ProducerRecord<>(
              topics.imputers(),
              new ImputerKey.Promoted("default", "applications").bytes(),
              choice.json()));
    }
  }

  /** It has learned that an income goes with a region and an age. */
  private static AimNet imputer() {
    var random = new Random(1);
    List<List<String>> cells = new ArrayList<>();
    for (int row = 0; row < 300; row++) {
      int region = random.nextInt(4);
      int age = 20 + random.nextInt(50);
      double income = 10_000 * (region + 1) + 100 * age + random.nextInt(500);
      cells.add(List.of(Double.toString(income), Integer.toString(age), REGIONS.get(region)));
    }
    Table table = Table.of(List.of("income", "age", "region"), cells);
    List<Column> columns =
        List.of(
            new Column.Numbers("income"), new Column.Numbers("age"), new Column.Category("region"));
    return Fitting.fit(table, Schema.of(columns, table), Fitting.Form.PLAIN, 1);
  }

  private void letters(int count, long nowMillis) {
    for (int i = 0; i < count; i++) {
      String stream = WebRules.stream(i);
      var letter =
          new DeadLetter(
              new Provenance(
                  "default",
                  stream,
                  new Coordinates("bench." + stream, 0, i),
                  nowMillis - 60_000L * (count - i)),
              i % 2 == 0 ? "broken-json" : "no-key",
              "Unexpected end-of-input at byte 22");
      byte[] value = ("{\"key\":\"key-" + i + "\",\"score\":").getBytes(UTF_8);
      var aside =
          Aside.record(("key-" + i).getBytes(UTF_8), value, new RecordHeaders(), 0, letter::write);
      records.add(
          new ProducerRecord<>(
              topics.deadLetters(), 0, aside.key(), aside.value(), aside.headers()));
    }
  }
}
