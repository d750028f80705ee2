package io.assay.web.rules;

import static io.assay.web.system.CsvText.text;

import io.assay.web.backtests.BacktestRow;
import io.assay.web.backtests.Backtests;
import io.assay.web.backtests.SweepPlan;
import io.assay.web.system.CsvFiles;
import io.assay.web.system.CsvParts;
import io.assay.web.system.Page;
import io.assay.web.system.TimePlace;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The thresholds that were tried of an assertion, for spreadsheets. */
@Page
class SweepFiles {
  private static final List<String> COLUMNS =
      List.of(
          "asked",
          "by",
          "condition",
          "unit",
          "active",
          "least",
          "greatest",
          "values",
          "generation",
          "from",
          "to",
          "state",
          "trouble",
          "id");

  private final Backtests backtests;
  private final CsvFiles files;

  SweepFiles(Backtests backtests, CsvFiles files) {
    this.backtests = backtests;
    this.files = files;
  }

  @GetMapping("/p/{project}/assertions/{name}/sweeps.csv")
  void sweeps(@PathVariable String project, @PathVariable String name, HttpServletResponse response)
      throws IOException {
    files.<TimePlace>send(
        response,
        "sweeps.csv",
        COLUMNS,
        after ->
            CsvParts.Part.of(
                backtests.sweeps(project, name, after, CsvFiles.PART),
                CsvFiles.PART,
                SweepFiles::cells,
                BacktestRow::place));
  }

  private static List<String> cells(BacktestRow row) {
    BacktestLine job = BacktestLine.of(row);
    SweepPlan plan = Objects.requireNonNull(row.sweep(), "asked for as a sweep");
    return List.of(
        job.asked().iso(),
        text(job.by()),
        text(plan.condition()),
        text(plan.unit()),
        plan.active().toPlainString(),
        plan.values().getFirst().toPlainString(),
        plan.values().getLast().toPlainString(),
        Integer.toString(plan.values().size()),
        Long.toString(job.base()),
        job.from().iso(),
        job.to().iso(),
        job.state(),
        text(job.trouble()),
        job.id());
  }
}
