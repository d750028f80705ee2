package io.assay.stream.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.eval.TruthFate;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Backtest;
import io.assay.assertion.scenario.BacktestReport;
import io.assay.assertion.scenario.Extent;
import io.assay.assertion.scenario.Recording;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Truths that meet their predictions in other tasks than those that judge. */
class LiveTruthTest {
  private static final String TEXT =
      """
      language 1
      stream loans from topic "loans" {
        id       loan      string
        key      applicant string
        time     at        timestamp(millis)
        lateness 5s
        region   string?
        risk     ratio?
        items    list { price double }
        truth    defaulted bool from topic "outcomes" within 2min
        truth    amount    double from topic "amounts" within 1min
      }
      assertion all on loans {
        by region
        window tumbling 1min at least 5 truths
        expect auc: auc(risk, defaulted) > 0.9
        expect ece: calibration_error(risk, defaulted) < 0.1
        expect both: mean(amount) < 50.0 || share(defaulted) < 0.2
        expect plain: mean(risk) < 0.5
        expect across region: max(accuracy(risk > 0.5, defaulted)) < 0.5
        mode shadow
      }
      assertion hops on loans {
        each i in items where i.price > 1.0
        window hopping 1min every 20s
        expect precision(risk > 0.5, defaulted) > 0.75
        expect mean(i.price) < 2.1
        mode shadow
      }
      assertion chosen on loans {
        where defaulted
        by key
        window session 10s
        expect mean(risk) > 0.6
        mode shadow
      }
      assertion counted on loans {
        window tumbling 1min
        expect count < 20
        mode shadow
      }
      """;

  private static final CheckedRules RULES = rules(TEXT);

  @TempDir private Path folder;

  private static final long START = Camera.START_MILLIS / 60_000 * 60_000;

  private static CheckedRules rules(String text) {
    return new RuleCompiler()
        .compile(List.of(new SourceFile("truth.assay", text)))
        .rules()
        .orElseThrow();
  }

  private record Line(String stream, long arrives, int partition, String text) {
    TruthWorld.Sent sent() {
      return new TruthWorld.Sent(arrives, partition, text);
    }
  }

  /** Truths before, after, long after their event, of none, said twice, and of one topic only. */
  private static List<Line> lines(long seed, int sources) {
    var random = new Random(seed);
    List<Line> lines = new ArrayList<>();
    long now = START + 300_000;
    for (int i = 0; i < 400; i++) {
      now += random.nextInt(2_000);
      long at = now - random.nextInt(4_000);
      double risk = random.nextInt(100) / 100.0;
      lines.add(loan(now, i, sources, at, random.nextInt(9) == 0 ? "null" : "" + risk));
      for (String name : List.of("defaulted", "amount")) {
        long came = at + random.nextInt(130_000) - 6_000;
        int times = random.nextInt(6) == 0 ? 0 : random.nextInt(10) == 0 ? 2 : 1;
        for (int time = 0; time < times; time++) {
          boolean truth = random.nextDouble() < risk;
          String value = name.equals("amount") ? "" + i % 100 : "" + truth;
          lines.add(outcome(name, came + time * 1_500L, i, value));
        }
      }
      if (random.nextInt(20) == 0) {
        lines.add(outcome("defaulted", now, 10_000 + i, "true"));
      }
    }
    // All that was before is over.
    for (int i = 0; i < sources; i++) {
      lines.add(loan(now + 600_000, 1_000 + i, sources, now + 600_000, "0.1"));
    }
    return lines;
  }

  private static Line loan(long arrives, int number, int sources, long at, String risk) {
    return new Line(
        "loans",
        arrives,
        number % sources,
        "{\"loan\":\"l%d\",\"applicant\":\"p%d\",\"at\":%d,\"risk\":%s,\"region\":\"r%d\",\"items\":[{\"price\":%d},{\"price\":2}]}"
            .formatted(
                number, number % sources + 6 * (number % 7), at, risk, number % 2, number % 4));
  }

  private static Line outcome(String name, long at, int number, String value) {
    return new Line(
        name,
        at,
        number % 2,
        "{\"loan\":\"l%d\",\"at\":%d,\"%s\":%s}".formatted(number, at, name, value));
  }

  private record Found(List<String> violations, BacktestReport report) {}

