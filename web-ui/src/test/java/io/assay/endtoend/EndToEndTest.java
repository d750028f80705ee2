package io.assay.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.assay.endtoend.Recording.Expected;
import io.assay.endtoend.Recording.Sent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same violations with the same ids as the engine alone gives, each once, in the database: also
 * when the whole process is killed in the middle.
 */
final class EndToEndTest {
  private static final Path ROOT = Path.of(System.getProperty("assay.root", ".."));
  private static final Path MOT15 =
      Path.of(System.getProperty("assay.shared", "../../shared"), "data", "mot15");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;

  @Test
  void theStreetArrivesOnceThoughTheProcessIsKilled() throws Exception {
    arrivesOnce(Recording.street(ROOT));
  }

  @Test
  void mot15ArrivesOnceThoughTheProcessIsKilled() throws Exception {
    assumeThat(MOT15).as("reference data").isDirectory();
    arrivesOnce(Recording.mot15(ROOT, MOT15));
  }

  /** The first part undisturbed, then a kill while events are sent, judged and stored. */
  private void arrivesOnce(Recording recording) throws Exception {
    Path rules =
        Files.writeString(folder.resolve(recording.project() + ".assay"), recording.rules());
    int half = recording.events().size() / 2;
    var firstHalf =
        new Recording(recording.project(), recording.rules(), recording.events().subList(0, half));
    Path data = folder.resolve("data");
    List<Future<?>> sent = new ArrayList<>();
    KafkaProducer<String, String> producer;
    try (Pipeline pipeline = Pipeline.start(data, List.of(rules))) {
      producer = pipeline.producer();
      send(producer, firstHalf.events(), sent);
      check(pipeline, firstHalf);
      int quarter = recording.events().size() * 3 / 4;
      send(producer, recording.events().subList(half, quarter), sent);
      producer.flush();
      long before = firstHalf.expected().ids().size();
      await(() -> pipeline.number("SELECT count(*) FROM violation") > before);
      // While this is under way.
      send(producer, recording.events().subList(quarter, recording.events().size()), sent);
      pipeline.kill();
    }
    try (Pipeline again = Pipeline.start(data, List.of(rules));
        producer) {
      producer.flush();
      for (Future<?> each : sent) {
        each.get();
      }
      check(again, recording);
    }
  }

  private static void send(
      KafkaProducer<String, String> producer, List<Sent> events, List<Future<?>> sent) {
    for (Sent event : events) {
      sent.add(producer.send(new ProducerRecord<>(event.topic(), event.key(), event.json())));
    }
  }

  private static void check(Pipeline pipeline, Recording recording) throws Exception {
    Expected expected = recording.expected();
    assertThat(expected.ids()).hasSizeGreaterThan(10).doesNotHaveDuplicates();
    await(
        () ->
            pipeline.number("SELECT count(*) FROM violation") >= expected.ids().size()
                && counts(pipeline).equals(expected.counts()));
    assertThat(pipeline.column("SELECT id FROM violation ORDER BY id COLLATE \"C\""))
        .isEqualTo(expected.ids());
    assertThat(pipeline.column("SELECT DISTINCT project FROM violation"))
        .containsExactly(recording.project());
    assertThat(pipeline.number("SELECT sum(violations) FROM violation_minute"))
        .isEqualTo(expected.ids().size());
    assertThat(counts(pipeline)).isEqualTo(expected.counts());
    checkSlices(pipeline, recording);
    assertThat(pipeline.number("SELECT count(*) FROM sink_skipped")).isZero();
    assertThat(pipeline.number("SELECT count(*) FROM late_count")).isZero();
    assertThat(pipeline.number("SELECT count(*) FROM dead_letter_count")).isZero();
  }

  /** The values of each declared slice add up to all that was judged of the stream's events. */
  private static void checkSlices(Pipeline pipeline, Recording recording) throws SQLException {
    boolean sliced = recording.rules().contains("slice night");
    assertThat(pipeline.column("SELECT DISTINCT slice FROM slice_minute ORDER BY 1"))
        .isEqualTo(sliced ? List.of("night", "rain") : List.of());
    assertThat(
            pipeline.column(
                """
                SELECT c.assertion || ' ' || d.slice || ' ' || c.minute FROM count_minute c
                CROSS JOIN (SELECT DISTINCT stream, slice FROM slice_minute) d
                LEFT JOIN (
                  SELECT project, assertion, expectation, stream, minute, source_partition, slice, sum(judged) AS judged,
                    sum(violated) AS violated, sum(undecided) AS undecided
                  FROM slice_minute GROUP BY 1, 2, 3, 4, 5, 6, 7) s
                  ON (s.project, s.assertion, s.expectation, s.stream, s.minute, s.source_partition, s.slice)
                    = (c.project, c.assertion, c.expectation, c.stream, c.minute, c.source_partition, d.slice)
                WHERE c.stream = d.stream AND c.judged + c.undecided > 0
                  AND (c.judged, c.violated, c.undecided) IS DISTINCT FROM (s.judged, s.violated, s.undecided)\
                """))
        .isEmpty();
  }

  /** Sums by assertion and tally, those that are not zero. */
  private static Map<String, Long> counts(Pipeline pipeline) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    for (String row :
        pipeline.column(
            """
            SELECT assertion || ' ' || tally || ' ' || sum(number) FROM count_minute
            CROSS JOIN LATERAL (VALUES ('SEEN', seen), ('PASSED', passed), ('JUDGED', judged),
              ('HELD', held), ('VIOLATED', violated), ('UNDECIDED', undecided), ('LATE', late)) AS t (tally, number)
            GROUP BY assertion, tally HAVING sum(number) > 0\
            """)) {
      int last = row.lastIndexOf(' ');
      counts.put(row.substring(0, last), Long.parseLong(row.substring(last + 1)));
    }
    return counts;
  }

  private static void await(Condition condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds() && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
  }

  private interface Condition {
    boolean holds() throws SQLException, IOException, ExecutionException;
  }
}
