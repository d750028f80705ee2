package io.assay.web.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.alert.AlertRule;
import io.assay.assertion.alert.AlertRules;
import io.assay.assertion.alert.StreamClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A look reads the episodes that are open, and of a storm of them a part. */
class AlertEpisodesTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Map<String, StreamClock> CLOCKS =
      Map.of("camera", new StreamClock(NOON, NOON.plusSeconds(20), Duration.ZERO));

  private final AlertTables tables = new AlertTables(NOON);

  private static List<AlertRule> rules(int assertions) {
    return AlertRules.of(
        AlertTables.rules(
            """
            stream camera from topic "av.camera" { key vehicle string  time at timestamp(millis)  score ratio }
            route people { to webhook("https://example.com/hook")  group by assertion, vehicle }
            """
                + IntStream.range(0, assertions)
                    .mapToObj(
                        i ->
                            ("assertion a%d on camera { expect score >= 0.5 mode active alert when"
                                    + " open for 10s to people }\n")
                                .formatted(i))
                    .collect(Collectors.joining())));
  }

  @Test
  void yearsThatAreOverAreNotRead() {
    tables
        .jdbc
        .sql(
            """
            INSERT INTO episode (project, id, assertion, judgement_hash, stream, key, subject, label, level, mode, opened,
              lasts, began, ended, violations, worst, worst_day, worst_id)
            SELECT 'default', 'e' || n, 'a0', '', 'camera', 'v' || n, '', '', 'WARNING', 'ACTIVE', at,
              CASE WHEN n % 200 = 0 THEN TIMESTAMPTZ '2026-03-01T12:00:10Z' ELSE at END, at, at, 1, 1,
              DATE '2026-03-01', 'e' || n
            FROM generate_series(1, 20000) n,
              LATERAL (SELECT TIMESTAMPTZ '2026-03-01T11:00:00Z' - n * interval '1 minute' AS at) t\
            """)
        .update();
    var one = tables.single();
    var episodes = new AlertEpisodes(JdbcClient.create(one));
    tables.jdbc.sql("ANALYZE").update();
    assertThat(
            RowsRead.of(
                "episode",
                one,
                () ->
                    assertThat(episodes.open("default", rules(1), CLOCKS, 1_000).values())
                        .singleElement()
                        .satisfies(open -> assertThat(open).hasSize(100))))
        .as("of 20,000, 100 of which are open")
        .isBetween(100L, 200L);
    one.destroy();
  }

  @Test
  void whatARepairHasFoundTakesNoPlaceFromWhatIsLive() {
    for (int i = 0; i < 3; i++) {
      tables.episode("a0", "old" + i, NOON.minusSeconds(90 + i), NOON.plusSeconds(10), "repair");
      tables.episode("a0", "new" + i, NOON.minusSeconds(60 - i), NOON.plusSeconds(10), "live");
    }
    List<AlertRule> rules = rules(1);
    assertThat(
            new AlertEpisodes(tables.jdbc)
                .open("default", rules, CLOCKS, 2)
                .get(rules.getFirst().key()))
        .extracting(one -> one.episode().key())
        .containsExactly("new0", "new1");
  }

  @Test
  void rulesShareWhatALookMayHold() {
    assertThat(AlertEpisodes.most(List.of())).isEqualTo(AlertEpisodes.MOST);
    assertThat(AlertEpisodes.most(rules(10))).isEqualTo(AlertEpisodes.MOST);
    assertThat(AlertEpisodes.most(rules(200))).isEqualTo(AlertEpisodes.MOST_OF_ALL / 200);
  }
}
