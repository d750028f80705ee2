package io.assay.web.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.review.ReviewSite;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Rounds that nobody opens or closes: as time passes, and as models are trained. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RoundsTest {
  private static ReviewSite site;
  private static Rounds rounds;

  @BeforeAll
  static void start() throws Exception {
    site =
        new ReviewSite(
            Map.of(
                "assay.labels.look-every", "1h",
                "assay.labels.round-size", "8",
                "assay.labels.fill-within", "1s"));
    rounds = site.bean(Rounds.class);
  }

  @AfterAll
  static void stop() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  @Order(1)
  void aRoundOpensByItselfOnceThoughSeveralLookAtOnce() throws Exception {
    try (var pool = Executors.newFixedThreadPool(4)) {
      IntStream.range(0, 4).forEach(i -> pool.execute(() -> rounds.tick("default")));
    }
    assertThat(site.column("SELECT number || ' ' || opened_by FROM label_round"))
        .containsExactly("1 assay");
    assertThat(site.column("SELECT count(*) FROM label_item")).containsExactly("8");
    assertThat(site.column("SELECT count(*) FROM label_item WHERE event IS NOT NULL"))
        .containsExactly("2");
  }

  @Test
  @Order(2)
  void itClosesWhenAllIsDoneAndTheNextWaitsForAModelThatLearned() {
    rounds.tick("default");
    assertThat(site.column("SELECT closed IS NULL FROM label_round")).containsExactly("t");
    site.execute("UPDATE label_item SET status = 'AGREED', finding = 'ERROR', said = 1");
    rounds.tick("default");
    assertThat(site.column("SELECT closed_by || ': ' || closed_why FROM label_round"))
        .containsExactly("assay: all 8 are done");
    rounds.tick("default");
    rounds.tick("default");
    assertThat(site.column("SELECT count(*) FROM label_round")).containsExactly("1");
  }

  @Test
  @Order(3)
  void aVersionThatWasNotThereBeforeEndsItAndTheNextOpens() {
    site.execute(
        "UPDATE episode SET model_version = 'v10', opened = now() + interval '1 second' WHERE id ="
            + " (SELECT min(id) FROM episode WHERE mode = 'ACTIVE' AND id NOT IN (SELECT id FROM"
            + " label_item))");
    rounds.tick("default");
    assertThat(site.column("SELECT trained FROM label_round")).containsExactly("v10");
    rounds.tick("default");
    assertThat(site.column("SELECT number FROM label_round ORDER BY number"))
        .containsExactly("1", "2");
    assertThat(
            site.column(
                "SELECT count(*) FROM label_item WHERE round = 2 AND id IN (SELECT id FROM"
                    + " label_item WHERE round = 1)"))
        .as("nothing is proposed twice")
        .containsExactly("0");
  }

  @Test
  @Order(4)
  void whatIsKnownIsNotProposedUntilItsVersionComes() {
    site.execute(
        "INSERT INTO label_known (project, assertion, key, version, since, by) SELECT DISTINCT"
            + " project, assertion, '', 'v11', now(), 'ann' FROM episode");
    rounds.close("default", 2, "ann", "enough");
    rounds.trained("default", 2, "ann", "v10");
    rounds.tick("default");
    assertThat(site.column("SELECT count(*) FROM label_round")).containsExactly("2");
    site.execute("UPDATE episode SET model_version = 'v11'");
    rounds.tick("default");
    assertThat(site.column("SELECT count(*) FROM label_known WHERE ended IS NULL"))
        .containsExactly("0");
    assertThat(site.column("SELECT count(*) FROM label_round")).containsExactly("3");
  }
}
