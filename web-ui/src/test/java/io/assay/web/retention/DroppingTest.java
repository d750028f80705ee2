package io.assay.web.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.assay.web.access.AuditLog;
import io.assay.web.access.Role;
import io.assay.web.sink.JudgedStreet;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.Installation;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** What is over goes, what others keep stays, and it is written down. */
class DroppingTest {
  /** Who wants to drop a partition, and cannot yet. */
  private static final String WAITING =
      "pg_locks where not granted and mode = 'AccessExclusiveLock' and database = (select oid from"
          + " pg_database where datname = current_database())";

  private static Installation here;
  private static RetentionSettings settings;
  private static Dropping dropping;
  private static AuditLog log;

  @BeforeAll
  static void start() {
    here = Installation.shared();
    ConfigurableApplicationContext context = here.web().running().context();
    settings = context.getBean(RetentionSettings.class);
    dropping = context.getBean(Dropping.class);
    log = context.getBean(AuditLog.class);
  }

  /** A project with violations of so many days ago. */
  private static void judged(String project, int daysAgo) throws SQLException {
    sql(
        "insert into project (name, title) values ('%1$s', '%1$s') on conflict do nothing"
            .formatted(project));
    JudgedStreet.drive(project, 5, Instant.now().minus(Duration.ofDays(daysAgo)), 300)
        .store(here.web().database().connect());
  }

