package io.assay.web.imputation;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.embedded.TestBroker;
import io.assay.imputation.AimNet;
import io.assay.stream.contract.ImputerCard;
import io.assay.stream.contract.ImputerChoice;
import io.assay.stream.contract.ImputerKey;
import io.assay.stream.contract.ImputerVersion;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.Topics;
import io.assay.stream.training.ImputedStream;
import io.assay.web.access.Change;
import io.assay.web.access.Members;
import io.assay.web.access.Role;
import io.assay.web.access.Scope;
import io.assay.web.access.TokenWish;
import io.assay.web.access.Tokens;
import io.assay.web.rules.ActiveRules;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.RunningWeb;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Versions of imputers, over HTTP: a real broker, sink and database. */
class ImputerApiTest {
  private static final String PATH = "/api/v1/projects/default/imputers";
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String RULES =
      """
      language 1
      stream loans from topic "l" {
        key applicant string
        time at timestamp(millis)
        features { income double? age int? region enum("north", "south", "east", "west")? }
        impute features every 6h from last 50000 events
      }
      stream others from topic "o" {
        key applicant string
        time at timestamp(millis)
        features { income double? age int? region enum("north", "south", "east", "west")? }
        impute features every 6h from last 50000 events
      }
      """;

  private static final TestBroker BROKER = TestBroker.shared();
  private static final Topics TOPICS = new Topics(BROKER.name("api-imputers"));
  private static final AimNet IMPUTER = TrainedImputer.of(300, 1);
  private static RunningWeb web;
  private static BrowsingClient author;
  private static String token;

