package io.assay.web.sink;

import io.assay.assertion.Level;
import io.assay.assertion.Mode;
import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.event.Coordinates;
import io.assay.embedded.TestBroker;
import io.assay.embedded.TestPostgres;
import io.assay.stream.contract.RecordKeys;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.Topics;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.postgresql.ds.PGSimpleDataSource;

/** A database with our tables, topics under a prefix of their own, and what one does with both. */
final class SinkBench implements AutoCloseable {
  private static final TestPostgres.Database ELSEWHERE = TestPostgres.shared().fresh();

  final TestPostgres.Database database = TestPostgres.shared().migrated();
  final Topics topics = new Topics(TestBroker.shared().name("sink"));
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<Future<?>> sent = new ArrayList<>();

  SinkBench(int partitions) {
    TestBroker.shared()
        .createTopics(topics.plans(partitions).stream().map(TopicPlan::newTopic).toList());
    producer =
        new KafkaProducer<>(
            // A new topic may refuse the first batch and take the second; one at a time keeps
            // order.
            Map.of(
                "bootstrap.servers",
                TestBroker.shared().bootstrapServers(),
                "max.in.flight.requests.per.connection",
                1),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  DataSource dataSource() {
    var source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    source.setUser(database.user());
    source.setPassword(database.password());
    return source;
  }

  Sink start() {
    return Sink.start(dataSource(), settings());
  }

  SinkSettings settings() {
    return SinkSettings.of(TestBroker.shared().bootstrapServers(), topics.prefix());
  }

  void send(Violation violation) {
    send(
        new ProducerRecord<>(
            topics.violations(),
            RecordKeys.ofViolation(violation.project(), violation.key()),
            ViolationJson.write(violation)));
  }

  void send(String topic, byte[] value) {
    send(new ProducerRecord<>(topic, value));
  }

  void send(ProducerRecord<byte[], byte[]> record) {
    sent.add(producer.send(record));
  }

  /** Returns when the broker has all that was sent. */
  void flush() {
    producer.flush();
    for (Future<?> each : sent) {
      try {
        each.get();
      } catch (InterruptedException | ExecutionException failure) {
        throw new IllegalStateException("sending failed", failure);
      }
    }
    sent.clear();
  }

  static void await(BooleanSupplier done) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited 30 s in vain");
      }
      Thread.sleep(20);
    }
  }

  long number(String sql) {
    return Long.parseLong(text(sql));
  }

  String text(String sql) {
    return column(sql).getFirst();
  }

  List<String> column(String sql) {
    List<String> found = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        found.add(row.getString(1));
      }
      return found;
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
  }

  /** Not by a connection to our database: what is done to that ends all of them. */
  void executeFromElsewhere(String sql) {
    try (Connection connection = ELSEWHERE.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
  }

  String databaseName() {
    return database.jdbcUrl().substring(database.jdbcUrl().lastIndexOf('/') + 1);
  }

  static Violation violation(int number, Instant at) {
    return violation(
        "%032x".formatted(number), "v" + number % 7, at, "gone for 200ms", "{\"n\":1}");
  }

  static Violation violation(String id, String key, Instant at, String sentence, String fields) {
    long nanos =
        Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
    return new Violation(
        id,
        "default",
        "flicker",
        "0123456789abcdef",
        "",
        "camera",
        key,
        "t7@" + nanos,
        "t7",
        nanos - 200_000_000,
        nanos,
        nanos,
        "event-" + id,
        0.4,
        Level.WARNING,
        Mode.ACTIVE,
        sentence,
        List.of(new Violation.Value("gap", "0.2", false)),
        List.of(new Violation.FrozenEvent("event-" + id, nanos, "camera", "at", 0, fields)),
        List.of(new Violation.EventReference("event-" + id, nanos, new Coordinates("t", 0, 1))),
        Optional.of("yolo-1"),
        id,
        List.of(),
        false);
  }

  @Override
  public void close() {
    producer.close();
  }
}
