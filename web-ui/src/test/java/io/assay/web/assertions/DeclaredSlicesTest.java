package io.assay.web.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.web.access.Role;
import io.assay.web.sink.JudgedStreet;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.Installation;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A street into the night, with showers: what is judged in the declared slices, as pages tell it.
 */
class DeclaredSlicesTest {
  private static final String PROJECT = "sliced";
  private static final String API = "/api/v1/projects/" + PROJECT;

  private static JudgedStreet street;
  private static BrowsingClient viewer;

  @BeforeAll
  static void drive() throws SQLException {
    Installation here = Installation.shared();
    try (var connection = here.web().database().connect();
        var statement = connection.createStatement()) {
      statement.execute("insert into project (name, title) values ('sliced', 'Sliced')");
    }
    // Days ago: ranges then end where the events do, and not now.
    Instant night =
        Instant.now()
            .truncatedTo(ChronoUnit.DAYS)
            .minus(Duration.ofDays(2))
            .minus(Duration.ofHours(3));
    street = JudgedStreet.drive(PROJECT, 7, night.minusSeconds(200), 4_500);
    street.store(here.web().database().connect());
    viewer = here.anonymous();
    viewer.login("sliced-viewer", here.add(PROJECT, "sliced-viewer", Role.VIEWER));
  }

  private static JsonNode json(String path) {
    var answer = viewer.get(path, "application/json");
    assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  /** By column: what was judged of an assertion. */
  private static Map<String, JsonNode> cells(JsonNode map, String assertion) {
    List<String> columns = map.path("columns").valueStream().map(JsonNode::asString).toList();
    Map<String, JsonNode> cells = new HashMap<>();
    for (JsonNode row : map.path("items")) {
      assertThat(row.path("cells").size()).isEqualTo(columns.size());
      if (row.path("name").asString().equals(assertion)) {
        for (int i = 0; i < columns.size(); i++) {
          cells.put(columns.get(i), row.path("cells").path(i));
        }
      }
    }
    return cells;
  }

  private static long judged(Map<String, JsonNode> cells, String column) {
    return Objects.requireNonNull(cells.get(column), column).path("judged").asLong();
  }

  @Test
  void eachEventIsJudgedInItsSlices() {
    JsonNode map = json(API + "/heat-map?by=slice&range=1h&limit=500");
    assertThat(map.path("columns").valueStream().map(JsonNode::asString))
        .containsExactly("night", "!night", "rain", "!rain");
    assertThat(map.path("times")).isEmpty();
    long rainy =
        street.payloads().stream()
            .filter(
                payload ->
                    new String(payload, StandardCharsets.UTF_8).contains("\"weather\":\"rain\""))
            .count();
    Map<String, JsonNode> schema = cells(map, "schema");
    assertThat(judged(schema, "rain")).isEqualTo(rainy).isPositive();
    assertThat(judged(schema, "!rain")).isEqualTo(street.payloads().size() - rainy).isPositive();
    assertThat(judged(schema, "night")).isPositive();
    assertThat(judged(schema, "night") + judged(schema, "!night"))
        .isEqualTo(street.payloads().size());
  }

  @Test
  void slicesPartWhatAnAssertionHasJudgedAndTheirLiftIsAgainstItsRate() {
    Map<String, JsonNode> flicker =
        cells(json(API + "/heat-map?by=slice&range=24h&limit=500"), "flicker");
    JsonNode detail = json(API + "/assertions/flicker?range=24h");
    JsonNode counted = detail.path("assertion").path("counted");
    long judged = counted.path("judged").asLong();
    double rate = counted.path("violated").asDouble() / judged;
    for (String name : List.of("night", "rain")) {
      assertThat(judged(flicker, name) + judged(flicker, '!' + name))
          .isEqualTo(judged)
          .isPositive();
      JsonNode slices =
          detail
              .path("slices")
              .valueStream()
              .filter(one -> one.path("name").asString("").equals(name))
              .findFirst()
              .orElseThrow();
      assertThat(slices.path("by").asString()).isEqualTo("slice");
      assertThat(slices.path("slices").valueStream().map(one -> one.path("value").asString()))
          .containsExactlyInAnyOrder("true", "false");
      for (JsonNode slice : slices.path("slices")) {
        assertThat(slice.path("lift").asDouble())
            .isCloseTo(slice.path("rate").asDouble() / rate, within(1e-9));
      }
    }
  }

  @Test
  void itsOwnHeatMapHasARowForEachValue() {
    JsonNode map = json(API + "/assertions/flicker/heat-map?range=1h");
    assertThat(map.path("items").valueStream().map(row -> row.path("name").asString()))
        .containsExactly("night", "!night", "rain", "!rain");
    long judged =
        json(API + "/assertions/flicker?range=1h")
            .path("assertion")
            .path("counted")
            .path("judged")
            .asLong();
    long sum = 0;
    for (JsonNode row : map.path("items")) {
      assertThat(row.path("cells").size()).isEqualTo(map.path("times").size());
      for (JsonNode cell : row.path("cells")) {
        sum += cell.path("judged").asLong();
      }
    }
    assertThat(sum).as("each unit is in one value of each slice").isEqualTo(2 * judged);
  }

  @Test
  void pagesShowThem() {
    assertThat(viewer.get("/p/sliced/assertions/flicker?range=1h").body())
        .contains("By slice night")
        .contains("By slice rain")
        .contains(">!rain</th>");
    assertThat(viewer.get("/p/sliced/assertions?range=6h").body())
        .contains("Rate by assertion and declared slice")
        .contains("id=\"declared-heat\"");
    assertThat(json("/api/v1/projects/sliced/heat-map?by=slice&range=7d").path("columns").size())
        .isEqualTo(
            json("/api/v1/projects/sliced/heat-map?by=slice&range=30d").path("columns").size())
        .isEqualTo(4);
  }
}
