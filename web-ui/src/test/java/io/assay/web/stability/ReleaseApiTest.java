package io.assay.web.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.embedded.TestBroker;
import io.assay.stream.contract.ReleaseAcceptance;
import io.assay.stream.contract.ReleaseStatus;
import io.assay.stream.contract.StabilityRecord;
import io.assay.stream.contract.StabilityRecord.Interval;
import io.assay.stream.contract.StabilityRecord.Measured;
import io.assay.stream.contract.StabilityRecord.Moved;
import io.assay.stream.contract.StabilityRecord.Neighbour;
import io.assay.stream.contract.StabilityRecord.Neighbourhood;
import io.assay.stream.contract.StabilityRecord.Neighbourhoods;
import io.assay.stream.contract.StabilityRecord.Outcome;
import io.assay.stream.contract.StabilityRecord.Verdict;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.Topics;
import io.assay.web.access.Change;
import io.assay.web.access.Members;
import io.assay.web.access.Role;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.RunningWeb;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the processors tell of releases, over HTTP: a real broker, sink and database. */
class ReleaseApiTest {
  private static final String PATH = "/api/v1/projects/default/embeddings";
  private static final String JULY = PATH + "/words/releases/2026-07";
  private static final Neighbourhoods NEAR =
      new Neighbourhoods(
          2,
          List.of(
              new Neighbourhood(
                  "dog",
                  0.9,
                  List.of(new Neighbour("cat", 0.8), new Neighbour("wolf", 0.7)),
                  List.of(new Neighbour("car", 0.6), new Neighbour("cat", 0.5)))));
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String RULES =
      """
      language 1
      model search "query expansion" owner "search" reads words
      stream queries from topic "q" {
        model search version v
        key person string
        time at timestamp(millis)
        v string
      }
      embeddings words from topic "w" { item word string version release string vector 4 }
      assertion steady on words { compare release with previous expect eis <= 0.1 mode active }
      """;

  private final TestBroker broker = TestBroker.shared();
  private final Topics topics = new Topics(broker.name("api-releases"));
  private RunningWeb web;
  private BrowsingClient author;

  @SuppressWarnings("NullAway.Init") // JUnit fills the fields.
  ReleaseApiTest() {}

