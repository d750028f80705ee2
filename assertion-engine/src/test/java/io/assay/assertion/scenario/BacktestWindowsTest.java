package io.assay.assertion.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Backtests of rules over windows say the same, to the byte and in order, for any number of jobs.
 */
class BacktestWindowsTest {
  private static final String RULES =
      """
      stream loans from topic "t" {
        key      applicant string
        time     at timestamp(millis)
        lateness 1min
        region   string
        score    ratio?
      }

      assertion known on loans { expect score >= 0.02 when present }

      assertion moved on loans {
        by     region
        window tumbling 1h at least 20 events
        expect psi(score, baseline(last 2h)) < 0.001
        expect across region: max(mean(score)) - min(mean(score)) < 0.001
        expect missing(score) < 9% over session 20s
        expect mean(score) < 0.6 over last 40 events
        expect count(score > 0.5) < 30 over hopping 30min every 10min
      }

      assertion often on loans {
        by     key
        window tumbling 10min
        expect count(true) < 5
      }
      """;

  private static String lines(Random random) {
    StringBuilder lines = new StringBuilder();
    long at = 0;
    for (int i = 0; i < 6_000; i++) {
      at += random.nextInt(5_000);
      // some within the lateness, few behind it
      long late = random.nextInt(40) == 0 ? 80_000 : random.nextInt(50_000);
      String score = random.nextInt(12) == 0 ? "null" : Double.toString(random.nextDouble());
      lines.append(
          "{\"applicant\":\"p%d\",\"at\":%d,\"region\":\"r%d\",\"score\":%s}%n"
              .formatted(random.nextInt(60), Math.max(0, at - late), random.nextInt(3), score));
    }
    return lines.toString();
  }

  /** All that a run says, in order. */
  private record Said(
      List<String> violations,
      Set<String> found,
      List<String> asides,
      List<String> leftOut,
      BacktestReport report) {}

  private static Said run(CheckedRules rules, String lines, int jobs) {
    return run(rules, lines, new Extent(Long.MIN_VALUE, Long.MAX_VALUE, Set.of(), jobs));
  }

