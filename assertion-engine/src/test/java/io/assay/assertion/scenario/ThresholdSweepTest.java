package io.assay.assertion.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.assay.assertion.Violation;
import io.assay.assertion.rule.Compilation;
import io.assay.assertion.rule.MovableLimit;
import io.assay.assertion.rule.MovableLimits;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every threshold of a sweep finds what a backtest of the rule with that threshold finds. */
class ThresholdSweepTest {
  private static final Path EXAMPLES = Path.of("..", "examples");
  private static final long START = 1_772_352_000_000L;

  /** What came of one threshold, by its own backtest or by the sweep. */
  private record Came(
      long violations,
      long judged,
      long undecided,
      long episodes,
      Set<ViolationMark> marks,
      long fired,
      long notices,
      long pages) {
    static Came of(ThresholdSweep.OfVersion one, Set<ViolationMark> marks) {
      return of(one.result(), one.episodes(), marks, one.alerts());
    }

    static Came of(
        BacktestReport.AssertionResult result,
        long episodes,
        Set<ViolationMark> marks,
        io.assay.assertion.alert.AlertRehearsal.Told alerts) {
      return new Came(
          result.violations(),
          result.judged(),
          result.undecided(),
          episodes,
          marks,
          alerts.lines().stream().mapToLong(line -> line.fired()).sum(),
          alerts.notices(),
          alerts.pages());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"first", "mot", "street", "sleep", "credit"})
  void findsForEachThresholdWhatItsOwnBacktestFinds(String example) throws IOException {
    var file = new SourceFile(example, Files.readString(EXAMPLES.resolve(example + ".assay")));
    CheckedRules rules = compiled(List.of(file)).orElseThrow();
    Map<String, String> events = events(example);
    int tried = 0;
    int told = 0;
    for (CheckedAssertion assertion : rules.assertions()) {
      for (MovableLimit limit : MovableLimits.of(List.of(file), Set.of(), assertion.name())) {
        List<BigDecimal> values = new ArrayList<>();
        List<CheckedRules> versions = new ArrayList<>();
        for (String factor : List.of("0.25", "0.5", "1", "1.5", "3")) {
          BigDecimal by = new BigDecimal(factor);
          BigDecimal value =
              limit.rounded(limit.value().signum() == 0 ? by : limit.value().multiply(by));
          if (!values.contains(value)) {
            compiled(MovableLimits.moved(List.of(file), limit, value))
                .ifPresent(
                    version -> {
                      values.add(value);
                      versions.add(version);
                    });
          }
        }
        assertThat(values).as("%s %s", assertion.name(), limit.id()).hasSizeGreaterThan(1);
        List<Came> together = swept(versions, assertion.name(), events);
        for (int i = 0; i < values.size(); i++) {
          assertThat(together.get(i))
              .as("%s %s %s", assertion.name(), limit.condition(), limit.shown(values.get(i)))
              .isEqualTo(alone(versions.get(i), assertion.name(), events));
        }
        tried++;
        told += new HashSet<>(together).size() > 1 ? 1 : 0;
      }
    }
    // Thresholds have to matter, else equal counts say nothing.
    assertThat(tried).isPositive();
    assertThat(told).as("of %d limits, those that change what is found", tried).isPositive();
  }

  @Test
  void anAlertsOwnLimitIsJudgedOnceAndToldForEach() {
    List<SourceFile> files = List.of(new SourceFile("a", rated("expect x <= 5")));
    MovableLimit rate =
        MovableLimits.of(files, Set.of(), "low").stream()
            .filter(one -> one.clause().equals("alert"))
            .findFirst()
            .orElseThrow();
    assertThat(rate.shown(rate.value())).isEqualTo("10%");
    List<CheckedRules> versions = new ArrayList<>();
    for (String value : List.of("10", "40", "90")) {
      versions.add(compiled(MovableLimits.moved(files, rate, new BigDecimal(value))).orElseThrow());
    }
    assertThat(new ThresholdSweep(versions, "low").judged()).isEqualTo(1);
    Map<String, String> events = Map.of("s", numbers());
    List<Came> came = swept(versions, "low", events);
    for (int i = 0; i < versions.size(); i++) {
      assertThat(came.get(i)).isEqualTo(alone(versions.get(i), "low", events));
    }
    assertThat(came).extracting(Came::violations).containsOnly(came.getFirst().violations());
    assertThat(came.getFirst().fired()).isPositive();
    assertThat(came.getLast().fired()).isZero();
  }

