package io.assay.web.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.weaklabel.Finding;
import io.assay.stream.contract.Topics;
import io.assay.web.review.ReviewTables;
import io.assay.web.rules.ActiveRules;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a round's items when it closes, and which version ends it. */
class RoundClosingTest {
  private static ReviewTables tables;
  private static Rounds rounds;

  @BeforeAll
  static void open() {
    var settings =
        new RoundSettings(8, Duration.ofHours(1), Duration.ofDays(7), 1, Duration.ofDays(30), true);
    tables =
        new ReviewTables(
            List.of(
                settings,
                ActiveRules.none(new Topics("closing")),
                new RandomShare(Optional.empty())),
            Candidates.class,
            RoundStore.class,
            RoundChoice.class,
            RoundOpening.class,
            SampleOutbox.class,
            Rounds.class);
    rounds = tables.bean(Rounds.class);
  }

  @AfterAll
  static void close() {
    tables.close();
  }

  @BeforeEach
  void aRoundIsOpen() {
    tables.execute(
        "TRUNCATE label_round, label_item, label_verdict, label_lease, label_known, episode");
    tables.round(1, false);
  }

  @Test
  void whatSomebodyLooksAtStaysUntilTheyHaveLooked() {
    tables.item("a", "flicker", 1);
    tables.item("b", "flicker", 1);
    assertThat(tables.take("ann")).hasValue("a");
    rounds.close("default", 1, "eve", "enough");
    assertThat(items()).containsExactly("a");
    tables.say("ann", "a", Finding.ERROR);
    assertThat(tables.column("SELECT finding FROM label_item")).containsExactly("ERROR");
  }

  @Test
  void whatSomebodyHasLeftGoesOnceTheirTimeIsOver() {
    tables.item("a", "flicker", 1);
    tables.take("ann");
    rounds.close("default", 1, "eve", "enough");
    rounds.tick("default");
    assertThat(items()).containsExactly("a");
    tables.pass(Duration.ofMinutes(11));
    rounds.tick("default");
    assertThat(items()).isEmpty();
  }

  /** One of two verdicts is being written while the round closes: the item must outlive it. */
  @Test
  void aVerdictAmidTheClosingIsNotLost() throws Exception {
    tables.item("a", "flicker", 2);
    try (Connection verdict = tables.database().connect();
        var pool = Executors.newSingleThreadExecutor()) {
      verdict.setAutoCommit(false);
      run(verdict, "SELECT FROM label_item WHERE id = 'a' FOR UPDATE");
      Future<LabelRound> closing = pool.submit(() -> rounds.close("default", 1, "eve", "enough"));
      while (tables
          .column("SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
          .isEmpty()) {
        Thread.onSpinWait();
      }
      run(
          verdict,
          "INSERT INTO label_verdict (project, item, reviewer, at, finding) VALUES ('default',"
              + " 'a', 'ann', now(), 'ERROR')");
      run(verdict, "UPDATE label_item SET said = 1 WHERE id = 'a'");
      verdict.commit();
      assertThat(closing.get().closed()).isPresent();
    }
    assertThat(items()).containsExactly("a");
  }

  @Test
  void aVersionOfAnotherModelEndsNothing() {
    tables.item("a", "flicker", 1);
    tables.say("ann", "a", Finding.ERROR);
    tables.episode("old", "flicker", "camera", "v1", tables.now().minusSeconds(60));
    rounds.close("default", 1, "eve", "enough");
    tables.pass(Duration.ofMinutes(1));
    tables.episode("loans", "limit", "loans", "credit-7", tables.now());
    tables.episode("again", "flicker", "camera", "v1", tables.now());
    rounds.tick("default");
    assertThat(trained()).containsExactly((String) null);
    tables.episode("new", "absent", "camera", "v2", tables.now().plusSeconds(5));
    tables.episode("newer", "absent", "camera", "v3", tables.now().plusSeconds(9));
    rounds.tick("default");
    assertThat(trained()).containsExactly("v2");
  }

  @Test
  void nobodyLearnsFromARoundInWhichNobodyLooked() {
    tables.item("a", "flicker", 1);
    tables.pass(Duration.ofDays(8));
    rounds.tick("default");
    assertThat(items()).isEmpty();
    assertThat(rounds.isOver("default", newest())).isTrue();
  }

  @Test
  void aProblemIsKnownNoMoreThoughTheVersionHasCuredIt() {
    tables.item("a", "flicker", 1);
    tables.say("ann", "a", Finding.ERROR, Optional.of("v9"));
    tables.episode("old", "flicker", "camera", "v8", tables.now());
    tables.episode("loans", "limit", "loans", "v9", tables.now());
    rounds.tick("default");
    assertThat(known()).containsExactly("v9");
    tables.episode("new", "absent", "camera", "v9", tables.now());
    rounds.tick("default");
    assertThat(known()).isEmpty();
  }

  @Test
  void aRoundOfLabelsWaitsForAModelThatLearned() {
    tables.item("a", "flicker", 1);
    tables.say("ann", "a", Finding.ERROR);
    rounds.tick("default");
    assertThat(rounds.isOver("default", newest())).isFalse();
    rounds.trained("default", 1, "eve", "v2");
    assertThat(rounds.isOver("default", newest())).isTrue();
  }

  private static LabelRound newest() {
    return tables.bean(RoundStore.class).newest("default").orElseThrow();
  }

  private static List<String> items() {
    return tables.column("SELECT id FROM label_item ORDER BY id");
  }

  private static List<String> trained() {
    return tables.column("SELECT trained FROM label_round");
  }

  private static List<String> known() {
    return tables.column("SELECT version FROM label_known WHERE ended IS NULL");
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