  private static Said run(CheckedRules rules, String lines, Extent extent) {
    List<String> violations = new ArrayList<>();
    Set<String> found = new HashSet<>();
    List<String> leftOut = new ArrayList<>();
    List<String> asides = new ArrayList<>();
    Backtest.Listener listener =
        new Backtest.Listener() {
          @Override
          public void violation(Violation violation) {
            violations.add(new String(ViolationJson.write(violation), StandardCharsets.UTF_8));
            found.add(violation.expectation() + violation.id() + violation.sentence());
          }

          @Override
          public void unreadable(String place, String cause, String detail) {
            throw new AssertionError(place + " " + detail);
          }

          @Override
          public void aside(Coordinates source, String why) {
            asides.add(source.offset() + " " + why);
          }

          @Override
          public void leftOut(String assertion) {
            leftOut.add(assertion);
          }

          @Override
          public void progress(long events) {}
        };
    byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
    Recording recording =
        Recording.ofLines(
            rules.streams().getFirst(), "loans.jsonl", new ByteArrayInputStream(bytes));
    BacktestReport report = Backtest.run(rules, "p", List.of(recording), extent, listener);
    return new Said(violations, found, asides, leftOut, report);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyNumberOfJobsSaysTheSame(long seed) {
    Compilation compiled =
        new RuleCompiler().compile(List.of(new SourceFile("rules.assay", RULES)));
    CheckedRules rules = compiled.rules().orElseThrow(() -> new AssertionError(compiled.issues()));
    assertThat(rules.pending()).isEmpty();
    String lines = lines(new Random(seed));
    Said one = run(rules, lines, 1);
    for (String line : List.of("1", "2", "3", "4", "5")) {
      String own = "\"expectation\":\"" + line + "\"";
      boolean violated =
          one.violations().stream().anyMatch(v -> v.contains("\"moved\"") && v.contains(own));
      assertThat(violated).as("line %s", line).isTrue();
    }
    assertThat(one.asides()).isNotEmpty();
    for (int jobs : new int[] {2, 3, 7}) {
      Said several = run(rules, lines, jobs);
      assertThat(several.violations().equals(one.violations())).as("%d jobs", jobs).isTrue();
      assertThat(several.asides()).isEqualTo(one.asides());
      assertThat(several.report()).isEqualTo(one.report());
    }
  }

  @Test
  void whatIsSortedByKeysIsTooLateForWindowsAndSaysSo() {
    Compilation compiled =
        new RuleCompiler().compile(List.of(new SourceFile("rules.assay", RULES)));
    StringBuilder lines = new StringBuilder();
    for (String key : List.of("p", "q")) {
      for (int i = 0; i < 8; i++) {
        lines.append(
            "{\"applicant\":\"%s\",\"at\":%d,\"region\":\"r\",\"score\":0.5}%n"
                .formatted(key, i * 3_600_000L));
      }
    }
    BacktestReport report = run(compiled.rules().orElseThrow(), lines.toString(), 1).report();
    assertThat(report.late()).isZero();
    assertThat(report.find("often").orElseThrow().late()).isEqualTo(7);
    assertThat(report.find("known").orElseThrow().late()).isZero();
  }

  private static final String EVERY_KIND =
      RULES.substring(0, RULES.indexOf("assertion known"))
          + """
          assertion all on loans {
            expect count < 1 over tumbling 1h
            expect count < 1 over hopping 30min every 7min
            expect count < 1 over session 90s
            expect count < 1 over last 20min
            expect count < 1 over last 30 events
          }
          """;

  private static String everyMinute() {
    StringBuilder lines = new StringBuilder();
    for (int minute = 0; minute < 300; minute++) {
      // a pause of two minutes ends a session
      if (minute % 10 != 0) {
        lines.append(
            "{\"applicant\":\"p%d\",\"at\":%d,\"region\":\"r\",\"score\":0.5}%n"
                .formatted(minute % 3, minute * 60_000L));
      }
    }
    return lines.toString();
  }

  private static CheckedRules rules(String text) {
    Compilation compiled = new RuleCompiler().compile(List.of(new SourceFile("rules.assay", text)));
    return compiled.rules().orElseThrow(() -> new AssertionError(compiled.issues()));
  }

  /** A range cuts windows; what is said of the others is what is said without it. */
  @ParameterizedTest
  @ValueSource(longs = {60, 95, 121})
  void noWindowThatARangeCutsIsJudgedAsWhole(long minute) {
    CheckedRules rules = rules(EVERY_KIND);
    Said all = run(rules, everyMinute(), 1);
    long nanos = minute * 60_000_000_000L;
    Said later = run(rules, everyMinute(), new Extent(nanos, Long.MAX_VALUE, Set.of(), 1));
    Said earlier = run(rules, everyMinute(), new Extent(Long.MIN_VALUE, nanos, Set.of(), 1));
    for (Said said : List.of(later, earlier)) {
      assertThat(all.found()).containsAll(said.found());
    }
    for (String line : List.of("1", "2", "3", "4", "5")) {
      assertThat(later.found()).as("line %s", line).anyMatch(found -> found.startsWith(line));
    }
    assertThat(later.report().find("all").orElseThrow().undecided()).isPositive();
    assertThat(earlier.report().find("all").orElseThrow().undecided()).isZero();
  }

  @Test
  void ofSomeKeysOnlyWindowsOfKeysAreJudged() {
    CheckedRules rules = rules(RULES);
    String lines = everyMinute();
    Said all = run(rules, lines, 1);
    Said some = run(rules, lines, new Extent(Long.MIN_VALUE, Long.MAX_VALUE, Set.of("p1"), 1));
    assertThat(some.leftOut()).containsExactly("moved");
    assertThat(some.report().find("moved").orElseThrow().judged()).isZero();
    assertThat(some.report().find("often").orElseThrow().judged()).isPositive();
    assertThat(all.found()).containsAll(some.found());
    assertThat(all.leftOut()).isEmpty();
  }
}