  @Test
  void whatItWaitsForMovesWithItsParameter() {
    String text =
        """
        language 1
        param T = 5
        stream s from topic "s" {
          key  k  string
          time at timestamp(millis)
          x       int
        }
        assertion low on s "x is low" { expect x <= T }
        assertion even on s "x is even where it is high" {
          when   low violated
          expect x % 2 < T
        }
        """;
    List<SourceFile> files = List.of(new SourceFile("a", text));
    Compilation read = new RuleCompiler().compile(files);
    assertThat(read.rules()).as("%s", read.issues()).isPresent();
    MovableLimit limit = MovableLimits.of(files, Set.of(), "even").getFirst();
    assertThat(limit.parameter()).isEqualTo("T");
    List<CheckedRules> versions = new ArrayList<>();
    for (String value : List.of("0", "1", "8")) {
      versions.add(
          compiled(MovableLimits.moved(files, limit, new BigDecimal(value))).orElseThrow());
    }
    Map<String, String> events = Map.of("s", numbers());
    List<Came> came = swept(versions, "even", events);
    for (int i = 0; i < versions.size(); i++) {
      assertThat(came.get(i)).isEqualTo(alone(versions.get(i), "even", events));
    }
    assertThat(came.getFirst().violations()).isPositive();
  }

  @Test
  void anAssertionThatIsNotThereIsRefused() {
    CheckedRules rules =
        compiled(List.of(new SourceFile("a", rated("expect x <= 5")))).orElseThrow();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ThresholdSweep(List.of(rules), "gone"))
        .withMessageContaining("judge no assertion 'gone'");
  }

  private static String rated(String expectation) {
    return """
    language 1
    stream s from topic "s" {
      key  k  string
      time at timestamp(millis)
      x       int
    }
    assertion low on s "x is low" {
      %s
      alert  when rate per event > 10%% for 1min to all
    }
    route all { to webhook("http://localhost:9/hook") }
    """
        .formatted(expectation);
  }

  /** Four hours, an event each 20 seconds, high for one hour. */
  private static String numbers() {
    var random = new Random(5);
    var lines = new StringBuilder();
    for (int i = 0; i < 720; i++) {
      boolean high = i / 180 == 1;
      int x = high ? 4 + random.nextInt(6) : random.nextInt(7);
      lines.append("{\"k\":\"k%d\",\"at\":%d,\"x\":%d}\n".formatted(i % 3, START + 20_000L * i, x));
    }
    return lines.toString();
  }

  private static Optional<CheckedRules> compiled(List<SourceFile> files) {
    return new RuleCompiler().compile(files).rules();
  }

  private static List<Came> swept(
      List<CheckedRules> versions, String assertion, Map<String, String> events) {
    var sweep = new ThresholdSweep(versions, assertion);
    List<Set<ViolationMark>> marks = new ArrayList<>();
    versions.forEach(version -> marks.add(new HashSet<>()));
    ThresholdSweep.Outcome outcome =
        sweep.run(
            "default",
            recordings(sweep.rules(), events),
            Extent.ALL,
            new ThresholdSweep.Listener() {
              @Override
              public void violation(int version, Violation violation, ViolationMark mark) {
                marks.get(version).add(mark);
              }

              @Override
              public void progress(long judged) {}
            });
    List<Came> came = new ArrayList<>();
    for (int i = 0; i < versions.size(); i++) {
      came.add(Came.of(outcome.versions().get(i), marks.get(i)));
    }
    return came;
  }

  private static Came alone(CheckedRules version, String assertion, Map<String, String> events) {
    Set<String> wanted = new HashSet<>();
    Optional<String> next = Optional.of(assertion);
    while (next.isPresent()) {
      wanted.add(next.get());
      next =
          version
              .assertion(next.get())
              .orElseThrow()
              .context()
              .trigger()
              .map(trigger -> trigger.assertion());
    }
    Set<String> others =
        version.assertions().stream()
            .map(CheckedAssertion::name)
            .filter(name -> !wanted.contains(name))
            .collect(Collectors.toSet());
    CheckedRules own = version.without(others);
    Set<ViolationMark> marks = new HashSet<>();
    var opened = new ArrayList<String>();
    BacktestReport report =
        Backtest.run(
            own,
            "default",
            recordings(own, events),
            Extent.ALL,
            new Backtest.Listener() {
              @Override
              public void violation(Violation violation) {
                if (violation.assertion().equals(assertion)) {
                  marks.add(ViolationMark.of(violation));
                  if (violation.episode().equals(violation.id())) {
                    opened.add(violation.id());
                  }
                }
              }

              @Override
              public void unreadable(String place, String cause, String detail) {}

              @Override
              public void progress(long judged) {}
            });
    return Came.of(report.find(assertion).orElseThrow(), opened.size(), marks, report.alerts());
  }

  private static List<Recording> recordings(CheckedRules rules, Map<String, String> events) {
    List<Recording> recordings = new ArrayList<>();
    rules
        .streams()
        .forEach(
            stream ->
                Optional.ofNullable(events.get(stream.name()))
                    .ifPresent(
                        lines ->
                            recordings.add(
                                Recording.ofLines(
                                    stream,
                                    stream.name(),
                                    new ByteArrayInputStream(
                                        lines.getBytes(StandardCharsets.UTF_8))))));
    return recordings;
  }

  private static Map<String, String> events(String example) {
    var random = new Random(11);
    Map<String, String> events = new TreeMap<>();
    switch (example) {
      case "first", "street" -> {
        events.put("camera", boxes(random, "vehicle", "\"weather\":\"rain\",\"frame\":%d,"));
        events.put("lidar", boxes(new Random(12), "vehicle", ""));
      }
      case "mot" -> events.put("frames", boxes(random, "camera", "\"frame\":%d,"));
      case "sleep" -> events.put("sleep", stages(random));
      case "credit" -> {
        events.put("applications", applications(random));
        events.put("loans", loans(random));
      }
      default -> throw new IllegalArgumentException("there are no events for " + example);
    }
    return events;
  }

  /** Things that move to the right, and are lost and found, and called otherwise at times. */
  private static String boxes(Random random, String key, String more) {
    var lines = new StringBuilder();
    for (int frame = 0; frame < 600; frame++) {
      List<String> boxes = new ArrayList<>();
      for (int thing = 0; thing < 4; thing++) {
        boolean lost = random.nextInt(10) < 2 || (frame / 9 + thing) % 7 == 0;
        if (!lost) {
          double x = 100 + 200 * thing + frame % 150 + (random.nextInt(60) == 0 ? 300 : 0);
          boxes.add(
              String.format(
                  Locale.ROOT,
                  "{\"track\":\"t%d-%d\",\"label\":\"%s\",\"score\":%.2f,\"distance\":%.1f,"
                      + "\"bbox\":[%.1f,100,%.1f,150],\"area\":[%.1f,100,40,50]}",
                  thing,
                  frame / 150,
                  random.nextInt(20) == 0 ? "cyclist" : "car",
                  0.3 + 0.7 * random.nextDouble(),
                  10 + 50 * random.nextDouble(),
                  x,
                  x + 40,
                  x));
        }
      }
      lines
          .append("{\"%s\":\"v1\",\"at\":%d,".formatted(key, START + 100L * frame))
          .append(more.formatted(frame))
          .append("\"boxes\":[")
          .append(String.join(",", boxes))
          .append("]}\n");
    }
    return lines.toString();
  }

  private static String stages(Random random) {
    var stages = List.of("wake", "n1", "n2", "n3", "rem");
    var lines = new StringBuilder();
    for (int i = 0; i < 900; i++) {
      lines.append(
          String.format(
              Locale.ROOT,
              "{\"night\":\"n1\",\"at\":%d,\"stage\":\"%s\",\"sure\":%.2f}\n",
              START + 30_000L * i,
              stages.get(random.nextInt(5)),
              random.nextDouble()));
    }
    return lines.toString();
  }

  private static String applications(Random random) {
    var lines = new StringBuilder();
    for (int i = 0; i < 600; i++) {
      lines.append(
          String.format(
              Locale.ROOT,
              "{\"applicant\":\"p%d\",\"at\":%d,\"features\":{%s\"age\":%d,\"region\":\"%s\","
                  + "\"purpose\":\"car\"}}\n",
              i % 50,
              START + 60_000L * i,
              random.nextInt(5) == 0 ? "" : "\"income\":%d,".formatted(random.nextInt(90_000)),
              random.nextInt(140),
              random.nextBoolean() ? "north" : "south"));
    }
    return lines.toString();
  }

  private static String loans(Random random) {
    var lines = new StringBuilder();
    for (int i = 0; i < 1200; i++) {
      double risk = Math.min(1, random.nextDouble() * (i / 300 % 2 == 0 ? 0.6 : 1.2));
      lines.append(
          String.format(
              Locale.ROOT,
              "{\"application\":\"a%d\",\"applicant\":\"p%d\",\"at\":%d,\"release\":\"%d\","
                  + "\"region\":\"north\",\"default_risk\":%.3f}\n",
              i / 2,
              i % 50,
              START + 30_000L * i,
              1 + i % 2,
              risk));
    }
    return lines.toString();
  }
}
