package io.assay.web.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.selection.Candidate;
import io.assay.stream.contract.SampleRecord;
import io.assay.web.review.ReviewSite;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rounds that nobody opens or closes: as time passes, and as models are trained. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RoundsTest {
  private static ReviewSite site;
  private static Rounds rounds;

  @BeforeAll
  static void start() throws Exception {
    site =
        new ReviewSite(
            Map.of(
                "assay.labels.look-every", "1h",
                "assay.labels.round-size", "8",
                "assay.labels.fill-within", "1s",
                "assay.kafka.interceptor.classes", WhileReading.class.getName()));
    rounds = site.bean(Rounds.class);
  }

  @AfterAll
  static void stop() {
    if (site != null) {
      site.close();
    }
  }

  /** Whether the project's lock is free whenever an event is drawn. */
  public static final class WhileReading
      implements ConsumerInterceptor<byte[], byte[]>, ProducerInterceptor<byte[], byte[]> {
    static final Queue<String> FREE = new ConcurrentLinkedQueue<>();

    private boolean drawsEvents;

    @Override
    public void configure(Map<String, ?> settings) {
      drawsEvents = "1".equals(String.valueOf(settings.get("max.poll.records")));
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
      if (drawsEvents) {
        FREE.addAll(
            site.column("SELECT pg_try_advisory_xact_lock(hashtextextended('round default', 0))"));
      }
      return records;
    }

    /**
     * Settings are the same for all clients, and this must not be in the way of those that send.
     */
    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
      return record;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}
  }

  @Test
  @Order(1)
  void noTransactionWaitsForTheBrokerAndWhatIsProposedIsOnItsTopic() {
    WhileReading.FREE.clear();

    rounds.open("default", "ann", 4);

    assertThat(WhileReading.FREE).isNotEmpty().containsOnly("t");
    List<SampleRecord> samples = site.samples(4);
    assertThat(samples)
        .extracting(SampleRecord::item)
        .containsExactlyInAnyOrderElementsOf(site.column("SELECT id FROM label_item"));
    assertThat(samples)
        .allSatisfy(
            sample -> {
              assertThat(sample.round()).isEqualTo(1);
              assertThat(sample.prediction()).isNotEmpty();
              assertThat(sample.events())
                  .isNotEmpty()
                  .allSatisfy(event -> assertThat(event.offset()).isNotNegative());
              assertThat(sample.from()).isLessThanOrEqualTo(sample.to());
              assertThat(sample.assertion().isEmpty())
                  .isEqualTo(sample.arm().equals("random-share"));
            });
    site.execute("DELETE FROM label_item; DELETE FROM label_round; DELETE FROM sample_outbox");
  }

  @Test
  @Order(1)
  void whatTheBrokerDoesNotTakeWaitsAndOneAtATimeSendsIt() {
    SampleOutbox outbox = site.bean(SampleOutbox.class);
    String unsent = new String(sample("waits").json(), StandardCharsets.UTF_8).replace("'", "''");
    // Due only in a while, so that the program's own loop leaves it alone.
    site.execute(
        "INSERT INTO sample_outbox (body, next) VALUES ('%s', now() + interval '1 hour')"
            .formatted(unsent));
    assertThat(outbox.take(10)).isEmpty();
    var loop = site.bean(SampleLoop.class);
    loop.stop();
    site.execute("UPDATE sample_outbox SET next = now() - interval '1 second'");

    List<SampleOutbox.Due> due = outbox.take(10);

    assertThat(due).extracting(one -> one.sample().item()).containsExactly("waits");
    assertThat(outbox.take(10)).as("another instance is given nothing meanwhile").isEmpty();
    outbox.failed(due, Duration.ZERO);
    assertThat(outbox.take(10)).as("it is sent again").isEqualTo(due);
    outbox.sent(due);
    assertThat(site.column("SELECT count(*) FROM sample_outbox")).containsExactly("0");
    loop.start();
  }

  @Test
  @Order(1)
  void evidenceTellsTheStratumOfAnEpisode() {
    var told = new Sampled.Told("flicker", "gap", "");

    List<Candidate> waiting =
        site.bean(Candidates.class)
            .waiting("default", List.of("flicker", "appear"), Instant.EPOCH, List.of(told));

    assertThat(waiting).extracting(Candidate::assertion).contains("flicker", "appear");
    assertThat(waiting)
        .allSatisfy(
            one ->
                assertThat(one.slice() != null)
                    .as(one.assertion())
                    .isEqualTo("flicker".equals(one.assertion())));
    assertThat(waiting).extracting(Candidate::slice).contains("200ms");
  }

  private static SampleRecord sample(String item) {
    return new SampleRecord(
        "default", 1, item, "p", "gain", "why", 1, "flicker", "camera", "v1", 1, 2, 2, 0, List.of(),
        "v", "h", null);
  }

  @Test
  @Order(1)
  void aKeyThatPostgresqlDoesNotTakeIsCleaned() {
    var drawn =
        new RandomShare.Drawn(
            "random-1", "camera", "v\u0000", Instant.EPOCH, "{\"id\":\"a\\u0000\"}", 1, 0.5);

    new ItemWriting(site.bean(JdbcClient.class), "default", 1, 1).writeEvents(List.of(drawn));

    assertThat(site.column("SELECT key FROM label_item")).containsExactly("v\uFFFD");
    site.execute("DELETE FROM label_item");
  }

  @Test
  @Order(2)
  void aRoundOpensByItselfOnceThoughSeveralLookAtOnce() throws Exception {
    try (var pool = Executors.newFixedThreadPool(4)) {
      IntStream.range(0, 4).forEach(i -> pool.execute(() -> rounds.tick("default")));
    }
    assertThat(site.column("SELECT number || ' ' || opened_by FROM label_round"))
        .containsExactly("1 assay");
    assertThat(site.column("SELECT count(*) FROM label_item")).containsExactly("8");
    assertThat(site.column("SELECT count(*) FROM label_item WHERE event IS NOT NULL"))
        .containsExactly("2");
  }

  @Test
  @Order(3)
  void itClosesWhenAllIsDoneAndTheNextWaitsForAModelThatLearned() {
    rounds.tick("default");
    assertThat(site.column("SELECT closed IS NULL FROM label_round")).containsExactly("t");
    site.execute("UPDATE label_item SET status = 'AGREED', finding = 'ERROR', said = 1");
    rounds.tick("default");
    assertThat(site.column("SELECT closed_by || ': ' || closed_why FROM label_round"))
        .containsExactly("assay: all 8 are done");
    rounds.tick("default");
    rounds.tick("default");
    assertThat(site.column("SELECT count(*) FROM label_round")).containsExactly("1");
  }

  @Test
  @Order(4)
  void aVersionThatWasNotThereBeforeEndsItAndTheNextOpens() {
    site.execute(
        "UPDATE episode SET model_version = 'v10', opened = now() + interval '1 second' WHERE id ="
            + " (SELECT min(id) FROM episode WHERE mode = 'ACTIVE' AND id NOT IN (SELECT id FROM"
            + " label_item))");
    rounds.tick("default");
    assertThat(site.column("SELECT trained FROM label_round")).containsExactly("v10");
    rounds.tick("default");
    assertThat(site.column("SELECT number FROM label_round ORDER BY number"))
        .containsExactly("1", "2");
    assertThat(
            site.column(
                "SELECT count(*) FROM label_item WHERE round = 2 AND id IN (SELECT id FROM"
                    + " label_item WHERE round = 1)"))
        .as("nothing is proposed twice")
        .containsExactly("0");
  }

  @Test
  @Order(5)
  void whatIsKnownIsNotProposedUntilItsVersionComes() {
    site.execute(
        "INSERT INTO label_known (project, assertion, key, version, since, by) SELECT DISTINCT"
            + " project, assertion, '', 'v11', now(), 'ann' FROM episode");
    rounds.close("default", 2, "ann", "enough");
    rounds.trained("default", 2, "ann", "v10");
    rounds.tick("default");
    assertThat(site.column("SELECT count(*) FROM label_round")).containsExactly("2");
    site.execute("UPDATE episode SET model_version = 'v11'");
    rounds.tick("default");
    assertThat(site.column("SELECT count(*) FROM label_known WHERE ended IS NULL"))
        .containsExactly("0");
    assertThat(site.column("SELECT count(*) FROM label_round")).containsExactly("3");
  }

  /** It is what labels are for: a model that violates nothing any more. */
  @Test
  @Order(6)
  void aVersionThatViolatesNothingEndsItToo() {
    site.execute(
        "INSERT INTO label_known (project, assertion, key, version, since, by) SELECT DISTINCT"
            + " project, assertion, '', 'v12', now(), 'ann' FROM episode");
    site.execute(
        "UPDATE label_item SET status = 'AGREED', finding = 'ERROR', said = 1 WHERE round = 3");
    rounds.close("default", 3, "ann", "enough");
    rounds.tick("default");
    String trained = "SELECT coalesce(trained, '-') FROM label_round WHERE number = 3";
    assertThat(site.column(trained)).containsExactly("-");
    site.execute(
        "INSERT INTO model_version_seen (project, stream, version, first, last) SELECT 'default',"
            + " stream, v, date_trunc('minute', now()) + o, now() FROM (SELECT DISTINCT stream FROM"
            + " label_item WHERE round = 3) s, (VALUES ('v11', interval '0'), ('v12', interval"
            + " '0'), ('v9', interval '-3 min')) n (v, o)");
    rounds.tick("default");
    assertThat(site.column(trained)).containsExactly("v12");
    assertThat(site.column("SELECT count(*) FROM label_known WHERE ended IS NULL"))
        .containsExactly("0");
  }
}
