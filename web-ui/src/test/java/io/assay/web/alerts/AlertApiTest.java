package io.assay.web.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.access.Role;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.Installation;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people and programs see of alerts, and do about them. */
class AlertApiTest {
  private static final String ALERTS = "/api/v1/projects/default/alerts";
  private static final String LOW = "00000000000000aa";
  private static final JsonMapper JSON = JsonMapper.shared();

  private static Installation here;
  private static BrowsingClient author;

  @BeforeAll
  static void start() throws SQLException {
    here = Installation.shared();
    author = here.member(Role.AUTHOR);
    try (var connection = here.web().database().connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO alert (project, fingerprint, assertion, rule, labels, annotations, routes, phase, active_at, fired_at,
            evaluated)
          VALUES ('default', '00000000000000aa', 'low', '', '{"alertname":"low","level":"critical","vehicle":"v1"}',
            '{"value":"3% per event: 30 of 1,000 in 5min","threshold":"at most 2%"}', '{perception}', 'FIRING',
            '2026-03-01T12:00:00Z', '2026-03-01T12:05:00Z', now()),
            ('default', '00000000000000bb', 'high', '', '{"alertname":"high","level":"info"}', '{}', '{}', 'PENDING',
            '2026-03-01T12:00:00Z', NULL, now()),
            ('other', '00000000000000cc', 'secret', '', '{"alertname":"secret"}', '{}', '{}', 'FIRING',
            '2026-03-01T12:00:00Z', '2026-03-01T12:00:00Z', now())\
          """);
      statement.execute(
          """
          INSERT INTO alert_history (project, at, fingerprint, assertion, condition, level, from_phase, to_phase, summary)
          SELECT 'default', now(), '00000000000000aa', 'low', 'rate', 'critical', 'INACTIVE', 'FIRING', 'change ' || i
          FROM generate_series(1, 5) i\
          """);
    }
  }

  private static JsonNode ask(String method, String path, String body, int status) {
    var answer = author.send(method, ALERTS + path, Map.of(), body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JSON.readTree(answer.body());
  }

  private static JsonNode get(String path) {
    var answer = author.get(ALERTS + path, "application/json");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  @Test
  void listsThoseOfTheProjectByState() {
    assertThat(get("?assertion=low").at("/items/0/since").asString())
        .isEqualTo("2026-03-01T12:05:00Z");
    assertThat(get("?state=pending&assertion=high").at("/items").size()).isEqualTo(1);
    assertThat(get("?assertion=secret").at("/items").size()).isZero();
    assertThat(author.get(ALERTS + "?state=odd", "application/json").body())
        .contains("state needs firing, pending, silenced or acknowledged, got 'odd'");
  }

  @Test
  void acknowledgesAndSilencesAndEndsTheSilence() {
    assertThat(ask("POST", "/" + LOW + "/acknowledge", "", 200).path("acknowledgedBy").asString())
        .isEqualTo(Installation.name(Role.AUTHOR));
    ask("POST", "/00000000000000bb/acknowledge", "", 404);

    String wish =
        """
        {"matchers": ["vehicle=~\\"v.*\\"", "level=critical"], "ends": "2h", "comment": "new lens"}\
        """;
    JsonNode silence = ask("POST", "/silences", wish, 201);
    assertThat(silence.path("state").asString()).isEqualTo("active");
    assertThat(silence.at("/matchers/1").asString()).isEqualTo("level=\"critical\"");
    assertThat(get("?state=silenced").at("/items/0/fingerprint").asString()).isEqualTo(LOW);

    var page = author.get("/p/default/alerts", "text/html");
    assertThat(page.body())
        .contains("3% per event: 30 of 1,000 in 5min", "at most 2%", "new lens", "change 5")
        .contains(">Silenced<", ">Pending<");
    assertThat(author.get("/p/default/alerts/" + LOW, "text/html").body())
        .contains("vehicle", "v1");
    assertThat(author.get("/p/default", "text/html").body()).contains("fire now");

    String id = silence.path("id").asString();
    assertThat(ask("POST", "/silences/" + id + "/end", "", 200).path("state").asString())
        .isEqualTo("expired");
    ask("POST", "/silences/" + id + "/end", "", 409);
    assertThat(get("/silences").at("/items/0/endedBy").asString())
        .isEqualTo(Installation.name(Role.AUTHOR));
    assertThat(get("?state=silenced").at("/items").size()).isZero();
  }

  @Test
  void refusesSilencesThatAreNone() {
    for (String wish :
        new String[] {
          "{\"matchers\": [\"level=~\\\".*\\\"\"], \"ends\": \"2h\", \"comment\": \"all\"}",
          "{\"matchers\": [\"level\"], \"ends\": \"2h\", \"comment\": \"x\"}",
          "{\"matchers\": [], \"ends\": \"2h\", \"comment\": \"x\"}",
          "{\"matchers\": [\"level=info\"], \"ends\": \"soon\", \"comment\": \"x\"}",
          "{\"matchers\": [\"level=info\"], \"ends\": \"2020-01-01T00:00:00Z\", \"comment\":"
              + " \"x\"}",
          "{\"matchers\": [\"level=info\"], \"ends\": \"999d\", \"comment\": \"x\"}",
          "{\"matchers\": [\"level=info\"], \"ends\": \"2h\"}"
        }) {
      assertThat(ask("POST", "/silences", wish, 400).path("detail").asString()).isNotEmpty();
    }
  }

  @Test
  void goesThroughTheHistoryByCursor() {
    JsonNode first = get("/history?assertion=low&limit=2");
    assertThat(first.at("/items/0/summary").asString()).isEqualTo("change 5");
    JsonNode second = get("/history?assertion=low&limit=3&before=" + first.path("next").asString());
    assertThat(second.at("/items/2/summary").asString()).isEqualTo("change 1");
    assertThat(second.path("next").isNull()).isTrue();
  }
}
