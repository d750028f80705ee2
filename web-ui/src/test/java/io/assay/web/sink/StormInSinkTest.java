package io.assay.web.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More violations of an hour than evidence is kept of, between a real broker and a database. */
final class StormInSinkTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final EvidenceBounds BOUNDS = new EvidenceBounds(20, 10, 5);

  /** Each episode has forty: every seventh second of one key. */
  private static final int EPISODES = 50;

  private SinkBench bench;

  @BeforeEach
  void open() {
    bench = new SinkBench(3);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void countsAreExactAndEvidenceIsBoundedThoughAllComesTwiceToTwo() throws Exception {
    SinkSettings settings = bench.settings().withEvidence(BOUNDS);
    try (Sink first = Sink.start(bench.dataSource(), settings);
        Sink second = Sink.start(bench.dataSource(), settings)) {
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 2000; i++) {
          bench.send(storm(i));
        }
        bench.flush();
      }
      SinkBench.await(() -> first.status().records() + second.status().records() == 4000);
      assertThat(first.status().fresh() + second.status().fresh()).isEqualTo(2000);
      assertThat(first.status().skipped() + second.status().skipped()).isZero();
    }
    for (String table : new String[] {"violation_minute", "violation_hour", "episode"}) {
      assertThat(bench.number("SELECT sum(violations) FROM " + table)).as(table).isEqualTo(2000);
    }
    assertThat(bench.number("SELECT count(*) FROM violation")).isEqualTo(BOUNDS.most());
    assertThat(bench.text("SELECT violations || ' ' || kept FROM evidence_hour"))
        .isEqualTo("2000 35");
    assertThat(
            bench.number(
                "SELECT count(*) FROM (SELECT id FROM violation_counted UNION SELECT id::uuid FROM"
                    + " violation) known"))
        .as("each is known by its id")
        .isEqualTo(2000);
    assertThat(bench.column("SELECT severity FROM violation ORDER BY severity DESC LIMIT 5"))
        .as("the worst of the hour")
        .containsExactly("2000", "1999", "1998", "1997", "1996");
    assertThat(bench.number("SELECT count(*) FROM episode WHERE counted < violations"))
        .isGreaterThanOrEqualTo(10);
    assertThat(
            bench.column(
                """
                SELECT e.id FROM episode e LEFT JOIN violation v
                  ON v.project = e.project AND v.day = e.worst_day AND v.id = e.worst_id
                WHERE e.worst <> %d + ('x' || right(e.id, 8))::bit(32)::int
                  OR (e.counted < e.violations) <> (v.id IS NOT NULL)
                  OR v.severity <> e.shown
                  OR e.violations - e.counted <> (SELECT count(*) FROM violation k WHERE k.episode = e.id)\
                """
                    .formatted(2000 - EPISODES + 1)))
        .as("every episode knows the worst there was, and shows one that is kept if any is")
        .isEmpty();
  }

  @Test
  void whatSomebodyIsToLookAtIsNotDisplaced() throws Exception {
    SinkSettings settings = bench.settings().withEvidence(new EvidenceBounds(1, 0, 1));
    try (Sink sink = Sink.start(bench.dataSource(), settings)) {
      for (int i = 0; i < 3; i++) {
        bench.send(storm(i));
        bench.flush();
        int sent = i + 1;
        SinkBench.await(() -> sink.status().records() == sent);
        if (i == 1) {
          propose();
        }
      }
      bench.send(storm(3));
      bench.flush();
      SinkBench.await(() -> sink.status().records() == 4);
    }
    assertThat(bench.column("SELECT severity FROM violation ORDER BY severity"))
        .as("the first, the one that was proposed, the worst")
        .containsExactly("1", "2", "4");
    assertThat(bench.text("SELECT violations || ' ' || kept FROM evidence_hour")).isEqualTo("4 3");
  }

  /** A round proposes the episode of the second. */
  private void propose() throws Exception {
    try (var connection = bench.database.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO label_item (project, id, round, assertion, stream, key, label, day, violation, judgement_hash,
            at, severity, arm, reason, probability, around, rank)
          SELECT project, id, 1, assertion, stream, key, label, worst_day, worst_id, judgement_hash, opened, worst,
            'random', '', 1, 0, 1 FROM episode WHERE worst = 2\
          """);
    }
  }

  @Test
  void aFullHourTakesNoLongerThanANewOne() throws Exception {
    var table = new ViolationTable(EvidenceBounds.USUAL);
    try (var connection = bench.database.connect()) {
      connection.setAutoCommit(false);
      new DayPartitions().ensure(connection, List.of(LocalDate.of(2026, 3, 1)));
      // The quickest of each half: whatever else the machine does meanwhile is none of the hour's.
      long[] quickest = {Long.MAX_VALUE, Long.MAX_VALUE};
      for (int part = 0; part < 6; part++) {
        int from = part * 2_000;
        var rows =
            IntStream.range(from, from + 2_000)
                .mapToObj(StormInSinkTest::storm)
                .map(one -> new Rows.Found(one, "{}", "live", 0, from, null))
                .toList();
        long begin = System.nanoTime();
        assertThat(table.write(connection, rows)).isEqualTo(2_000);
        connection.commit();
        quickest[part / 3] = Math.min(quickest[part / 3], System.nanoTime() - begin);
      }
      assertThat(quickest[1]).as("the second half, against the first").isLessThan(3 * quickest[0]);
    }
    assertThat(bench.number("SELECT count(*) FROM violation"))
        .isLessThanOrEqualTo(EvidenceBounds.USUAL.most());
    assertThat(bench.number("SELECT sum(violations) FROM violation_hour")).isEqualTo(12_000);
  }

  /** Each is worse than the one before. */
  private static Violation storm(int number) {
    Violation plain =
        SinkBench.violation(number, NOON.plusMillis(number))
            .within("%032x".formatted(number % EPISODES));
    return ViolationJson.read(
        new String(ViolationJson.write(plain), UTF_8)
            .replace("\"severity\":0.4", "\"severity\":" + (number + 1) + ".0")
            .getBytes(UTF_8));
  }
}
