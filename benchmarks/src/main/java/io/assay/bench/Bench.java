package io.assay.bench;

import io.assay.bench.backtest.BacktestReport;
import io.assay.bench.check.CheckReport;
import io.assay.bench.engine.EngineReport;
import io.assay.bench.imputation.ImputationReport;
import io.assay.bench.imputation.ImputersReport;
import io.assay.bench.language.LanguageReport;
import io.assay.bench.learning.LearningReport;
import io.assay.bench.learning.SelectionReport;
import io.assay.bench.review.ReviewReport;
import io.assay.bench.stability.StabilityReport;
import io.assay.bench.stream.HttpReport;
import io.assay.bench.stream.StreamReport;
import io.assay.bench.street.LabelsReport;
import io.assay.bench.street.StreetReport;
import io.assay.bench.web.ExportReport;
import io.assay.bench.web.LiveReport;
import io.assay.bench.web.WebReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Runs the measurements of one part: {@code ./assay bench check}, {@code ./assay bench backtest
 * 10000000}.
 */
public final class Bench {
  private static final Map<String, Consumer<List<String>>> PARTS =
      new TreeMap<>(
          Map.<String, Consumer<List<String>>>ofEntries(
              Map.entry("backtest", BacktestReport::print),
              Map.entry("check", more -> CheckReport.print()),
              Map.entry("exports", ExportReport::print),
              Map.entry("engine", more -> EngineReport.print()),
              Map.entry("http", HttpReport::print),
              Map.entry("imputation", more -> ImputationReport.print()),
              Map.entry("imputers", ImputersReport::print),
              Map.entry("labels", LabelsReport::print),
              Map.entry("language", more -> LanguageReport.print()),
              Map.entry("learning", LearningReport::print),
              Map.entry("live", LiveReport::print),
              Map.entry("review", ReviewReport::print),
              Map.entry("selection", SelectionReport::print),
              Map.entry("stability", StabilityReport::print),
              Map.entry("stream", StreamReport::print),
              Map.entry("street", StreetReport::print),
              Map.entry("web", WebReport::print)));

  private Bench() {}

  public static void main(String[] args) {
    Consumer<List<String>> part = args.length > 0 ? PARTS.get(args[0]) : null;
    if (part == null) {
      System.err.println(
          "assay: bench needs one of %s, got %s"
              .formatted(
                  String.join(", ", PARTS.keySet()),
                  args.length == 0 ? "nothing" : "'" + String.join(" ", args) + "'"));
      System.exit(2);
      return;
    }
    part.accept(List.of(args).subList(1, args.length));
  }
}
