package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.event.Type;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.Span;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ErrorsAndSizesTest {
  @Test
  void letsTheOthersRunOnWhereOneIsInError() {
    CheckedRules rules =
        new RuleCompiler()
            .compile(
                List.of(
                    new SourceFile(
                        "x.assay",
                        Frames.STREAM
                            + "assertion bad on camera { expect size(boxes) < 9 }\n"
                            + "assertion good on camera { expect size(boxes) < 1 }")))
            .rules()
            .orElseThrow();
    CheckedAssertion bad = rules.assertions().getFirst();
    Term unknown = new Term.Call("no_such_function", List.of(), Type.Basic.BOOL, Span.NONE);
    CheckedAssertion broken = withCondition(bad, unknown);
    Trial trial =
        Trial.of(
            new CheckedRules(
                rules.streams(),
                List.of(broken, rules.assertions().get(1)),
                List.of(),
                rules.documentHash()));
    trial.storing().judge(Frames.of("a 111"));
    assertThat(trial.errors).hasSize(1);
    assertThat(trial.errors.getFirst()).startsWith("bad: ").contains("no_such_function");
    assertThat(trial.found("good")).hasSize(3);
    assertThat(trial.count("bad", Tally.HELD)).isZero();
  }

  private static CheckedAssertion withCondition(CheckedAssertion a, Term condition) {
    return new CheckedAssertion(
        a.name(),
        a.title(),
        a.on(),
        a.mode(),
        a.level(),
        a.event(),
        a.each(),
        a.where(),
        a.identity(),
        a.lets(),
        new Kind.Expect(List.of(new Kind.Expectation(Optional.empty(), condition))),
        a.names(),
        a.locals(),
        a.severity(),
        a.explain(),
        a.context(),
        a.consequences(),
        a.reads(),
        a.judgementHash(),
        a.documentation(),
        a.span());
  }

  @Test
  void keepsARecordWithinItsLimit() {
    List<String> boxes = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      boxes.add(
          "{\"track\":\"%s\",\"label\":\"car\",\"score\":0.9,\"area\":[1,2,3,4]}"
              .formatted("x".repeat(300) + i));
    }
    String full = String.join(",", boxes);
    List<String> frames = new ArrayList<>();
    frames.add(Frames.frame(0, full));
    for (int i = 1; i < 12; i++) {
      frames.add(Frames.frame(i * 100L, full.substring(full.indexOf("},{") + 2)));
    }
    frames.add(Frames.frame(1200, full));
    Trial trial =
        Trial.of(
                Frames.STREAM
                    + "assertion gone on camera { each b in boxes identity b.track"
                    + " absent less than 1h severity 1 }")
            .judge(frames.toArray(new String[0]));
    assertThat(trial.violations).hasSize(1);
    Violation found = trial.violations.getFirst();
    assertThat(ViolationJson.write(found).length).isLessThanOrEqualTo(Violation.MOST_BYTES);
    assertThat(found.truncated()).isTrue();
    assertThat(found.events()).hasSizeBetween(1, 6);
    assertThat(found.spanEvents()).hasSize(11);
  }

  @Test
  void givesTheSameIdsInEveryRunAndOthersToOtherProjects() {
    String rules =
        Frames.STREAM
            + "assertion gone on camera { each b in boxes identity b.track"
            + " absent less than 1s severity 1 explain \"%s\" mode %s }";
    String[] events = Frames.of("a 101", "b 110");
    String first = onlyId(Trial.of(rules.formatted("one", "draft")).judge(events));
    assertThat(first).hasSize(32).matches("[0-9a-f]+");
    assertThat(onlyId(Trial.of(rules.formatted("two", "active")).judge(events))).isEqualTo(first);
    String other = rules.formatted("one", "draft").replace("1s", "2s");
    assertThat(onlyId(Trial.of(other).judge(events))).isNotEqualTo(first);
  }

  private static String onlyId(Trial trial) {
    assertThat(trial.violations).hasSize(1);
    return trial.violations.getFirst().id();
  }
}
