package io.assay.web.backtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.rule.MovableLimit;
import io.assay.assertion.rule.MovableLimits;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Extent;
import io.assay.assertion.scenario.Recording;
import io.assay.assertion.scenario.ThresholdSweep;
import io.assay.assertion.scenario.ViolationMark;
import io.assay.assertion.weaklabel.Reviews;
import io.assay.embedded.TestPostgres;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which violations of other thresholds people have said something of. */
class SweepOutcomesTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  /** Ten events, x from 0 to 9. */
  private static final SourceFile RULES =
      new SourceFile(
          "a.assay",
          """
          language 1
          stream s from topic "s" {
            id   name string
            key  k    string
            time at   timestamp(millis)
            x         int
          }
          assertion low on s "x is low" { expect x <= 6 }
          """);

  private JdbcClient jdbc;

  @BeforeEach
  void migrate() {
    TestPostgres.Database database = TestPostgres.shared().migrated();
    var source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    source.setUser(database.user());
    source.setPassword(database.password());
    jdbc = JdbcClient.create(source);
    jdbc.sql(
            "create table violation_test partition of violation for values from ('2026-03-01') to"
                + " ('2026-03-02')")
        .update();
  }

  private static List<CheckedRules> versions(int... thresholds) {
    MovableLimit limit = MovableLimits.of(List.of(RULES), Set.of(), "low").getFirst();
    List<CheckedRules> versions = new ArrayList<>();
    for (int threshold : thresholds) {
      versions.add(
          new RuleCompiler()
              .compile(MovableLimits.moved(List.of(RULES), limit, BigDecimal.valueOf(threshold)))
              .rules()
              .orElseThrow());
    }
    return versions;
  }

  private interface Found {
    void violation(int version, Violation violation, ViolationMark mark);
  }

  private static void sweep(List<CheckedRules> versions, Found found) {
    var lines = new StringBuilder();
    for (int x = 0; x < 10; x++) {
      lines.append(
          "{\"name\":\"e-%d\",\"k\":\"v1\",\"at\":%d,\"x\":%d}\n"
              .formatted(x, START.toEpochMilli() + 1000L * x, x));
    }
    var sweep = new ThresholdSweep(versions, "low");
    sweep.run(
        "default",
        List.of(
            Recording.ofLines(
                sweep.rules().streams().getFirst(),
                "s",
                new ByteArrayInputStream(lines.toString().getBytes(UTF_8)))),
        Extent.ALL,
        new ThresholdSweep.Listener() {
          @Override
          public void violation(int version, Violation violation, ViolationMark mark) {
            found.violation(version, violation, mark);
          }

          @Override
          public void progress(long events) {}
        });
  }

  private SweepOutcomes.Totals totals(int... thresholds) {
    var outcomes =
        new SweepOutcomes(
            jdbc, "default", "low", "s", START, START.plusSeconds(3600), thresholds.length);
    sweep(versions(thresholds), outcomes::found);
    return outcomes.totals();
  }

  /** Reviews what the rule in force found, as it was stored then. */
  private void review(Map<String, String> findings) {
    Map<String, Violation> found = new HashMap<>();
    sweep(versions(6), (version, one, mark) -> found.put(one.decidingEvent(), stored(one)));
    findings.forEach(
        (event, finding) -> {
          Violation one = Objects.requireNonNull(found.get(event), event);
          jdbc.sql(
                  """
                  insert into violation (project, day, id, assertion, expectation, judgement_hash, stream, key, subject,
                    label, span_from, span_to, at, severity, level, mode, sentence, evidence, prediction)
                  values ('default', '2026-03-01', ?, 'low', ?, ?, 's', 'v1', ?, '', to_timestamp(?), to_timestamp(?),
                    to_timestamp(?), 1, 'WARNING', 'ACTIVE', '', ?::json, ?)\
                  """)
              .params(
                  one.id(),
                  one.expectation(),
                  one.judgementHash(),
                  one.subject(),
                  one.from() / 1e9,
                  one.to() / 1e9,
                  one.at() / 1e9,
                  new String(ViolationJson.write(one), UTF_8),
                  event)
              .update();
          jdbc.sql(
                  """
                  insert into label_item (project, id, round, assertion, stream, key, label, day, violation,
                    judgement_hash, at, severity, arm, reason, probability, around, rank, status, finding)
                  values ('default', ?, 1, 'low', 's', 'v1', '', '2026-03-01', ?, ?, now(), 1, 'bandit', '', 1, 0, 1,
                    'AGREED', ?)\
                  """)
              .params(one.id(), one.id(), one.judgementHash(), finding)
              .update();
        });
  }

  /** Under the name that the rule has. */
  private static Violation stored(Violation one) {
    byte[] json = ViolationJson.write(one);
    return ViolationJson.read(
        new String(json, UTF_8).replace("\"" + one.assertion() + "\"", "\"low\"").getBytes(UTF_8));
  }

  private void label(String prediction, String verdict, String classes) {
    jdbc.sql(
            """
            insert into label (project, id, prediction, stream, verdict, fields, classes, looked, weight, said_by, source,
              at) values ('default', ?, ?, '', ?, '{}', ?::text[], '{}', 1, 'rita', 'api', now())\
            """)
        .params(prediction + verdict, prediction, verdict, classes)
        .update();
  }

  @Test
  void aReviewHoldsOfTheSameViolationWhateverTheThreshold() {
    review(Map.of("e-7", "NO_ERROR", "e-8", "ERROR", "e-9", "ERROR"));
    SweepOutcomes.Totals totals = totals(4, 6, 7, 8, 9);
    assertThat(totals.versions())
        .containsExactly(
            new Reviews(2, 1, 0),
            new Reviews(2, 1, 0),
            new Reviews(2, 0, 0),
            new Reviews(1, 0, 0),
            Reviews.none());
    assertThat(totals.together()).isEqualTo(new Reviews(2, 1, 0));
    assertThat(totals.notFound()).isZero();
    assertThat(totals.all()).isTrue();
  }

  @Test
  void ofWhatALaxerThresholdFindsLabelsTell() {
    review(Map.of("e-9", "ERROR"));
    label("e-5", "error", "{}");
    label("e-6", "no-error", "{}");
    label("e-7", "no-error", "{car}");
    label("e-9", "no-error", "{}");
    label("e-1", "error", "{}");
    SweepOutcomes.Totals totals = totals(4, 6);
    assertThat(totals.versions())
        .as("of a part of an event a label says nothing; a review counts more")
        .containsExactly(new Reviews(2, 1, 0), new Reviews(1, 0, 0));
    assertThat(totals.together()).isEqualTo(new Reviews(2, 1, 0));
  }

  @Test
  void whatNoThresholdFindsIsCountedAside() {
    review(Map.of("e-7", "ERROR", "e-8", "UNCLEAR"));
    SweepOutcomes.Totals totals = totals(8, 9);
    assertThat(totals.together()).isEqualTo(Reviews.none());
    assertThat(totals.notFound()).isEqualTo(2);
  }

  @Test
  void eventsDrawnAtRandomTellToo() {
    jdbc.sql(
            """
            insert into label_item (project, id, round, assertion, stream, key, label, day, violation, judgement_hash,
              at, severity, arm, reason, probability, around, rank, status, finding, event)
            values ('default', 'random-1', 1, '', 's', 'v1', '', '2026-03-01', '', '', now(), 0, 'random', '', 1, 0, 1,
              'AGREED', 'NO_ERROR', '{"id":"e-5","at":0,"fields":{}}')\
            """)
        .update();
    assertThat(totals(4, 6).versions()).containsExactly(new Reviews(0, 1, 0), Reviews.none());
  }
}
