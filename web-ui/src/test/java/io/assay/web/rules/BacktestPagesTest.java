package io.assay.web.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleHome;
import io.assay.web.access.Role;
import io.assay.web.system.BrowsingClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A draft is judged over a topic, beside the rules in force. */
class BacktestPagesTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static RulesSite site;
  private static BrowsingClient author;

  @TempDir private static Path archive;

  @BeforeAll
  static void start() {
    site = RulesSite.start(Map.of("assay.archive.folder", archive.toString()));
    author = site.member("an-author", Role.AUTHOR);
    // In force: a violation where more than 0 are seen.
    site.publish(
        RuleHome.WEB, "", false, new SourceFile("camera.assay", site.file("camera", 1, "draft")));
    site.topic("camera");
    long now = Instant.now().toEpochMilli();
    for (int seen = 0; seen < 10; seen++) {
      site.event(
          "camera",
          "{\"vehicle\":\"v1\",\"at\":%d,\"seen\":%d}".formatted(now - 60_000 + seen, seen));
    }
  }

  @AfterAll
  static void stop() {
    site.close();
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

  private static String begin(Map<String, String> form) {
    var begun = author.post("/p/default/backtests", form);
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(302);
    return URI.create(begun.headers().firstValue("Location").orElseThrow()).getPath();
  }

  @Test
  void aDraftIsComparedWithTheRulesInForce() throws InterruptedException {
    String text = site.file("camera", 1, "draft").replace("seen <= 0", "seen <= 4");
    String page = begin(Map.of("file", "camera.assay", "text", text, "hours", "1"));
    String html = over(page);
    // Of ten events nine have been violations, and five are left.
    assertThat(html)
        .contains(">done<", "judges in another way")
        .containsPattern(
            "number\">10</td>\\s*<td class=\"number\">0</td>\\s*<td class=\"number\">5")
        .containsPattern("number\">0</td>\\s*<td class=\"number\">4</td>\\s*<td class=\"number\">5")
        .contains("Found by the rules in force alone");
    assertThat(author.get(page + "/edit").body()).contains("seen &lt;= 4");
  }

  @Test
  void oneWhoseInstanceWasKilledIsBegunAnewAndListed() throws InterruptedException {
    String text = site.file("camera", 1, "draft").replace("seen <= 0", "seen <= 6");
    String page = begin(Map.of("file", "camera.assay", "text", text, "hours", "1"));
    assertThat(over(page)).contains(">done<");
    String id = page.substring(page.lastIndexOf('/') + 1);
    JdbcClient jdbc = site.web.running().context().getBean(JdbcClient.class);
    // As kill -9 leaves it: nobody tells of it any more.
    jdbc.sql(
            "update backtest set state = 'RUNNING', worker = 'dead', lease = now() - interval '1"
                + " second', result = null, ended = null, percent = 40 where id = ?")
        .param(id)
        .update();
    assertThat(over(page))
        .contains(">done<")
        .containsPattern(
            "number\">0</td>\\s*<td class=\"number\">6</td>\\s*<td class=\"number\">3");
    assertThat(jdbc.sql("select attempts from backtest where id = ?").param(id).query(Long.class))
        .extracting(one -> one.single())
        .isEqualTo(2L);

    assertThat(author.get("/p/default/backtests").body())
        .contains(page, "an-author", ">done<")
        .containsPattern("number\">9</td>\\s*<td class=\"number\">3");
    assertThat(author.get("/p/default/backtests.csv").body())
        .startsWith("asked,by,file,")
        .contains(",done,9,3,", id);
    assertThat(author.get("/api/v1/projects/default/backtests?limit=1", "application/json").body())
        .contains("\"items\":[{", "\"next\":");
    var again = author.post(page + "/again", Map.of());
    assertThat(again.statusCode()).isEqualTo(302);
    String other = URI.create(again.headers().firstValue("Location").orElseThrow()).getPath();
    assertThat(other).isNotEqualTo(page);
    assertThat(over(other)).contains(">done<");
  }

  @Test
  void programsAskForOneAgainAndReadWhatWasJudged() throws InterruptedException {
    String api = "/api/v1/projects/default/backtests/";
    String text = site.file("camera", 1, "draft").replace("seen <= 0", "seen <= 7");
    String page = begin(Map.of("file", "camera.assay", "text", text, "hours", "1"));
    String id = page.substring(page.lastIndexOf('/') + 1);
    assertThat(over(page)).contains(">done<");
    JsonNode draft = JSON.readTree(author.get(api + id + "/draft", "application/json").body());
    assertThat(draft.path("text").asString()).isEqualTo(text);
    assertThat(draft.path("change").valueStream().map(one -> one.path("kind").asString()))
        .contains("removed", "added", "same");
    var answer = author.send("POST", api + id + "/again", "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    JsonNode begun = JSON.readTree(answer.body());
    assertThat(begun.path("id").asString()).isNotEqualTo(id);
    assertThat(over("/p/default/backtests/" + begun.path("id").asString())).contains(">done<");
    JsonNode done =
        JSON.readTree(author.get(api + begun.path("id").asString(), "application/json").body());
    assertThat(done.path("violationsDraft").asLong()).isEqualTo(2);
    assertThat(done.path("violationsInForce").asLong()).isEqualTo(9);
    assertThat(done.path("figures").path("compared").asBoolean()).isTrue();
    assertThat(author.send("POST", api + "nothing/again", "").statusCode()).isEqualTo(404);
  }

  @Test
  void aCancelledOneStaysOne() throws InterruptedException {
    String text = site.file("camera", 1, "draft");
    String page = begin(Map.of("file", "camera.assay", "text", text, "hours", "1"));
    JdbcClient jdbc = site.web.running().context().getBean(JdbcClient.class);
    assertThat(over(page)).contains(">done<");
    // Held by an instance that is alive.
    jdbc.sql(
            "update backtest set state = 'RUNNING', worker = 'other', lease = now() + interval '1"
                + " hour', result = null, ended = null where id = ?")
        .param(page.substring(page.lastIndexOf('/') + 1))
        .update();
    assertThat(author.post(page + "/cancel", Map.of()).statusCode()).isEqualTo(302);
    assertThat(over(page)).contains(">cancelled<", "Run again");
  }

  @Test
  void whatTheTopicHasForgottenComesFromTheArchive() throws InterruptedException {
    site.topic("lidar");
    long now = Instant.now().toEpochMilli();
    for (int seen = 0; seen < 20; seen++) {
      site.event(
          "lidar",
          "{\"vehicle\":\"v1\",\"at\":%d,\"seen\":%d}".formatted(now - 60_000 + seen, seen));
    }
    Map<String, String> form =
        Map.of("file", "lidar.assay", "text", site.file("lidar", 1, "draft"), "hours", "1");
    site.archive("lidar", archive, 15);
    site.forget("lidar", 12);
    // Twelve are left in the archive alone, three in both, and five in the topic alone.
    assertThat(over(begin(form)))
        .contains(">done<", "nothing that is known of")
        .containsPattern(
            "number\">20</td>\\s*<td class=\"number\">0</td>\\s*<td class=\"number\">19")
        .containsPattern("number\">8</td>\\s*<td class=\"number\">12</td>");

    site.forget("lidar", 17);
    // Two are nowhere any more.
    assertThat(over(begin(form)))
        .contains(">done<", "2 records between")
        .containsPattern("number\">3</td>\\s*<td class=\"number\">15</td>");
  }

  @Test
  void aDraftWithMistakesIsNotJudged() {
    String text = site.file("camera", 1, "draft").replace("seen <= 0", "sen <= 4");
    var refused =
        author.post(
            "/p/default/backtests",
            Map.of("file", "camera.assay", "opened", "camera.assay", "text", text, "hours", "7"));
    // In the editor, with what was typed and why.
    assertThat(refused.statusCode()).isEqualTo(200);
    assertThat(refused.body())
        .contains("The backtest did not begin", "unknown name", "sen &lt;= 4")
        .contains("name=\"hours\" value=\"7\"");
  }

  @Test
  void theRangeMayEndInThePast() throws InterruptedException {
    String text = site.file("camera", 1, "draft");
    String end =
        Instant.now().minus(Duration.ofHours(3)).truncatedTo(ChronoUnit.SECONDS).toString();
    String page = begin(Map.of("file", "camera.assay", "text", text, "hours", "1", "until", end));
    String html = over(page);
    assertThat(html)
        .contains(">done<", " – " + end.substring(0, 16).replace("T", " "))
        .containsPattern("<td class=\"number\">0</td><td class=\"number\">0</td>");

    var refused =
        author.post(
            "/p/default/backtests",
            Map.of("file", "camera.assay", "text", text, "until", "yesterday"));
    assertThat(refused.statusCode()).isEqualTo(200);
    assertThat(refused.body())
        .contains("The backtest did not begin", "needs a time such as", "value=\"yesterday\"");
  }
}
