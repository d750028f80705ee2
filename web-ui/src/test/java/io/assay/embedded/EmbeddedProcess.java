package io.assay.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A program that runs the embedded servers and is killed by tests. Each line it prints is a word
 * and its value.
 */
final class EmbeddedProcess {
  static final String TOPIC = "numbers";

  private EmbeddedProcess() {}

  public static void main(String[] args) throws Exception {
    EmbeddedSettings settings = EmbeddedSettings.in(Path.of(args[1]));
    if (args.length > 2) {
      settings = settings.withMinimumFree(Long.parseLong(args[2]));
    }
    EmbeddedRuntime runtime;
    try {
      runtime = EmbeddedRuntime.start(settings);
    } catch (EmbeddedException refused) {
      say(refused.problem(), refused.getMessage());
      return;
    }
    say("postgres", PidFile.of(runtime.folder().resolve("postgres/data")).orElseThrow().pid());
    switch (args[0]) {
      case "write" -> write(runtime);
      case "count" -> count(runtime);
      case "wait" -> waitForSignal(runtime);
      case "fill" -> fill(runtime);
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /** Commits rows and sends records, and says each only after it was committed or acknowledged. */
  private static void write(EmbeddedRuntime runtime) throws Exception {
    runtime.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)));
    try (Connection connection = connect(runtime);
        var statement = connection.createStatement();
        var producer = producer(runtime)) {
      statement.execute("CREATE TABLE IF NOT EXISTS numbers (n int)");
      for (int number = 1; true; number++) {
        int sent = number;
        var unused =
            producer.send(
                new ProducerRecord<>(TOPIC, number),
                (metadata, failure) -> say(failure == null ? "acknowledged" : "lost", sent));
        statement.execute("INSERT INTO numbers VALUES (" + number + ")");
        say("committed", number);
      }
    }
  }

  private static void count(EmbeddedRuntime runtime) throws Exception {
    try (runtime;
        Connection connection = connect(runtime)) {
      say("rows", rows(connection));
      say("records", records(runtime.bootstrapServers()));
    }
  }

  private static void waitForSignal(EmbeddedRuntime runtime) throws Exception {
    Connection connection = connect(runtime);
    runtime.closeOnExit(
        () -> {
          say("first", connection.createStatement().executeQuery("SELECT 1").next());
          connection.close();
        },
        () -> {
          throw new IllegalStateException("a user that fails to close");
        },
        () -> say("last", true));
    say("waiting", true);
    Thread.sleep(Duration.ofMinutes(5));
  }

  /** Sends until the broker gives up, and says what the runtime made of it. */
  private static void fill(EmbeddedRuntime runtime) throws Exception {
    runtime.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)));
    Thread sender =
        new Thread(
            () -> {
              try (var producer =
                  new KafkaProducer<byte[], byte[]>(
                      Map.of("bootstrap.servers", runtime.bootstrapServers()),
                      new ByteArraySerializer(),
                      new ByteArraySerializer())) {
                while (true) {
                  var unused = producer.send(new ProducerRecord<>(TOPIC, new byte[500_000]));
                }
              }
            });
    sender.setDaemon(true);
    sender.start();
    EmbeddedException failure = runtime.failure().toCompletableFuture().get();
    say(failure.problem(), failure.getMessage());
    Runtime.getRuntime().halt(3);
  }

  static Connection connect(EmbeddedRuntime runtime) throws SQLException {
    return DriverManager.getConnection(runtime.jdbcUrl(), runtime.user(), runtime.password());
  }

  static KafkaProducer<Integer, Integer> producer(EmbeddedRuntime runtime) {
    return new KafkaProducer<>(
        Map.<String, Object>of("bootstrap.servers", runtime.bootstrapServers()),
        new IntegerSerializer(),
        new IntegerSerializer());
  }

  /** How many distinct numbers there are, provided that they begin at 1 and have no gap. */
  static long rows(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var found =
            statement.executeQuery("SELECT count(DISTINCT n), coalesce(max(n), 0) FROM numbers")) {
      found.next();
      return found.getLong(1) == found.getLong(2) ? found.getLong(1) : -1;
    }
  }

  static long records(String bootstrapServers) {
    TopicPartition partition = new TopicPartition(TOPIC, 0);
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", bootstrapServers),
            new IntegerDeserializer(),
            new IntegerDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      int last = 0;
      while (consumer.position(partition) < end) {
        for (var record : consumer.poll(Duration.ofSeconds(1))) {
          last = record.value() == last + 1 ? last + 1 : Integer.MIN_VALUE;
        }
      }
      return last;
    }
  }

  private static synchronized void say(Object word, @Nullable Object value) {
    System.out.println(word + " " + String.valueOf(value).replace('\n', ' '));
    System.out.flush();
  }
}
