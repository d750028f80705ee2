package io.assay.web.labels;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.access.Role;
import io.assay.web.access.Scope;
import io.assay.web.access.TokenWish;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.Installation;
import io.assay.web.system.ProgramClient;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What goes out tells no reviewer which of the items that wait for them have a known answer. */
class KnownAnswersInSamplesTest {
  private static final String PROJECT = "answers";
  private static final String API = "/api/v1/projects/" + PROJECT;

  /** Of what is known alone. */
  private static final String FOUND = "\"verdict\":\"error\"";

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
          '', 1, 0, rank, status, finding, gold, said, case when id <> 'gone' then json_build_object('id', 'e-' || id, 'at', 0, 'fields', '{}'::json) end
        from (values ('known', 1, 3, 'SETTLED', 'ERROR', 'ERROR', 1), ('agreed', 1, 2, 'AGREED', 'NO_ERROR', null, 1),
          ('gone', 1, 4, 'SETTLED', 'ERROR', 'ERROR', 1), ('waits', 2, 1, 'OPEN', null, null, 0)) i (id, round, rank, status, finding, gold, said);
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
        .doesNotContain("somebody", FOUND);
    assertThat(reviewer.get("/p/answers/labels").body()).contains(file(own));
    assertThat(author.get("/p/answers/labels").body()).contains(file(own), file(whole));
  }

  @Test
  void aTokenOfAReviewersNameMakesNoFileOfTheirs() throws InterruptedException {
    String file = file(exportOfProgram("answers-a-reviewer"));
    var refused = reviewer.get(file, "*/*");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("may tell known answers");
    assertThat(reviewer.get("/p/answers/labels").body()).doesNotContain(file);
  }

  @Test
  void whatWasMadeWhileNothingWasHiddenIsNotForWhoeverMadeIt()
      throws SQLException, InterruptedException {
    // As the version before left it.
    execute(
        """
        insert into export_run (project, id, format, outside, fps, clear, by, at, status, alive, bytes)
        values ('answers', 'older', 'json-lines', 'mask', 25, true, 'answers-a-reviewer', now(), 'DONE', now(), 8);
        insert into export_chunk values ('answers', 'older', 0, 'somebody')\
        """);
    assertThat(reviewer.get(file("older"), "*/*").statusCode()).isEqualTo(403);
    assertThat(reviewer.get("/p/answers/labels").body()).doesNotContain(file("older"));
    assertThat(author.get(file("older"), "*/*").body()).isEqualTo("somebody");

    BrowsingClient wasAuthor = member("c-reviewer", Role.AUTHOR);
    String whole = export(wasAuthor);
    assertThat(wasAuthor.get(file(whole), "*/*").statusCode()).isEqualTo(200);
    execute("update membership set role = 'REVIEWER' where account = 'answers-c-reviewer'");
    assertThat(wasAuthor.get(file(whole), "*/*").statusCode()).isEqualTo(403);
    assertThat(wasAuthor.get(file(export(wasAuthor)), "*/*").statusCode()).isEqualTo(200);
  }

  @Test
  void whoNeverGivesVerdictsReadsEverythingButPrivateFields() throws InterruptedException {
    BrowsingClient viewer = member("a-viewer", Role.VIEWER);
    assertThat(events(viewer, "")).containsExactly("e-known", "e-agreed", "e-waits");
    assertThat(sample(viewer, "", "e-known")).contains(FOUND);
    String masked = file(exportOfProgram("trainer"));
    assertThat(viewer.get(masked, "*/*").body()).contains(FOUND);
    String clear = file(export(author));
    var refused = viewer.get(clear, "*/*");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("has private fields");
    assertThat(viewer.get("/p/answers/labels").body())
        .contains(masked, "has private fields")
        .doesNotContain(clear, "may tell known answers");
  }

  /** Items whose violation is stored no more count, too, and are in no file. */
  @Test
  void countsTellTheRoundsThatTheFileTells() throws InterruptedException {
    assertThat(counts(author, 1)).isEqualTo("3 read, 2 in the file, 1 left out");
    assertThat(counts(author, 2)).isEqualTo("1 read, 1 in the file, 0 left out");
    assertThat(counts(reviewer, 1)).isEqualTo("1 read, 1 in the file, 0 left out");
    assertThat(counts(reviewer, 2)).isEqualTo("3 read, 2 in the file, 1 left out");
  }

  /** As an export has them; samples that are answered at once have to agree. */
  private static String counts(BrowsingClient who, int round) throws InterruptedException {
    String query = "?round=" + round;
    String id = export(who, query);
    JsonNode run = JSON.readTree(who.get(API + "/exports/" + id, "application/json").body());
    var headers = who.get(API + "/samples" + query, "*/*").headers();
    assertThat(headers.firstValueAsLong("X-Assay-Samples")).hasValue(run.path("samples").asLong());
    assertThat(headers.firstValueAsLong("X-Assay-Left-Out")).hasValue(run.path("leftOut").asLong());
    return "%d read, %d in the file, %d left out"
        .formatted(
            run.path("of").asInt(), run.path("samples").asInt(), run.path("leftOut").asInt());
  }

  private static String export(BrowsingClient who) throws InterruptedException {
    return export(who, "");
  }

  private static String export(BrowsingClient who, String query) throws InterruptedException {
    return finished(who.send("POST", API + "/exports" + query, Map.of(), "").body());
  }

  private static String exportOfProgram(String name) throws InterruptedException {
    var made = here.token(PROJECT, new TokenWish(name, Set.of(Scope.READ), Set.of(), null));
    var program = new ProgramClient(here.web().address(), made.secret());
    return finished(program.post(API + "/exports", "text/plain", "").body());
  }

  /** The id of one that was started, once it is done. */
  private static String finished(String started) throws InterruptedException {
    String id = JSON.readTree(started).path("id").asString();
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      String status =
          JSON.readTree(author.get(API + "/exports/" + id, "application/json").body())
              .path("status")
              .asString();
      if (status.equals("done")) {
        return id;
      }
      assertThat(status).as(started).isEqualTo("running");
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