  @BeforeAll
  static void start() throws Exception {
    BROKER.createTopics(TOPICS.plans(2).stream().map(TopicPlan::newTopic).toList());
    web =
        RunningWeb.start(
            Map.of(
                "assay.sink.bootstrap-servers", BROKER.bootstrapServers(),
                "assay.sink.prefix", TOPICS.prefix()));
    Members members = web.running().context().getBean(Members.class);
    Change change = members.add("default", "system", "an-author", Role.AUTHOR);
    author = new BrowsingClient(web.address());
    author.login("an-author", ((Change.NewPassword) change).password());
    Tokens tokens = web.running().context().getBean(Tokens.class);
    var wish = new TokenWish("tests", Set.of(Scope.IMPUTE), Set.of(), null);
    token = ((Tokens.Creation.Made) tokens.create("default", "system", wish)).secret();
    String body =
        JSON.writeValueAsString(
            Map.of("files", List.of(Map.of("name", "loans.assay", "text", RULES))));
    HttpResponse<String> published =
        author.send("PUT", "/api/v1/projects/default/rules", Map.of("If-Match", "\"0\""), body);
    assertThat(published.statusCode()).as(published.body()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  @Test
  void aVersionIsPromotedByHandPinnedAndReleased() throws Exception {
    publish("loans", 1, "", true);
    publish("loans", 2, "", true);
    await(() -> item("loans").path("inForce").asInt() == 2);
    await(() -> item("loans").path("choices").size() == 2);
    JsonNode loans = item("loans");
    assertThat(loans.path("group").asString()).isEqualTo("features");
    assertThat(loans.path("pinned").asBoolean()).isFalse();
    assertThat(loans.path("versions").valueStream().map(one -> one.path("version").asInt()))
        .containsExactly(2, 1);
    JsonNode card = get(PATH + "/loans/versions/1");
    assertThat(card.path("columns").path(0).path("name").asString()).isEqualTo("income");
    assertThat(card.path("rows").asInt()).isEqualTo(300);

    assertThat(post(PATH + "/loans/release").statusCode()).isEqualTo(409);
    HttpResponse<String> promoted =
        post(PATH + "/loans/versions/1/promote?why=the+second+guesses+wildly");
    assertThat(promoted.statusCode()).as(promoted.body()).isEqualTo(202);
    await(() -> item("loans").path("inForce").asInt() == 1);
    assertThat(item("loans").path("pinned").asBoolean()).isTrue();
    publish("loans", 3, "", true);
    await(() -> item("loans").path("versions").size() == 3);
    assertThat(item("loans").path("inForce").asInt()).isEqualTo(1);

    assertThat(post(PATH + "/loans/release").statusCode()).isEqualTo(202);
    await(() -> !item("loans").path("pinned").asBoolean());
    assertThat(item("loans").path("inForce").asInt()).isEqualTo(1);
    publish("loans", 4, "", true);
    await(() -> item("loans").path("inForce").asInt() == 4);
    assertThat(audited()).containsExactly("imputer.promoted loans/1", "imputer.released loans/1");
  }

  @Test
  void whatTheTopicForgotCanBePromotedOutOfTheDatabase() throws Exception {
    publish("others", 1, "", true);
    ImputerVersion second = publish("others", 2, "", true);
    await(() -> item("others").path("versions").size() == 2);
    byte[] model = model("others", 1);
    assertThat(model).isEqualTo(IMPUTER.bytes());
    BROKER.send(ImputerVersion.tombstones(TOPICS.imputers(), card("others", 1, "", true)));
    publish("others", 3, "another group", true);
    await(() -> item("others").path("versions").size() == 3);
    JsonNode refused = item("others");
    assertThat(refused.path("inForce").isNull()).isTrue();
    assertThat(refused.path("why").asString())
        .contains("version 3 was learned of other fields, or other types of them");
    assertThat(post(PATH + "/others/versions/1/promote").statusCode()).isEqualTo(202);
    await(() -> item("others").path("inForce").asInt() == 1);
    assertThat(model("others", 2)).isEqualTo(second.bytes());
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThat(status(PATH + "/loans/versions/99")).isEqualTo(404);
    assertThat(status(PATH + "/nothing/versions/1/model")).isEqualTo(404);
    assertThat(post(PATH + "/loans/versions/99/promote").statusCode()).isEqualTo(404);
    assertThat(post(PATH + "/loans/versions/1/promote?why=" + "x".repeat(501)).statusCode())
        .isEqualTo(400);
  }

  private static ImputerVersion publish(String stream, long number, String group, boolean promoted)
      throws Exception {
    ImputerVersion version =
        ImputerVersion.of(card(stream, number, group, promoted), IMPUTER.bytes());
    BROKER.send(version.records(TOPICS.imputers()));
    var choice =
        new ImputerChoice(
            "default", stream, number, false, ImputerChoice.TRAINER, "it is better", number);
    BROKER.send(
        List.of(
            new ProducerRecord<>(
                TOPICS.imputers(),
                new ImputerKey.Promoted("default", stream).bytes(),
                choice.json())));
    return version;
  }

  private static ImputerCard card(String stream, long number, String group, boolean promoted) {
    byte[] bytes = IMPUTER.bytes();
    return new ImputerCard(
        "default",
        stream,
        number,
        number * 1000,
        1,
        "features",
        group.isEmpty() ? declared(stream) : group,
        "plain",
        300,
        0,
        1,
        0.2,
        false,
        new ImputerCard.Measured(30, 0.2, null, null, 1.0, null, 0.8),
        List.of(new ImputerCard.Column("income", "error", 0.2, 1.0, null)),
        List.of(),
        promoted,
        "it is better",
        ImputerVersion.chunks(bytes.length),
        bytes.length,
        ImputerVersion.sha256(bytes));
  }

  private static String declared(String stream) {
    CheckedRules rules =
        web.running().context().getBean(ActiveRules.class).of("default").orElseThrow();
    return ImputedStream.of(rules, stream).orElseThrow().groupHash();
  }

  private static JsonNode item(String stream) {
    return get(PATH)
        .path("imputers")
        .valueStream()
        .filter(one -> one.path("stream").asString().equals(stream))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> audited() throws Exception {
    try (var connection = web.database().connect();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select action, subject from audit where action like 'imputer.%'"
                    + " and subject like 'loans/%' order by at")) {
      var all = new ArrayList<String>();
      while (rows.next()) {
        all.add(rows.getString(1) + ' ' + rows.getString(2));
      }
      return all;
    }
  }

  /** As a program with a token fetches it. */
  private static byte[] model(String stream, long version) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var path = PATH + "/" + stream + "/versions/" + version + "/model";
      var request =
          HttpRequest.newBuilder(URI.create(web.address() + path))
              .header("Authorization", "Bearer " + token)
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    }
  }

  private static HttpResponse<String> post(String path) {
    return author.send("POST", path, Map.of(), "");
  }

  private static JsonNode get(String path) {
    return JSON.readTree(author.get(path, "application/json").body());
  }

  private static int status(String path) {
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
