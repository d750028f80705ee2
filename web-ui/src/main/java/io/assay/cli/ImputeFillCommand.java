package io.assay.cli;

import io.assay.imputation.AimNet;
import io.assay.imputation.Guess;
import io.assay.imputation.Table;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fills a table by an imputer. */
@Command(name = "fill", description = "Fills the gaps of a table.")
final class ImputeFillCommand implements Callable<ExitStatus> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "TABLE", description = "CSV with the columns that it learned of.")
  Path table = Path.of("");

  @Option(
      names = "--model",
      paramLabel = "M",
      required = true,
      description = "What 'impute train' wrote.")
  Path model = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The table without gaps, as CSV.")
  Path filled = Path.of("");

  @Option(
      names = "--guesses",
      paramLabel = "FILE",
      description = "A line of JSON for each filled cell: how sure, between what, why.")
  @Nullable Path guesses;

  @Option(
      names = "--least",
      paramLabel = "CONFIDENCE",
      description = "Leaves cells empty of which it is less sure (0 to 1).")
  double least;

  @Override
  public ExitStatus call() {
    PrintWriter out = spec.commandLine().getOut();
    Table rows = ImputeFiles.table(table);
    List<Guess> found;
    try {
      AimNet imputer = ImputeFiles.imputer(model).abstainingBelow(least);
      found = imputer.fill(rows);
    } catch (IllegalArgumentException bad) {
      throw CommandFailure.couldNotRun("%s: %s".formatted(table, bad.getMessage()), bad);
    }
    List<List<String>> cells = new ArrayList<>();
    for (int row = 0; row < rows.rows(); row++) {
      cells.add(new ArrayList<>(rows.row(row)));
    }
    int left = 0;
    for (Guess guess : found) {
      left += guess.abstains() ? 1 : 0;
      if (!guess.abstains()) {
        put(guess, rows, cells.get(guess.row()));
      }
    }
    ImputeFiles.write(Table.of(rows.names(), cells), filled);
    if (guesses != null) {
      ImputeFiles.write(ImputeJson.lines(found), guesses);
    }
    out.printf("%s: %d cells filled, %d left empty%n", filled, found.size() - left, left);
    out.flush();
    return ExitStatus.WELL;
  }

  /** Of a group of which a part is there, that part stays. */
  private static void put(Guess guess, Table rows, List<String> row) {
    for (int d = 0; d < guess.texts().size(); d++) {
      int at = rows.column(guess.column().columns().get(d));
      if (row.get(at).isEmpty()) {
        row.set(at, guess.texts().get(d));
      }
    }
  }
}
