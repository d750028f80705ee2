package io.assay.bench.imputation;

import io.assay.imputation.Column;
import io.assay.imputation.Evaluation;
import io.assay.imputation.Fitting;
import io.assay.imputation.Imputer;
import io.assay.imputation.ModeImputer;
import io.assay.imputation.NeighbourImputer;
import io.assay.imputation.Schema;
import io.assay.imputation.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Ways to fill gaps, side by side: {@code ./assay bench imputers FOLDER MASK [SEEDS [TABLE …]]},
 * where the folder has {@code NAME.csv}, {@code NAME.schema.json} and {@code NAME.mask-MASK.csv}.
 * Means over the seeds.
 */
public final class ImputersReport {
  private ImputersReport() {}

  public static void print(List<String> arguments) {
    if (arguments.size() < 2) {
      throw new IllegalArgumentException(
          "bench imputers needs a folder of tables and a mask's name, got " + arguments);
    }
    Path folder = Path.of(arguments.get(0));
    int seeds = arguments.size() > 2 ? Integer.parseInt(arguments.get(2)) : 3;
    List<String> tables =
        arguments.size() > 3 ? arguments.subList(3, arguments.size()) : names(folder);
    System.out.println("table          method   accuracy   nrmse  calib.  covered  seconds");
    for (String table : tables) {
      compare(folder, table, arguments.get(1), seeds);
    }
  }

  private static List<String> names(Path folder) {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".schema.json"))
          .map(name -> name.substring(0, name.length() - ".schema.json".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compare(Path folder, String name, String kind, int seeds) {
    Table whole = table(folder.resolve(name + ".csv"));
    Table marks = table(folder.resolve("%s.mask-%s.csv".formatted(name, kind)));
    boolean[][] mask = new boolean[whole.rows()][whole.names().size()];
    for (int row = 0; row < mask.length; row++) {
      for (int c = 0; c < mask[row].length; c++) {
        mask[row][c] = marks.cell(row, c).strip().equals("1");
      }
    }
    Table gaps = Evaluation.hide(whole, mask);
    Schema schema = schema(folder.resolve(name + ".schema.json"), gaps);
    Map<String, LongFunction<Imputer>> methods =
        new TreeMap<>(
            Map.of(
                "mode", seed -> ModeImputer.fit(gaps, schema),
                "knn", seed -> NeighbourImputer.fit(gaps, schema),
                "trees", seed -> BoostedTrees.fit(gaps, schema, seed),
                "plain", seed -> Fitting.fit(gaps, schema, Fitting.Form.PLAIN, seed),
                "aimnet", seed -> Fitting.fit(gaps, schema, Fitting.Form.CHOSEN, seed)));
    methods.forEach(
        (method, fit) -> {
          double[] sums = new double[5];
          for (int seed = 0; seed < seeds; seed++) {
            long began = System.nanoTime();
            Evaluation found = Evaluation.of(fit.apply(seed).fill(gaps), whole, mask);
            sums[0] += found.accuracy().orElse(Double.NaN);
            sums[1] += found.nrmse().orElse(Double.NaN);
            sums[2] += found.calibrationError().orElse(Double.NaN);
            sums[3] += found.covered().orElse(Double.NaN);
            sums[4] += (System.nanoTime() - began) / 1e9;
          }
          System.out.printf(
              Locale.ROOT,
              "%-14s %-8s %8.3f %7.3f %7.3f %8.3f %8.1f%n",
              name,
              method,
              sums[0] / seeds,
              sums[1] / seeds,
              sums[2] / seeds,
              sums[3] / seeds,
              sums[4] / seeds);
        });
  }

  private static Table table(Path file) {
    try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, CSVFormat.DEFAULT)) {
      List<List<String>> rows = new ArrayList<>();
      parser.forEach(row -> rows.add(List.of(row.values())));
      return Table.of(rows.get(0), rows.subList(1, rows.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Columns as the file calls them: continuous ones are numbers, discrete ones categories. */
  private static Schema schema(Path file, Table table) {
    JsonNode json;
    try {
      json = JsonMapper.shared().readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Column> columns = new ArrayList<>();
    for (Map.Entry<String, JsonNode> one : json.get("columns").properties()) {
      String kind = one.getValue().asString("");
      boolean isNumber = kind.equals("continuous") || kind.equals("number");
      columns.add(isNumber ? new Column.Numbers(one.getKey()) : new Column.Category(one.getKey()));
    }
    return Schema.of(columns, table);
  }
}
