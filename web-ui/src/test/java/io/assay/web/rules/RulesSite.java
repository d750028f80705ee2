package io.assay.web.rules;

import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.embedded.TestBroker;
import io.assay.stream.archive.ArchiveSettings;
import io.assay.stream.archive.ArchiveWriter;
import io.assay.stream.archive.FolderStore;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleGeneration;
import io.assay.stream.contract.RuleHome;
import io.assay.stream.contract.RuleOrigin;
import io.assay.stream.contract.RuleUse;
import io.assay.stream.contract.RuleWriter;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.Topics;
import io.assay.web.access.Change;
import io.assay.web.access.Members;
import io.assay.web.access.Role;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.RunningWeb;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A web interface and a broker on which rules are published. */
public final class RulesSite implements AutoCloseable {
  private final TestBroker broker = TestBroker.shared();
  private final Topics topics = new Topics(broker.name("rule-pages"));
  private final Map<String, Object> clients =
      Map.of("bootstrap.servers", broker.bootstrapServers());
  public final RunningWeb web;

  private RulesSite(Map<String, Object> more) {
    broker.createTopics(topics.plans(1).stream().map(TopicPlan::newTopic).toList());
    var properties = new HashMap<>(more);
    properties.put("assay.sink.bootstrap-servers", broker.bootstrapServers());
    properties.put("assay.sink.prefix", topics.prefix());
    web = RunningWeb.start(properties);
  }

  public static RulesSite start() {
    return start(Map.of());
  }

  /** With more settings. */
  public static RulesSite start(Map<String, Object> more) {
    return new RulesSite(more);
  }

  /** Assay's own. */
  public Topics topics() {
    return topics;
  }

  /** Settings of Kafka's clients. */
  public Map<String, Object> clients() {
    return clients;
  }

  public String address() {
    return web.address();
  }

  /** A file that declares a stream, and some assertions on it. */
  public String file(String stream, int assertions, String mode) {
    var text = new StringBuilder();
    text.append(
        """
        language 1

        stream %1$s from topic "%2$s.%1$s" {
          key   vehicle  string
          time  at       timestamp(millis)
          seen           int
        }
        """
            .formatted(stream, topics.prefix()));
    for (int i = 0; i < assertions; i++) {
      text.append(
          """

          assertion %1$s_%2$03d on %1$s "not more than %2$d are seen at once" {
            mode    %3$s
            expect  seen <= %2$d
          }
          """
              .formatted(stream, i, mode));
    }
    return text.toString();
  }

  /** As a program, or a service that watches a folder. */
  public long publish(RuleHome home, String place, boolean takesHome, SourceFile... files) {
    var request =
        new RuleWriter.Request(
            "default",
            new RuleContent(List.of(files), Map.of()),
            new RuleOrigin(
                home, place, home == RuleHome.GIT ? "0123456789abcdef" : "", "ci", Instant.now()),
            "hash",
            OptionalLong.empty(),
            takesHome);
    long generation =
        switch (new RuleWriter(clients, topics).publish(request)) {
          case RuleWriter.Outcome.Published(var set) -> set.generation();
          case RuleWriter.Outcome.Unchanged(var set) -> set.generation();
          case RuleWriter.Outcome.Overtaken ignored -> throw new IllegalStateException("overtaken");
          case RuleWriter.Outcome.Elsewhere ignored -> throw new IllegalStateException("elsewhere");
        };
    awaitRecorded(generation);
    return generation;
  }

