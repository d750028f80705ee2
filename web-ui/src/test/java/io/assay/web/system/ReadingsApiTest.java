package io.assay.web.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.access.Role;
import io.assay.web.access.Scope;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What pages tell besides their lists, as programs read it. */
class ReadingsApiTest {
  private static final String API = "/api/v1/projects/default";

  private static Installation here;
  private static ProgramClient program;

  @BeforeAll
  static void come() {
    here = Installation.shared();
    program = new ProgramClient(here.web().address(), here.token(Set.of(Scope.READ)).secret());
  }

  @Test
  void whatWaitsForReviewIsToldByWhatFlaggedIt() {
    List<String> flagged = new ArrayList<>();
    long items = 0;
    String after = "";
    JsonNode part;
    do {
      part = json(program.get(API + "/review/waiting?limit=1&after=" + after));
      for (JsonNode one : part.path("items")) {
        flagged.add(one.path("assertion").asString());
        items += one.path("items").asLong();
      }
      after = part.path("next").asString("");
    } while (!after.isEmpty());
    assertThat(flagged).doesNotHaveDuplicates().isSorted();
    assertThat(items).isEqualTo(part.path("open").asLong()).isPositive();
  }

  @Test
  void aReviewersPaceIsTheirs() {
    BrowsingClient reviewer = here.member(Role.REVIEWER);
    JsonNode pace = json(reviewer.get(API + "/review/pace", "application/json"));
    assertThat(pace.path("verdicts").isInt()).isTrue();
    assertThat(program.get(API + "/review/pace").statusCode()).isEqualTo(404);
  }

  @Test
  void guidelinesGoOnByAssertion() {
    BrowsingClient author = here.member(Role.AUTHOR);
    for (String assertion : List.of("appear", "flicker", "schema")) {
      String path = API + "/review/guidelines/" + assertion;
      assertThat(author.send("PUT", path, "{\"text\":\"look twice\"}").statusCode()).isEqualTo(200);
    }
    List<String> found = new ArrayList<>();
    String after = "";
    do {
      JsonNode part = json(program.get(API + "/review/guidelines?limit=2&after=" + after));
      part.path("items").forEach(one -> found.add(one.path("assertion").asString()));
      after = part.path("next").asString("");
    } while (!after.isEmpty());
    assertThat(found).contains("appear", "flicker", "schema").doesNotHaveDuplicates().isSorted();
  }

  @Test
  void howAlertsStandIsTold() {
    JsonNode state = json(program.get(API + "/alerts/state"));
    assertThat(state.path("counts").propertyNames())
        .containsExactlyInAnyOrder("acknowledged", "firing", "pending", "silenced");
    assertThat(state.path("unusable").isArray()).isTrue();
    assertThat(program.get(API + "/alerts?level=loud").statusCode()).isEqualTo(400);
    assertThat(program.get(API + "/alerts?sort=oldest&limit=1").statusCode()).isEqualTo(200);
    assertThat(program.get(API + "/alerts?limit=1001").statusCode()).isEqualTo(400);
  }

  @Test
  void theOverviewHasItsSeries() {
    JsonNode overview = json(program.get(API + "/overview?range=24h"));
    long sum = 0;
    for (JsonNode step : overview.path("series")) {
      sum += step.path("violations").asLong();
      assertThat(step.path("streams").size()).isEqualTo(overview.path("streams").size());
    }
    assertThat(sum).isEqualTo(overview.path("violations").asLong()).isPositive();
    assertThat(overview.path("empty").asBoolean()).isFalse();
  }

  @Test
  void thePipelineHasItsDays() {
    JsonNode pipeline = json(program.get(API + "/pipeline"));
    assertThat(pipeline.path("connected").asBoolean(true)).as("there is no broker here").isFalse();
    assertThat(pipeline.path("days")).isNotEmpty();
    assertThat(pipeline.path("leases").isArray()).isTrue();
  }

  @Test
  void labelsAreAskedForAsOnThePage() {
    assertThat(program.get(API + "/labels?sort=oldest&matched=true").statusCode()).isEqualTo(200);
    assertThat(program.get(API + "/labels?matched=true&unmatched=true").body())
        .contains("no label is both matched and unmatched");
    assertThat(program.get(API + "/labels?sort=worst").body())
        .contains("sort needs newest or oldest, got 'worst'");
  }

  private static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }
}
