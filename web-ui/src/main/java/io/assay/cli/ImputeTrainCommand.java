package io.assay.cli;

import io.assay.imputation.AimNet;
import io.assay.imputation.Budget;
import io.assay.imputation.Card;
import io.assay.imputation.Column;
import io.assay.imputation.Fitting;
import io.assay.imputation.Pass;
import io.assay.imputation.Schema;
import io.assay.imputation.Table;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes an imputer of a table. */
@Command(name = "train", description = "Learns of a table how to fill its gaps.")
final class ImputeTrainCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "TABLE", description = "CSV with a header; an empty cell is missing.")
  Path table = Path.of("");

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description = "JSON that says what columns are; without it, their values do.")
  @Nullable Path schema;

  @Option(
      names = "--model",
      paramLabel = "OUT",
      required = true,
      description = "The file to write the imputer to.")
  Path model = Path.of("");

  @Option(names = "--seed", paramLabel = "N", description = "The same gives the same imputer.")
  long seed;

  @Option(
      names = "--within",
      paramLabel = "SECONDS",
      description = "Ends training early, with what is learned by then.")
  @Nullable Integer within;

  @Override
  public ExitStatus call() {
    PrintWriter out = spec.commandLine().getOut();
    Table rows = ImputeFiles.table(table);
    Schema columns = ImputeFiles.schema(Optional.ofNullable(schema), rows);
    AimNet imputer;
    try {
      imputer = Fitting.fit(rows, columns, Fitting.Form.CHOSEN, seed, goesOn());
    } catch (IllegalArgumentException bad) {
      throw CommandFailure.couldNotRun("%s: %s".formatted(table, bad.getMessage()), bad);
    }
    ImputeFiles.write(imputer.bytes(), model);
    print(imputer, out);
    out.flush();
    return ExitStatus.WELL;
  }

  private Predicate<Pass> goesOn() {
    return within == null ? pass -> true : new Budget(Duration.ofSeconds(within), System::nanoTime);
  }

  private void print(AimNet imputer, PrintWriter out) {
    Card card = imputer.card();
    out.printf(
        "%s: learned of %d rows, %s%n",
        model, card.rows(), imputer.isValueDependent() ? "with values together" : "plain");
    if (!imputer.columnsWithNeighbours().isEmpty()) {
      out.printf(
          "similar rows are looked at too for %s%n",
          imputer.columnsWithNeighbours().stream()
              .map(Column::name)
              .collect(Collectors.joining(", ")));
    }
    out.println("held-back cells                score  commonest or mean");
    for (Card.Score score : card.columns()) {
      boolean isNumber = score.column() instanceof Column.Numbers;
      out.printf(
          "  %-20s %6d %7s %7s  %s%n",
          score.column().name(),
          score.cells(),
          ImputeText.share(score.score()),
          ImputeText.share(score.baseline()),
          isNumber ? "error in deviations" : "right");
    }
    for (Schema.LeftOut one : imputer.schema().leftOut()) {
      out.printf("  %-20s left out: %s%n", one.column(), ImputeText.reason(one.reason()));
    }
  }
}
