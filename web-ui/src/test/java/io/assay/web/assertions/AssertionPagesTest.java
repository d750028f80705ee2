package io.assay.web.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.web.access.Role;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.Installation;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pages of assertions and their API, of a judged street. */
class AssertionPagesTest {
  private static final String API = "/api/v1/projects/default/assertions";

  private static Installation here;
  private static BrowsingClient reviewer;

  @BeforeAll
  static void login() {
    here = Installation.shared();
    reviewer = here.member(Role.REVIEWER);
  }

  @Test
  void theListCountsWhatTheEngineFound() {
    JsonNode flicker = null;
    List<String> names = new ArrayList<>();
    String after = "";
    do {
      JsonNode part = json(API + "?limit=3&sort=name&after=" + after);
      for (JsonNode item : part.path("items").values()) {
        names.add(item.path("name").asString());
        flicker = item.path("name").asString().equals("flicker") ? item : flicker;
      }
      after = part.path("next").asString("");
    } while (!after.isEmpty());
    assertThat(names).contains("flicker", "schema").doesNotHaveDuplicates().isSorted();
    JsonNode found = Objects.requireNonNull(flicker);
    assertThat(found.path("violations").asLong()).isEqualTo(of("flicker").size());
    assertThat(found.path("rate").asDouble()).isBetween(0.001, 0.999);
  }

  @Test
  void longRangesAreOfTheSameFigures() {
    for (String range : List.of("6h", "24h", "7d", "30d")) {
      JsonNode detail = json(API + "/flicker?range=" + range);
      long shown = 0;
      for (JsonNode step : detail.path("series").values()) {
        shown += step.path("active").asLong() + step.path("shadow").asLong();
      }
      assertThat(shown).as(range).isEqualTo(of("flicker").size());
    }
  }

  /** Its one violation is of one moment; the silence is not. */
  @Test
  void aSilenceThatGoesOnIsAsLongAsItIsByNow() throws SQLException {
    try (var connection = here.web().database().connect();
        var statement = connection.createStatement()) {
      String newest =
          "(SELECT * FROM episode WHERE project = 'default' AND assertion = 'flicker'"
              + " ORDER BY opened DESC, id LIMIT 1) e";
      statement.execute(
          "INSERT INTO silent_key (project, assertion, stream, key, judgement_hash, opened, since,"
              + " violation, episode) SELECT project, assertion, stream, key, judgement_hash,"
              + " opened, now() - interval '95 min', worst_id, id FROM "
              + newest);
      try {
        assertThat(reviewer.get("/p/default/assertions/flicker?range=1h").body())
            .containsOnlyOnce("goes on")
            .contains(">95 min, goes on<");
      } finally {
        statement.execute("DELETE FROM silent_key WHERE assertion = 'flicker'");
      }
    }
  }

  @Test
  void wrongRequestsAreProblems() {
    assertProblem(API + "?health=fine", 400, "cannot read health");
    assertProblem(API + "?limit=0", 400, "limit needs 1 .. 500, got 0");
    assertProblem(API + "/nothing-of-the-kind", 404, "there is no assertion");
    assertProblem(API + "/flicker?range=1y", 400, "range needs 1h");
    assertProblem(API + "/flicker/episodes?before=x", 400, "before needs");
    assertThat(reviewer.get("/p/default/assertions/nothing-of-the-kind").statusCode())
        .isEqualTo(404);
  }

