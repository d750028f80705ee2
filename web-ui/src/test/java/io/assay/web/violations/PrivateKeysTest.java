package io.assay.web.violations;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleHome;
import io.assay.web.access.Role;
import io.assay.web.access.Scope;
import io.assay.web.access.TokenWish;
import io.assay.web.access.Tokens;
import io.assay.web.rules.RulesSite;
import io.assay.web.sink.JudgedStreet;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.ProgramClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A street whose vehicles are people: the key is private, and stands nowhere for those who may not
 * see it, whatever they ask.
 */
class PrivateKeysTest {
  private static final Path ROOT = Path.of(System.getProperty("assay.root", ".."));
  private static final String API = "/api/v1/projects/default";
  private static final String KEY = "smith-v1";
  private static final String MASK = "\u2022\u2022\u2022";

  private static RulesSite site;
  private static BrowsingClient viewer;
  private static BrowsingClient reviewer;
  private static ProgramClient program;
  private static String violation;

  @BeforeAll
  static void start() throws Exception {
    site = RulesSite.start();
    JudgedStreet.drive("default", 7, Instant.now().minusSeconds(90), 900)
        .store(site.web.database().connect());
    for (String table : List.of("violation", "episode")) {
      execute("UPDATE %s SET key = 'smith-' || key".formatted(table));
    }
    execute(
        "UPDATE violation SET evidence ="
            + " regexp_replace(evidence::text, '\"(v[0-9]+)\"', '\"smith-\\1\"', 'g')::json");
    execute(
        """
        insert into label_item (project, id, round, assertion, stream, key, label, day, violation, judgement_hash, at,
          severity, arm, reason, probability, around, rank)
        select project, id, 1, assertion, stream, key, label, worst_day, worst_id, judgement_hash, opened, worst,
          'uniform', 'each assertion alike', 1, 5, extract(epoch from opened)
        from episode where mode = 'ACTIVE' order by opened desc, id limit 12\
        """);
    viewer = member("viewer", Role.VIEWER);
    reviewer = member("reviewer", Role.REVIEWER);
    program = new ProgramClient(site.address(), token());
    publish("string private");
    JsonNode newest =
        json(reviewer.get(API + "/violations?limit=1&assertion=flicker", "application/json"))
            .path("items")
            .path(0);
    violation = newest.path("day").asString() + "/" + newest.path("id").asString();
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  private static Stream<String> pages() {
    return Stream.of(
        "/p/default",
        "/p/default/violations",
        "/p/default/violations?sort=severity",
        "/p/default/violations?sort=oldest",
        "/p/default/violations.csv",
        "/p/default/violations/" + violation,
        "/p/default/assertions/flicker",
        "/p/default/assertions/flicker/thresholds");
  }

  private static Stream<String> endpoints() {
    return Stream.of(
            "/violations?limit=500",
            "/violations?limit=500&sort=severity",
            "/violations/" + violation,
            "/violations/" + violation + "/clip",
            "/assertions/flicker",
            "/assertions/flicker/episodes",
            "/samples?format=json-lines",
            "/samples?format=csv")
        .map(path -> API + path);
  }

  @Test
  void neitherViewersNorProgramsSeeAKeyThatIsPrivate() {
    for (String path : Stream.concat(pages(), endpoints()).toList()) {
      assertUnseen(viewer.get(path, accepted(path)), path);
    }
    for (String path : endpoints().toList()) {
      assertUnseen(program.get(path), path);
    }
  }

  @Test
  void whoReviewsSeesIt() {
    assertThat(reviewer.get("/p/default/violations").body()).contains("smith-");
    assertThat(reviewer.get("/p/default/violations/" + violation).body()).contains("smith-");
    assertThat(reviewer.get("/p/default/assertions/flicker").body()).contains("smith-");
    assertThat(reviewer.get(API + "/violations/" + violation, "application/json").body())
        .contains("\"key\":\"smith-");
    assertThat(reviewer.get(API + "/samples?format=csv", "text/csv").body()).contains("smith-");
  }

  @Test
  void aMaskStandsWhereAKeyWouldAndLeadsNowhere() {
    assertThat(json(program.get(API + "/violations?limit=500")).path("items").values())
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one.path("key").asString()).isEqualTo(MASK));
    assertThat(json(program.get(API + "/violations/" + violation)).path("evidence").path("key"))
        .hasToString('"' + MASK + '"');
    assertThat(viewer.get("/p/default/violations/" + violation).body())
        .contains(MASK)
        .doesNotContain("key=%E2");
    assertThat(json(program.get(API + "/assertions/flicker")).path("keys")).isEmpty();
  }

  /** Whoever guesses a key must not be told that it was right. */
  @Test
  void nobodyFindsByAKeyThatTheyDoNotSee() {
    String asked = API + "/violations?key=" + KEY;
    assertThat(json(reviewer.get(asked, "application/json")).path("items")).isNotEmpty();
    for (String sort : List.of("", "&sort=oldest", "&sort=severity")) {
      assertThat(json(program.get(asked + sort)).path("items")).isEmpty();
      assertThat(json(viewer.get(asked + sort, "application/json")).path("items")).isEmpty();
    }
    assertThat(viewer.get("/p/default/violations?key=" + KEY).body()).doesNotContain(violation);
  }

  @Test
  void aKeyThatIsNoSecretIsShownAndFound() {
    publish("string");
    try {
      assertThat(program.get(API + "/violations").body()).contains("smith-");
      assertThat(viewer.get("/p/default/violations/" + violation).body()).contains("smith-");
      assertThat(json(program.get(API + "/violations?key=" + KEY)).path("items")).isNotEmpty();
      assertThat(json(program.get(API + "/assertions/flicker")).path("keys")).isNotEmpty();
    } finally {
      publish("string private");
    }
  }

  private static void assertUnseen(HttpResponse<String> answer, String path) {
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    // What was asked for is said again; nothing else may name a key.
    assertThat(answer.body()).as(path).isNotEmpty().doesNotContain("smith");
  }

  private static BrowsingClient member(String name, Role role) {
    var client = new BrowsingClient(site.address());
    client.login(name, site.add(name, role));
    return client;
  }

  private static String token() {
    Tokens tokens = site.web.running().context().getBean(Tokens.class);
    var wish = new TokenWish("a program", Set.of(Scope.READ), Set.of(), null);
    return switch (tokens.create("default", "system", wish)) {
      case Tokens.Creation.Made made -> made.secret();
      case Tokens.Creation.Refused refused -> throw new IllegalStateException(refused.toString());
    };
  }

  private static void execute(String sql) throws SQLException {
    try (var connection = site.web.database().connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String accepted(String path) {
    return path.startsWith("/api/") ? "application/json" : "text/html";
  }

  private static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static void publish(String type) {
    try {
      String rules =
          Files.readString(ROOT.resolve("examples/street.assay"))
              .replaceAll("(key\\s+vehicle\\s+)string", "$1" + type);
      assertThat(rules).containsPattern("key\\s+vehicle\\s+" + type);
      site.publish(RuleHome.WEB, "", true, new SourceFile("street.assay", rules));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
