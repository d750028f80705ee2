package io.assay.assertion.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.eval.TruthFate;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Truths of a file beside that of the predictions. */
class TruthBacktestTest {
  private static final CheckedRules RULES =
      new RuleCompiler()
          .compile(
              List.of(
                  new SourceFile(
                      "truth.assay",
                      """
                      language 1
                      stream loans from topic "t" {
                        id    loan      string
                        key   applicant string
                        time  at        timestamp(millis)
                        risk  ratio
                        truth defaulted bool from topic "outcomes" within 1h
                      }
                      assertion right on loans {
                        window tumbling 1min
                        expect accuracy(risk > 0.5, defaulted) > 0.6
                        expect auc(risk, truth) > 0.7
                      }
                      assertion each on loans {
                        by applicant
                        window tumbling 1min
                        expect accuracy(risk > 0.5, defaulted) > 0.6
                      }
                      """)))
          .rules()
          .orElseThrow();

  private final List<String> found = new ArrayList<>();
  private final List<String> waits = new ArrayList<>();

  private BacktestReport run(Extent extent) {
    StringBuilder loans = new StringBuilder();
    StringBuilder outcomes = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      loans.append(
          "{\"loan\":\"l%d\",\"applicant\":\"p%d\",\"at\":%d,\"risk\":0.%d}\n"
              .formatted(i, i % 13, i * 2_000L, i * 7919 % 10));
      if (i % 10 > 0) {
        outcomes.append(
            "{\"loan\":\"l%d\",\"at\":%d,\"defaulted\":%s}\n"
                .formatted(i, i * 2_000L + 60_000, i % 3 == 0));
      }
    }
    outcomes.append("{\"loan\":\"nobody\",\"at\":99999999,\"defaulted\":true}\n");
    List<Recording> recordings =
        List.of(recording("defaulted", outcomes.toString()), recording("loans", loans.toString()));
    return Backtest.run(
        RULES,
        "default",
        recordings,
        extent,
        new Backtest.Listener() {
          @Override
          public void violation(Violation violation) {
            found.add(new String(ViolationJson.write(violation), StandardCharsets.UTF_8));
          }

          @Override
          public void unreadable(String place, String cause, String detail) {
            throw new AssertionError(place + cause + detail);
          }

          @Override
          public void waits(String assertion, long at, String what) {
            waits.add(at + what);
          }

          @Override
          public void progress(long events) {}
        });
  }

  private static Recording recording(String name, String lines) {
    return Recording.ofLines(
        RULES.played(name).orElseThrow(),
        name + ".jsonl",
        new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aTruthIsNoEventAndEveryNumberOfJobsSaysTheSame() {
    BacktestReport report = run(Extent.ALL);
    List<String> alone = List.copyOf(found);
    List<String> waitsAlone = List.copyOf(waits);
    assertThat(report.events()).isEqualTo(5_000);
    assertThat(report.truths())
        .isEqualTo(Map.of("defaulted", Map.of(TruthFate.USED, 4_500L, TruthFate.UNKNOWN, 1L)));
    assertThat(alone).hasSizeGreaterThan(50);
    assertThat(waitsAlone).hasSizeGreaterThan(50);
    found.clear();
    waits.clear();
    BacktestReport shared = run(new Extent(Long.MIN_VALUE, Long.MAX_VALUE, Set.of(), 3));
    assertThat(found).isEqualTo(alone);
    assertThat(waits).isEqualTo(waitsAlone);
    assertThat(shared).isEqualTo(report);
  }

  @Test
  void aRangeAndKeysAreOfTheEventsNotOfTheirTruths() {
    BacktestReport report = run(new Extent(0, 120_000_000_000L, Set.of("p1"), 1));
    assertThat(report.events()).isEqualTo(5);
    // The second minute is not over.
    assertThat(report.find("each").orElseThrow().judged()).isEqualTo(1);
    assertThat(report.truths().get("defaulted")).containsEntry(TruthFate.USED, 4L);
  }
}
