package io.assay.web.votes;

import static io.assay.web.review.ReviewSite.REVIEW;
import static io.assay.web.review.ReviewSite.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.assertion.weaklabel.VoteCounts.Pattern;
import io.assay.web.access.Role;
import io.assay.web.review.ReviewSite;
import io.assay.web.system.BrowsingClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/**
 * What assertions, the model and people say of the same events, with a real database and broker.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VotesTest {
  private static ReviewSite site;
  private static VoteTaking votes;
  private static BrowsingClient ann;

  @BeforeAll
  static void start() throws Exception {
    site = new ReviewSite(Map.of("assay.labels.look-every", "1h", "assay.labels.votes.draw", "20"));
    votes = site.bean(VoteTaking.class);
    ann = site.member("ann", Role.REVIEWER);
  }

  @AfterAll
  static void stop() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  @Order(1)
  void beforeAnybodyLooksPrecisionIsEstimatedAndSaysSo() {
    votes.tick("default");
    assertThat(get(ann, REVIEW + "/figures").path("assertions").size())
        .as("no event is drawn yet")
        .isZero();
    VotedStreet.write(site, "camera", "flicker", "appear", "crowded");
    again();

    // Of 160 flags of flicker the others share 120; of 126 of appear and of crowded, 120.
    assertEstimated("flicker", 120.0 / 160);
    assertEstimated("appear", 120.0 / 126);
    assertEstimated("crowded", 120.0 / 126);
    assertThat(ann.get("/p/default/review").body()).contains("estimated");
    assertThat(camera().votes().of(List.of("(model)", "(people)")).items())
        .as("what says nothing of confidence, and of what nobody spoke")
        .isZero();
    assertThat(site.column("SELECT lack FROM vote_estimate WHERE assertion = 'no_jump'"))
        .containsExactly("FLAGS");
  }

  private static void assertEstimated(String assertion, double precision) {
    JsonNode one = figure(assertion);
    assertThat(one.path("source").asString()).isEqualTo("estimated");
    assertThat(one.path("precision").asDouble()).isCloseTo(precision, within(0.02));
    assertThat(one.path("low").isNull()).as("it has no interval").isTrue();
    assertThat(one.path("right").asInt() + one.path("wrong").asInt()).isZero();
  }

  private static JsonNode figure(String assertion) {
    for (JsonNode one : get(ann, REVIEW + "/figures").path("assertions")) {
      if (one.path("assertion").asString().equals(assertion)) {
        return one;
      }
    }
    throw new AssertionError("there is no figure of " + assertion);
  }

  @Test
  @Order(2)
  void eventsAreDrawnForTheNextTimeAndOneInstanceCounts() {
    assertThat(
            site.column(
                "SELECT count(*) FROM voted_event WHERE stream = 'camera' AND key <> 'k'"
                    + " AND confidence BETWEEN 0 AND 1"))
        .containsExactly("20");
    String counted = site.column("SELECT max(counted) FROM vote_count").getFirst();

    votes.tick("default");

    assertThat(site.column("SELECT max(counted) FROM vote_count")).containsExactly(counted);
    site.execute("DELETE FROM voted_event WHERE key <> 'k'");
  }

  /** What nobody flagged 100 people call errors: flicker then finds less, and is as right. */
  @Test
  @Order(3)
  void peopleAndTheModelVoteToo() {
    site.execute(
        """
        INSERT INTO label SELECT 'default', 'l-' || n, 'e-' || n, 'camera',
          CASE WHEN n <= 120 OR n > 900 THEN 'error' ELSE 'no-error' END, '{}', '{}', '{}', 1, 'rita', 'api', now()
        FROM generate_series(1, 1000) n\
        """);
    site.execute(
        "UPDATE voted_event SET confidence = CASE WHEN event IN ('e-1', 'e-2') THEN 0.2 ELSE 0.9"
            + " END");
    again();

    VoteResults.Counted camera = camera();
    assertThat(camera.votes().items()).isEqualTo(1000);
    assertThat(camera.votes().voters()).endsWith(VoteReading.MODEL, VoteReading.PEOPLE);
    var named = camera.votes().of(List.of("flicker", "(model)", "(people)"));
    assertThat(named.patterns())
        .containsExactlyInAnyOrder(
            pattern(0, 0, 0, 2),
            pattern(0, 1, 0, 118),
            pattern(0, 1, 1, 40),
            pattern(1, 1, 1, 740),
            pattern(1, 1, 0, 100));
    assertEstimated("flicker", 120.0 / 160);
  }

  private static Pattern pattern(int flicker, int model, int people, long times) {
    return new Pattern(List.of(flicker, model, people), times);
  }

  @Test
  @Order(4)
  void whatDidNotJudgeInTheMinuteSaysNothing() {
    site.execute(
        "DELETE FROM count_minute WHERE assertion = 'flicker' AND minute > (SELECT at FROM"
            + " voted_event WHERE event = 'e-500')");
    again();
    assertThat(camera().votes().of(List.of("flicker")).items()).isEqualTo(500);
  }

  private static VoteResults.Counted camera() {
    return site.bean(VoteResults.class).counts("default").stream()
        .filter(one -> one.stream().equals("camera"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Order(5)
  void oneReviewTakesThePlaceOfTheEstimate() {
    site.execute(
        """
        INSERT INTO label_item (project, id, round, assertion, stream, key, label, day, violation, judgement_hash, at,
          severity, arm, reason, probability, around, rank, status, finding)
        SELECT project, id, 1, assertion, stream, key, label, worst_day, worst_id, judgement_hash, opened, worst,
          'random', '', 1, 0, 1, 'AGREED', 'NO_ERROR'
        FROM episode WHERE id = 'flicker-121'\
        """);
    JsonNode flicker = figure("flicker");
    assertThat(flicker.path("source").asString()).isEqualTo("reviews");
    assertThat(flicker.path("precision").asDouble()).isCloseTo(0.5 / 2, within(1e-12));
    assertThat(flicker.path("low").asDouble()).isZero();
    assertThat(figure("appear").path("source").asString()).isEqualTo("estimated");
  }

  private static void again() {
    site.execute("DELETE FROM voted_event WHERE key <> 'k'");
    site.execute("UPDATE vote_turn SET next = now()");
    votes.tick("default");
  }
}
