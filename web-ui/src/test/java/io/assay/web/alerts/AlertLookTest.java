package io.assay.web.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.alert.AlertRule;
import io.assay.assertion.alert.AlertRules;
import io.assay.assertion.alert.StreamClock;
import io.assay.assertion.rule.ir.CheckedRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A look at many rules and many open episodes is short. */
class AlertLookTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final int ASSERTIONS = 200;
  private static final int VEHICLES = 50;

  private static final AlertTables TABLES = new AlertTables(NOON.plusSeconds(30));

  @BeforeAll
  static void fill() {
    fill(TABLES);
  }

  private static CheckedRules rules() {
    var text =
        new StringBuilder(
            """
            stream camera from topic "av.camera" { key vehicle string  time at timestamp(millis)  score ratio }
            route people { to webhook("https://example.com/hook")  group by assertion, vehicle }
            """);
    for (int i = 0; i < ASSERTIONS; i++) {
      text.append(
          ("assertion a%d on camera { expect score >= 0.5 mode active alert when rate > 2%% for"
                  + " 1min to people alert when open for 10s to people }\n")
              .formatted(i));
    }
    return AlertTables.rules(text.toString());
  }

  /** Of six hours of minutes, 288,000 rows, the last that the rates are of. */
  @Test
  void ratesReadTheirOwnMinutes() {
    var one = TABLES.single();
    var inputs = new AlertInputs(JdbcClient.create(one));
    var clocks = Map.of("camera", new StreamClock(NOON, NOON.plusSeconds(30), Duration.ZERO));
    assertThat(
            RowsRead.of(
                "count_minute",
                one,
                () ->
                    assertThat(inputs.trailing("default", AlertRules.of(rules()), clocks))
                        .hasSize(ASSERTIONS)))
        .as("of five minutes")
        .isBetween(ASSERTIONS * 4L, ASSERTIONS * 4L * 6);
    one.destroy();
  }

  @Test
  void clocksReadTheNewestMinuteAlone() {
    var one = TABLES.single();
    var clocks = new AlertClocks(JdbcClient.create(one));
    assertThat(
            RowsRead.of(
                "count_minute",
                one,
                () ->
                    assertThat(clocks.note("default", AlertRules.of(rules()), NOON.plusSeconds(30)))
                        .containsOnlyKeys("camera")))
        .isBetween(ASSERTIONS * 4L, ASSERTIONS * 4L * 3);
    one.destroy();
  }

  @Test
  void windowsReadAsManyMinutesAsAreAskedFor() {
    var one = TABLES.single();
    var inputs = new AlertInputs(JdbcClient.create(one));
    List<AlertRule> breached =
        AlertRules.of(
            AlertTables.rules(
                """
                stream camera from topic "av.camera" { key vehicle string  time at timestamp(millis)  score ratio }
                assertion a0 on camera {
                  window tumbling 1min  expect mean(score) >= 0.5  mode active  alert when breached for 3 windows
                }
                """));
    assertThat(
            RowsRead.of(
                "count_minute",
                one,
                () -> assertThat(inputs.windows("default", breached).get("a0")).hasSize(3)))
        .as("of 1,440")
        .isBetween(12L, 40L);
    one.destroy();
  }

  @Test
  void twoHundredAssertionsAndThousandsOfAlertsAreLookedAtInWellUnderASecond() {
    CheckedRules rules = rules();
    AlertTables.Instance instance =
        TABLES.instance(
            TABLES.source(), AlertTables.settings(Duration.ZERO, Duration.ofMinutes(5)));
    long token = instance.hold(Duration.ofHours(1));
    long shortest = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long from = System.nanoTime();
      instance.watch().look("default", rules, Map.of(), token);
      long took = System.nanoTime() - from;
      shortest = Math.min(shortest, took);
      TABLES.passes(Duration.ofSeconds(5));
    }
    assertThat(TABLES.column("SELECT count(*) FROM alert WHERE phase = 'FIRING'"))
        .containsExactly(Integer.toString(20 * VEHICLES));
    assertThat(TABLES.column("SELECT count(DISTINCT group_key) FROM alert_notice"))
        .as("a person reads no more")
        .containsExactly("9");
    assertThat(Duration.ofNanos(shortest))
        .as("shared with other work")
        .isLessThan(Duration.ofSeconds(5));
  }

  /** A day of counts, and fifty open episodes of each of twenty assertions. */
  private static void fill(AlertTables tables) {
    tables
        .jdbc
        .sql(
            """
            INSERT INTO count_minute (project, assertion, expectation, stream, minute, source_partition, sequence, seen,
              passed, judged, held, violated, undecided, late)
            SELECT 'default', 'a' || a, '', 'camera', TIMESTAMPTZ '2026-03-01T12:00:00Z' - m * interval '1 minute', p, 1,
              1000, 1000, 1000, 900, 100, 0, 0
            FROM generate_series(0, 199) a, generate_series(0, 359) m, generate_series(0, 3) p\
            """)
        .update();
    tables
        .jdbc
        .sql(
            """
            INSERT INTO episode (project, id, assertion, judgement_hash, stream, key, subject, label, level, mode, opened,
              lasts, began, ended, violations, worst, worst_day, worst_id)
            SELECT 'default', 'e' || a || '-' || v, 'a' || a, '', 'camera', 'v' || v, '', '', 'WARNING', 'ACTIVE',
              TIMESTAMPTZ '2026-03-01T11:59:00Z', TIMESTAMPTZ '2026-03-01T12:00:20Z', now(), now(), 1, 1,
              DATE '2026-03-01', 'e' || a || '-' || v
            FROM generate_series(0, 19) a, generate_series(0, 49) v\
            """)
        .update();
    tables.jdbc.sql("ANALYZE").update();
  }
}
