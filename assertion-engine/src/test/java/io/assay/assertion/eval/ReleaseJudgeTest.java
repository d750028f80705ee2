package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.event.Event;
import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ReleaseJudgeTest {
  private static final long AT = 1_700_000_000_000_000_000L;

  private final Told told = new Told();

  /** What was told, in order. */
  private static final class Told implements Verdicts {
    private final List<Violation> violations = new ArrayList<>();
    private final List<String> counts = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();

    @Override
    public void violation(Violation violation) {
      violations.add(violation);
    }

    @Override
    public void count(String assertion, String expectation, Tally tally, long minute, long by) {
      counts.add(expectation + " " + tally);
    }

    @Override
    public void undecided(String assertion, String expectation, long at, String reason) {
      reasons.add(expectation + ": " + reason);
    }

    @Override
    public void late(Event event, LateReason reason) {}

    @Override
    public void duplicate(Event event) {}

    @Override
    public void error(String assertion, String message) {}
  }

  private static CheckedAssertion assertion(String clauses) {
    String text =
        """
        language 1
        embeddings words from topic "words" {
          item word string
          version release string
          vector 4
        }
        assertion steady on words {
          compare release with previous
          %s
        }
        """
            .formatted(clauses);
    Compilation compiled = new RuleCompiler().compile(List.of(new SourceFile("a.assay", text)));
    return compiled
        .rules()
        .orElseThrow(() -> new AssertionError(compiled.issues().toString()))
        .assertion("steady")
        .orElseThrow();
  }

  private static ReleasePair pair(double eis, double coverage) {
    return pair(eis, coverage, 0);
  }

  private static ReleasePair pair(double eis, double coverage, double error) {
    return new ReleasePair(
        "2026-06",
        "2026-07",
        AT,
        950,
        coverage,
        OptionalDouble.of(eis),
        Map.of(5L, 0.5),
        OptionalDouble.empty(),
        12,
        0.9,
        error,
        List.of("dog", "cat"));
  }

  private void judge(String clauses, ReleasePair pair) {
    new ReleaseJudge(assertion(clauses), "p").judge(pair, told);
  }

  @Test
  void aBoundThatRoundingMayHaveCrossedIsUndecided() {
    judge("expect eis <= 0.15 expect overlap >= 0.5", pair(0.149, 1, 0.002));
    judge("expect eis <= 0.15 expect overlap >= 0.5", pair(0.151, 1, 0.002));
    assertThat(told.violations).isEmpty();
    String why = "1: rounding may have moved eis and overlap by 0.00200, across what is expected";
    assertThat(told.reasons).containsExactly(why, why);
    judge("expect eis <= 0.15", pair(0.153, 1, 0.002));
    assertThat(told.violations).hasSize(1);
  }

  @Test
  void aViolationSaysWhoMayBreak() {
    List<Model> models =
        List.of(
            new Model("search", Optional.empty(), Optional.of("search team"), List.of("words")));
    new ReleaseJudge(assertion("expect eis <= 0.15"), "p", models).judge(pair(0.2, 1), told);
    assertThat(told.violations.getFirst().values())
        .contains(new Violation.Value("read by", "[\"search\"]", false));
  }

  @Test
  void aPairThatKeepsWhatIsExpectedHolds() {
    judge("expect eis <= 0.15 expect near: neighbours(5) >= 0.5", pair(0.1, 1));
    assertThat(told.violations).isEmpty();
    assertThat(told.counts)
        .containsExactly(" SEEN", " PASSED", "1 JUDGED", "1 HELD", "near JUDGED", "near HELD");
  }

  @Test
  void aViolationSaysOfWhichReleasesAndWhatTheyCameTo() {
    judge(
        """
        expect eis <= 0.15
        severity eis * 10
        explain "EIS {eis}, shared neighbours {neighbours(5)}, moved {moved}"
        """,
        pair(0.25, 1));
    Violation violation = told.violations.getFirst();
    assertThat(violation.severity()).isEqualTo(2.5);
    assertThat(violation.subject()).isEqualTo("2026-07 against 2026-06");
    assertThat(violation.at()).isEqualTo(AT);
    assertThat(violation.modelVersion()).contains("2026-07");
    assertThat(violation.sentence()).contains("EIS 0.25", "neighbours 0.5", "dog", "cat");
    assertThat(violation.values())
        .contains(
            new Violation.Value("eis", "0.25", false),
            new Violation.Value("release", "\"2026-07\"", false),
            new Violation.Value("against", "\"2026-06\"", false),
            new Violation.Value("items", "950", false));
    assertThat(told.counts).containsExactly(" SEEN", " PASSED", "1 JUDGED", "1 VIOLATED");
  }

  /** Whenever and wherever it is judged again. */
  @Test
  void anIdIsOfTheRuleAndTheTwoReleases() {
    judge("expect eis <= 0.15", pair(0.25, 1));
    judge("expect eis <= 0.15 explain \"other words\"", pair(0.26, 0.99));
    judge("expect eis <= 0.14", pair(0.25, 1));
    List<String> ids = told.violations.stream().map(Violation::id).toList();
    assertThat(ids.get(0)).isEqualTo(ids.get(1)).isNotEqualTo(ids.get(2));
  }

  @Test
  void whatIsNotThereLeavesThoseUndecidedThatReadIt() {
    judge("expect displacement < 0.1 expect neighbours(7) > 0.5 expect pip < 20", pair(0, 1));
    assertThat(told.reasons).hasSize(2);
    assertThat(told.counts).contains("1 UNDECIDED", "2 UNDECIDED", "3 HELD");
  }

  @Test
  void tooFewSharedItemsLeaveAllUndecided() {
    judge("at least 95% of items expect eis <= 1 expect pip < 20", pair(0, 0.9));
    assertThat(told.reasons)
        .containsExactly(
            "1: needs at least 95.0 % of items in both, got 90.0 %",
            "2: needs at least 95.0 % of items in both, got 90.0 %");
  }

  @Test
  void anAssertionOfEventsIsRefused() {
    CheckedAssertion other =
        new RuleCompiler()
            .compile(
                List.of(
                    new SourceFile(
                        "a.assay",
                        """
                        language 1
                        stream s from topic "s" {
                          key k string
                          time at timestamp
                          x int
                        }
                        assertion small on s { expect x < 5 }
                        """)))
            .rules()
            .orElseThrow()
            .assertion("small")
            .orElseThrow();
    assertThatThrownBy(() -> new ReleaseJudge(other, "p"))
        .hasMessage("'small' compares no releases");
  }
}
