package io.assay.stream.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.SourceFile;
import io.assay.embedded.TestBroker;
import io.assay.stream.contract.RuleWriter.Outcome;
import io.assay.stream.contract.RuleWriter.Request;
import io.assay.web.rules.ActiveRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Generations of rules on a real broker. */
class RuleTopicTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  private final TestBroker broker = TestBroker.shared();
  private final Topics topics = new Topics(broker.name("rules"));
  private final Map<String, Object> clients =
      Map.of("bootstrap.servers", broker.bootstrapServers());
  private final RuleWriter writer = new RuleWriter(clients, topics);

  @BeforeEach
  void topicsAreMade() {
    broker.createTopics(topics.plans(2).stream().map(TopicPlan::newTopic).toList());
  }

  @Test
  void generationsCountUpWithinAProjectAndAreReadAsTheyWereWritten() throws Exception {
    var first = published(writer.publish(request("street", text(1))));
    var second = published(writer.publish(request("street", text(2))));
    var other = published(writer.publish(request("credit", text(3))));
    assertThat(List.of(first.generation(), second.generation(), other.generation()))
        .containsExactly(1L, 2L, 1L);

    assertThat(read()).containsExactly(first, second, other);
    assertThat(first.content().files().getFirst().usual()).contains("{}");
    assertThat(first.content().parameters()).containsEntry("T", "4");
    assertThat(first.origin().at()).isEqualTo(NOW);
  }

  @Test
  void manyWhoPublishAtOnceMakeOneGenerationEach() throws Exception {
    int writers = 6;
    List<Callable<Outcome>> all = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      RuleContent content = text(i);
      all.add(() -> new RuleWriter(clients, topics).publish(request("street", content)));
    }
    try (var threads = Executors.newFixedThreadPool(writers)) {
      List<Long> made = new ArrayList<>();
      for (Future<Outcome> each : threads.invokeAll(all)) {
        made.add(published(each.get()).generation());
      }
      assertThat(made).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L);
    }
    assertThat(read()).extracting(RuleSet::generation).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void ofTwoEditorsOfOneGenerationTheSecondIsTold() {
    published(writer.publish(request("street", text(1))));
    published(writer.publish(expecting(text(2), 1)));
    assertThat(writer.publish(expecting(text(3), 1)))
        .isInstanceOfSatisfying(
            Outcome.Overtaken.class,
            late -> assertThat(late.newest().map(RuleSet::generation)).isEqualTo(Optional.of(2L)));
    assertThat(writer.publish(request("street", text(2)))).isInstanceOf(Outcome.Unchanged.class);
  }

  @Test
  void rulesHaveOneHomeUntilItIsMoved() {
    published(writer.publish(request("street", text(1))));
    Request fromFolder = from(RuleHome.FOLDER, false);
    assertThat(writer.publish(fromFolder)).isInstanceOf(Outcome.Elsewhere.class);
    assertThat(published(writer.publish(from(RuleHome.FOLDER, true))).generation()).isEqualTo(2);
    assertThat(published(writer.publish(from(RuleHome.GIT, false))).generation()).isEqualTo(3);
    assertThat(writer.publish(request("street", text(5)))).isInstanceOf(Outcome.Elsewhere.class);
  }

  @Test
  void largeRulesAreWrittenInChunksAndMadeWholeAgain() throws Exception {
    var random = new Random(7);
    var text = new StringBuilder();
    for (int i = 0; i < 3_000_000; i++) {
      text.append((char) ('!' + random.nextInt(90)));
    }
    var content = new RuleContent(List.of(new SourceFile("a.assay", text.toString())), Map.of());
    RuleSet large = published(writer.publish(request("street", content)));
    assertThat(RuleChunk.records("t", large)).hasSizeGreaterThan(3);
    assertThat(read()).containsExactly(large);
  }

  @Test
  void whatWasBegunAndNotCommittedIsNoGeneration() throws Exception {
    published(writer.publish(request("street", text(1))));
    var settings =
        Map.<String, Object>of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "transactional.id",
            topics.rules() + ".street");
    var dead = new RuleSet("street", 2, text(9), origin(RuleHome.WEB), "");
    try (var killed =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      killed.initTransactions();
      killed.beginTransaction();
      for (ProducerRecord<byte[], byte[]> record : RuleChunk.records(topics.rules(), dead)) {
        killed.send(record).get();
      }
      RuleSet second = published(writer.publish(request("street", text(2))));
      assertThat(second.generation()).isEqualTo(2);
      assertThat(read()).extracting(RuleSet::generation).containsExactly(1L, 2L);
    }
    assertThat(read().getLast().content()).isEqualTo(text(2));
  }

  @Test
  void oldGenerationsAreForgottenButNoneThatATaskUses() throws Exception {
    use(2);
    for (int i = 1; i <= 6; i++) {
      var eager =
          new RuleWriter(
              clients, topics, new Retired(clients, topics, 2, Duration.ofDays(i == 6 ? -1 : 1)));
      published(eager.publish(request("street", text(i))));
    }
    assertThat(read()).extracting(RuleSet::generation).contains(2L, 5L, 6L);
    try (RuleLog log = new RuleLog(clients, topics)) {
      for (int i = 0; i < 50 && log.position() < log.end(); i++) {
        log.poll(Duration.ofMillis(100), sets -> {});
      }
      assertThat(log.generations("street")).containsExactly(2L, 4L, 5L, 6L);
    }
  }

  /** Who follows for months would else have all that there ever were. */
  @Test
  void whoFollowsForgetsWhatTheTopicForgets() throws Exception {
    try (ActiveRules active = ActiveRules.follow(clients, topics)) {
      for (int i = 1; i <= 4; i++) {
        String stream = "camera" + i;
        var eager =
            new RuleWriter(
                clients, topics, new Retired(clients, topics, 2, Duration.ofDays(i == 4 ? -1 : 1)));
        published(eager.publish(request("street", stream(stream))));
        await(() -> active.stream("street", stream).isPresent());
      }
      await(() -> active.generation("street", 1).isEmpty());
      assertThat(List.of(2L, 3L, 4L))
          .allSatisfy(kept -> assertThat(active.generation("street", kept)).isPresent());
    }
  }

  @Test
  void rulesThatDoNotCompileHereLeaveTheLastGoodOnesActive() throws Exception {
    published(writer.publish(request("street", stream("camera"))));
    published(
        writer.publish(
            request(
                "street",
                new RuleContent(
                    List.of(new SourceFile("a.assay", "language 1\nasertion x")), Map.of()))));
    try (ActiveRules active = ActiveRules.follow(clients, topics)) {
      assertThat(active.awaitKnown(Duration.ofSeconds(20))).isTrue();
      assertThat(active.stream("street", "camera")).isPresent();
      assertThat(active.stream("street", "lidar")).isEmpty();
      assertThat(active.stream("other", "camera")).isEmpty();
      assertThat(active.refusal("street").orElseThrow().message()).contains("a.assay:2:1");

      RuleSet third = published(writer.publish(request("street", stream("lidar"))));
      await(() -> active.stream("street", "lidar").isPresent());
      assertThat(active.generation("street").orElseThrow().set()).isEqualTo(third);
      assertThat(active.refusal("street")).isEmpty();
    }
  }

  private static void await(BooleanSupplier wanted) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!wanted.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("20 s have passed").isNegative();
      Thread.sleep(20);
    }
  }

  private void use(long generation) throws Exception {
    try (var producer =
        new KafkaProducer<>(clients, new ByteArraySerializer(), new ByteArraySerializer())) {
      var use = new RuleUse("street", "assay-street-camera", "1_0", generation, 0);
      producer.send(new ProducerRecord<>(topics.ruleUse(), use.key(), use.json())).get();
    }
  }

  private static RuleSet published(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Published.class);
    return ((Outcome.Published) outcome).set();
  }

  private List<RuleSet> read() throws InterruptedException {
    var all = new ConcurrentLinkedQueue<RuleSet>();
    try (RuleFollower follower = RuleFollower.start(clients, topics, all::addAll)) {
      assertThat(follower.awaitCaughtUp(Duration.ofSeconds(30))).isTrue();
    }
    return List.copyOf(all);
  }

  private static RuleContent text(int number) {
    return new RuleContent(
        List.of(new SourceFile("street/a.assay", "text " + number, Optional.of("{}"))),
        Map.of("T", "4"));
  }

  private static RuleContent stream(String name) {
    return new RuleContent(
        List.of(
            new SourceFile(
                "a.assay",
                """
                language 1
                stream %s from topic "t" { key vehicle string time at timestamp(millis) }
                """
                    .formatted(name))),
        Map.of());
  }

  private static RuleOrigin origin(RuleHome home) {
    return new RuleOrigin(home, "", "", "somebody", NOW);
  }

  private static Request request(String project, RuleContent content) {
    return new Request(project, content, origin(RuleHome.WEB), "hash", OptionalLong.empty(), false);
  }

  private static Request expecting(RuleContent content, long generation) {
    return new Request(
        "street",
        content,
        new RuleOrigin(RuleHome.WEB, "", "", "another", NOW.plusSeconds(1)),
        "hash",
        OptionalLong.of(generation),
        false);
  }

  private static Request from(RuleHome home, boolean takesHome) {
    return new Request("street", text(4), origin(home), "hash", OptionalLong.empty(), takesHome);
  }
}
