package io.assay.web.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.assertion.alert.LabelMatcher;
import io.assay.assertion.alert.Silence;
import io.assay.web.system.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What is read for a page of alerts does not grow with how many there are. */
class AlertListTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final int ALERTS = 20_000;
  private static final int SHOWN = 50;

  private static final AlertTables TABLES = new AlertTables(NOON);
  private static final SingleConnectionDataSource ONE = TABLES.single();
  private static final JdbcClient JDBC = JdbcClient.create(ONE);
  private static final AlertQueries ALERTS_READ = new AlertQueries(JDBC);

  /** Of each four one fires, one is acknowledged, one waits, one is over. */
  @BeforeAll
  static void fill() {
    JDBC.sql(
            """
            INSERT INTO alert (project, fingerprint, assertion, rule, labels, annotations, routes, phase, active_at, fired_at,
              resolved_at, evaluated, acknowledged_by)
            SELECT 'default', lpad(to_hex(i), 16, '0'), 'a' || i % 9, '',
              json_build_object('alertname', 'a' || i % 9, 'vehicle', 'v' || i), '{}', '{people}',
              (ARRAY['FIRING', 'FIRING', 'PENDING', 'RESOLVED'])[1 + i % 4], at, at, at, at,
              CASE WHEN i % 4 = 1 THEN 'somebody' END
            FROM generate_series(1, :n) i,
              LATERAL (SELECT TIMESTAMPTZ '2026-03-01T12:00:00Z' - (i / 40) * interval '1 second' AS at) t\
            """)
        .param("n", ALERTS)
        .update();
    JDBC.sql("VACUUM ANALYZE alert").update();
  }

  private static AlertList list() {
    return new AlertList(ALERTS_READ, new SilenceStore(JDBC), TABLES.clock());
  }

  private static long rowsRead(Runnable work) {
    return RowsRead.of("alert", ONE, work);
  }

  @Test
  void aPartReadsWhatItShowsAndNotMore() {
    AlertPlace middle =
        ALERTS_READ.open("default", AlertFilter.ALL, AlertPlace.START, 8_000).getLast().place();
    for (AlertPlace after : List.of(AlertPlace.START, middle)) {
      assertThat(rowsRead(() -> ALERTS_READ.open("default", AlertFilter.ALL, after, SHOWN + 1)))
          .isBetween(1L, SHOWN + 1L);
    }
  }

  @Test
  void countsAreReadFromTheIndexAndEnd() {
    assertThat(rowsRead(() -> ALERTS_READ.counts("default", 10_000))).isLessThan(SHOWN);
    assertThat(ALERTS_READ.counts("default", 10_000))
        .containsEntry(AlertShelf.FIRING, ALERTS / 4L)
        .containsEntry(AlertShelf.ACKNOWLEDGED, ALERTS / 4L)
        .containsEntry(AlertShelf.PENDING, ALERTS / 4L)
        .containsEntry(AlertShelf.SILENCED, 0L);
    assertThat(ALERTS_READ.counts("default", 100)).containsEntry(AlertShelf.FIRING, 100L);
    assertThat(rowsRead(() -> ALERTS_READ.firing("default"))).isLessThan(SHOWN);
  }

  @Test
  void partsFollowEachOtherAndEachAlertIsInOne() {
    List<String> seen = new ArrayList<>();
    List<AlertShelf> shelves = new ArrayList<>();
    AlertPlace after = AlertPlace.START;
    while (true) {
      List<AlertQueries.Placed> part = ALERTS_READ.open("default", AlertFilter.ALL, after, 1_700);
      if (part.isEmpty()) {
        break;
      }
      part.forEach(one -> seen.add(one.alert().fingerprint()));
      part.forEach(one -> shelves.add(one.place().shelf()));
      after = AlertPlace.read(part.getLast().place().written());
    }
    assertThat(seen).hasSize(ALERTS * 3 / 4);
    assertThat(new HashSet<>(seen)).hasSameSizeAs(seen);
    assertThat(shelves).isSortedAccordingTo((one, other) -> other.compareTo(one));
  }

  @Test
  void thePageHasFiftyAndSaysHowManyThereAre() {
    AlertList.Part part = list().part("default", AlertFilter.ALL, AlertPlace.START, SHOWN);
    assertThat(part.shelves()).containsOnlyKeys("firing");
    assertThat(part.shelves().get("firing")).hasSize(SHOWN);
    assertThat(part.counts()).containsEntry("firing", ALERTS / 4L);
    assertThat(part.next()).isNotNull();
    AlertList.Part none = list().part("other", AlertFilter.ALL, AlertPlace.START, SHOWN);
    assertThat(none.isEmpty()).isTrue();
    assertThat(none.next()).isNull();
  }

  @Test
  void programsGetAThousandAndGoOn() {
    List<String> seen = new ArrayList<>();
    AlertList.Items part =
        list().open("default", AlertFilter.ofAssertion("a4"), AlertPlace.START, AlertList.MOST);
    while (true) {
      part.items().forEach(item -> seen.add(item.assertion() + item.fingerprint()));
      if (part.next() == null) {
        break;
      }
      assertThat(part.items()).hasSize(1_000);
      part =
          list()
              .open(
                  "default",
                  AlertFilter.ofAssertion("a4"),
                  AlertPlace.read(part.next()),
                  AlertList.MOST);
    }
    assertThat(seen).hasSizeBetween(1_600, 1_700).allMatch(one -> one.startsWith("a4"));
    assertThat(new HashSet<>(seen)).hasSameSizeAs(seen);
  }

  @Test
  void aSilenceTakesThemFromTheShelfAtOnceAndGivesThemBack() {
    var store = new AlertStore(JDBC, new JdbcTemplate(ONE));
    var silence =
        new Silence(
            List.of(LabelMatcher.read("alertname=a4")), NOON, NOON.plus(Duration.ofHours(1)));
    store.shelve("default", List.of(silence), NOON);
    Map<AlertShelf, Long> counts = ALERTS_READ.counts("default", 10_000);
    assertThat(counts.get(AlertShelf.SILENCED)).isBetween(1_000L, 1_200L);
    assertThat(
            counts.getOrDefault(AlertShelf.SILENCED, 0L)
                + counts.getOrDefault(AlertShelf.FIRING, 0L)
                + counts.getOrDefault(AlertShelf.ACKNOWLEDGED, 0L))
        .isEqualTo(ALERTS / 2);
    store.shelve("default", List.of(silence), NOON.plus(Duration.ofHours(1)));
    assertThat(ALERTS_READ.counts("default", 10_000)).containsEntry(AlertShelf.SILENCED, 0L);
    JDBC.sql("VACUUM alert").update();
  }

  @Test
  void aPlaceThatIsNoneIsRefused() {
    for (String wrong : List.of("x", "5-0-aa", "1-99999999999999999999-aa", "1-0-")) {
      assertThatThrownBy(() -> AlertPlace.read(wrong)).isInstanceOf(Refused.class);
    }
    assertThat(AlertPlace.read("")).isEqualTo(AlertPlace.START);
  }
}
