package io.assay.assertion.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.alert.AlertGroup.Reason;
import io.assay.assertion.rule.ir.CheckedRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What people are told: grouped, once, again after a while, and when it is over. */
class AlertBoardTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final String RULES =
      """
      stream camera from topic "av.camera" {
        key    vehicle     string
        time   at          timestamp(millis)
        score              ratio
      }
      assertion low on camera {
        expect     score >= 0.5
        mode       active
        alert      when open for 1s to perception
      }
      route perception { to webhook("https://example.com/hook")  group by assertion, vehicle  repeat 1h }
      """;

  private final CheckedRules rules = TestRules.compiled(RULES);
  private final AlertRule low = AlertRules.of(rules).getFirst();
  private final List<Silence> silences = new ArrayList<>();
  private final List<AlertTransition> transitions = new ArrayList<>();
  private AlertBoard board = AlertBoard.EMPTY;
  private Instant now = START;

  private List<AlertNotice> look(String... vehicles) {
    return look(GroupTiming.USUAL, vehicles);
  }

  /** A look at which these vehicles are found wanting. */
  private List<AlertNotice> look(GroupTiming timing, String... vehicles) {
    List<AlertSighting> seen = new ArrayList<>();
    for (String vehicle : vehicles) {
      seen.add(
          AlertSighting.of(low, "default", new AlertReading(true, "open for 1s", "nothing"))
              .labelled("vehicle", vehicle));
    }
    AlertPolicy policy =
        AlertPolicy.of(
            AlertRules.of(rules),
            rules.declared().routes(),
            silences,
            timing,
            Duration.ofMinutes(1));
    AlertBoard.Look look = board.look(seen, policy, now);
    board = look.board();
    transitions.addAll(look.transitions());
    return look.notices();
  }

  private void passes(Duration time) {
    now = now.plus(time);
  }

  private static List<String> vehicles(List<Alert> alerts) {
    return alerts.stream().map(alert -> alert.labels().getOrDefault("vehicle", "")).toList();
  }

  @Test
  void waitsForOthersThenTellsOnce() {
    assertThat(look("v1")).isEmpty();
    passes(Duration.ofSeconds(15));
    assertThat(look("v1")).isEmpty();
    passes(Duration.ofSeconds(15));
    List<AlertNotice> told = look("v1");
    assertThat(told)
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.reason()).isEqualTo(Reason.NEW);
              assertThat(notice.group().key())
                  .isEqualTo("perception:{alertname=\"low\", vehicle=\"v1\"}");
              assertThat(vehicles(notice.firing())).containsExactly("v1");
            });
    passes(Duration.ofSeconds(15));
    assertThat(look("v1")).as("told already").isEmpty();
  }

  @Test
  void repeatsAsTheRouteSaysAndTellsTheEnd() {
    look("v1");
    passes(Duration.ofSeconds(30));
    look("v1");
    passes(Duration.ofMinutes(59));
    assertThat(look("v1")).isEmpty();
    passes(Duration.ofMinutes(1));
    assertThat(look("v1"))
        .singleElement()
        .extracting(AlertNotice::reason)
        .isEqualTo(Reason.REPEATED);
    passes(Duration.ofMinutes(5));
    assertThat(look())
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.reason()).isEqualTo(Reason.RESOLVED);
              assertThat(notice.firing()).isEmpty();
              assertThat(vehicles(notice.over())).containsExactly("v1");
            });
    assertThat(board).isEqualTo(AlertBoard.EMPTY);
  }

  @Test
  void doesNotTellOfWhatFlapsBetweenTwoNotices() {
    look("v1");
    passes(Duration.ofSeconds(30));
    assertThat(look("v1")).hasSize(1);
    for (int i = 0; i < 12; i++) {
      passes(Duration.ofSeconds(15));
      assertThat(i % 2 == 0 ? look() : look("v1")).isEmpty();
    }
    assertThat(transitions).as("all of it is written down").hasSizeGreaterThan(12);
  }

  @Test
  void tellsTheEndOfWhatWaitedOnceMoreMeanwhile() {
    AlertRule patient = patient(low);
    List<AlertRule> rule = List.of(patient);
    lookAt(rule, true);
    passes(Duration.ofMinutes(1));
    lookAt(rule, true);
    passes(Duration.ofSeconds(30));
    assertThat(lookAt(rule, true))
        .singleElement()
        .extracting(AlertNotice::reason)
        .isEqualTo(Reason.NEW);
    passes(Duration.ofSeconds(30));
    Instant over = now;
    assertThat(lookAt(rule, false)).isEmpty();
    passes(Duration.ofSeconds(30));
    assertThat(lookAt(rule, true)).as("it waits once more").isEmpty();
    passes(Duration.ofSeconds(30));
    assertThat(lookAt(rule, false)).as("and is not true long enough").isEmpty();
    for (int i = 0; i < 6; i++) {
      passes(Duration.ofSeconds(30));
      assertThat(lookAt(rule, false)).isEmpty();
    }
    passes(Duration.ofSeconds(30));
    assertThat(lookAt(rule, false))
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.reason()).isEqualTo(Reason.RESOLVED);
              assertThat(notice.over())
                  .singleElement()
                  .satisfies(
                      alert -> {
                        assertThat(alert.startsAt()).isEqualTo(START.plus(Duration.ofMinutes(1)));
                        assertThat(alert.state().resolvedAt()).isEqualTo(over);
                      });
            });
    assertThat(board).isEqualTo(AlertBoard.EMPTY);
  }

  /** With a {@code for} of a minute. */
  private static AlertRule patient(AlertRule rule) {
    return new AlertRule(
        rule.assertion(),
        rule.condition(),
        rule.cause(),
        Duration.ofMinutes(1),
        Duration.ZERO,
        rule.routes(),
        rule.groupBy());
  }

  private List<AlertNotice> lookAt(List<AlertRule> own, boolean holds) {
    AlertPolicy policy =
        AlertPolicy.of(
            own, rules.declared().routes(), silences, GroupTiming.USUAL, Duration.ofMinutes(1));
    var reading = new AlertReading(true, "open for 1s", "nothing");
    AlertBoard.Look look =
        board.look(
            holds ? List.of(AlertSighting.of(own.getFirst(), "default", reading)) : List.of(),
            policy,
            now);
    board = look.board();
    return look.notices();
  }

  @Test
  void aRestartWhileItWaitsIsNoTime() {
    List<AlertRule> rule = List.of(patient(low));
    lookAt(rule, true);
    passes(Duration.ofSeconds(30));
    lookAt(rule, true);
    passes(Duration.ofHours(3));
    lookAt(rule, true);
    assertThat(board.alerts().values())
        .singleElement()
        .extracting(Alert::phase)
        .isEqualTo(AlertPhase.PENDING);
    passes(Duration.ofSeconds(30));
    lookAt(rule, true);
    assertThat(board.alerts().values())
        .singleElement()
        .extracting(Alert::phase)
        .isEqualTo(AlertPhase.FIRING);
  }

  @Test
  void anotherWaitDoesNotEndWhatFires() {
    lookAt(List.of(low), true);
    passes(Duration.ofSeconds(30));
    assertThat(lookAt(List.of(low), true)).hasSize(1);
    passes(Duration.ofMinutes(6));
    assertThat(lookAt(List.of(patient(low)), true)).as("of the same labels").isEmpty();
    assertThat(board.alerts().values())
        .singleElement()
        .extracting(Alert::phase)
        .isEqualTo(AlertPhase.FIRING);
  }

  @Test
  void whoIsToldNoMoreIsToldThatItIsOver() {
    lookAt(List.of(low), true);
    passes(Duration.ofSeconds(30));
    lookAt(List.of(low), true);
    passes(Duration.ofMinutes(6));
    AlertRule elsewhere =
        new AlertRule(
            low.assertion(),
            low.condition(),
            low.cause(),
            low.lasting(),
            low.keep(),
            List.of("another"),
            low.groupBy());
    assertThat(lookAt(List.of(elsewhere), true))
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.reason()).isEqualTo(Reason.RESOLVED);
              assertThat(notice.over()).hasSize(1);
            });
    assertThat(board.alerts()).as("it fires all the same").hasSize(1);
    assertThat(board.groups()).isEmpty();
  }

  @Test
  void acknowledgedIsNotRepeatedAndItsEndIsTold() {
    look("v1");
    passes(Duration.ofSeconds(30));
    look("v1");
    Map<String, Alert> acknowledged = new HashMap<>();
    board.alerts().forEach((id, alert) -> acknowledged.put(id, alert.acknowledged("ada")));
    board = new AlertBoard(acknowledged, board.groups());
    passes(Duration.ofHours(2));
    assertThat(look("v1")).isEmpty();
    passes(Duration.ofMinutes(5));
    assertThat(look()).singleElement().extracting(AlertNotice::reason).isEqualTo(Reason.RESOLVED);
    passes(Duration.ofMinutes(5));
    look("v1");
    assertThat(board.alerts().values())
        .as("it is another time")
        .allSatisfy(alert -> assertThat(alert.acknowledgedBy()).isEmpty());
  }

  @Test
  void aSilenceHoldsBackWhatNobodyKnowsAndTellsTheEndOfWhatIsKnown() {
    look("v1");
    passes(Duration.ofSeconds(30));
    look("v1");
    silences.add(
        new Silence(
            List.of(LabelMatcher.read("alertname=low")), now, now.plus(Duration.ofHours(3))));
    passes(Duration.ofMinutes(10));
    assertThat(look("v1", "v2")).isEmpty();
    passes(Duration.ofHours(2));
    assertThat(look("v1", "v2")).as("nor is it repeated").isEmpty();
    assertThat(look("v2"))
        .singleElement()
        .extracting(AlertNotice::reason)
        .isEqualTo(Reason.RESOLVED);
    passes(Duration.ofHours(1));
    look("v2");
    passes(Duration.ofSeconds(30));
    assertThat(look("v2"))
        .as("the silence is over")
        .singleElement()
        .satisfies(notice -> assertThat(vehicles(notice.firing())).containsExactly("v2"));
  }

  @Test
  void aStormIsFewGroups() {
    String[] fleet = IntStream.range(0, 500).mapToObj(i -> "v" + i).toArray(String[]::new);
    look(fleet);
    passes(Duration.ofSeconds(30));
    List<AlertNotice> told = look(fleet);
    assertThat(told).hasSize(GroupTiming.USUAL.mostGroups() + 1);
    assertThat(told.stream().mapToInt(notice -> notice.firing().size()).sum()).isEqualTo(500);
    passes(Duration.ofMinutes(6));
    List<AlertNotice> over = look();
    assertThat(over).hasSize(told.size());
    assertThat(over.stream().mapToInt(notice -> notice.over().size()).sum()).isEqualTo(500);
    assertThat(board).isEqualTo(AlertBoard.EMPTY);
  }

  @Test
  void aRuleThatIsGoneIsOver() {
    look("v1");
    passes(Duration.ofSeconds(30));
    look("v1");
    passes(Duration.ofMinutes(5));
    AlertPolicy none =
        AlertPolicy.of(
            List.of(), rules.declared().routes(), silences, GroupTiming.USUAL, Duration.ofDays(1));
    AlertBoard.Look look = board.look(List.of(), none, now);
    assertThat(look.notices())
        .singleElement()
        .extracting(AlertNotice::reason)
        .isEqualTo(Reason.RESOLVED);
  }

  @Test
  void everyActiveAssertionHasItsOwnReasons() {
    assertThat(AlertRules.of(rules))
        .extracting(AlertRule::condition)
        .containsExactly("open for 1s", "undecided > 20%", "not judged");
    assertThat(AlertRules.of(TestRules.compiled(RULES.replace("mode       active", "mode shadow"))))
        .isEmpty();
  }
}