  @BeforeEach
  void start() throws Exception {
    broker.createTopics(topics.plans(2).stream().map(TopicPlan::newTopic).toList());
    web =
        RunningWeb.start(
            Map.of(
                "assay.sink.bootstrap-servers", broker.bootstrapServers(),
                "assay.sink.prefix", topics.prefix()));
    Members members = web.running().context().getBean(Members.class);
    Change change = members.add("default", "system", "an-author", Role.AUTHOR);
    author = new BrowsingClient(web.address());
    author.login("an-author", ((Change.NewPassword) change).password());
    String body =
        JSON.writeValueAsString(
            Map.of("files", List.of(Map.of("name", "words.assay", "text", RULES))));
    HttpResponse<String> published =
        author.send("PUT", "/api/v1/projects/default/rules", Map.of("If-Match", "\"0\""), body);
    assertThat(published.statusCode()).as(published.body()).isEqualTo(200);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void aReleaseIsListedShownAndJudgedByBounds() throws Exception {
    tell(record("2026-06", "", 1, ReleaseStatus.ACCEPTED, 0));
    tell(july(ReleaseStatus.REJECTED, Outcome.VIOLATED));
    await(() -> status(JULY) == 200);
    for (String query : List.of("/gate", "/gate?maxEis=0.5", "/gate?base=2026-06&maxEis=0.5")) {
      HttpResponse<String> early = author.get(JULY + query, "application/json");
      assertThat(early.statusCode()).as(query).isEqualTo(409);
      assertThat(early.body()).contains("how it differs from 2026-06 is not stored yet");
    }
    tell(record("2026-07", "2026-06", 2, ReleaseStatus.REJECTED, 0.2));
    await(() -> get(JULY).path("comparisons").size() == 1);

    JsonNode words = get(PATH).path("items").path(0);
    assertThat(words.path("name").asString()).isEqualTo("words");
    assertThat(words.path("declared").asBoolean()).isTrue();
    assertThat(words.path("models").path(0).path("owner").asString()).isEqualTo("search");
    assertThat(get(PATH + "?after=words").path("items")).isEmpty();
    JsonNode newest = get(PATH + "/words/releases?limit=1");
    assertThat(newest.path("items").path(0).path("release").asString()).isEqualTo("2026-07");
    JsonNode older = get(PATH + "/words/releases?limit=1&after=" + newest.path("next").asString());
    assertThat(older.path("items").path(0).path("release").asString()).isEqualTo("2026-06");
    assertThat(older.path("next").isNull()).isTrue();
    assertThat(status(PATH + "/words/releases?after=2026-07")).isEqualTo(400);
    assertThat(get(JULY).at("/expected/2026-06/0/text").asString()).isEqualTo("eis <= 0.1");

    JsonNode failed = get(JULY + "/gate?maxEis=0.15&minNeighbours=0.5&minCoverage=0.9");
    assertThat(failed.path("outcome").asString()).isEqualTo("fail");
    assertThat(failed.path("base").asString()).isEqualTo("2026-06");
    JsonNode eis = failed.path("bounds").path(0);
    assertThat(eis.path("value").asDouble()).isEqualTo(0.2);
    assertThat(eis.path("low").asDouble()).isCloseTo(0.18, within(1e-12));
    assertThat(eis.path("max").asDouble()).isEqualTo(0.15);
    assertThat(failed.path("bounds").path(1).path("outcome").asString()).isEqualTo("pass");
    assertThat(failed.path("moved").path(0).path("item").asString()).isEqualTo("dog");
    assertThat(failed.path("models").path(0).path("name").asString()).isEqualTo("search");

    assertThat(get(JULY + "/gate?maxEis=0.3").path("outcome").asString()).isEqualTo("pass");
    assertThat(get(JULY + "/gate?minNeighbours=0.5&neighbours=9").path("outcome").asString())
        .isEqualTo("undecided");
    assertThat(status(JULY + "/gate?neighbours=5.7")).isEqualTo(400);
    assertThat(get(JULY + "/gate?base=2026-06").path("outcome").asString())
        .as("a base is no bound")
        .isEqualTo("fail");
    assertThat(status(JULY + "/gate?base=2026-01")).isEqualTo(404);
    JsonNode ruled = get(JULY + "/gate");
    assertThat(ruled.path("outcome").asString()).isEqualTo("fail");
    assertThat(ruled.path("verdicts").path(0).path("assertion").asString()).isEqualTo("steady");
    assertThat(get(PATH + "/words/releases/2026-06/gate").path("outcome").asString())
        .isEqualTo("pass");

    String all = author.get("/p/default/stability").body();
    assertThat(all)
        .contains("words", "Read by", "search", "2026-06", "0.2000", "96.1 %", "rejected");
    assertThat(all).contains(">failed<", "not decided");
    String shown = author.get("/p/default/stability/words/2026-07?item=DO").body();
    assertThat(shown)
        .contains(
            "Held against 2026-06",
            "0.20000",
            "0.1800 – 0.2200",
            "dog",
            "steady",
            "<code>eis &lt;= 0.1</code>");
    assertThat(shown).doesNotContain("of the rule");
    assertThat(shown).contains("What is near dog", "1 of its 2 nearest neighbours stayed");
    assertThat(shown.replaceAll("\\s*<[^>]*>\\s*", "|").replaceAll("\\|+", "|"))
        .contains("Before, in 2026-06|Place|Item|Cosine|Change|")
        .contains("|1|cat|0.8000|= stayed, now 2|2|wolf|0.7000|− lost|")
        .contains("|1|car|0.6000|+ new|2|cat|0.5000|= stayed, was 1|");
    assertThat(author.get("/p/default/stability/words/2026-07?item=cat").body())
        .contains("If both releases have such an item, it moved no further than 0.9000.")
        .doesNotContain("dog");

    JsonNode near = get(JULY + "/neighbours?item=dog");
    assertThat(near.path("base").asString()).isEqualTo("2026-06");
    assertThat(near.path("known").asBoolean()).isTrue();
    assertThat(near.path("kept").asInt()).isEqualTo(1);
    assertThat(near.path("items").path(0).path("after").path(0).path("item").asString())
        .isEqualTo("car");
    assertThat(get(JULY + "/neighbours?item=cat").path("items").size()).isZero();
    assertThat(get(JULY + "/neighbours?text=DO").at("/items/0/item").asString()).isEqualTo("dog");
    assertThat(get(JULY + "/neighbours?text=zebra").path("items").size()).isZero();
    assertThat(get(JULY + "/neighbours?after=dog").path("items").size()).isZero();
    assertThat(status(JULY + "/neighbours?after=zebra")).isEqualTo(400);
    assertThat(status(JULY + "/neighbours?limit=0")).isEqualTo(400);
    assertThat(status(JULY + "/neighbours?base=2026-01")).isEqualTo(404);
    assertThat(get(PATH + "/words/releases/2026-06/neighbours").path("known").asBoolean())
        .isFalse();
    assertThat(get(JULY).toString()).doesNotContain("wolf");
    assertThat(author.get("/p/default/stability/words/2026-09").statusCode()).isEqualTo(404);

    tell(with(july(ReleaseStatus.RETIRED, Outcome.VIOLATED), 8));
    await(() -> get(JULY).path("release").path("status").asString().equals("RETIRED"));
    assertThat(author.get("/p/default/stability").body()).contains(">retired<", ">failed<");
    assertThat(author.get("/p/default/stability/words/2026-07").body())
        .contains(">retired<", ">failed<");
  }

  @Test
  void versionsOfModelsThatReadThemAreLinesAcrossTheirSeries() throws Exception {
    for (int number = 1; number <= 3; number++) {
      String before = number == 1 ? "" : "2026-0" + (number - 1);
      long at = number * 3_600_000L;
      tell(at(record("2026-0" + number, "", number, ReleaseStatus.ACCEPTED, 0), at));
      if (number > 1) {
        tell(at(record("2026-0" + number, before, number, ReleaseStatus.ACCEPTED, 0.1), at));
      }
    }
    await(() -> get(PATH + "/words/releases/2026-03").path("comparisons").size() == 1);
    try (var connection = web.database().connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          insert into model_version_seen (project, stream, version, first, last)
          select 'default', stream, version, first, first
          from (values ('queries', 'm-2', timestamptz '1970-01-01T02:30:00Z'),
            ('queries', 'm-1', '1970-01-01T00:30:00Z'),
            ('others', 'm-3', '1970-01-01T02:30:00Z')) v (stream, version, first)\
          """);
    }
    // Half way between two releases that were measured.
    assertThat(author.get("/p/default/stability").body())
        .contains(
            "class=\"version\" d=\"M120.0 0v48\"",
            "version m-2 of queries since 1970-01-01 02:30</span>")
        .doesNotContain("m-1 of", "m-3 of");
  }

  @Test
  void whatIsUnknownOrNotYetJudgedIsSaid() throws Exception {
    tell(record("2026-07", "", 2, ReleaseStatus.OPEN, 0));
    await(() -> status(JULY) == 200);
    HttpResponse<String> early = author.get(JULY + "/gate?maxEis=0.1", "application/json");
    assertThat(early.statusCode()).isEqualTo(409);
    assertThat(early.headers().firstValue("Retry-After")).contains("5");
    assertThat(early.body()).contains("is open, and cannot be decided yet; 100 items have come");
    assertThat(status(PATH + "/words/releases/2026-09")).isEqualTo(404);
    assertThat(status(PATH + "/other/releases/2026-07/gate")).isEqualTo(404);
    HttpResponse<String> unknown = author.get(JULY + "/gate?maxeis=0.1", "application/json");
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(unknown.body()).contains("unknown parameter maxeis", "maxEis");
    HttpResponse<String> text = author.get(JULY + "/gate?maxEis=little", "application/json");
    assertThat(text.statusCode()).isEqualTo(400);
    assertThat(text.body()).contains("maxEis needs a number from 0 on, got little");
  }

  @Test
  void whatWasPassedOverWithoutAComparisonDoesNotPass() throws Exception {
    tell(record("2026-07", "", 2, ReleaseStatus.REJECTED, 0));
    tell(record("2026-08", "", 3, ReleaseStatus.ABANDONED, 0));
    await(() -> status(JULY) == 200 && status(PATH + "/words/releases/2026-08") == 200);
    assertThat(get(JULY + "/gate").path("outcome").asString()).isEqualTo("undecided");
    JsonNode abandoned = get(PATH + "/words/releases/2026-08/gate?maxEis=1");
    assertThat(abandoned.path("outcome").asString()).isEqualTo("undecided");
    assertThat(abandoned.path("why").asString()).isEqualTo("it was held against nothing");
  }

  @Test
  void ofTwoRecordsTheOneWithTheHigherSequenceHolds() throws Exception {
    StabilityRecord later = record("2026-07", "", 2, ReleaseStatus.ACCEPTED, 0);
    tell(later);
    await(() -> get(JULY).path("release").path("status").asString().equals("ACCEPTED"));
    tell(with(later, later.sequence() - 1, 1, ReleaseStatus.OPEN, List.of(), null));
    tell(record("2026-08", "", 3, ReleaseStatus.OPEN, 0));
    await(() -> status(PATH + "/words/releases/2026-08") == 200);
    assertThat(get(JULY).path("release").path("status").asString()).isEqualTo("ACCEPTED");

    // What processors remember was deleted: the release opens anew, and counts from 1.
    tell(with(later, 1, 2, ReleaseStatus.CLOSING, List.of(), null));
    await(() -> get(JULY).path("release").path("status").asString().equals("CLOSING"));
  }

  @Test
  void aPersonAcceptsWhatWasRejected() throws Exception {
    tell(record("2026-06", "", 1, ReleaseStatus.ACCEPTED, 0));
    tell(record("2026-07", "", 2, ReleaseStatus.REJECTED, 0));
    await(() -> status(JULY) == 200 && status(PATH + "/words/releases/2026-06") == 200);
    HttpResponse<String> answer =
        author.post("/p/default/stability/words/2026-07/accept", Map.of("why", "it was meant"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    String page = author.get("/p/default/stability/words/2026-07").body();
    assertThat(page).contains("Told to the processors");
    ReleaseAcceptance written = acceptance();
    assertThat(written.release()).isEqualTo("2026-07");
    assertThat(written.by()).isEqualTo("an-author");
    assertThat(written.why()).isEqualTo("it was meant");
    HttpResponse<String> again =
        author.send("POST", PATH + "/words/releases/2026-06/accept", Map.of(), "");
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).contains("only a rejected release is accepted; 2026-06 is accepted");
    try (var connection = web.database().connect();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select actor, subject, detail from audit where action = 'release.accepted'")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("an-author");
      assertThat(rows.getString(2)).isEqualTo("words/2026-07");
      assertThat(rows.next()).isFalse();
    }
  }

  private ReleaseAcceptance acceptance() {
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      var partition = new TopicPartition(topics.releases(), 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      var records = consumer.poll(Duration.ofSeconds(10));
      assertThat(records.count()).isEqualTo(1);
      return ReleaseAcceptance.read(records.iterator().next().value());
    }
  }

  private void tell(StabilityRecord record) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers(), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topics.stability(), record.key(), record.json())).get();
    }
  }

  private static StabilityRecord record(
      String release, String base, long number, ReleaseStatus status, double eis) {
    boolean compared = !base.isEmpty();
    var measured =
        new Measured(
            eis,
            Map.of(5, 0.7),
            0.1,
            3,
            0.8,
            List.of(4, 4),
            2,
            "gram",
            true,
            1e-12,
            95,
            Map.of("eis", new Interval(eis - 0.02, eis + 0.02)));
    return new StabilityRecord(
        "default",
        "words",
        release,
        base,
        7,
        number,
        status,
        "",
        "",
        100,
        compared ? 100 : 0,
        compared ? 98 : 0,
        compared ? 98.0 / 102 : 0,
        compared ? measured : null,
        "",
        compared ? List.of(new Moved("dog", 0.9)) : List.of(),
        1000,
        1_780_000_000_000L,
        1,
        2,
        3,
        1,
        compared ? List.of(new Verdict("steady", "1", Outcome.VIOLATED, "", "abc")) : List.of(),
        "",
        List.of(),
        null,
        compared ? NEAR : null);
  }

  /** By itself, held against June. */
  private static StabilityRecord july(ReleaseStatus status, @Nullable Outcome judgement) {
    return with(record("2026-07", "", 2, status, 0), 7, 1, status, List.of("2026-06"), judgement);
  }

  private static StabilityRecord with(StabilityRecord of, long sequence) {
    return with(of, sequence, of.openedMillis(), of.status(), of.bases(), of.judgement());
  }

  private static StabilityRecord with(
      StabilityRecord of,
      long sequence,
      long openedMillis,
      ReleaseStatus status,
      List<String> bases,
      @Nullable Outcome judgement) {
    return new StabilityRecord(
        of.project(),
        of.embeddings(),
        of.release(),
        of.base(),
        sequence,
        of.number(),
        status,
        of.why(),
        of.by(),
        of.items(),
        of.baseItems(),
        of.shared(),
        of.coverage(),
        of.measured(),
        of.unmeasured(),
        of.moved(),
        of.stateBytes(),
        of.atMillis(),
        openedMillis,
        of.closedMillis(),
        of.measuredMillis(),
        of.generation(),
        of.verdicts(),
        bases.isEmpty() ? "" : bases.getFirst(),
        bases,
        judgement,
        of.neighbourhoods());
  }

  private static StabilityRecord at(StabilityRecord of, long atMillis) {
    return new StabilityRecord(
        of.project(),
        of.embeddings(),
        of.release(),
        of.base(),
        of.sequence(),
        of.number(),
        of.status(),
        of.why(),
        of.by(),
        of.items(),
        of.baseItems(),
        of.shared(),
        of.coverage(),
        of.measured(),
        of.unmeasured(),
        of.moved(),
        of.stateBytes(),
        atMillis,
        of.openedMillis(),
        of.closedMillis(),
        of.measuredMillis(),
        of.generation(),
        of.verdicts(),
        of.previous(),
        of.bases(),
        of.judgement(),
        of.neighbourhoods());
  }

  private JsonNode get(String path) {
    return JSON.readTree(author.get(path, "application/json").body());
  }

  private int status(String path) {
    return author.get(path, "application/json").statusCode();
  }

  private static void await(BooleanSupplier wanted) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!wanted.getAsBoolean()) {
      assertThat(System.nanoTime() - end).isNegative();
      Thread.sleep(50);
    }
  }
}
