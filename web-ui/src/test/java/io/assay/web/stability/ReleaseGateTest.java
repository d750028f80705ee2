package io.assay.web.stability;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.stability.Gate;
import io.assay.stream.contract.ReleaseStatus;
import io.assay.stream.contract.StabilityRecord;
import io.assay.stream.contract.StabilityRecord.Measured;
import io.assay.stream.contract.StabilityRecord.Outcome;
import io.assay.stream.contract.StabilityRecord.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReleaseGateTest {
  private static final Verdict SHADOW = new Verdict("shadow", "1", Outcome.VIOLATED, "", "s");
  private static final GateQuery STEADY =
      new GateQuery(new Gate(Map.of(Gate.Measure.EIS, 0.1)), 5, Optional.empty());

  @Test
  void withoutBoundsItsOwnJudgementDecides() {
    assertThat(byRules(alone(ReleaseStatus.ACCEPTED, Outcome.HELD, "")).outcome())
        .isEqualTo("pass");
    // A pinned comparison failed: the pair with the previous one says nothing of it.
    ReleaseGate.Answer rejected = byRules(alone(ReleaseStatus.REJECTED, Outcome.VIOLATED, ""));
    assertThat(rejected.outcome()).isEqualTo("fail");
    assertThat(rejected.why()).isEqualTo("pinned 1 is violated");
    assertThat(rejected.base()).isEqualTo("2026-06");
    assertThat(byRules(alone(ReleaseStatus.REJECTED, Outcome.UNDECIDED, "")).outcome())
        .isEqualTo("undecided");
    assertThat(byRules(alone(ReleaseStatus.ACCEPTED, null, "")).outcome())
        .as("assertions in shadow decide nothing")
        .isEqualTo("undecided");
  }

  @Test
  void whatAPersonAcceptedPasses() {
    ReleaseGate.Answer accepted =
        byRules(alone(ReleaseStatus.ACCEPTED, Outcome.VIOLATED, "an-author"));
    assertThat(accepted.outcome()).isEqualTo("pass");
    assertThat(accepted.why()).isEqualTo("accepted by an-author");
  }

  @Test
  void whatIsRetiredKeepsItsJudgement() {
    assertThat(byRules(alone(ReleaseStatus.RETIRED, Outcome.VIOLATED, "")).outcome())
        .isEqualTo("fail");
    assertThat(byRules(alone(ReleaseStatus.RETIRED, Outcome.HELD, "")).outcome()).isEqualTo("pass");
  }

  @Test
  void eisSaysNothingOfAsManyItemsAsDirections() {
    StabilityRecord alone = alone(ReleaseStatus.ACCEPTED, Outcome.HELD, "");
    assertThat(ReleaseGate.of(alone, pair(100), STEADY, List.of()).outcome()).isEqualTo("pass");
    ReleaseGate.Answer few = ReleaseGate.of(alone, pair(4), STEADY, List.of());
    assertThat(few.outcome()).isEqualTo("undecided");
    assertThat(few.why()).contains("eis says nothing");
  }

  private static ReleaseGate.Answer byRules(StabilityRecord alone) {
    return ReleaseGate.byRules(alone, List.of(pair(100)), List.of());
  }

  private static StabilityRecord alone(
      ReleaseStatus status, @Nullable Outcome judgement, String by) {
    return record("", status, by, 100, null, List.of(), judgement);
  }

  private static StabilityRecord pair(long shared) {
    var measured =
        new Measured(0, Map.of(), 0.1, 3, 0.8, List.of(4, 4), 2, "gram", true, 1e-12, 95, Map.of());
    return record("2026-06", ReleaseStatus.ACCEPTED, "", shared, measured, List.of(SHADOW), null);
  }

  private static StabilityRecord record(
      String base,
      ReleaseStatus status,
      String by,
      long shared,
      @Nullable Measured measured,
      List<Verdict> verdicts,
      @Nullable Outcome judgement) {
    return new StabilityRecord(
        "default",
        "words",
        "2026-07",
        base,
        7,
        2,
        status,
        "pinned 1 is violated",
        by,
        100,
        100,
        shared,
        1,
        measured,
        "",
        List.of(),
        1000,
        1,
        1,
        2,
        3,
        1,
        verdicts,
        base.isEmpty() ? "2026-06" : "",
        base.isEmpty() ? List.of("2026-06", "2026-01") : List.of(),
        judgement,
        null);
  }
}
