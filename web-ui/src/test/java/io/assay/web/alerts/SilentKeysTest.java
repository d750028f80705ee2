package io.assay.web.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.ir.CheckedRules;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Three vehicles, of which one falls silent; the others are never interrupted. */
class SilentKeysTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static final String TEXT =
      """
      stream camera from topic "av.camera" {
        key  vehicle string
        time at      timestamp(millis)
        lane int
      }
      assertion alive on camera "a moving car's camera speaks" {
        silence  at most 500ms
        mode     active
        alert    when open for 10s to perception
      }
      route perception { to webhook("https://example.com/hook")  group by assertion, vehicle }
      """;

  private final CheckedRules rules = AlertTables.rules(TEXT);
  private final AlertTables tables = new AlertTables(NOON);
  private final AlertTables.Instance here =
      tables.instance(tables.source(), AlertTables.settings(Duration.ZERO, Duration.ZERO));
  private final long token = here.hold(Duration.ofHours(1));

  private void look(CheckedRules by) {
    here.watch().look("default", by, Map.of(), token);
  }

  /** The others speak on: their events are counted in each minute. */
  private void passes(int seconds) {
    tables.passes(Duration.ofSeconds(seconds));
    tables.count("alive", tables.now().truncatedTo(ChronoUnit.MINUTES), 1200, 1, 0);
    look(rules);
  }

  private List<String> firing() {
    return tables.column(
        "SELECT coalesce(labels->>'vehicle', labels->>'lane', 'all') FROM alert WHERE phase ="
            + " 'FIRING' ORDER BY 1");
  }

  private List<String> history() {
    return tables.column("SELECT to_phase FROM alert_history ORDER BY id");
  }

  private void told(CheckedRules by) {
    tables
        .jdbc
        .sql("INSERT INTO silence_told VALUES ('default', 'alive', ?) ON CONFLICT DO NOTHING")
        .param(hash(by))
        .update();
  }

  private static String hash(CheckedRules by) {
    return by.assertions().getFirst().judgementHash();
  }

  private void silent(CheckedRules by, String key, Instant since) {
    told(by);
    tables
        .jdbc
        .sql(
            """
            INSERT INTO silent_key (project, assertion, stream, key, judgement_hash, opened, since, violation, episode)
            VALUES ('default', 'alive', 'camera', :key, :hash, CAST(:since AS timestamptz), CAST(:since AS timestamptz),
              :id, :id)\
            """)
        .param("key", key)
        .param("hash", hash(by))
        .param("since", since.toString())
        .param("id", "alive-" + key + '-' + since.getEpochSecond())
        .update();
  }

  private void speaks(String key) {
    tables.jdbc.sql("DELETE FROM silent_key WHERE key = ?").param(key).update();
  }

  @Test
  void oneThatIsSilentAmongOthersAlertsUntilItSpeaks() {
    passes(0);
    silent(rules, "v2", NOON.plusSeconds(1));
    tables.episode("alive", "v2", NOON.plusSeconds(1), NOON.plusSeconds(1), "live");
    passes(10);
    assertThat(firing()).as("nine seconds").isEmpty();
    passes(1);
    assertThat(firing()).containsExactly("v2");
    assertThat(tables.column("SELECT violation FROM alert"))
        .containsExactly("2026-03-01/alive-v2-" + NOON.plusSeconds(1).getEpochSecond());
    assertThat(tables.column("SELECT annotations->>'value' FROM alert"))
        .containsExactly("open for 10s");
    for (int hours = 0; hours < 3; hours++) {
      passes(3600);
      assertThat(firing()).containsExactly("v2");
    }
    speaks("v2");
    passes(15);
    assertThat(firing()).isEmpty();
    assertThat(history()).containsExactly("FIRING", "RESOLVED");
  }

  /** Whatever its violation is kept as, and whenever it comes. */
  @Test
  void theAlertWaitsForNoEvidence() {
    silent(rules, "v2", NOON);
    passes(10);
    assertThat(firing()).containsExactly("v2");
    assertThat(tables.column("SELECT coalesce(violation, 'none') FROM alert"))
        .containsExactly("none");
  }

  @Test
  void whatIsGroupedByAnotherFieldWaitsForTheEpisodeThatKnowsIt() {
    CheckedRules byLane = AlertTables.rules(TEXT.replace("assertion, vehicle", "lane"));
    silent(byLane, "v2", NOON);
    tables.passes(Duration.ofSeconds(10));
    look(byLane);
    assertThat(firing()).isEmpty();
    tables.episode("alive", "v2", NOON, NOON, "live");
    look(byLane);
    assertThat(firing()).containsExactly("3");
  }

  @Test
  void whatAnotherVersionOfTheRuleSaidDoesNotCount() {
    CheckedRules before = AlertTables.rules(TEXT.replace("500ms", "400ms"));
    silent(before, "v2", NOON);
    told(rules);
    passes(60);
    assertThat(firing()).isEmpty();
    look(before);
    assertThat(firing()).containsExactly("v2");
  }

  /** Processors of before tell nobody who is silent: then it goes by the stream, as it did. */
  @Test
  void whereNobodyTellsASilenceLastsAsLongAsNothingComesOfTheStream() {
    tables.count("alive", NOON, 1200, 3, 0);
    look(rules);
    tables.episode("alive", "v2", NOON.plusSeconds(1), NOON.plusSeconds(1), "live");
    tables.passes(Duration.ofSeconds(20));
    look(rules);
    assertThat(firing()).containsExactly("v2");
    told(rules);
    look(rules);
    assertThat(firing()).as("told that it speaks").isEmpty();
  }

  /** A million keys cost a look no more than a thousand. */
  @Test
  void aStormOfSilencesIsLookedAtInPart() {
    CheckedRules together = AlertTables.rules(TEXT.replace("assertion, vehicle", "assertion"));
    told(together);
    tables
        .jdbc
        .sql(
            """
            INSERT INTO silent_key (project, assertion, stream, key, judgement_hash, opened, since, violation, episode)
            SELECT 'default', 'alive', 'camera', 'v' || n, :hash, CAST(:noon AS timestamptz) - n * interval '1 ms',
              CAST(:noon AS timestamptz) - n * interval '1 ms', md5(n::text), md5(n::text)
            FROM generate_series(0, 99999) n\
            """)
        .param("hash", hash(together))
        .param("noon", NOON.toString())
        .update();
    tables.jdbc.sql("ANALYZE").update();
    tables.passes(Duration.ofSeconds(10));
    long from = System.nanoTime();
    look(together);
    assertThat(Duration.ofNanos(System.nanoTime() - from))
        .as("shared with other work")
        .isLessThan(Duration.ofSeconds(5));
    assertThat(tables.column("SELECT annotations->>'episodes' FROM alert"))
        .containsExactly("1000 or more");
    assertThat(tables.column("SELECT annotations->>'value' FROM alert"))
        .as("the longest")
        .containsExactly("open for 1min 49s");
  }

  @Test
  void aKeyThatIsGoneForAMonthIsAskedForNoMore() {
    silent(rules, "v1", NOON.minus(SilentKeys.KEPT).minusSeconds(1));
    silent(rules, "v2", NOON.minus(SilentKeys.KEPT).plusSeconds(1));
    new SilentKeys(tables.jdbc).forget(NOON.minus(SilentKeys.KEPT));
    assertThat(tables.column("SELECT key FROM silent_key")).containsExactly("v2");
  }
}
