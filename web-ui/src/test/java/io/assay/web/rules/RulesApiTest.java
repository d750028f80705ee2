package io.assay.web.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.SourceFile;
import io.assay.embedded.TestBroker;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleHome;
import io.assay.stream.contract.RuleOrigin;
import io.assay.stream.contract.RuleWriter;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.Topics;
import io.assay.web.access.Change;
import io.assay.web.access.Members;
import io.assay.web.access.Role;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.RunningWeb;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rules over HTTP, on a real broker and database. */
class RulesApiTest {
  private static final String PATH = "/api/v1/projects/default/rules";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final TestBroker broker = TestBroker.shared();
  private final Topics topics = new Topics(broker.name("api-rules"));
  private RunningWeb web;
  private BrowsingClient author;

  @SuppressWarnings("NullAway.Init") // JUnit fills the fields.
  RulesApiTest() {}

  @BeforeEach
  void start() {
    broker.createTopics(topics.plans(2).stream().map(TopicPlan::newTopic).toList());
    web =
        RunningWeb.start(
            Map.of(
                "assay.sink.bootstrap-servers", broker.bootstrapServers(),
                "assay.sink.prefix", topics.prefix()));
    author = member("an-author", Role.AUTHOR);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void anAuthorPublishesAndReadsWhatIsInForce() {
    assertThat(shown().path("generation").asLong()).isZero();
    HttpResponse<String> answer = put("\"0\"", stream("seen int"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("ETag")).contains("\"1\"");

    JsonNode now = shown();
    assertThat(now.path("generation").asLong()).isEqualTo(1);
    assertThat(now.path("published").path("actor").asString()).isEqualTo("an-author");
    assertThat(now.path("published").path("home").asString()).isEqualTo("WEB");
    assertThat(now.path("files").path(0).path("text").asString()).isEqualTo(stream("seen int"));

    assertThat(put("\"1\"", stream("seen int")).body()).contains("\"changed\":false");
  }

  @Test
  void mistakesAreToldWithTheirPlaceAndChangeNothing() {
    put("\"0\"", stream("seen int"));
    HttpResponse<String> answer =
        put(
            "\"1\"",
            stream("seen int") + "assertion few on camera { expect sen < 10 mode active }");
    assertThat(answer.statusCode()).isEqualTo(422);
    JsonNode issue = JSON.readTree(answer.body()).path("issues").path(0);
    assertThat(issue.path("file").asString()).isEqualTo("camera.assay");
    assertThat(issue.path("line").asInt()).isEqualTo(3);
    assertThat(issue.path("column").asInt()).isPositive();
    assertThat(issue.path("code").asString()).startsWith("A0");
    assertThat(issue.path("suggestion").asString()).contains("seen");
    assertThat(shown().path("generation").asLong()).isEqualTo(1);
  }

  /** Here are all projects' violations; who may read and write them is not said by a project. */
  @Test
  void topicsOfAssayItselfAreNotNamed() {
    String own = topics.prefix();
    String text =
        """
        language 1
        stream camera from topic "%1$s.violations" {
          id    frame   string
          key   vehicle string
          time  at      timestamp(millis)
          truth seen    bool from topic "%1$s.counts" within 1h
          serving kserve requests "%1$s-default-camera-state-changelog" responses "answers" within 5min
        }
        """
            .formatted(own);
    HttpResponse<String> answer = put("\"0\"", text);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    JsonNode issues = JSON.readTree(answer.body()).path("issues");
    assertThat(issues.valueStream().filter(one -> one.path("code").asString().equals("A0213")))
        .extracting(one -> one.path("file").asString() + ':' + one.path("line").asInt())
        .containsExactly("camera.assay:2", "camera.assay:6", "camera.assay:7");
    assertThat(issues.toString()).contains(own + ".violations\\\" belongs to Assay itself");
    assertThat(shown().path("generation").asLong()).isZero();
  }

  @Test
  void aTopicBelongsToTheProjectThatNamedItFirst() throws Exception {
    try (var connection = web.database().connect();
        var statement = connection.createStatement()) {
      statement.execute("insert into project (name, title) values ('other', 'Other')");
    }
    put("\"0\"", stream("seen int"));
    BrowsingClient other = member("other", "another-author", Role.AUTHOR);
    String path = "/api/v1/projects/other/rules";
    Map<String, String> first = Map.of("If-Match", "\"0\"");
    HttpResponse<String> refused = other.send("PUT", path, first, body(stream("seen int")));
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
    assertThat(refused.body()).contains("belongs to another project", "A0213");
    String elsewhere = stream("seen int").replace("\"t\"", "\"mine\"");
    assertThat(other.send("PUT", path, first, body(elsewhere)).statusCode()).isEqualTo(200);

    Members members = web.running().context().getBean(Members.class);
    members.add("default", "system", "another-author", Role.VIEWER);
    Map<String, String> second = Map.of("If-Match", "\"1\"");
    assertThat(other.send("PUT", path, second, body(stream("seen int"))).statusCode())
        .isEqualTo(422);
    members.changeRole("default", "system", "another-author", Role.AUTHOR);
    assertThat(other.send("PUT", path, second, body(stream("seen int"))).statusCode())
        .isEqualTo(200);
    assertThat(put("\"1\"", stream("seen int other int?")).statusCode()).isEqualTo(200);
  }

  @Test
  void ofTwoEditorsNoneOverwritesTheOther() {
    put("\"0\"", stream("seen int"));
    assertThat(put("\"1\"", stream("seen int other int?")).statusCode()).isEqualTo(200);
    HttpResponse<String> late = put("\"1\"", stream("seen int more int?"));
    assertThat(late.statusCode()).isEqualTo(412);
    assertThat(JSON.readTree(late.body()).path("generation").asLong()).isEqualTo(2);
    HttpResponse<String> blind = author.send("PUT", PATH, body(stream("seen int")));
    assertThat(blind.statusCode()).isEqualTo(428);
    assertThat(put("soon", stream("seen int")).statusCode()).isEqualTo(400);
  }

  @Test
  void anOlderGenerationIsRestoredAsANewOneAndEveryChangeHasItsActor() throws Exception {
    put("\"0\"", stream("seen int"));
    put("\"1\"", stream("seen int other int?"));
    await(() -> generations("").path("items").size() == 2);
    HttpResponse<String> answer =
        author.send("POST", PATH + "/1/restore", Map.of("If-Match", "\"2\""), "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    await(() -> generations("").path("items").size() == 3);
    JsonNode now = shown();
    assertThat(now.path("generation").asLong()).isEqualTo(3);
    assertThat(now.path("files").path(0).path("text").asString()).isEqualTo(stream("seen int"));
    assertThat(numbers(generations(""))).containsExactly(3L, 2L, 1L);
    JsonNode first = generations("?limit=2");
    assertThat(numbers(first)).containsExactly(3L, 2L);
    JsonNode rest = generations("?limit=2&after=" + first.path("next").asString());
    assertThat(numbers(rest)).containsExactly(1L);
    assertThat(rest.path("next").isNull()).isTrue();
    assertThat(author.get(PATH + "/generations?after=x", "application/json").statusCode())
        .isEqualTo(400);
    JsonNode second = JSON.readTree(author.get(PATH + "?generation=2", "application/json").body());
    assertThat(second.path("files").path(0).path("text").asString()).contains("other");
    assertThat(author.get(PATH + "?generation=9", "application/json").statusCode()).isEqualTo(404);

    Members members = web.running().context().getBean(Members.class);
    assertThat(members.changes("default"))
        .filteredOn(change -> change.action().equals("rules.published"))
        .extracting(change -> change.actor() + ' ' + change.subject())
        .containsExactly("an-author 3", "an-author 2", "an-author 1");
  }

  @Test
  void rulesOfAFolderAreShownAndNotChanged() throws Exception {
    new RuleWriter(Map.of("bootstrap.servers", broker.bootstrapServers()), topics)
        .publish(
            new RuleWriter.Request(
                "default",
                new RuleContent(
                    List.of(new SourceFile("camera.assay", stream("seen int"))), Map.of()),
                new RuleOrigin(RuleHome.GIT, "/etc/rules", "abc", "processors", Instant.now()),
                "",
                OptionalLong.empty(),
                false));
    await(() -> shown().path("generation").asLong() == 1);
    HttpResponse<String> answer = put("\"1\"", stream("seen int other int?"));
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("/etc/rules", "git");
    HttpResponse<String> moved =
        author.send(
            "PUT", PATH + "?home=web", Map.of("If-Match", "\"1\""), body(stream("other int")));
    assertThat(moved.statusCode()).as(moved.body()).isEqualTo(200);
  }

  @Test
  void onlyAuthorsPublish() {
    BrowsingClient viewer = member("a-viewer", Role.VIEWER);
    assertThat(viewer.get(PATH, "application/json").statusCode()).isEqualTo(200);
    assertThat(
            viewer
                .send("PUT", PATH, Map.of("If-Match", "*"), body(stream("seen int")))
                .statusCode())
        .isEqualTo(403);
    for (String wrong :
        List.of(
            "{}",
            "{\"files\":[null]}",
            "{\"files\":[{\"name\":\"../a.assay\",\"text\":\"\"}]}",
            "{\"files\":[{\"name\":\"a.txt\",\"text\":\"\"}]}",
            "{\"files\":[{\"name\":\"a.assay\"}]}",
            "nothing")) {
      assertThat(author.send("PUT", PATH, Map.of("If-Match", "*"), wrong).statusCode())
          .as(wrong)
          .isEqualTo(400);
    }
  }

  private HttpResponse<String> put(String match, String text) {
    return author.send("PUT", PATH, Map.of("If-Match", match), body(text));
  }

  private static String body(String text) {
    return JSON.writeValueAsString(
        Map.of("files", List.of(Map.of("name", "camera.assay", "text", text))));
  }

  private static String stream(String fields) {
    return "language 1\nstream camera from topic \"t\" { key vehicle string time at timestamp(millis) %s }\n"
        .formatted(fields);
  }

  private JsonNode generations(String query) {
    return JSON.readTree(author.get(PATH + "/generations" + query, "application/json").body());
  }

  private static List<Long> numbers(JsonNode listing) {
    return listing
        .path("items")
        .valueStream()
        .map(one -> one.path("published").path("generation").asLong())
        .toList();
  }

  private JsonNode shown() {
    return JSON.readTree(author.get(PATH, "application/json").body());
  }

  private BrowsingClient member(String name, Role role) {
    return member("default", name, role);
  }

  private BrowsingClient member(String project, String name, Role role) {
    Members members = web.running().context().getBean(Members.class);
    Change change = members.add(project, "system", name, role);
    assertThat(change).isInstanceOf(Change.NewPassword.class);
    var client = new BrowsingClient(web.address());
    client.login(name, ((Change.NewPassword) change).password());
    return client;
  }

  private static void await(BooleanSupplier wanted) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!wanted.getAsBoolean()) {
      assertThat(System.nanoTime() - end).isNegative();
      Thread.sleep(50);
    }
  }
}
