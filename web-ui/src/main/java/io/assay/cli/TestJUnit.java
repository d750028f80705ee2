package io.assay.cli;

import io.assay.assertion.scenario.Outcome;
import io.assay.cli.JUnitXml.Case;
import io.assay.cli.JUnitXml.Result;
import io.assay.cli.JUnitXml.Suite;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rule tests as JUnit XML: a suite for each rule file, a class name for each assertion. */
final class TestJUnit {
  private TestJUnit() {}

  static List<Suite> of(List<TestRun> runs) {
    Map<String, List<Case>> files =
        runs.stream()
            .collect(
                Collectors.groupingBy(
                    run -> run.test().span().source(),
                    LinkedHashMap::new,
                    Collectors.mapping(TestJUnit::of, Collectors.toList())));
    return files.entrySet().stream().map(e -> new Suite(e.getKey(), e.getValue())).toList();
  }

  /** A file of an earlier run must not tell of tests that could not be run now. */
  static List<Suite> ofBrokenRules() {
    var failed = new Result.Failed("the rules have errors", "assay check lists them");
    return List.of(new Suite("rules", List.of(new Case("rules", "have no errors", 0, failed))));
  }

  private static Case of(TestRun run) {
    return new Case(run.test().assertion(), run.test().title(), run.nanos(), of(run.outcome()));
  }

  private static Result of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed ignored -> new Result.Passed();
      case Outcome.Pending why -> new Result.Skipped(why.reason());
      case Outcome.Failed why -> {
        Outcome.Difference first = why.differences().getFirst();
        yield new Result.Failed(
            "expected %s, came %s".formatted(first.expected(), first.came()),
            why.differences().stream()
                .map(difference -> TestText.told(difference, ""))
                .collect(Collectors.joining()));
      }
    };
  }
}
