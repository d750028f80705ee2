package io.assay.assertion.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.ir.Bound;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Consequences;
import io.assay.assertion.rule.ir.Correction;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PerKeyKindsTest {
  private static final String STREAM =
      """
      stream camera from topic "t" {
        key vehicle string
        time at timestamp(millis)
        mood enum("calm", "busy")
        speed double tolerance 0.5
        boxes list {
          track string?
          label enum("car", "van", "bus") alike ("car", "van")
          score ratio
          area rect
        }
      }
      route people { to webhook("http://localhost/") }
      """;
  private static final CheckedText CAMERA = new CheckedText(STREAM, "camera");
  private static final String EACH = "each b in boxes identity b.track ";

  @Test
  void returnsHasEitherBoundOrBoth() {
    assertThat(kind("returns mood through at most 2 events"))
        .isInstanceOfSatisfying(
            Kind.Returns.class,
            returns -> {
              assertThat(returns.throughEvents()).isEqualTo(OptionalLong.of(2));
              assertThat(returns.within()).isEmpty();
            });
    assertThat(kind(EACH + "returns b.label within 4 events through at most 1 event"))
        .isInstanceOfSatisfying(
            Kind.Returns.class,
            returns -> assertThat(returns.within()).contains(new Bound.Events(4)));
    assertThat(CAMERA.message("returns mood")).contains("needs a bound");
    assertThat(CAMERA.message("returns mood through at most 2s")).contains("counts events");
  }

  @Test
  void withoutIdentityTheKeyIsFollowedButElementsNeedOne() {
    assertThat(kind("consistent mood within 2s")).isInstanceOf(Kind.Consistent.class);
    assertThat(CAMERA.message("each b in boxes consistent b.label within 2s"))
        .contains("needs an identity");
  }

  @Test
  void consistentTakesAlikeFromTheTypeAndToleranceFromClauseOrField() {
    var label = (Kind.Consistent) kind(EACH + "consistent b.label within 2s");
    assertThat(label.alike()).containsExactly(List.of("car", "van"));
    var declared = (Kind.Consistent) kind("consistent speed within 2s");
    assertThat(declared.tolerance()).isEqualTo(OptionalDouble.of(0.5));
    var written = (Kind.Consistent) kind("consistent speed within 2s tolerance 2");
    assertThat(written.tolerance()).isEqualTo(OptionalDouble.of(2));
    assertThat(CAMERA.message("consistent mood within 2s tolerance 2"))
        .contains("have a tolerance");
  }

  @Test
  void changeKnowsWhetherItsValueIsTheChangeItself() {
    var plain = (Kind.Change) kind("change speed at most 5 per 1s");
    assertThat(plain.previous()).isEmpty();
    assertThat(plain.limit().value()).isEqualTo(5.0);
    var moved =
        (Kind.Change)
            kind(
                EACH
                    + "let d = distance(center(b.area), center(previous.area)) "
                    + "change d at most 400px per 1s");
    assertThat(moved.previous()).map(Local::name).contains("previous");
    assertThat(moved.perNanos()).isEqualTo(1_000_000_000);
    assertThat(CAMERA.message("change mood at most 5 per 1s")).contains("follows a number");
  }

  @Test
  void transitionsNeedSomethingThatComesAndGoes() {
    assertThat(kind("where speed > 3.0 transitions at most 1 within 2s"))
        .isEqualTo(new Kind.Transitions(1, new Bound.Time(2_000_000_000)));
    assertThat(CAMERA.message("transitions at most 1 within 2s")).contains("nothing comes or goes");
  }

  @Test
  void everyKindGivesItsNames() {
    String shares = " severity minority explain \"{from} {to} {count} {majority}\"";
    for (String clause :
        List.of(
            "returns b.label within 2s",
            "consistent b.label within 2s",
            "transitions at most 1 within 2s")) {
      assertThat(CAMERA.assertion(EACH + clause + shares).names())
          .extracting(Local::name)
          .containsExactlyInAnyOrder("minority", "from", "to", "count", "majority");
    }
    assertThat(
            CAMERA.assertion("change speed at most 5 per 1s explain \"{value} {elapsed}\"").names())
        .hasSize(2);
  }

  @Test
  void correctionsGatherOverSightings() {
    CheckedAssertion stable =
        CAMERA.assertion(
            EACH + "consistent b.label within 2s correct set b.label = majority(b.label)");
    Correction correction = stable.consequences().corrections().getFirst();
    assertThat(correction.gathered())
        .singleElement()
        .satisfies(
            gathered -> {
              assertThat(gathered.how()).isEqualTo(Correction.How.MAJORITY);
              assertThat(gathered.element().name()).isEqualTo("b");
            });
    assertThat(correction.repair())
        .isInstanceOfSatisfying(
            Correction.Repair.Set.class,
            set -> assertThat(set.value()).isInstanceOf(Term.Read.class));
  }

  @Test
  void severalCorrectionsEachWithACondition() {
    String text =
        "returns b.label within 2s "
            + "correct when minority > 0.2 remove b "
            + "correct insert b with area = interpolate(b.area), score = 1 "
            + "correct merge boxes where iou >= 0.5 keep highest(score)";
    List<Correction> corrections = CAMERA.assertion(EACH + text).consequences().corrections();
    assertThat(corrections)
        .extracting(c -> c.repair().getClass().getSimpleName())
        .containsExactly("Remove", "Insert", "Merge");
    assertThat(corrections.getFirst().when()).isPresent();
    assertThat(CAMERA.message(EACH + "returns b.label within 2s correct set b.label = 3"))
        .contains("'label' is an enum, got an int");
    assertThat(CAMERA.message(EACH + "returns b.label within 2s correct remove c"))
        .contains("no element is called 'c'");
  }

  @Test
  void alertsAndSamplesAreData() {
    Consequences consequences =
        CAMERA
            .assertion(
                EACH
                    + "consistent b.label within 2s "
                    + "sample bandit with 5 events around, at most 200 per day "
                    + "alert when rate per identity > 2% for 5min to people "
                    + "alert when open for 10s")
            .consequences();
    assertThat(consequences.sample())
        .contains(
            new Consequences.Sample(
                Consequences.Strategy.BANDIT,
                Consequences.Measure.LEAST_CONFIDENT,
                Optional.empty(),
                Optional.empty(),
                5,
                OptionalLong.of(200),
                OptionalDouble.empty()));
    assertThat(consequences.alerts())
        .extracting(Consequences.Alert::condition)
        .containsExactly(
            new Consequences.Condition.Rate(Consequences.Unit.IDENTITY, false, 0.02),
            new Consequences.Condition.Open(10_000_000_000L));
    assertThat(CAMERA.message("consistent mood within 2s alert when rate per pair > 2%"))
        .contains("expected event, got 'pair'");
    assertThat(CAMERA.message("consistent mood within 2s alert when breached"))
        .contains("'breached' is of a window");
  }

  @Test
  void samplesSayWhatTakesTurnsAndHowUnsureIsMeasured() {
    assertThat(
            CAMERA
                .assertion(EACH + "consistent b.label within 2s sample uncertainty(margin)")
                .consequences()
                .sample()
                .orElseThrow()
                .measure())
        .isEqualTo(Consequences.Measure.MARGIN);
    Consequences.Sample sample =
        CAMERA
            .assertion(
                EACH
                    + "consistent b.label within 2s"
                    + " sample severest stratify by mood with 2 events around rate 5%")
            .consequences()
            .sample()
            .orElseThrow();
    assertThat(sample.strategy()).isEqualTo(Consequences.Strategy.SEVEREST);
    assertThat(sample.stratum()).isPresent();
    assertThat(sample.around()).isEqualTo(2);
    assertThat(sample.rate()).hasValue(0.05);
    assertThat(CAMERA.message("consistent mood within 2s sample random(margin)"))
        .contains("'margin' is a measure of uncertainty; 'random' takes none");
    assertThat(CAMERA.message("consistent mood within 2s sample uncertainty(sureness)"))
        .contains("expected least_confident, margin or entropy, got 'sureness'");
    assertThat(CAMERA.message("consistent mood within 2s sample uncertainty(margin of mood)"))
        .contains("list of doubles, the probability of each class, got an enum");
    assertThat(CAMERA.message("consistent mood within 2s sample random stratify by speed"))
        .contains("'stratify by' needs a bool, a string, an enum or an int, got a double");
    assertThat(CAMERA.message("window tumbling 1h expect count > 3 sample random stratify by mood"))
        .contains("a window is of many events");
  }

  @Test
  void consequencesLeaveTheJudgementHashAlone() {
    String hash = CAMERA.assertion(EACH + "consistent b.label within 2s").judgementHash();
    assertThat(
            CAMERA.assertion(EACH + "consistent b.label within 2s correct remove b sample random"))
        .extracting(CheckedAssertion::judgementHash)
        .isEqualTo(hash);
    assertThat(CAMERA.assertion(EACH + "consistent b.label within 3s").judgementHash())
        .isNotEqualTo(hash);
  }

  private static Kind kind(String clauses) {
    return CAMERA.assertion(clauses).kind();
  }
}
