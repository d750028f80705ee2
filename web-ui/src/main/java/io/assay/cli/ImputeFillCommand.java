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

  @Option(
      names = "--draws",
      paramLabel = "N",
      description =
          "Fills the table N times by chance, as sure as it is; the first column, draw, counts.")
  @Nullable Integer draws;

  @Option(names = "--seed", paramLabel = "N", description = "The same draws the same.")
  long seed;

  @Override
  public ExitStatus call() {
    PrintWriter out = spec.commandLine().getOut();
    Table rows = ImputeFiles.table(table);
    if (draws != null && least > 0) {
      throw CommandFailure.couldNotRun(
          "--draws says by its spread how sure it is, and leaves nothing empty: without --least");
    }
    List<Guess> found;
    List<Table> drawn;
    try {
      AimNet imputer = ImputeFiles.imputer(model).abstainingBelow(least);
      found = imputer.fill(rows);
      drawn = draws == null ? List.of() : imputer.draw(rows, draws, seed);
    } catch (IllegalArgumentException bad) {
      throw CommandFailure.couldNotRun("%s: %s".formatted(table, bad.getMessage()), bad);
    }
    if (guesses != null) {
      ImputeFiles.write(ImputeJson.lines(found), guesses);
    }
    if (drawn.isEmpty()) {
      writeFilled(rows, found, out);
    } else {
      ImputeFiles.write(oneUnderTheOther(drawn), filled);
      out.printf("%s: %d cells filled, %d times%n", filled, found.size(), drawn.size());
    }
    out.flush();
    return ExitStatus.WELL;
  }

  private Table oneUnderTheOther(List<Table> drawn) {
    List<String> names = new ArrayList<>(List.of("draw"));
    names.addAll(drawn.get(0).names());
    List<List<String>> all = new ArrayList<>();
    for (int draw = 0; draw < drawn.size(); draw++) {
      for (int row = 0; row < drawn.get(draw).rows(); row++) {
        List<String> cells = new ArrayList<>(List.of(Integer.toString(draw + 1)));
        cells.addAll(drawn.get(draw).row(row));
        all.add(cells);
      }
    }
    try {
      return Table.of(names, all);
    } catch (IllegalArgumentException twice) {
      throw CommandFailure.couldNotRun("%s: %s".formatted(table, twice.getMessage()), twice);
    }
  }

  private void writeFilled(Table rows, List<Guess> found, PrintWriter out) {
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
    out.printf("%s: %d cells filled, %d left empty%n", filled, found.size() - left, left);
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
