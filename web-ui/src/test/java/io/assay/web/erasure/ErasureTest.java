package io.assay.web.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.access.Role;
import io.assay.web.sink.JudgedStreet;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.Installation;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A key that stands in every table is in none of them afterwards, and others' rows are there. */
class ErasureTest {
  private static final String PROJECT = "erasing";
  private static final String KEY = "subject-7f3a9c";
  private static final String RESUMED = "subject-b1e004";
  private static final String OTHER = "someone-else";

  private static Installation here;
  private static BrowsingClient administrator;

  @BeforeAll
  static void plant() throws SQLException {
    here = Installation.shared();
    run("insert into project (name, title) values ('erasing', 'Erasing')");
    JudgedStreet.drive(PROJECT, 13, Instant.now().minusSeconds(120), 400)
        .store(here.web().database().connect());
    String password = here.add(PROJECT, "eraser", Role.ADMINISTRATOR);
    administrator = here.anonymous();
    administrator.login("eraser", password);
    for (String key : List.of(KEY, RESUMED, OTHER)) {
      rowsOf(key);
    }
  }

  private static void run(String sql) throws SQLException {
    try (var connection = here.web().database().connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** One row or more in each table that may name a key. */
  private static void rowsOf(String key) throws SQLException {
    for (String sql :
        List.of(
            "create temp table one as select * from violation where project = 'erasing' limit 1",
            "update one set key = 'KEY', id = 'v-KEY', prediction = 'p-KEY', label = 'KEY',"
                + " sentence = 'KEY was gone', evidence ="
                + " '{\"stream\":\"camera\",\"key\":\"KEY\"}'",
            "insert into violation select * from one",
            // Another stream shows an event of it.
            "update one set key = 'joined', stream = 'lidar', id = 'j-' || id, prediction = '',"
                + " label = '', sentence = ''",
            "insert into violation select * from one",
            "create temp table ep as select * from episode where project = 'erasing' limit 1",
            "update ep set key = 'KEY', id = 'e-KEY', label = 'KEY', worst_id = 'v-KEY'",
            "insert into episode select * from ep",
            "insert into label_item (project, id, round, assertion, stream, key, label, day,"
                + " violation, judgement_hash, at, severity, arm, reason, probability, around,"
                + " rank) select project, id, 1, assertion, stream, key, label, worst_day,"
                + " worst_id, judgement_hash, opened, worst, 'uniform', '', 1, 5, 1 from ep",
            "insert into label_verdict (project, item, reviewer, at, finding, edited, reason)"
                + " values ('erasing', 'e-KEY', 'r', now(), 'ERROR', '{\"vehicle\":\"KEY\"}', 'KEY"
                + " again')",
            "insert into label_lease (project, item, reviewer, until) values"
                + " ('erasing', 'e-KEY', 'r', now())",
            "insert into label_known values ('erasing', 'flicker', 'KEY', '2', now(), 'r')",
            "insert into label (project, id, prediction, stream, verdict, fields, classes, looked,"
                + " weight, said_by, source, at) values ('erasing', 'l-KEY', 'p-KEY', 'camera',"
                + " 'error', '{}', '{}', '{}', 1, 'r', 'api', now()), ('erasing', 'm-KEY', 'x',"
                + " 'camera', '', '{\"vehicle\":\"KEY\"}', '{}', '{}', 1, 'r', 'api', now())",
            "insert into voted_event values ('erasing', 'camera', 'i-KEY', 'ev-KEY', 'KEY', now(),"
                + " null, now())",
            "insert into alert (project, fingerprint, assertion, rule, labels, annotations, routes,"
                + " phase, evaluated) values ('erasing', 'f-KEY', 'flicker', '',"
                + " '{\"key\":\"KEY\"}', '{\"summary\":\"KEY was gone\"}', '{}', 'FIRING', now())",
            "insert into alert_history (project, at, fingerprint, assertion, condition, level,"
                + " from_phase, to_phase, summary) values ('erasing', now(), 'f', 'flicker', '',"
                + " 'INFO', 'PENDING', 'FIRING', 'it was KEY')",
            "insert into alert_notice (project, route, group_key, status, reason, body, created)"
                + " values ('erasing', 'r', 'g', 'FIRING', 'NEW', '{\"key\":\"KEY\"}', now())",
            "insert into alert_silence (project, matchers, starts, ends, author, comment, created)"
                + " values ('erasing', array['key=\"KEY\"'], now(), now(), 'a', '', now())",
            "insert into webhook_delivery (project, event, subject, body, created, next, status)"
                + " values ('erasing', 'round', 's-KEY', '{\"key\":\"KEY\"}', now(), now(),"
                + " 'DEAD')",
            "insert into sample_outbox (body, next) values"
                + " ('{\"project\":\"erasing\",\"key\":\"KEY\"}', now() + interval '1 day')",
            "insert into dead_letter_count values ('erasing', 'camera', 'broken-KEYLESS', now(), 1,"
                + " 'no number at KEY, column 3')",
            "insert into sink_skipped (project, consumer, topic, partition, at_offset, reason,"
                + " bytes, value) values ('erasing', 'test', 't', 0, hashtext('KEY'), 'KEY?', 1,"
                + " convert_to('{\"k\":\"KEY\"', 'UTF8'))",
            "insert into window_figures (project, assertion, lines, segment, begins, ends, stream,"
                + " open, figures) values ('erasing', 'by_vehicle', '1', 'vehicle KEY, lane 2',"
                + " now(), now(), 'camera', false, '{}')",
            "drop table one",
            "drop table ep")) {
      inOneSession(sql.replace("KEYLESS", "row-" + key.hashCode()).replace("KEY", key));
    }
  }

  private static @Nullable Connection session;

  private static void inOneSession(String sql) throws SQLException {
    if (session == null || session.isClosed()) {
      session = here.web().database().connect();
    }
    try (var statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Tables with the key anywhere: as text, in JSON, or in bytes. */
  private static List<String> tablesWith(String key) throws SQLException {
    String hex = HexFormat.of().formatHex(key.getBytes(StandardCharsets.UTF_8));
    List<String> found = new ArrayList<>();
    try (var connection = here.web().database().connect();
        var statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (var rows =
          statement.executeQuery(
              "select table_name from information_schema.tables where table_schema ="
                  + " current_schema() and table_type = 'BASE TABLE' order by 1")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      assertThat(tables).hasSizeGreaterThan(30);
      for (String table : tables) {
        try (var rows =
            statement.executeQuery(
                "select 1 from %1$s t where t::text like '%%%2$s%%' or t::text like '%%%3$s%%' limit 1"
                    .formatted(table, key, hex))) {
          if (rows.next()) {
            found.add(table.replaceFirst("^violation_\\d.*", "violation"));
          }
        }
      }
    }
    return found.stream().distinct().toList();
  }

  private static String await(long id) throws SQLException {
    String body = "";
    for (int i = 0; i < 300; i++) {
      body = administrator.get("/api/v1/projects/erasing/erasures", "application/json").body();
      try (var connection = here.web().database().connect();
          var statement = connection.createStatement();
          var rows = statement.executeQuery("select status from erasure where id = " + id)) {
        if (rows.next() && rows.getString(1).equals("DONE")) {
          return administrator.get("/api/v1/projects/erasing/erasures", "application/json").body();
        }
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    throw new AssertionError("not over: " + body);
  }

  private static long id(String digestOf) throws SQLException {
    try (var connection = here.web().database().connect();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery("select id, digest from erasure where project = 'erasing'")) {
      while (rows.next()) {
        if (KeyText.isOf(rows.getString(2), digestOf)) {
          return rows.getLong(1);
        }
      }
    }
    throw new AssertionError("no request of " + digestOf);
  }

  @Test
  void whatStoodInEveryTableIsInNone() throws SQLException {
    assertThat(tablesWith(KEY)).hasSizeGreaterThan(13);
    List<String> others = tablesWith(OTHER);
    export();
    assertThat(tablesWith(KEY)).contains("export_chunk");

    administrator.get("/p/erasing/erasure");
    administrator.post(
        "/p/erasing/erasure", Map.of("stream", "camera", "key", KEY, "confirmed", "another"));
    assertThat(tablesWith(KEY)).doesNotContain("erasure");
    administrator.post(
        "/p/erasing/erasure", Map.of("stream", "camera", "key", KEY, "confirmed", KEY));
    String told = await(id(KEY));

    assertThat(tablesWith(KEY)).isEmpty();
    assertThat(tablesWith(OTHER)).isEqualTo(others);
    assertThat(told)
        .doesNotContain(KEY)
        .contains("assay.archive.folder is not set", "nobody can tell the processors");
    String page = administrator.get("/p/erasing/erasure").body();
    assertThat(page)
        .contains("Verdicts and leases", "Exported files", "12 of 12 steps")
        .doesNotContain(KEY);
    assertThat(administrator.get("/p/erasing/audit?text=camera").body())
        .contains("erasure asked for", "erasure done")
        .doesNotContain(KEY);
  }

  @Test
  void programsAskListInPartsAndLookAtOne() {
    String api = "/api/v1/projects/erasing/erasures";
    for (String key : List.of("nobody-1", "nobody-2")) {
      var asked =
          administrator.send("POST", api, "{\"stream\":\"camera\",\"key\":\"%s\"}".formatted(key));
      assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
    }
    JsonMapper json = JsonMapper.shared();
    JsonNode newest = json.readTree(administrator.get(api + "?limit=1", "application/json").body());
    assertThat(newest.path("items")).hasSize(1);
    long id = newest.path("items").path(0).path("id").asLong();
    assertThat(newest.path("next").asString()).isEqualTo(Long.toString(id));
    JsonNode older =
        json.readTree(administrator.get(api + "?limit=1&after=" + id, "application/json").body());
    assertThat(older.path("items").path(0).path("id").asLong()).isLessThan(id);
    assertThat(administrator.get(api + "/" + id, "application/json").body())
        .contains("\"stream\":\"camera\"")
        .doesNotContain("nobody");
    assertThat(administrator.get(api + "/0", "application/json").statusCode()).isEqualTo(404);
    assertThat(administrator.get(api + "?after=x", "application/json").statusCode()).isEqualTo(400);
    assertThat(administrator.get("/p/erasing/erasure?after=" + id).body())
        .doesNotContain("Request %d,".formatted(id))
        .contains("First");
  }

  /** A file that was exported, and one that is being written. */
  private static void export() throws SQLException {
    for (String id : List.of("done", "running")) {
      run(
          "insert into export_run (project, id, format, outside, fps, clear, by, at, status, alive)"
              + " values ('erasing', 'x', 'json-lines', 'mask', 25, true, 'r', now(), upper('x'),"
                  .replace("'x'", "'" + id + "'")
              + " now())");
    }
    run(
        "insert into export_chunk values ('erasing', 'done', 0, convert_to('{\"key\":\"%s\"}', 'UTF8'))"
            .formatted(KEY));
  }

  /** As one that was killed behind its second step would have left it. */
  @Test
  void whoeverTakesOverGoesOnWhereAnotherWasKilled() throws SQLException {
    run(
        "insert into erasure (project, stream, digest, key, asked, asked_by, status, until) values"
            + " ('erasing', 'camera', '"
            + KeyText.digest(RESUMED, new SecureRandom())
            + "', '"
            + RESUMED
            + "', now(), 'eraser', 'RUNNING', now() + interval '1 hour')");
    long id = id(RESUMED);
    for (String over : List.of("labels", "reviews")) {
      run(
          "insert into erasure_step values ('erasing', %d, '%s', 1, 'ERASED', 99, '', now())"
              .formatted(id, over));
    }
    run("update erasure set until = now() - interval '1 second' where id = " + id);
    String told = await(id);
    assertThat(told).contains("\"number\":99");
    // What was over is not done again; all else is.
    assertThat(tablesWith(RESUMED))
        .containsExactlyInAnyOrder("label", "label_verdict", "label_lease");
    assertThat(told).contains("it still stands in label.fields (1)");
  }

  @Test
  void aDigestIsOfItsKeyAlone() {
    var random = new SecureRandom();
    String digest = KeyText.digest("a", random);
    assertThat(KeyText.isOf(digest, "a")).isTrue();
    assertThat(KeyText.isOf(digest, "b")).isFalse();
    assertThat(KeyText.digest("a", random)).isNotEqualTo(digest);
  }
}