  @Test
  void episodesArePagedByKey() {
    List<String> seen = new ArrayList<>();
    String before = "";
    do {
      JsonNode part = json(API + "/flicker/episodes?limit=7&before=" + before);
      part.path("items").values().forEach(item -> seen.add(item.path("id").asString()));
      before = part.path("next").asString("");
    } while (!before.isEmpty());
    assertThat(seen)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            of("flicker").stream().map(Violation::episode).distinct().toList());
  }

  @Test
  void pagesReadWithoutScripts() {
    String list = reviewer.get("/p/default/assertions?sort=name&range=6h").body();
    assertThat(list).contains("class=\"heat-table\"", "class=\"rate-line\"", "assertions.csv?");
    String page = reviewer.get("/p/default/assertions/flicker?range=1h").body();
    assertThat(page)
        .contains("id=\"series\"", "Why does it fire?", "Episodes", "of the newest 5,000 episodes");
    var csv = reviewer.get("/p/default/assertions.csv?sort=name");
    assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
    assertThat(csv.body()).startsWith("assertion,title,streams,").contains("\r\nflicker,");
  }

  @Test
  void otherThresholdsLeaveLess() {
    String page = "/p/default/assertions/flicker/thresholds?range=1h";
    String all = reviewer.get(page).body();
    int found = of("flicker").size();
    assertThat(all)
        .contains("absent less than 500ms", "judged by 0.5 s", "Move the threshold")
        .contains(found + " violations by this threshold were read, of " + found);
    assertThat(reviewer.get(page + "&at=0.0001").body())
        .contains("0.0001 s", "0.0 % of " + found, "nobody has looked at one of these");
    assertThat(reviewer.get(page + "&at=0.8").body())
        .contains("A threshold of 0.8 would flag what the present one does not")
        .doesNotContain("Write the draft");
    assertThat(reviewer.get(page + "&at=much").body()).contains("got &#39;much&#39;");
    assertThat(reviewer.get("/p/default/assertions/multibox/thresholds?range=1h").body())
        .contains("by comparing one number");
    assertThat(reviewer.get("/p/default/assertions/nothing-of-the-kind/thresholds").statusCode())
        .isEqualTo(404);
    assertThat(reviewer.get("/p/default/assertions/flicker").body())
        .contains("flicker/thresholds?range=24h");
  }

  @Test
  void timesAreReadInAZoneOfOnesOwn() {
    BrowsingClient viewer = here.member(Role.VIEWER);
    assertThat(viewer.get("/p/default").body()).contains(" UTC</span>");
    viewer.post("/zone", Map.of("zone", "Asia/Kolkata"));
    String there = viewer.get("/p/default/assertions").body();
    assertThat(there).contains("times in Asia/Kolkata").doesNotContain("times in UTC");
    assertThat(viewer.post("/zone", Map.of("zone", "Nowhere/At-All")).statusCode()).isEqualTo(302);
    assertThat(viewer.get("/p/default/assertions").body()).contains("times in Asia/Kolkata");
  }

  @Test
  void aVerdictOnAViolationsPageCountsAsAReview() throws SQLException {
    Violation oldest = of("flicker_untracked").getFirst();
    String page = address(oldest);
    assertThat(reviewer.get(page).body()).contains("What do you see?", "Similar episodes");
    assertThat(reviewer.post(page + "/verdict", Map.of("finding", "no-error")).statusCode())
        .isEqualTo(302);
    assertThat(reviewer.get(page).body()).contains("Your verdict: No error", "found: No error");
    JsonNode line = json(API + "/flicker_untracked").path("assertion");
    assertThat(line.path("reviewed").asLong()).isPositive();
    assertThat(here.member(Role.VIEWER).get(page).body()).doesNotContain("What do you see?");
    gold(oldest.episode(), "'NO_ERROR'");
    assertThat(reviewer.get(page).body())
        .as("a known answer tests those who review")
        .doesNotContain("found: No error");
    gold(oldest.episode(), "null");
  }

  private static void gold(String episode, String value) throws SQLException {
    try (var connection = here.web().database().connect();
        var statement =
            connection.prepareStatement(
                "update label_item set gold = " + value + " where id = ?")) {
      statement.setString(1, episode);
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }

  private static List<Violation> of(String assertion) {
    return here.street().violations().stream()
        .filter(violation -> violation.assertion().equals(assertion))
        .toList();
  }

  private static String address(Violation violation) {
    var day =
        LocalDate.ofInstant(Instant.ofEpochSecond(violation.at() / 1_000_000_000), ZoneOffset.UTC);
    return "/p/default/violations/" + day + "/" + violation.id();
  }

  private static void assertProblem(String path, int status, String detail) {
    var answer = reviewer.get(path, "application/json");
    assertThat(answer.statusCode()).as(path).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains(detail);
  }

  private static JsonNode json(String path) {
    var answer = reviewer.get(path.replace("~", "%7E"), "application/json");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }
}
