package io.assay.bench.language;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link LanguageBenchmark} and says how many times faster than the faster of the others. */
public final class LanguageReport {
  private LanguageReport() {}

  /** Standard output: JMH's own log, then one table. */
  public static void print() {
    Collection<RunResult> results;
    try {
      results =
          new Runner(
                  new OptionsBuilder()
                      .include(LanguageBenchmark.class.getName())
                      .forks(0)
                      .shouldFailOnError(true)
                      .build())
              .run();
    } catch (RunnerException e) {
      throw new IllegalStateException(e);
    }
    System.out.print(table(results));
  }

  private static String table(Collection<RunResult> results) {
    Map<String, Map<String, Result<?>>> byExpression = new LinkedHashMap<>();
    for (RunResult run : results) {
      Result<?> result = run.getPrimaryResult();
      byExpression
          .computeIfAbsent(run.getParams().getParam("expression"), e -> new LinkedHashMap<>())
          .put(result.getLabel(), result);
    }
    var text =
        new StringBuilder(
            """

            | ns an evaluation | Assay | dev.cel, interpreter | dev.cel, planner | times faster |
            |---|---|---|---|---|
            """);
    byExpression.forEach(
        (expression, of) -> {
          double faster = Math.min(score(of, "celInterpreter"), score(of, "celPlanner"));
          text.append(
              "| `%s` | %s | %s | %s | %.1f |\n"
                  .formatted(
                      expression.replace("|", "\\|"),
                      cell(of, "assay"),
                      cell(of, "celInterpreter"),
                      cell(of, "celPlanner"),
                      faster / score(of, "assay")));
        });
    return text.toString();
  }

  private static Result<?> of(Map<String, Result<?>> results, String name) {
    Result<?> result = results.get(name);
    if (result == null) {
      throw new IllegalStateException("no result of " + name);
    }
    return result;
  }

  private static double score(Map<String, Result<?>> results, String name) {
    return of(results, name).getScore();
  }

  private static String cell(Map<String, Result<?>> results, String name) {
    Result<?> result = of(results, name);
    return "%.1f ± %.1f".formatted(result.getScore(), result.getScoreError());
  }
}