  private static void sql(String text) throws SQLException {
    try (var connection = here.web().database().connect();
        var statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  private static long count(String from) throws SQLException {
    try (var connection = here.web().database().connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from " + from)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Test
  void whatOneKeepsStaysAndADayThatNobodyKeepsGoesWhole() throws SQLException {
    judged("forgetful", 400);
    judged("careful", 400);
    String day =
        "violation_"
            + LocalDate.ofInstant(Instant.now().minus(Duration.ofDays(400)), ZoneOffset.UTC)
                .toString()
                .replace('-', '_');
    settings.change("forgetful", "someone", Kind.VIOLATIONS, OptionalInt.of(30));
    settings.change("forgetful", "someone", Kind.MINUTES, OptionalInt.of(30));
    long own = count("violation where project = 'forgetful'");
    assertThat(own).isPositive();
    assertThat(dropping.over("forgetful", Map.of(Kind.VIOLATIONS, 30, Kind.HOURS, 30)))
        .containsEntry(Kind.VIOLATIONS, own)
        .hasSize(2);

    dropping.dropDays();
    assertThat(count("violation where project = 'forgetful'")).isEqualTo(own);
    dropping.drop("forgetful");
    assertThat(count("violation where project = 'forgetful'")).isZero();
    assertThat(count("count_minute where project = 'forgetful'")).isZero();
    assertThat(count("slice_minute where project = 'forgetful'")).isZero();
    assertThat(count("slice_span where project = 'forgetful' and span < 60")).isZero();
    assertThat(count("slice_span where project = 'forgetful' and span = 60")).isPositive();
    assertThat(count("slice_span where project = 'forgetful' and span = 1440")).isPositive();
    assertThat(count("slice_minute where project = 'careful'")).isPositive();
    assertThat(count("count_hour where project = 'forgetful'")).isPositive();
    assertThat(count("violation where project = 'careful'")).isPositive();
    assertThat(
            log.lines(
                "forgetful",
                new AuditLog.Wanted(null, "retention.dropped", null, null, null),
                Optional.empty(),
                9))
        .extracting(AuditLog.Line::actor, AuditLog.Line::subject)
        .contains(tuple("system", "violations"));

    settings.change("careful", "someone", Kind.VIOLATIONS, OptionalInt.of(399));
    dropping.dropDays();
    assertThat(count("pg_class where relname = '" + day + "'")).isZero();
    // The day may come again: whoever writes makes it anew.
    judged("careful", 400);
    assertThat(count("violation where project = 'careful'")).isPositive();
  }

  /** A closed project keeps what it has, also where another's time is over. */
  @Test
  void ofAClosedProjectNothingGoes() throws SQLException {
    judged("resting", 500);
    judged("awake", 500);
    for (String project : List.of("resting", "awake")) {
      settings.change(project, "someone", Kind.VIOLATIONS, OptionalInt.of(30));
    }
    sql("update project set closed = now(), closed_by = 'someone' where name = 'resting'");
    long kept = count("violation where project = 'resting'");
    assertThat(kept).isPositive();
    dropping.dropDays();
    assertThat(count("violation where project = 'resting'")).isEqualTo(kept);
    sql("update project set closed = null, closed_by = null where name = 'resting'");
    dropping.dropDays();
    assertThat(count("violation where project = 'resting'")).isZero();
  }

  /** A sink that is just storing what its project keeps is waited for, and what it stored stays. */
  @Test
  void whatIsStoredWhileADayIsToGoStays() throws Exception {
    judged("over", 600);
    settings.change("over", "someone", Kind.VIOLATIONS, OptionalInt.of(30));
    try (var sink = here.web().database().connect();
        var statement = sink.createStatement()) {
      sink.setAutoCommit(false);
      statement.execute(
          "create temp table arriving on commit drop as select * from violation where project ="
              + " 'over'");
      statement.execute("update arriving set project = 'keeper'");
      int stored = statement.executeUpdate("insert into violation select * from arriving");
      assertThat(stored).isPositive();
      Thread drops = Thread.ofPlatform().start(dropping::dropDays);
      while (drops.isAlive() && count(WAITING) == 0) {
        Thread.onSpinWait();
      }
      sink.commit();
      drops.join();
      assertThat(count("violation where project = 'keeper'")).isEqualTo(stored);
    }
    sql("delete from violation where project = 'keeper'");
    dropping.dropDays();
    assertThat(count("violation where project = 'over'")).isZero();
  }

  @Test
  void daysAndFiguresOfWindowsGoWhenTheyAreOver() throws SQLException {
    judged("short", 200);
    judged("short", 1);
    judged("long", 200);
    for (String project : List.of("short", "long")) {
      for (int daysAgo : List.of(200, 1)) {
        sql(
            "insert into window_figures (project, assertion, lines, segment, begins, ends, stream,"
                + " open, figures) values ('%1$s', 'drift', '1', '', now() - interval '%2$d days 1"
                    .formatted(project, daysAgo)
                + " hour', now() - interval '%d days', 'street', false, '[]')".formatted(daysAgo));
      }
    }
    long young = count("violation_day where project = 'short' and day > now() - interval '9 days'");
    assertThat(young).isPositive();
    assertThat(count("violation_day where project = 'short'")).isGreaterThan(young);
    settings.change("short", "someone", Kind.DAYS, OptionalInt.of(30));
    settings.change("short", "someone", Kind.FIGURES, OptionalInt.of(30));
    assertThat(dropping.over("short", Map.of(Kind.FIGURES, 30))).containsEntry(Kind.FIGURES, 1L);

    dropping.drop("short");
    assertThat(count("violation_day where project = 'short'")).isEqualTo(young);
    assertThat(count("count_day where project = 'short' and day < now() - interval '30 days'"))
        .isZero();
    assertThat(count("count_day where project = 'short'")).isPositive();
    assertThat(count("count_hour where project = 'short' and hour < now() - interval '30 days'"))
        .isPositive();
    assertThat(count("window_figures where project = 'short'")).isEqualTo(1);
    assertThat(count("count_day where project = 'long'")).isPositive();
    assertThat(count("window_figures where project = 'long'")).isEqualTo(2);
  }

  @Test
  void deliveriesGoOnceTheyAreOverAndThoseThatWaitStay() throws SQLException {
    for (String status : List.of("DONE", "PENDING")) {
      sql(
          "insert into webhook_delivery (project, event, subject, body, created, next, status)"
              + " values ('told', 'round.closed', '%1$s', '{}', now() - interval '200 days', now(),"
                  .formatted(status)
              + " '%s')".formatted(status));
    }
    settings.change("told", "someone", Kind.DELIVERIES, OptionalInt.of(30));
    dropping.drop("told");
    assertThat(count("webhook_delivery where project = 'told'")).isEqualTo(1);
    assertThat(count("webhook_delivery where project = 'told' and status = 'PENDING'"))
        .isEqualTo(1);
  }

  @Test
  void administratorsDecideAndItIsWrittenDown() {
    BrowsingClient administrator = here.member(Role.ADMINISTRATOR);
    administrator.get("/p/default/retention");
    administrator.post("/p/default/retention", Map.of("kind", "hours", "days", "700"));
    assertThat(administrator.get("/p/default/retention").body())
        .contains("value=\"700\"", "decided by the-administrator");
    assertThat(
            administrator
                .send("PUT", "/api/v1/projects/default/retention/hours", "{\"days\":null}")
                .body())
        .contains("{\"kind\":\"hours\",\"days\":null");
    String api = "/api/v1/projects/default/retention";
    String asked = administrator.get(api + "?violations=30", "application/json").body();
    assertThat(asked)
        .startsWith("{\"items\":[{\"kind\":\"")
        .contains("\"kind\":\"violations\",\"days\":30", "\"next\":null");
    assertThat(administrator.get(api + "?violations=0", "application/json").body())
        .contains("violations needs 1 to 36500 days, got '0'");
    assertThat(administrator.get(api + "?tears=3", "application/json").body())
        .contains("a kind is one of", "got 'tears'");
    // No broker here: it is said, and not that there are no topics.
    assertThat(administrator.get(api + "/topics", "application/json").body())
        .contains("\"items\":[],\"next\":null", "is not set");
    assertThat(administrator.get("/p/default/audit?action=retention.changed").body())
        .contains("700 days to for ever", "for ever to 700 days");
    assertThat(
            administrator
                .send("PUT", "/api/v1/projects/default/retention/hours", "{\"days\":0}")
                .body())
        .contains("needs 1 to 36500 days");
    administrator.post("/p/default/retention", Map.of("kind", "hours", "days", "many"));
    assertThat(administrator.get("/p/default/retention").body()).contains("got &#39;many&#39;");
  }

  @Test
  void daysAreSome() {
    assertThatThrownBy(() -> settings.change("default", "x", Kind.HOURS, OptionalInt.of(40_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 40000");
  }

  @Test
  void theRecordIsLookedThroughByPartsAndExportedWithoutFormulas() throws SQLException {
    sql(
        "insert into audit (project, at, actor, action, subject, detail) select 'default', now(),"
            + " '=cmd', 'member.added', '+subject ' || n, '-1' from generate_series(1, 60) n");
    BrowsingClient administrator = here.member(Role.ADMINISTRATOR);
    String first = administrator.get("/p/default/audit?text=SUBJECT").body();
    assertThat(first).contains("+subject 60", "before=").doesNotContain("+subject 10<");
    String csv = administrator.get("/p/default/audit.csv?actor=%3Dcmd").body();
    assertThat(csv.lines().count()).isEqualTo(61);
    assertThat(csv).contains("'=cmd,member.added,'+subject 60,'-1");
    String json =
        administrator
            .get("/api/v1/projects/default/audit?text=subject&limit=2", "application/json")
            .body();
    assertThat(json)
        .contains("+subject 60", "+subject 59", "\"next\":")
        .doesNotContain("subject 58");
    String next = JsonMapper.shared().readTree(json).path("next").asString();
    assertThat(
            administrator
                .get(
                    "/api/v1/projects/default/audit?text=subject&limit=2&before=" + next,
                    "application/json")
                .body())
        .contains("\"items\":[{", "+subject 58", "+subject 57")
        .doesNotContain("subject 59");
    assertThat(
            administrator.get("/api/v1/projects/default/audit/filters", "application/json").body())
        .contains("\"=cmd\"", "\"member.added\"");
    assertThat(
            administrator
                .get("/api/v1/projects/default/audit?since=never", "application/json")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void aClosedProjectIsThereForItsAdministratorsAlone() {
    BrowsingClient administrator = here.member(Role.ADMINISTRATOR);
    administrator.get("/p/default/projects");
    administrator.post("/p/default/projects", Map.of("name", "second", "title", "A second one"));
    assertThat(administrator.get("/p/second/projects").body()).contains("A second one");
    String password = here.add("second", "second-viewer", Role.VIEWER);
    BrowsingClient viewer = here.anonymous();
    viewer.login("second-viewer", password);
    assertThat(viewer.get("/p/second").statusCode()).isEqualTo(200);

    administrator.post("/p/second/projects/close", Map.of("confirmed", "first"));
    assertThat(viewer.get("/p/second").statusCode()).isEqualTo(200);
    administrator.post("/p/second/projects/close", Map.of("confirmed", "second"));
    assertThat(viewer.get("/p/second").statusCode()).isEqualTo(404);
    assertThat(administrator.get("/p/second/audit").body()).contains("project closed");
    administrator.post("/p/second/projects/open", Map.of());
    assertThat(viewer.get("/p/second").statusCode()).isEqualTo(200);
    assertThat(
            administrator
                .send("POST", "/api/v1/projects/default/projects", "{\"name\":\"A\"}")
                .body())
        .contains("small letters");
    String api = "/api/v1/projects/default/projects";
    var made = administrator.send("POST", api, "{\"name\":\"third\",\"title\":\"A third\"}");
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.body()).startsWith("{\"name\":\"third\",\"title\":\"A third\",\"members\":1");
    String listed = administrator.get(api + "?limit=1&after=default", "application/json").body();
    assertThat(listed).contains("\"name\":\"second\"", "\"next\":\"second\"");
    assertThat(
            administrator
                .send("POST", "/api/v1/projects/third/close", "{\"confirmed\":\"third\"}")
                .body())
        .contains("\"name\":\"third\"")
        .doesNotContain("\"closed\":null");
  }
}