  private static Found backtest(CheckedRules rules, List<Line> lines) {
    List<Recording> recordings = new ArrayList<>();
    for (String stream : List.of("loans", "defaulted", "amount")) {
      String text =
          lines.stream()
              .filter(line -> line.stream().equals(stream))
              .sorted(Comparator.comparingLong(Line::arrives))
              .map(line -> line.text() + '\n')
              .collect(Collectors.joining());
      var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
      recordings.add(Recording.ofLines(rules.played(stream).orElseThrow(), stream + ".jsonl", in));
    }
    List<String> found = new ArrayList<>();
    BacktestReport report =
        Backtest.run(
            rules,
            TopologyRun.PROJECT,
            recordings,
            Extent.ALL,
            new Backtest.Listener() {
              @Override
              public void violation(Violation violation) {
                found.add(new String(ViolationJson.write(violation), StandardCharsets.UTF_8));
              }

              @Override
              public void unreadable(String place, String cause, String detail) {
                throw new AssertionError(place + ' ' + cause + ' ' + detail);
              }

              @Override
              public void progress(long judged) {}
            });
    return new Found(sorted(found), report);
  }

  private static List<String> sorted(List<String> found) {
    return found.stream()
        .map(
            json ->
                json.replaceAll(
                    "\"topic\":\"[^\"]*\",\"partition\":\\d+,\"offset\":\\d+", "\"source\":0"))
        .sorted()
        .toList();
  }

  private static void same(List<String> found, List<String> expected) {
    for (int i = 0; i < Math.min(found.size(), expected.size()); i++) {
      if (!found.get(i).equals(expected.get(i))) {
        assertThat(found.get(i)).isEqualTo(expected.get(i));
      }
    }
    assertThat(found).hasSameSizeAs(expected);
  }

  /** Nobody knows of a truth whose event is forgotten whether it is late or of none. */
  private static Map<TruthFate, Long> fates(Map<TruthFate, Long> fates) {
    return fates.entrySet().stream()
        .collect(
            Collectors.toMap(
                one -> one.getKey() == TruthFate.UNKNOWN ? TruthFate.LATE : one.getKey(),
                Map.Entry::getValue,
                Long::sum));
  }

