package io.assay.web.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.access.Role;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.Installation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the pages of assertions draw, over HTTP, of a judged street. */
class AssertionFiguresApiTest {
  private static final String API = "/api/v1/projects/default";

  private static Installation here;
  private static BrowsingClient viewer;

  @BeforeAll
  static void come() {
    here = Installation.shared();
    viewer = here.member(Role.VIEWER);
  }

  @Test
  void theHeatMapHasTheRatesOfTheListPartByPart() {
    Map<String, Long> violated = new HashMap<>();
    List<String> names = new ArrayList<>();
    String after = "";
    do {
      JsonNode part = json(API + "/heat-map?range=1h&sort=name&limit=3&after=" + after);
      int columns = part.path("times").size();
      assertThat(columns).isPositive();
      for (JsonNode row : part.path("items")) {
        names.add(row.path("name").asString());
        assertThat(row.path("cells").size()).isEqualTo(columns);
        long sum = 0;
        for (JsonNode cell : row.path("cells")) {
          sum += cell.path("violated").asLong();
          assertThat(cell.path("rate").isNull()).isEqualTo(cell.path("judged").asLong() == 0);
        }
        violated.put(row.path("name").asString(), sum);
      }
      after = part.path("next").asString("");
    } while (!after.isEmpty());
    assertThat(names).contains("flicker", "schema").doesNotHaveDuplicates().isSorted();
    JsonNode flicker = json(API + "/assertions/flicker?range=1h").path("assertion");
    assertThat(violated.get("flicker"))
        .isEqualTo(flicker.path("counted").path("violated").asLong())
        .isPositive();
    assertProblem(API + "/heat-map?health=fine", 400, "cannot read health");
    assertProblem(API + "/heat-map?by=luck", 400, "by needs time, version or slice, got 'luck'");
    assertProblem(API + "/heat-map?limit=501", 400, "limit needs 1 .. 500, got 501");
  }

  @Test
  void aHeatMapOfOneAssertionIsOfItsSlices() {
    JsonNode map = json(API + "/assertions/flicker/heat-map?range=24h");
    assertThat(map.path("times")).isNotEmpty();
    assertThat(map.path("next").isNull()).isTrue();
    assertProblem(API + "/assertions/nothing-of-the-kind/heat-map", 404, "there is no assertion");
  }

  @Test
  void whyItFiresIsToldInWordsAndNumbers() {
    JsonNode why = json(API + "/assertions/flicker/why?range=24h");
    assertThat(why.path("verdict").asString()).isEqualTo("fires");
    assertThat(why.path("text").asString()).startsWith("Some of what was judged was violated");
    Map<String, Long> stages = new HashMap<>();
    why.path("items")
        .forEach(one -> stages.put(one.path("stage").asString(), one.path("count").asLong()));
    assertThat(stages)
        .containsOnlyKeys("seen", "passed", "judged", "undecided", "held", "violated");
    assertThat(stages.getOrDefault("judged", -1L))
        .isEqualTo(stages.getOrDefault("held", 0L) + stages.getOrDefault("violated", 0L));
    assertProblem(API + "/assertions/flicker/why?range=1y", 400, "range needs 1h");
  }

  @Test
  void otherThresholdsAreThoseOfThePage() {
    JsonNode all = json(API + "/assertions/flicker/thresholds?range=24h&at=0.2");
    assertThat(all.path("condition").asString()).startsWith("absent less than");
    assertThat(all.path("flags").asString()).isEqualTo("below");
    assertThat(all.path("isTime").asBoolean()).isTrue();
    JsonNode present = all.path("items").path(0);
    assertThat(present.path("threshold").asDouble()).isEqualTo(all.path("threshold").asDouble());
    assertThat(present.path("remaining").asLong()).isEqualTo(all.path("read").asLong());
    assertThat(present.path("share").asDouble()).isEqualTo(1.0);
    assertThat(all.path("asked").path("threshold").asDouble()).isEqualTo(0.2);
    assertThat(all.path("asked").path("remaining").asLong())
        .isBetween(0L, all.path("read").asLong());
    assertThat(viewer.get("/p/default/assertions/flicker/thresholds?at=0.2").body())
        .contains(all.path("condition").asString());
    JsonNode beyond = json(API + "/assertions/flicker/thresholds?range=24h&at=99");
    assertThat(beyond.path("asked").isNull()).as("of which violations tell nothing").isTrue();
    assertProblem(API + "/assertions/flicker/thresholds?at=much", 400, "");
    assertThat(viewer.get(API + "/assertions/schema/thresholds", "application/json").statusCode())
        .isEqualTo(204);
  }

  private static void assertProblem(String path, int status, String detail) {
    var answer = viewer.get(path, "application/json");
    assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains(detail);
  }

  private static JsonNode json(String path) {
    var answer = viewer.get(path, "application/json");
    assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }
}
