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
import io.assay.stream.imputation.ImputedStream;
import io.assay.web.access.Change;
import io.assay.web.access.Members;
import io.assay.web.access.Role;
import io.assay.web.access.Scope;
import io.assay.web.access.TokenWish;
import io.assay.web.access.Tokens;
import io.assay.web.rules.ActiveRules;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.ProgramClient;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running web interface whose rules impute, with an author and a program's token. */
public final class ImputerSite implements AutoCloseable {
  public static final String PATH = "/api/v1/projects/default/imputers";
  static final AimNet IMPUTER = TrainedImputer.of(300, 1);
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
      stream asked from topic "a" {
        key applicant string
        time at timestamp(millis)
        features { income double? age int? region enum("north", "south", "east", "west")? }
        impute features every 6h from last 50000 events
      }
      stream seen from topic "s" {
        key applicant string
        time at timestamp(millis)
        features { income double? age int? region enum("north", "south", "east", "west")? }
        impute features every 6h from last 50000 events
      }
      stream listed from topic "i" {
        key applicant string
        time at timestamp(millis)
        features { income double? age int? region enum("north", "south", "east", "west")? }
        impute features every 6h from last 50000 events
      }
      stream plain from topic "p" { key applicant string time at timestamp(millis) }
      """;

  private final TestBroker broker = TestBroker.shared();
  private final Topics topics = new Topics(broker.name("api-imputers"));
  private final RunningWeb web;
  private final BrowsingClient author;
  private final String token;

  public ImputerSite() throws Exception {
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

  public String address() {
    return web.address();
  }

  /** A new administrator's password. */
  public String administrator(String name) {
    Members members = web.running().context().getBean(Members.class);
    Change change = members.add("default", "system", name, Role.ADMINISTRATOR);
    return ((Change.NewPassword) change).password();
  }

  ProgramClient program() {
    return new ProgramClient(web.address(), token);
  }

  void forget(ImputerCard card) throws Exception {
    broker.send(ImputerVersion.tombstones(topics.imputers(), card));
  }

  public ImputerVersion publish(String stream, long number, String group, boolean promoted)
      throws Exception {
    ImputerVersion version =
        ImputerVersion.of(card(stream, number, group, promoted), IMPUTER.bytes());
    broker.send(version.records(topics.imputers()));
    var choice =
        new ImputerChoice(
            "default", stream, number, false, ImputerChoice.TRAINER, "it is better", number);
    broker.send(
        List.of(
            new ProducerRecord<>(
                topics.imputers(),
                new ImputerKey.Promoted("default", stream).bytes(),
                choice.json())));
    return version;
  }

  ImputerCard card(String stream, long number, String group, boolean promoted) {
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
        null,
        promoted,
        "it is better",
        ImputerVersion.chunks(bytes.length),
        bytes.length,
        ImputerVersion.sha256(bytes));
  }

  String declared(String stream) {
    CheckedRules rules =
        web.running().context().getBean(ActiveRules.class).of("default").orElseThrow();
    return ImputedStream.of(rules, stream).orElseThrow().groupHash();
  }

  public JsonNode item(String stream) {
    return get(PATH)
        .path("items")
        .valueStream()
        .filter(one -> one.path("stream").asString().equals(stream))
        .findFirst()
        .orElseThrow();
  }

  List<String> audited() throws Exception {
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
  byte[] model(String stream, long version) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var path = PATH + "/" + stream + "/versions/" + version + "/model";
      var request =
          HttpRequest.newBuilder(URI.create(web.address() + path))
              .header("Authorization", "Bearer " + token)
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    }
  }

  HttpResponse<String> post(String path) {
    return author.send("POST", path, Map.of(), "");
  }

  String page(String path) {
    return author.get(path).body();
  }

  String form(String path, Map<String, String> fields) {
    return author.post(path, fields).body();
  }

  public JsonNode get(String path) {
    return JSON.readTree(author.get(path, "application/json").body());
  }

  int status(String path) {
    return author.get(path, "application/json").statusCode();
  }

  public void await(BooleanSupplier wanted) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!wanted.getAsBoolean()) {
      assertThat(System.nanoTime() - end).isNegative();
      Thread.sleep(50);
    }
  }

  @Override
  public void close() {
    web.close();
  }
}
