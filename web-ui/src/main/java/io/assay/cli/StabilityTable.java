package io.assay.cli;

import io.assay.stability.Ranks;
import io.assay.stability.Selection;
import io.assay.stability.Selection.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Measures of settings of embeddings, a setting a line of CSV: {@code algo}, {@code seed}, {@code
 * dim}, {@code bits}, measures, and {@code dis_…}, what models in fact disagree on.
 */
final class StabilityTable {
  /** A measure's column, its name in the paper's code, and whether high is stable. */
  enum Measure {
    EIS("EIS", false, "eis", "eis_a3"),
    NEIGHBOURS("neighbours", true, "neighbours", "knn"),
    DISPLACEMENT("displacement", false, "displacement", "sem_disp"),
    PIP("PIP loss", false, "pip", "pip_loss"),
    OVERLAP("overlap", true, "overlap", "eigen_overlap");

    private final String title;
    private final boolean highIsStable;
    private final String column;
    private final String paperColumn;

    Measure(String title, boolean highIsStable, String column, String paperColumn) {
      this.title = title;
      this.highIsStable = highIsStable;
      this.column = column;
      this.paperColumn = paperColumn;
    }

    List<String> columns() {
      return List.of(column, paperColumn);
    }

    String title() {
      return title;
    }
  }

  /** How well a measure told what models disagree on: means over the kinds of disagreement. */
  record Judged(
      Measure measure,
      OptionalDouble correlation,
      OptionalDouble wrongPairs,
      OptionalDouble excess) {}

  /** The setting that a measure chooses within a memory. */
  record Chosen(Measure measure, String dim, String bits, double value) {}

  private final Path file;
  private final List<String> columns;
  private final List<List<String>> rows;

  private StabilityTable(Path file, List<String> columns, List<List<String>> rows) {
    this.file = file;
    this.columns = columns;
    this.rows = rows;
  }

  static StabilityTable read(Path file) {
    List<List<String>> lines = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank()) {
          lines.add(List.of(line.strip().split(",", -1)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (lines.size() < 2) {
      throw CommandFailure.couldNotRun(file + ": needs a line of names and a setting, got none");
    }
    List<String> columns = lines.get(0);
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).size() != columns.size()) {
        throw CommandFailure.couldNotRun(
            "%s: setting %d needs %d cells, got %d"
                .formatted(file, i, columns.size(), lines.get(i).size()));
      }
    }
    return new StabilityTable(file, columns, lines.subList(1, lines.size()));
  }

  List<Measure> measures() {
    List<Measure> found = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      if (column(measure).isPresent()) {
        found.add(measure);
      }
    }
    if (found.isEmpty()) {
      throw CommandFailure.couldNotRun(
          "%s: needs a measure (%s), got columns %s"
              .formatted(
                  file,
                  List.of(Measure.values()).stream()
                      .flatMap(measure -> measure.columns().stream())
                      .collect(Collectors.joining(", ")),
                  String.join(", ", columns)));
    }
    return found;
  }

  private Optional<String> column(Measure measure) {
    return measure.columns().stream().filter(columns::contains).findFirst();
  }

  List<String> disagreements() {
    return columns.stream()
        .filter(column -> column.startsWith("dis_") || column.equals("disagreement"))
        .toList();
  }

  /** The table's parts by kind of embedding; one without a name if there is no {@code algo}. */
  Map<String, StabilityTable> kinds() {
    Map<String, List<List<String>>> kinds = new TreeMap<>();
    rows.forEach(row -> kinds.computeIfAbsent(text(row, "algo"), k -> new ArrayList<>()).add(row));
    Map<String, StabilityTable> tables = new LinkedHashMap<>();
    kinds.forEach((kind, some) -> tables.put(kind, new StabilityTable(file, columns, some)));
    return tables;
  }

  int settings() {
    return rows.size();
  }

  Judged judged(Measure measure) {
    List<Double> correlations = new ArrayList<>();
    List<Double> wrong = new ArrayList<>();
    List<Double> excess = new ArrayList<>();
    for (String disagreement : disagreements()) {
      List<Setting> settings =
          rows.stream().map(row -> setting(row, measure, disagreement)).toList();
      if (settings.size() > 1) {
        double correlation =
            Ranks.correlation(
                settings.stream().mapToDouble(Setting::instability).toArray(),
                settings.stream().mapToDouble(Setting::disagreement).toArray());
        correlations.add(correlation);
      }
      Selection.pairError(settings).ifPresent(wrong::add);
      if (columns.contains("dim") && columns.contains("bits")) {
        Selection.budgetError(settings).ifPresent(excess::add);
      }
    }
    return new Judged(measure, mean(correlations), mean(wrong), mean(excess));
  }

  private static OptionalDouble mean(List<Double> values) {
    OptionalDouble mean = values.stream().mapToDouble(value -> value).average();
    return mean.isPresent() && Double.isNaN(mean.getAsDouble()) ? OptionalDouble.empty() : mean;
  }

  private Setting setting(List<String> row, Measure measure, String disagreement) {
    boolean sized = columns.contains("dim") && columns.contains("bits");
    return new Setting(
        text(row, "seed"),
        sized ? number(row, "dim") * number(row, "bits") : 0,
        instability(row, measure),
        number(row, disagreement));
  }

  private double instability(List<String> row, Measure measure) {
    double value = number(row, column(measure).orElseThrow());
    return measure.highIsStable ? 1 - value : value;
  }

  /** Of settings of at most so many bits a vector, the one that is stablest over all seeds. */
  Optional<Chosen> within(double memory, Measure measure) {
    record Size(String dim, String bits) {}
    Map<Size, List<Double>> sizes = new LinkedHashMap<>();
    for (List<String> row : rows) {
      if (number(row, "dim") * number(row, "bits") <= memory) {
        sizes
            .computeIfAbsent(new Size(text(row, "dim"), text(row, "bits")), s -> new ArrayList<>())
            .add(instability(row, measure));
      }
    }
    Optional<Chosen> chosen = Optional.empty();
    for (Map.Entry<Size, List<Double>> size : sizes.entrySet()) {
      double value = mean(size.getValue()).orElse(Double.NaN);
      if (chosen.isEmpty() || value < chosen.get().value()) {
        chosen = Optional.of(new Chosen(measure, size.getKey().dim(), size.getKey().bits(), value));
      }
    }
    return chosen.map(
        found ->
            new Chosen(
                measure,
                found.dim(),
                found.bits(),
                measure.highIsStable ? 1 - found.value() : found.value()));
  }

  private String text(List<String> row, String column) {
    int at = columns.indexOf(column);
    return at < 0 ? "" : row.get(at).strip();
  }

  private double number(List<String> row, String column) {
    String text = text(row, column);
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw wrong(row, column, text);
    }
    throw wrong(row, column, text);
  }

  private CommandFailure wrong(List<String> row, String column, String text) {
    return CommandFailure.couldNotRun(
        "%s: column '%s' of setting '%s' needs a finite number, got '%s'"
            .formatted(
                file, column, String.join(",", row.subList(0, Math.min(4, row.size()))), text));
  }
}