  private static Map<TruthFate, Long> fates(BacktestReport report) {
    return report.truths().values().stream()
        .flatMap(fates -> fates(fates).entrySet().stream())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void violationsAreThoseOfABacktestHoweverFarBehindEachTaskIs(long seed) {
    int sources = (int) (seed % 3) + 1;
    List<Line> lines = lines(seed, sources);
    Found expected = backtest(RULES, lines);
    assertThat(expected.violations())
        .extracting(json -> ViolationJson.read(json.getBytes(StandardCharsets.UTF_8)))
        .extracting(v -> v.assertion() + '.' + v.expectation())
        .contains("all.auc", "all.ece", "all.plain", "all.5", "hops.1", "hops.2", "chosen.1");
    var world = new TruthWorld(RULES, sources, (int) (seed % 2) + 2, 3, seed);
    world.restarts = seed % 2 == 0;
    List<String> found = play(world, lines, 120_000);
    assertThat(world.kept()).isLessThanOrEqualTo(sources);
    assertThat(fates(world.fates())).isEqualTo(fates(expected.report()));
    same(sorted(found), expected.violations());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aTaskGoesOnWithWhatWaitsWhereTheStreamHasOtherFieldsSince(long seed) {
    List<Line> lines = lines(seed, 2);
    Found expected = backtest(RULES, lines);
    var world = new TruthWorld(RULES, 2, 2, 3, seed);
    world.restarts = true;
    world.others =
        List.of(
            RULES,
            rules(TEXT.replace("region   string?", "more int? region string?")),
            rules(TEXT.replace("risk     ratio?", "risk ratio? private note string?")),
            rules(TEXT.replace("{ price double }", "{ name string? price double }")));
    List<String> found = play(world, lines, 120_000);
    assertThat(world.kept()).isLessThanOrEqualTo(2);
    assertThat(fates(world.fates())).isEqualTo(fates(expected.report()));
    same(sorted(found), expected.violations());
  }

  @Test
  void aTopicOfTruthsThatIsSilentHoldsNoWindowOpen() {
    List<Line> lines = of("loans", lines(7, 2));
    Found expected = backtest(RULES, lines);
    assertThat(names(expected.violations())).contains("hops.2", "counted.1");
    var world = new TruthWorld(RULES, 2, 2, 2, 7);
    same(sorted(play(world, lines, 120_000)), expected.violations());
  }

  @Test
  void windowsWaitForTruthsThatNobodyHasReadYet() {
    List<Line> lines = lines(8, 2);
    Found expected = backtest(RULES, lines);
    var world = new TruthWorld(RULES, 2, 2, 2, 8);
    world.readsTruths = false;
    assertThat(names(play(world, lines, 900_000))).isNotEmpty().allMatch("counted.1"::equals);
    world.readsTruths = true;
    same(sorted(play(world, List.of(), lines, 1_200_000)), expected.violations());
  }

  @Test
  void timeThatPassesWithoutPredictionsClosesTheirWindows() {
    List<Line> lines = lines(9, 2);
    List<Line> first = lines.subList(0, lines.size() - 2);
    Found expected = backtest(RULES, lines);
    var world = new TruthWorld(RULES, 2, 2, 2, 9);
    same(sorted(play(world, first, 900_000)), expected.violations());
    assertThat(world.kept()).isZero();
  }

  private static List<Line> of(String stream, List<Line> lines) {
    return lines.stream().filter(line -> line.stream().equals(stream)).toList();
  }

  private static List<String> names(List<String> violations) {
    return violations.stream()
        .map(json -> ViolationJson.read(json.getBytes(StandardCharsets.UTF_8)))
        .map(violation -> violation.assertion() + '.' + violation.expectation())
        .toList();
  }

  /** Topics that are keyed, by the processors themselves. */
  @Test
  void processorsOfKeyedTopicsSayWhatABacktestSays() {
    List<Line> lines = lines(10, 1).stream().filter(line -> few(line.text())).toList();
    Found expected = backtest(RULES, lines);
    assertThat(names(expected.violations())).contains("all.plain", "hops.2", "chosen.1");
    var loans = RULES.streams().getFirst();
    try (var judge = new TopologyRun(RULES, loans, true, folder.resolve("judge"));
        var truths = new TruthRun(RULES, loans, folder.resolve("truths"));
        var merge = new WindowRun(RULES, folder.resolve("merge"))) {
      List<Line> inOrder = lines.stream().sorted(Comparator.comparingLong(Line::arrives)).toList();
      long now = START;
      for (Line line : inOrder) {
        Duration passed = Duration.ofMillis(line.arrives() - now);
        if (passed.toSeconds() > 20) {
          judge.pass(passed);
          truths.pass(passed);
          now = line.arrives();
        }
        switch (line.stream()) {
          case "loans" -> judge.send(loans, line.arrives() - Camera.START_MILLIS, line.text());
          case "defaulted" -> truths.truth("outcomes", line.arrives(), line.text());
          default -> truths.truth("amounts", line.arrives(), line.text());
        }
      }
      for (int second = 0; second < 5; second++) {
        judge.idle(1);
        truths.send(judge.read(TopologyRun.TOPICS.awaiting()));
        truths.pass(Duration.ofSeconds(1));
        merge.send(judge.read(TopologyRun.TOPICS.partials()));
        merge.send(truths.read(TopologyRun.TOPICS.partials()));
      }
      same(sorted(merge.violations()), expected.violations());
      assertThat(truths.figures.truths().keySet()).containsExactly("amount", "defaulted");
    }
  }

  private static boolean few(String text) {
    int number = Integer.parseInt(text.substring(10, text.indexOf('"', 10)));
    return number < 90 || number >= 1_000;
  }

  private static List<String> play(TruthWorld world, List<Line> lines, long andSoLong) {
    return play(world, lines, lines, andSoLong);
  }

  /** {@code all}: of which the last says when time begins to pass. */
  private static List<String> play(
      TruthWorld world, List<Line> lines, List<Line> all, long andSoLong) {
    lines.stream()
        .sorted(Comparator.comparingLong(Line::arrives))
        .forEach(
            line -> {
              switch (line.stream()) {
                case "loans" -> world.prediction(line.sent());
                case "defaulted" -> world.truth("outcomes", line.sent());
                default -> world.truth("amounts", line.sent());
              }
            });
    long last = all.stream().mapToLong(Line::arrives).max().orElseThrow();
    world.run(START, last + andSoLong);
    return world.violations();
  }
}
