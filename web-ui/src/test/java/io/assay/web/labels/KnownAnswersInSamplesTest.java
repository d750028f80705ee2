package io.assay.web.labels;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.access.Role;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.Installation;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What goes out tells no reviewer which of the items that wait for them have a known answer. */
class KnownAnswersInSamplesTest {
  private static final String PROJECT = "answers";
  private static final String API = "/api/v1/projects/" + PROJECT;
  private static final JsonMapper JSON = JsonMapper.shared();

  private static Installation here;
  private static BrowsingClient reviewer;
  private static BrowsingClient other;
  private static BrowsingClient author;

  @BeforeAll
  static void fill() throws SQLException {
    here = Installation.shared();
    execute(
        """
        insert into project (name, title) values ('answers', 'Answers');
        insert into label_round (project, number, opened, opened_by, seed, plan, closed, closed_by, closed_why)
        select 'answers', i, now(), 'somebody', 1, '{"budget": 1, "firing": {}, "why": ""}', now(), '', ''
        from generate_series(1, 2) i;
        insert into label_item (project, id, round, assertion, stream, key, label, day, violation, judgement_hash, at,
          severity, arm, reason, probability, around, rank, status, finding, gold, said, event)
        select 'answers', id, round, '', 'camera', 'k', '', '2026-03-01', '', '', '2026-03-01T12:00:00Z', 1, 'random',
          '', 1, 0, rank, status, finding, gold, said, json_build_object('id', 'e-' || id, 'at', 0, 'fields', '{}'::json)
        from (values ('known', 1, 3, 'SETTLED', 'ERROR', 'ERROR', 1), ('agreed', 1, 2, 'AGREED', 'NO_ERROR', null, 1),
          ('waits', 2, 1, 'OPEN', null, null, 0)) i (id, round, rank, status, finding, gold, said);
        insert into label_verdict (project, item, reviewer, at, finding)
        values ('answers', 'known', 'somebody', now(), 'ERROR'), ('answers', 'agreed', 'somebody', now(), 'NO_ERROR')\
        """);
    reviewer = member("a-reviewer", Role.REVIEWER);
    other = member("b-reviewer", Role.REVIEWER);
    author = member("an-author", Role.AUTHOR);
  }

  private static BrowsingClient member(String name, Role role) {
    BrowsingClient client = here.anonymous();
    client.login("answers-" + name, here.add(PROJECT, "answers-" + name, role));
    return client;
  }

  private static void execute(String sql) throws SQLException {
    try (var connection = here.web().database().connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void whoMayBeGivenAnItemReadsItAsOneThatWaits() throws SQLException {
    assertThat(events(author, "")).containsExactly("e-known", "e-agreed", "e-waits");
    assertThat(sample(author, "", "e-known")).contains("error", "somebody");

    // Of the newest round, as the queue has it, and nobody has said anything.
    assertThat(events(reviewer, "")).containsExactly("e-agreed", "e-known", "e-waits");
    assertThat(events(reviewer, "?round=1")).containsExactly("e-agreed");
    assertThat(events(reviewer, "?round=2")).containsExactly("e-known", "e-waits");
    assertThat(sample(reviewer, "", "e-known").replaceAll("\"(e-)?known\"", "\"$1waits\""))
        .isEqualTo(sample(reviewer, "", "e-waits"));
    assertThat(sample(reviewer, "", "e-agreed")).contains("somebody");

    // Whoever has said something of it is told.
    execute(
        "insert into label_verdict (project, item, reviewer, at, finding) values ('answers',"
            + " 'known', 'answers-b-reviewer', now(), 'ERROR')");
    assertThat(events(other, "")).containsExactly("e-known", "e-agreed", "e-waits");
    assertThat(events(reviewer, "")).containsExactly("e-agreed", "e-known", "e-waits");
  }

  @Test
  void filesOfOthersAreNotForWhoeverIsStillToReview() throws InterruptedException {
    String whole = export(author);
    assertThat(author.get(file(whole), "*/*").body()).contains("somebody");
    var refused = reviewer.get(file(whole), "*/*");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("may tell known answers");
    assertThat(reviewer.get("/p/answers/labels").body())
        .contains("may tell known answers")
        .doesNotContain(file(whole));

    String own = export(reviewer);
    var told = reviewer.get(file(own), "*/*");
    assertThat(told.statusCode()).isEqualTo(200);
    assertThat(told.body().lines().filter(line -> line.contains("e-known")))
        .singleElement()
        .asString()
        .doesNotContain("somebody");
    assertThat(reviewer.get("/p/answers/labels").body()).contains(file(own));
    assertThat(author.get("/p/answers/labels").body()).contains(file(own), file(whole));
  }

  private static String export(BrowsingClient who) throws InterruptedException {
    JsonNode run = JSON.readTree(who.send("POST", API + "/exports", Map.of(), "").body());
    String id = run.path("id").asString();
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      String status =
          JSON.readTree(who.get(API + "/exports/" + id, "application/json").body())
              .path("status")
              .asString();
      if (status.equals("done")) {
        return id;
      }
      assertThat(status).isEqualTo("running");
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(50);
    }
  }

  private static String file(String export) {
    return API + "/exports/" + export + "/file";
  }

  private static List<String> lines(BrowsingClient who, String query) {
    var answer = who.get(API + "/samples" + query, "*/*");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body().lines().toList();
  }

  private static String sample(BrowsingClient who, String query, String event) {
    return lines(who, query).stream()
        .filter(line -> line.contains(event))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> events(BrowsingClient who, String query) {
    return lines(who, query).stream()
        .map(
            line ->
                List.of("e-known", "e-agreed", "e-waits").stream()
                    .filter(line::contains)
                    .findFirst()
                    .orElseThrow())
        .toList();
  }
}