  /** Waits until a generation is in the history, and known here. */
  void awaitRecorded(long generation) {
    RuleHistory history = web.running().context().getBean(RuleHistory.class);
    ActiveRules active = web.running().context().getBean(ActiveRules.class);
    long end = System.nanoTime() + 20_000_000_000L;
    while (history.one("default", generation).isEmpty() || known(active) < generation) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("generation " + generation + " was not recorded");
      }
      Thread.onSpinWait();
    }
  }

  /** The newest that is in force, or refused. */
  private static long known(ActiveRules active) {
    return Math.max(
        active.generation("default").map(RuleGeneration::number).orElse(0L),
        active.refusal("default").map(one -> one.set().generation()).orElse(0L));
  }

  /** What a task tells of the rules. */
  public void use(long generation, Map<String, String> suspended, Map<String, String> errors) {
    try (var producer =
        new KafkaProducer<>(clients, new ByteArraySerializer(), new ByteArraySerializer())) {
      var use =
          new RuleUse("default", "assay-camera", "1_0", generation, 1, suspended, errors, Map.of());
      var unused = producer.send(new ProducerRecord<>(topics.ruleUse(), use.key(), use.json()));
      producer.flush();
    }
  }

  /** Makes the topic of one of {@link #file}'s streams. */
  public void topic(String stream) {
    broker.createTopics(List.of(new NewTopic(topics.prefix() + "." + stream, 1, (short) 1)));
  }

  /** Writes an event of one of {@link #file}'s streams. */
  public void event(String stream, String json) {
    try (var producer =
        new KafkaProducer<>(clients, new ByteArraySerializer(), new ByteArraySerializer())) {
      var unused =
          producer.send(
              new ProducerRecord<>(
                  topics.prefix() + "." + stream,
                  json.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      producer.flush();
    }
  }

  /** Deletes the first records of a topic of {@link #file}'s streams, as retention does. */
  void forget(String stream, long before) {
    try (var admin = Admin.create(clients)) {
      var partition = new TopicPartition(topics.prefix() + "." + stream, 0);
      admin
          .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(before)))
          .all()
          .get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Puts the first records of such a topic into an archive. */
  void archive(String stream, Path folder, int many) {
    var partition = new TopicPartition(topics.prefix() + "." + stream, 0);
    var rules =
        new RuleCompiler()
            .compile(List.of(new SourceFile("a.assay", file(stream, 1, "draft"))))
            .rules()
            .orElseThrow();
    var writer =
        new ArchiveWriter(
            new FolderStore(folder), ArchiveSettings.in(folder), "default", rules.streams(), "i");
    try (var admin = Admin.create(clients);
        var consumer =
            new KafkaConsumer<>(
                clients, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var topics =
          admin
              .describeTopics(List.of(partition.topic()))
              .allTopicNames()
              .get(30, TimeUnit.SECONDS);
      String id =
          Objects.requireNonNull(topics.get(partition.topic()), "created").topicId().toString();
      writer.take(partition, id, OptionalLong.empty(), 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long now = System.currentTimeMillis();
      int taken = 0;
      while (taken < many) {
        for (var record : consumer.poll(Duration.ofMillis(200)).records(partition)) {
          if (taken++ < many) {
            writer.add(record, now);
          }
        }
      }
      writer.roll(List.of(partition));
    } catch (InterruptedException | ExecutionException | TimeoutException failure) {
      throw new IllegalStateException(failure);
    }
  }

  public Optional<String> text(String file) {
    return web.running().context().getBean(ActiveRules.class).generation("default").stream()
        .flatMap(one -> one.set().content().files().stream())
        .filter(one -> one.name().equals(file))
        .map(SourceFile::text)
        .findFirst();
  }

  /** The first so many records of one of our topics; fewer where they do not come in time. */
  public List<byte[]> records(Function<Topics, String> topic, int many) {
    var settings = new HashMap<String, Object>(clients);
    settings.put("auto.offset.reset", "earliest");
    List<byte[]> found = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(new TopicPartition(topic.apply(topics), 0)));
      long end = System.nanoTime() + 30_000_000_000L;
      while (found.size() < many && System.nanoTime() < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> found.add(record.value()));
      }
    }
    return found;
  }

  public String add(String name, Role role) {
    Members members = web.running().context().getBean(Members.class);
    if (members.add("default", "system", name, role) instanceof Change.NewPassword made) {
      return made.password();
    }
    throw new IllegalStateException(name + " could not be added");
  }

  public BrowsingClient member(String name, Role role) {
    var client = new BrowsingClient(web.address());
    client.login(name, add(name, role));
    return client;
  }

  @Override
  public void close() {
    web.close();
  }
}
