package io.assay.bench.web;

import io.assay.web.backtests.BacktestResult;
import io.assay.web.backtests.BacktestResult.Assertion;
import io.assay.web.backtests.BacktestResult.Sample;
import io.assay.web.backtests.BacktestResult.Source;
import io.assay.web.backtests.BacktestResult.Step;
import io.assay.web.backtests.SweepPlan;
import io.assay.web.backtests.SweepResult;
import io.assay.web.backtests.SweepResult.Point;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** As many backtests as a project keeps, a fourth of them of thresholds of one assertion. */
final class FilledBacktests {
  /** The assertion whose thresholds were tried. */
  static final String SWEPT = WebRules.name(0);

  private static final int KEPT = 200;
  private static final int STEPS = 300;
  private static final int SAMPLES = 5;
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String RULES =
      """
      INSERT INTO backtest_rules (project, content_hash, content)
      SELECT DISTINCT ON (content_hash) project, content_hash, content FROM rule_generation WHERE project = 'default'
      ON CONFLICT DO NOTHING\
      """;

  private static final String INSERT =
      """
      INSERT INTO backtest (project, id, file, draft, in_force, base, begins, ends, asked_by, asked, state, attempts, events,
        percent, ended, violations_in_force, violations_draft, result, sweep, assertion)
      SELECT 'default', ?, 'bench.assay', content_hash, content_hash, generation, now() - interval '30 days', now(), 'bench',
        now() - ? * interval '3 hours', 'DONE', 1, 1000000, 100, now() - ? * interval '3 hours', 5000, 6000, ?, ?, ?
      FROM rule_generation WHERE project = 'default' ORDER BY generation DESC LIMIT 1\
      """;

  private FilledBacktests() {}

  /** Does nothing where there are some: a database that is kept may be older than this part. */
  static void fill(Filling filling, int assertions) throws SQLException {
    if (filling.number("SELECT count(*) FROM backtest") > 0) {
      return;
    }
    filling.part(
        "backtests",
        () -> {
          filling.run(RULES);
          Instant now = Instant.now();
          String result = JSON.writeValueAsString(result(assertions, now));
          String sweep = JSON.writeValueAsString(sweep());
          String plan = JSON.writeValueAsString(plan());
          try (PreparedStatement insert = filling.connection().prepareStatement(INSERT)) {
            for (int i = 0; i < KEPT; i++) {
              boolean swept = i % 4 == 0;
              add(insert, i, swept ? sweep : result, swept ? plan : null);
            }
            insert.executeBatch();
          }
        });
  }

  private static void add(
      PreparedStatement insert, int number, String result, @Nullable String plan)
      throws SQLException {
    insert.setString(1, UUID.randomUUID().toString());
    insert.setInt(2, number);
    insert.setInt(3, number);
    insert.setString(4, result);
    insert.setString(5, plan);
    insert.setString(6, plan == null ? null : SWEPT);
    insert.addBatch();
  }

  private static BacktestResult result(int assertions, Instant now) {
    return new BacktestResult(
        1_000_000,
        0,
        IntStream.range(0, assertions).mapToObj(number -> assertion(number, now)).toList(),
        IntStream.range(0, STEPS)
            .mapToObj(i -> new Step(now.minusSeconds((STEPS - i) * 8_640L), 20 + i % 7, 18 + i % 5))
            .toList(),
        120,
        40,
        4.0,
        1.3,
        true,
        WebRules.STREAMS.stream().map(FilledBacktests::source).toList());
  }

  private static Source source(String stream) {
    return new Source(stream, "bench." + stream, 250_000, 0, false, null, List.of());
  }

  private static Assertion assertion(int number, Instant now) {
    List<Sample> samples =
        IntStream.range(0, SAMPLES)
            .mapToObj(
                i ->
                    new Sample(
                        now.minusSeconds(60L * i + number),
                        "key-" + i,
                        1 + i / 10.0,
                        "a score of 0.%d, and a speed of 13.5".formatted(60 + i),
                        i % 2 == 0))
            .toList();
    return new Assertion(
        WebRules.name(number),
        number == 0 ? "changed" : "unchanged",
        5_000,
        12,
        30,
        25,
        number == 0 ? 9 : 0,
        number == 0 ? 4 : 0,
        21,
        null,
        samples,
        samples,
        number == 0 ? samples : List.of());
  }

  private static SweepPlan plan() {
    return new SweepPlan(
        SWEPT,
        "expect-1",
        "score < 0.5",
        "",
        false,
        threshold(10),
        IntStream.range(0, SweepPlan.MOST).mapToObj(FilledBacktests::threshold).toList());
  }

  private static BigDecimal threshold(int step) {
    return BigDecimal.valueOf(40 + step, 2);
  }

  private static SweepResult sweep() {
    return new SweepResult(
        1_000_000,
        0,
        IntStream.range(0, SweepPlan.MOST)
            .mapToObj(
                i ->
                    new Point(
                        threshold(i),
                        i == 10,
                        6_000 - 200L * i,
                        600 - 20L * i,
                        250_000,
                        0,
                        40 - i,
                        20 - i / 2,
                        1.3,
                        0.6,
                        90 - i,
                        30 - i,
                        2,
                        null))
            .toList(),
        95,
        31,
        4,
        true,
        List.of(source("camera")));
  }
}
