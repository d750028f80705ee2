package io.assay.assertion.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.assertion.Violation;
import io.assay.assertion.canonical.CanonicalRules;
import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.Issue;
import io.assay.assertion.rule.IssueCode;
import io.assay.assertion.rule.Learned;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.UsualFile;
import io.assay.assertion.rule.ir.CheckedRules;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UsualLearningTest {
  private static final String STREAM =
      """
      language 1
      stream camera from topic "camera" {
        key    vehicle string
        time   at      timestamp(millis)
        speed          double
        boxes          list { track string  label string  width double }
      }
      """;

  private static final String RULES =
      STREAM
          + """
          assertion size on camera {
            each     b in boxes where b.label == "car"
            expect   b.width < 110.0
            severity unusual(b.width)
          }
          assertion flicker on camera {
            each     b in boxes
            identity b.track
            absent   less than 500ms
            severity 1 + unusual(gap / 1s)
          }
          assertion steady on camera {
            change   speed at most 1000.0 per 1s
            severity unusual(value)
          }
          """;

  private static final int EVENTS = 2000;

  /** Widths are normal about 100, deviation 5; every tenth frame lacks the first box. */
  private static String events() {
    var random = new Random(3);
    var lines = new StringBuilder();
    for (int i = 0; i < EVENTS; i++) {
      List<String> boxes = new ArrayList<>();
      for (int t = i % 10 == 9 ? 1 : 0; t < 3; t++) {
        boxes.add(
            "{\"track\":\"t%d\",\"label\":\"%s\",\"width\":%s}"
                .formatted(t, t == 2 ? "van" : "car", 100 + 5 * random.nextGaussian()));
      }
      lines.append(
          "{\"vehicle\":\"v\",\"at\":%d,\"speed\":%s,\"boxes\":[%s]}\n"
              .formatted(100L * i, random.nextDouble(), String.join(",", boxes)));
    }
    return lines.toString();
  }

  private static Recording recording(CheckedRules rules) {
    return Recording.ofLines(
        rules.streams().getFirst(),
        "past.jsonl",
        new ByteArrayInputStream(events().getBytes(StandardCharsets.UTF_8)));
  }

  private static List<UsualLearning.Result> learn(String text) {
    CheckedRules rules =
        new RuleCompiler()
            .compileToLearn(List.of(new SourceFile("r.assay", text)), Map.of())
            .rules()
            .orElseThrow();
    var learning = new UsualLearning(rules);
    assertThat(learning.isAsked()).isTrue();
    learning.learn("p", List.of(recording(rules)), Extent.ALL, new Found());
    return learning.results();
  }

  private static String file(List<UsualLearning.Result> results) {
    List<Learned> learned = results.stream().flatMap(r -> r.learned().stream()).toList();
    return new UsualFile(Map.of("from", "a \"test\""), learned).text();
  }

  private static Compilation compile(String text, String usual) {
    return new RuleCompiler().compile(List.of(new SourceFile("r.assay", text, Optional.of(usual))));
  }

  private static final class Found implements Backtest.Listener {
    private final List<Violation> violations = new ArrayList<>();

    @Override
    public void violation(Violation violation) {
      violations.add(violation);
    }

    @Override
    public void unreadable(String place, String cause, String detail) {
      throw new AssertionError(place + ' ' + cause + ' ' + detail);
    }

    @Override
    public void progress(long events) {}
  }

  private static List<Violation> judge(CheckedRules rules) {
    var found = new Found();
    Backtest.run(rules, "p", List.of(recording(rules)), Extent.ALL, found);
    return found.violations;
  }

  @Test
  void expectAndChangeLearnOfAllThatIsJudgedAndTheOthersOfWhatTheyFind() {
    List<UsualLearning.Result> results = learn(RULES);

    assertThat(results)
        .extracting(UsualLearning.Result::expression)
        .containsExactly("b.width", "gap / 1s", "value");
    assertThat(results)
        .extracting(UsualLearning.Result::count)
        .containsExactly(2L * EVENTS - EVENTS / 10, EVENTS / 10 - 1L, EVENTS - 1L);
    Learned width = results.getFirst().learned().orElseThrow();
    assertThat(width.percentiles().get(49)).isEqualTo(100, within(0.5));
    // The 16th and the 84th percentile of a normal distribution are a deviation out.
    assertThat(width.percentiles().get(83) - width.percentiles().get(15))
        .isEqualTo(10, within(0.7));
    assertThat(width.least()).isLessThan(width.percentiles().getFirst());
    assertThat(width.highTail()).isBetween(0.5, 4.0);
  }

  @Test
  void whatWasLearnedGradesViolations() {
    String usual = file(learn(RULES));
    List<Violation> violations = judge(compile(RULES, usual).rules().orElseThrow());

    List<Violation> wide = violations.stream().filter(v -> v.assertion().equals("size")).toList();
    // Two deviations out: one in forty-four, both sides together.
    assertThat(wide).isNotEmpty();
    assertThat(wide.stream().mapToDouble(Violation::severity).min().orElseThrow())
        .isEqualTo(-Math.log10(0.0455), within(0.1));
    assertThat(wide)
        .allSatisfy(
            v ->
                assertThat(v.values())
                    .extracting(Violation.Value::expression)
                    .contains("unusual(b.width)", "b.width")
                    .noneMatch(text -> text.contains("[")));
    // All gaps were alike.
    assertThat(violations.stream().filter(v -> v.assertion().equals("flicker")))
        .isNotEmpty()
        .allSatisfy(v -> assertThat(v.severity()).isEqualTo(1));
  }

  @Test
  void learningIsTheSameInEveryRunAndItsFileIsReadAsItWasWritten() {
    String usual = file(learn(RULES));
    assertThat(file(learn(RULES))).isEqualTo(usual);
    CheckedRules rules = compile(RULES, usual).rules().orElseThrow();
    CheckedRules carried = CanonicalRules.read(CanonicalRules.write(rules));
    assertThat(judge(carried)).isEqualTo(judge(rules));
  }

  @Test
  void learningAnewChangesTheDocumentAndNoViolationsId() {
    List<UsualLearning.Result> results = learn(RULES);
    CheckedRules rules = compile(RULES, file(results)).rules().orElseThrow();
    List<Learned> other =
        results.stream()
            .flatMap(r -> r.learned().stream())
            .map(
                l ->
                    new Learned(
                        l.assertion(),
                        l.expression(),
                        l.of(),
                        l.basis(),
                        l.count(),
                        l.least(),
                        l.greatest(),
                        l.lowTail() + 1,
                        l.highTail() + 1,
                        l.percentiles()))
            .toList();
    CheckedRules anew = compile(RULES, new UsualFile(Map.of(), other).text()).rules().orElseThrow();

    assertThat(anew.documentHash()).isNotEqualTo(rules.documentHash());
    assertThat(judge(anew))
        .extracting(Violation::id)
        .isEqualTo(judge(rules).stream().map(Violation::id).toList());
  }

  @Test
  void whatIsAskedMustHaveBeenLearned() {
    String usual = file(learn(RULES));
    assertThat(compile(RULES.replace("unusual(b.width)", "unusual(b.width * 2.0)"), usual).issues())
        .singleElement()
        .satisfies(
            issue -> {
              assertThat(issue.code()).isEqualTo(IssueCode.NOT_LEARNED);
              assertThat(issue.suggestion().orElse("")).contains("./assay learn usual r.assay");
            });
    // Another limit is held against the same values; another bound finds other gaps.
    assertThat(compile(RULES.replace("110.0", "105.0"), usual).issues()).isEmpty();
    assertThat(compile(RULES.replace("less than 500ms", "less than 400ms"), usual).issues())
        .extracting(Issue::code)
        .containsExactly(IssueCode.STALE_USUAL);
    assertThat(compile(RULES.replace("\"car\"", "\"van\""), usual).issues())
        .extracting(Issue::code)
        .containsExactly(IssueCode.STALE_USUAL);
  }

  @Test
  void aBrokenFileIsToldWithItsName() {
    for (String broken :
        List.of("", "{", "[]", "{\"version\":2}", "{\"version\":1,\"usual\":[{}]}")) {
      assertThat(compile(RULES, broken).issues())
          .filteredOn(issue -> issue.span().source().equals("r.usual.json"))
          .singleElement()
          .satisfies(issue -> assertThat(issue.code()).isEqualTo(IssueCode.NOT_LEARNED));
    }
  }

  @Test
  void ofTooFewValuesNothingIsLearned() {
    List<UsualLearning.Result> results = learn(RULES.replace("less than 500ms", "less than 150ms"));
    assertThat(results.get(1).count()).isZero();
    assertThat(results.get(1).learned()).isEmpty();
  }

  @Test
  void isForSeveritiesOfNumbers() {
    assertThat(codes("expect unusual(speed) < 1.0")).containsExactly(IssueCode.CONFLICTING_CLAUSES);
    assertThat(codes("expect speed < 1.0 severity unusual(vehicle)"))
        .containsExactly(IssueCode.NO_OVERLOAD);
    assertThat(codes("expect speed < 1.0 severity unusual()"))
        .containsExactly(IssueCode.NO_OVERLOAD);
  }

  private static List<IssueCode> codes(String body) {
    String text = STREAM + "assertion a on camera { " + body + " }";
    return new RuleCompiler()
        .compileToLearn(List.of(new SourceFile("r.assay", text)), Map.of()).issues().stream()
            .map(Issue::code)
            .toList();
  }
}
