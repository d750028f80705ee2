package io.assay.web.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.weaklabel.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Labels that were said elsewhere, of items that wait here. */
class ArrivedLabelsTest {
  private static final String RITA = "label-studio:rita";
  private static ReviewTables tables;
  private static ArrivedLabels labels;

  @BeforeAll
  static void open() {
    tables = new ReviewTables(List.of(), ArrivedLabels.class);
    labels = tables.bean(ArrivedLabels.class);
    tables.execute(
        "CREATE TABLE violation_test PARTITION OF violation FOR VALUES FROM ('2026-03-01') TO"
            + " ('2026-03-02')");
    tables.execute(
        """
        INSERT INTO violation (project, day, id, assertion, expectation, judgement_hash, stream, key, subject, label,
          span_from, span_to, at, severity, level, mode, sentence, evidence, prediction)
        VALUES ('default', '2026-03-01', 'v', 'flicker', '', 'h', 'camera', 'k', 's', 'l', now(), now(), now(), 1,
          'WARNING', 'ACTIVE', '', '{}', 'e-17')\
        """);
  }

  @AfterAll
  static void close() {
    tables.close();
  }

  @BeforeEach
  void anItemWaits() {
    tables.execute("TRUNCATE label, label_round, label_item, label_verdict, audit");
    tables.round(1, false);
    tables.item("a", "flicker", 1);
  }

  @Test
  void whoLabelsElsewhereHasLooked() {
    label("1", RITA, "label-studio", "camera", "error", "{}", tables.now());
    assertThat(labels.take("default")).isEqualTo(1);
    assertThat(tables.column("SELECT status || ' ' || finding FROM label_item"))
        .containsExactly("AGREED ERROR");
    assertThat(tables.column("SELECT reviewer || ' ' || scope FROM label_verdict"))
        .containsExactly("label-studio:rita all");
    assertThat(labels.take("default")).as("once").isZero();
    tables.pass(Duration.ofMinutes(1));
    label("2", RITA, "label-studio", "camera", "no-error", "{}", tables.now());
    assertThat(labels.take("default")).isEqualTo(1);
    assertThat(tables.column("SELECT finding FROM label_item")).containsExactly("NO_ERROR");
    tables.bean(Verdicts.class).undo("default", "a", RITA);
    assertThat(labels.take("default")).as("what was taken back stays so").isZero();
  }

  @Test
  void ofWhatALabelDoesNotSpeakItIsNoVerdict() {
    label("1", RITA, "label-studio", "another", "error", "{}", tables.now());
    label("2", RITA, "label-studio", "camera", "error", "{person}", tables.now());
    label("3", RITA, "label-studio", "camera", "", "{}", tables.now());
    label("4", RITA, "label-studio", "camera", "error", "{}", tables.now().plusSeconds(60));
    assertThat(labels.take("default")).isZero();
    tables.pass(Duration.ofMinutes(2));
    assertThat(labels.take("default")).as("said in a minute").isEqualTo(1);
  }

  @Test
  void nobodySpeaksForAReviewer() {
    tables.say("ann", "a", Finding.NO_ERROR);
    tables.pass(Duration.ofMinutes(1));
    label("1", "ann", "api", "", "error", "{}", tables.now());
    label("2", RITA, "api", "", "error", "{}", tables.now());
    assertThat(labels.take("default")).isEqualTo(2);
    assertThat(
            tables.column(
                "SELECT reviewer || ' ' || finding FROM label_verdict WHERE undone IS NULL"
                    + " ORDER BY reviewer"))
        .containsExactly("ann NO_ERROR", "api:ann ERROR", "api:label-studio:rita ERROR");
  }

  @Test
  void ofSeveralInstancesOneTakesThem() throws Exception {
    label("1", RITA, "label-studio", "camera", "error", "{}", tables.now());
    try (var pool = Executors.newFixedThreadPool(4)) {
      Callable<Integer> look = () -> labels.take("default");
      int taken = 0;
      for (var one : pool.invokeAll(List.of(look, look, look, look))) {
        taken += one.get();
      }
      assertThat(taken).isEqualTo(1);
    }
  }

  private static void label(
      String id,
      String by,
      String source,
      String stream,
      String verdict,
      String classes,
      Instant at) {
    tables.execute(
        """
        INSERT INTO label (project, id, prediction, stream, verdict, fields, classes, looked, weight, said_by, source, at)
        VALUES ('default', '%s', 'e-17', '%s', '%s', 'null', '%s', '{}', 1, '%s', '%s', '%s')\
        """
            .formatted(id, stream, verdict, classes, by, source, at));
  }
}
