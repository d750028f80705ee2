package io.assay.web.votes;

import static io.assay.web.review.ReviewSite.REVIEW;
import static io.assay.web.review.ReviewSite.ask;
import static io.assay.web.review.ReviewSite.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.web.access.Role;
import io.assay.web.review.ReviewSite;
import io.assay.web.system.BrowsingClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** How rules do, over HTTP, with a real database; the figures are worked by hand. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RuleHealthSiteTest {
  private static final String PAGE = "/p/default/review/rules";
  private static ReviewSite site;
  private static BrowsingClient ann;

  @BeforeAll
  static void start() throws Exception {
    site = new ReviewSite(Map.of("assay.labels.look-every", "1h", "assay.labels.votes.draw", "0"));
    ann = site.member("ann", Role.VIEWER);
  }

  @AfterAll
  static void stop() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  @Order(1)
  void whereNothingIsKnownItSaysWhatIsNeeded() {
    JsonNode health = get(ann, REVIEW + "/health");
    assertThat(health.path("wish").asDouble()).isEqualTo(0.8);
    assertThat(health.path("leastReviews").asInt()).as("nine of nine, not eight").isEqualTo(9);
    assertThat(health.path("thresholds").size() + health.path("streams").size()).isZero();
    assertThat(ann.get(PAGE).body())
        .contains(
            "Nothing is counted yet.",
            "It takes at least 9 of an assertion",
            "Nobody has reviewed an event that was drawn at random.");
    ask(ann, "GET", REVIEW + "/health?precision=1", "", 400);
    assertThat(ann.get(PAGE + "?precision=0").body()).contains("needs a share above 0");
  }

  @Test
  @Order(2)
  void votersAreComparedOnEventsDrawnAtRandom() {
    VotedStreet.write(site, "camera", "flicker", "appear", "crowded");
    // A fourth one flags what appear flags, but for one event of 126.
    VotedStreet.flag(site, "camera", "no_jump", 1, 120);
    VotedStreet.flag(site, "camera", "no_jump", 161, 165);
    VotedStreet.judge(site, "camera", "no_jump", 1, 172, 1);
    // It judges all, and flags nothing.
    VotedStreet.judge(site, "camera", "multibox", 1, 1000, 0);
    site.bean(VoteTaking.class).tick("default");

    JsonNode camera = get(ann, REVIEW + "/health").path("streams").path(0);
    assertThat(camera.path("stream").asString()).isEqualTo("camera");
    assertThat(camera.path("events").asInt()).isEqualTo(1000);
    // no_jump says something of 172 events; on all of them others do. Multibox says otherwise on
    // the 125 that it flags; on the 47 that it does not, flicker's 40, crowded's 6 and appear's 1.
    assertVoter(camera, "no_jump", 0.172, 0.172, 0.172);
    // Of 1,000 events somebody flags 172; multibox none of them.
    assertVoter(camera, "multibox", 1, 1, 0.172);
    assertVoter(camera, "flicker", 1, 1, 0.172);
    assertVoter(camera, "(people)", 0, 0, 0);
    assertVoter(camera, "(model)", 0, 0, 0);
  }

  private static void assertVoter(
      JsonNode stream, String name, double coverage, double overlap, double conflict) {
    for (JsonNode voter : stream.path("voters")) {
      if (voter.path("voter").asString().equals(name)) {
        assertThat(
                List.of(
                    voter.path("coverage").asDouble(),
                    voter.path("overlap").asDouble(),
                    voter.path("conflict").asDouble()))
            .as(name)
            .containsExactly(coverage, overlap, conflict);
        return;
      }
    }
    throw new AssertionError("there is no voter " + name);
  }

  @Test
  @Order(3)
  void deadIdleAndRedundantRulesAreNamed() {
    List<String> matters = new ArrayList<>();
    get(ann, REVIEW + "/health")
        .path("rules")
        .forEach(
            one ->
                matters.add(
                    one.path("rule").asString()
                        + ' '
                        + one.path("matter").asString()
                        + (one.path("other").isNull() ? "" : " " + one.path("other").asString())));
    assertThat(matters)
        .contains("multibox dead", "stable_label idle", "appear redundant no_jump")
        .doesNotContain("flicker redundant appear", "flicker dead", "no_jump idle");
    for (JsonNode one : get(ann, REVIEW + "/health").path("rules")) {
      if (one.path("matter").asString().equals("redundant")
          && one.path("other").asString().equals("no_jump")
          && one.path("rule").asString().equals("appear")) {
        assertThat(one.path("share").asDouble()).isCloseTo(125.0 / 126, within(1e-12));
        assertThat(one.path("flags").asInt()).isEqualTo(126);
      }
    }
    // The events lie two minutes apart, and 33 hours are less than seven days.
    assertThat(ann.get(PAGE).body()).contains("has judged 2,000 times and never flagged");
  }

  @Test
  @Order(4)
  void aThresholdForAPrecisionIsSuggestedFromReviews() {
    // Twenty flags of severity 5, all errors; ten of severity 3, half of them.
    reviewed("flicker", 1, 20, 5, "ERROR");
    reviewed("flicker", 21, 25, 3, "ERROR");
    reviewed("flicker", 26, 30, 3, "NO_ERROR");
    reviewed("appear", 1, 8, 1, "ERROR");

    JsonNode thresholds = get(ann, REVIEW + "/health").path("thresholds");
    assertThat(thresholds.path(0).path("assertion").asString()).isEqualTo("appear");
    assertThat(thresholds.path(0).path("severity").isNull()).as("eight of eight").isTrue();
    JsonNode flicker = thresholds.path(1);
    assertThat(flicker.path("reviewed").asInt()).isEqualTo(30);
    assertThat(flicker.path("severity").asDouble()).isEqualTo(5);
    assertThat(flicker.path("from").asInt()).isEqualTo(20);
    assertThat(flicker.path("right").asInt()).isEqualTo(20);
    assertThat(flicker.path("kept").asDouble()).isCloseTo(20.0 / 30, within(1e-12));
    assertThat(flicker.path("low").asDouble()).isBetween(0.9, 0.92);
    // 25 of 30 show a precision of 0.6 without any threshold.
    JsonNode easy = get(ann, REVIEW + "/health?precision=0.6").path("thresholds").path(1);
    assertThat(easy.path("severity").asDouble()).isEqualTo(3);
    assertThat(ann.get(PAGE).body()).contains("≥ 5.000", "20 / 20", "too few reviews: it takes 9");
  }

  private static void reviewed(
      String assertion, int first, int last, int severity, String finding) {
    site.execute(
        """
        INSERT INTO label_item (project, id, round, assertion, stream, key, label, day, violation, judgement_hash, at,
          severity, arm, reason, probability, around, rank, status, finding)
        SELECT 'default', '%s-' || n, 1, '%s', 'camera', 'k', 'l', '2027-01-01', 'v', 'h', now(), %d, 'random', '', 1, 0,
          1, 'AGREED', '%s' FROM generate_series(%d, %d) n\
        """
            .formatted(assertion, assertion, severity, finding, first, last));
  }

  /** Of 50 events at random that nothing flags people find an error in 5. */
  @Test
  @Order(5)
  void whatRulesMissIsToldFromReviewsAtRandom() {
    site.execute(
        """
        INSERT INTO label_item (project, id, round, assertion, stream, key, label, day, violation, judgement_hash, at,
          severity, arm, reason, probability, around, rank, status, finding, event)
        SELECT 'default', 'random-' || n, 1, '', 'camera', 'k', '', '2027-01-01', '', '', v.at, 0, 'random-share', '', 1, 0,
          1, 'AGREED', CASE WHEN n <= 805 THEN 'ERROR' ELSE 'NO_ERROR' END, '{}'
        FROM generate_series(801, 850) n JOIN voted_event v ON v.id = 'random-' || n\
        """);
    JsonNode missed = get(ann, REVIEW + "/health").path("missed");
    assertThat(missed.path("unflagged").asInt()).isEqualTo(50);
    assertThat(missed.path("missed").asInt()).isEqualTo(5);
    assertThat(missed.path("missedRate").asDouble()).isCloseTo(5.5 / 51, within(1e-12));
    assertThat(missed.path("recall").isNull()).as("no flagged event was reviewed").isTrue();
    assertThat(ann.get(PAGE).body()).contains("Of 50 random events that nothing had flagged, 5");
  }
}
