package io.assay.web.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleHome;
import io.assay.web.access.Role;
import io.assay.web.system.BrowsingClient;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An assertion in force is judged with several thresholds over a topic. */
class SweepPagesTest {
  private static final String API = "/api/v1/projects/default/";
  private static RulesSite site;
  private static BrowsingClient author;
  private static Instant now;

  @BeforeAll
  static void start() {
    site = RulesSite.start();
    author = site.member("an-author", Role.AUTHOR);
    // In force: a violation where more than 4 are seen; and one that compares nothing.
    String text =
        site.file("camera", 5, "draft")
            + """

            assertion named on camera "a vehicle has a name" {
              mode    draft
              expect  vehicle != ""
            }
            """;
    site.publish(RuleHome.WEB, "", false, new SourceFile("camera.assay", text));
    site.topic("camera");
    now = Instant.now();
    for (int seen = 0; seen < 10; seen++) {
      site.event(
          "camera",
          "{\"vehicle\":\"v%d\",\"at\":%d,\"seen\":%d}"
              .formatted(seen, now.toEpochMilli() - 60_000 + seen, seen));
    }
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  private static JdbcClient jdbc() {
    return site.web.running().context().getBean(JdbcClient.class);
  }

  private static String begin(Map<String, String> form) {
    HttpResponse<String> begun = author.post("/p/default/assertions/camera_004/sweeps", form);
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(302);
    return URI.create(begun.headers().firstValue("Location").orElseThrow()).getPath();
  }

  /** The page once nothing is to come any more. */
  private static String over(String page) throws InterruptedException {
    String html = author.get(page).body();
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (html.contains("hx-trigger=\"every 1s\"") && System.nanoTime() < end) {
      Thread.sleep(100);
      html = author.get(page).body();
    }
    return html;
  }

  private static JsonNode json(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static JsonNode figures(String id) throws InterruptedException {
    over("/p/default/sweeps/" + id);
    JsonNode one = json(author.get(API + "sweeps/" + id, "application/json"), 200);
    assertThat(one.path("state").asString()).as(one.path("trouble").asString()).isEqualTo("done");
    return one.path("figures");
  }

  @Test
  void stricterAndLaxerThresholdsAreToldWithWhatPeopleSaid() throws InterruptedException {
    String form = author.get("/p/default/assertions/camera_004/sweeps").body();
    assertThat(form).contains("seen &lt;= 4", "name=\"low\"", "value=\"2\"", "value=\"8\"");

    String page =
        begin(Map.of("limit", "expect-1", "low", "2", "high", "8", "steps", "7", "hours", "1"));
    String html = over(page);
    assertThat(html).contains(">done<", "in force is 4", "Found (estimate)");
    String id = page.substring(page.lastIndexOf('/') + 1);
    JsonNode points = figures(id).path("points");
    assertThat(points.size()).isEqualTo(7);
    for (int i = 0; i < 7; i++) {
      // Thresholds 2 .. 8: of ten events those with more are violations.
      assertThat(points.path(i).path("threshold").asInt()).isEqualTo(2 + i);
      assertThat(points.path(i).path("violations").asLong()).isEqualTo(7 - i);
      assertThat(points.path(i).path("episodes").asLong()).isEqualTo(7 - i);
      assertThat(points.path(i).path("active").asBoolean()).isEqualTo(i == 2);
    }
    // Without a script, each threshold is a link; the one that is asked for is shown.
    assertThat(html).contains(page + "?at=3");
    String laxer = author.get(page + "?at=2.6").body();
    assertThat(laxer).contains("Write a draft with 3", page + "/edit?at=3");
    assertThat(author.get(page + "?at=much").body()).contains("needs a number, got");
    String draft = author.get(page + "/edit?at=3").body();
    assertThat(draft).contains("seen &lt;= 3\n", "name=\"opened\" value=\"camera.assay\"");
    assertThat(site.text("camera.assay").orElseThrow()).as("nothing is published").contains("<= 4");
    assertThat(author.get("/p/default/assertions/camera_004/sweeps").body())
        .contains(page, "href=\"/p/default/assertions/camera_004/sweeps.csv\" download>");
    assertThat(author.get("/p/default/assertions/camera_004/sweeps.csv").body())
        .startsWith("asked,by,condition,unit,active,least,greatest,values,")
        .contains(",done,", id);
    assertThat(author.get("/p/default/backtests").body()).doesNotContain(id);
    assertThat(author.get("/p/default/backtests/" + id).statusCode()).isEqualTo(404);
  }

  @Test
  void programsAskReadAndCancel() throws InterruptedException {
    JsonNode limits =
        json(author.get(API + "assertions/camera_004/limits", "application/json"), 200);
    JsonNode limit = limits.path("items").path(0);
    assertThat(limit.path("condition").asString()).isEqualTo("seen <= 4");
    assertThat(limit.path("value").asInt()).isEqualTo(4);
    assertThat(limit.path("whole").asBoolean()).isTrue();
    String range =
        "\"from\":\"%s\",\"to\":\"%s\"".formatted(now.minusSeconds(3600), now.plusSeconds(60));
    JsonNode begun =
        json(
            author.send(
                "POST",
                API + "sweeps",
                "{\"assertion\":\"camera_004\",\"limit\":\"expect-1\",\"low\":0,\"high\":9,\"steps\":10,%s}"
                    .formatted(range)),
            202);
    String id = begun.path("id").asString();
    JsonNode figures = figures(id);
    assertThat(figures.path("events").asLong()).isEqualTo(10);
    assertThat(figures.path("points").size()).isEqualTo(10);
    JsonNode listed = json(author.get(API + "sweeps?limit=1", "application/json"), 200);
    assertThat(listed.path("items").size()).isEqualTo(1);
    JsonNode draft =
        json(author.get(API + "sweeps/" + id + "/draft?at=7", "application/json"), 200);
    assertThat(draft.path("text").asString()).contains("seen <= 7");

    // Held by an instance that is alive.
    jdbc()
        .sql(
            "update backtest set state = 'RUNNING', worker = 'other', lease = now() + interval '1"
                + " hour', result = null, ended = null where id = ?")
        .param(id)
        .update();
    JsonNode cancelled = json(author.send("DELETE", API + "sweeps/" + id, ""), 200);
    assertThat(cancelled.path("state").asString()).isEqualTo("cancelled");

    for (var wrong :
        Map.of(
                "{\"assertion\":\"named\",%s}", "'named' has no threshold to move",
                "{\"assertion\":\"camera_004\",\"limit\":\"expect-9\",%s}", "it has expect-1",
                "{\"assertion\":\"camera_004\",\"low\":5,\"high\":5,%s}", "lower end below",
                "{\"assertion\":\"camera_004\",\"steps\":99,%s}", "needs 2 .. 20, got 99")
            .entrySet()) {
      JsonNode refused =
          json(author.send("POST", API + "sweeps", wrong.getKey().formatted(range)), 422);
      assertThat(refused.path("detail").asString()).contains(wrong.getValue());
    }
    json(author.get(API + "assertions/gone/limits", "application/json"), 404);
    json(author.get(API + "sweeps/gone", "application/json"), 404);
  }

  @Test
  void oneWhoseInstanceWasKilledIsBegunAnew() throws InterruptedException {
    String page = begin(Map.of("limit", "expect-1", "low", "3", "high", "5", "steps", "3"));
    String id = page.substring(page.lastIndexOf('/') + 1);
    assertThat(over(page)).contains(">done<");
    // As kill -9 leaves it: nobody tells of it any more.
    jdbc()
        .sql(
            "update backtest set state = 'RUNNING', worker = 'dead', lease = now() - interval '1"
                + " second', result = null, ended = null, percent = 40 where id = ?")
        .param(id)
        .update();
    assertThat(figures(id).path("points").path(0).path("violations").asLong()).isEqualTo(6);
    assertThat(
            jdbc()
                .sql("select attempts from backtest where id = ?")
                .param(id)
                .query(Long.class)
                .single())
        .isEqualTo(2L);
  }

  @Test
  void anAssertionWithoutAThresholdSaysSo() {
    assertThat(author.get("/p/default/assertions/named/sweeps").body())
        .contains("This assertion has no threshold to move");
    HttpResponse<String> refused =
        author.post("/p/default/assertions/named/sweeps", Map.of("low", "1", "high", "2"));
    assertThat(refused.statusCode()).isEqualTo(200);
    assertThat(refused.body()).contains("has no threshold to move");
    HttpResponse<String> typed =
        author.post(
            "/p/default/assertions/camera_004/sweeps",
            Map.of("limit", "expect-1", "low", "few", "high", "2"));
    assertThat(typed.body()).contains("low needs a number, got", "value=\"2\"");
    assertThat(author.get("/p/default/assertions/gone/sweeps").statusCode()).isEqualTo(404);
  }
}
