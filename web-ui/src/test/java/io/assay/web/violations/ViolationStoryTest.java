package io.assay.web.violations;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.web.access.Role;
import io.assay.web.access.Scope;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.Installation;
import io.assay.web.system.ProgramClient;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the page of a violation shows and lets people do, over HTTP. */
class ViolationStoryTest {
  private static final String API = "/api/v1/projects/default/violations";

  private static Installation here;
  private static BrowsingClient reviewer;
  private static ProgramClient program;
  private static Violation flicker;

  @BeforeAll
  static void login() {
    here = Installation.shared();
    reviewer = here.member(Role.REVIEWER);
    program = new ProgramClient(here.web().address(), here.token(Set.of(Scope.READ)).secret());
    flicker =
        here.street().violations().reversed().stream()
            .filter(violation -> violation.assertion().equals("flicker"))
            .findFirst()
            .orElseThrow();
  }

  @Test
  void theStoryHasThePartsOfTheConditionAndWhoWasSeenWhen() {
    JsonNode story = json(reviewer.get(of(flicker) + "/story", "application/json"));
    assertThat(story.path("spanSeconds").asDouble())
        .isEqualTo((flicker.to() - flicker.from()) / 1e9);
    assertThat(story.path("spanEvents").asInt()).isEqualTo(flicker.spanEvents().size());
    assertThat(story.path("values").values().stream().map(one -> one.path("expression").asString()))
        .containsExactlyInAnyOrderElementsOf(
            flicker.values().stream().map(Violation.Value::expression).distinct().toList());
    assertThat(story.path("values").path(0).path("depth").asInt()).isZero();
    JsonNode subject = story.path("lanes").path("lanes").path(0);
    assertThat(subject.path("name").asString()).isEqualTo(flicker.label());
    assertThat(subject.path("subject").asBoolean()).isTrue();
    Set<String> times = Set.copyOf(texts(story.path("lanes").path("times")));
    assertThat(times).hasSize(flicker.events().size());
    assertThat(texts(subject.path("seen"))).isNotEmpty().isSubsetOf(times);
    JsonNode gap = subject.path("gaps").path(0);
    assertThat(Instant.parse(gap.path("from").asString()))
        .isBefore(Instant.parse(gap.path("to").asString()));
    assertThat(story.path("beyond").asString()).isEqualTo("nowhere");
    assertThat(story.path("episode").asString()).isEqualTo(flicker.episode());
  }

  @Test
  void programsSeeNoRawFieldsInIt() {
    Violation corrected =
        here.street().violations().stream()
            .filter(one -> !one.corrections().isEmpty())
            .findFirst()
            .orElseThrow();
    JsonNode clear = json(reviewer.get(of(corrected) + "/story", "application/json"));
    assertThat(clear.path("corrections").values().stream().map(one -> one.path("event").asString()))
        .containsExactlyElementsOf(
            corrected.corrections().stream().map(Violation.Corrected::id).toList());
    JsonNode masked = json(program.get(of(corrected) + "/story"));
    assertThat(masked.path("features")).isEmpty();
    assertThat(masked.path("known")).isEmpty();
    assertThat(masked.path("corrections")).isEmpty();
    assertThat(masked.path("values")).isEqualTo(clear.path("values"));
  }

  @Test
  void similarEpisodesAreThoseOfThePage() {
    JsonNode items = json(reviewer.get(of(flicker) + "/similar", "application/json")).path("items");
    assertThat(items).isNotEmpty();
    assertThat(items.size()).isLessThanOrEqualTo(6);
    String page = reviewer.get(of(flicker).replace("/api/v1/projects/", "/p/")).body();
    for (JsonNode one : items) {
      assertThat(page).contains("/p/default/violations/" + one.path("violation").asString());
      assertThat(one.path("key").asString()).matches("v[0-9]+");
    }
  }

  @Test
  void aVerdictIsThatOfThePage() throws SQLException {
    Violation other =
        here.street().violations().stream()
            .filter(one -> one.assertion().equals("flicker"))
            .findFirst()
            .orElseThrow();
    String path = of(other) + "/verdict";
    HttpResponse<String> given =
        reviewer.send("POST", path, "{\"finding\":\"error\",\"reason\":\"it was there\"}");
    assertThat(given.statusCode()).as(given.body()).isEqualTo(200);
    JsonNode item = json(given).path("item");
    assertThat(item.path("id").asString()).isEqualTo(other.episode());
    assertThat(item.path("finding").asString()).isEqualTo("error");
    assertThat(json(given).path("verdicts").path(0).path("reason").asString())
        .isEqualTo("it was there");
    assertThat(json(reviewer.get(of(other) + "/story", "application/json")).path("found"))
        .hasToString("\"error\"");
    assertThat(audited(other.episode())).contains("label.given");
    String undo = "/api/v1/projects/default/review/items/" + other.episode() + "/undo";
    assertThat(reviewer.send("POST", undo, "").statusCode()).isEqualTo(200);
    assertThat(audited(other.episode())).contains("label.given", "label.undone");
  }

  @Test
  void whatIsNoVerdictIsSaid() {
    assertProblem(reviewer.send("POST", of(flicker) + "/verdict", "{}"), 400, "needs finding");
    assertProblem(
        reviewer.send("POST", of(flicker) + "/verdict", "{\"finding\":\"error\",\"edited\":{}}"),
        400,
        "edited goes with correction edited");
    assertProblem(
        reviewer.send("POST", API + "/2026-01-01/nothing/verdict", "{\"finding\":\"error\"}"),
        404,
        "there is no violation 2026-01-01/nothing");
    String body = "{\"finding\":\"error\"}";
    assertThat(here.member(Role.VIEWER).send("POST", of(flicker) + "/verdict", body).statusCode())
        .isEqualTo(403);
    assertThat(program.post(of(flicker) + "/verdict", "application/json", body).statusCode())
        .as("what somebody says is theirs: no token says it")
        .isEqualTo(404);
    for (String end : List.of("/story", "/similar")) {
      assertProblem(
          reviewer.get(API + "/2026-01-01/nothing" + end, "application/json"),
          404,
          "there is no violation");
    }
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String detail) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains(detail);
  }

  private static List<String> audited(String subject) throws SQLException {
    List<String> found = new ArrayList<>();
    try (var connection = here.web().database().connect();
        var statement =
            connection.prepareStatement(
                "select action from audit where project = 'default' and subject = ?")) {
      statement.setString(1, subject);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    }
    return found;
  }

  private static List<String> texts(JsonNode list) {
    return list.values().stream().map(JsonNode::asString).toList();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static String of(Violation violation) {
    var day =
        LocalDate.ofInstant(Instant.ofEpochSecond(violation.at() / 1_000_000_000), ZoneOffset.UTC);
    return API + "/" + day + "/" + violation.id();
  }
}
