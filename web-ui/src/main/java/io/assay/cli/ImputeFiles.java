package io.assay.cli;

import io.assay.imputation.AimNet;
import io.assay.imputation.Column;
import io.assay.imputation.Schema;
import io.assay.imputation.Table;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tables, schemas and imputers in files. */
final class ImputeFiles {
  private static final CSVFormat CSV =
      CSVFormat.DEFAULT.builder().setRecordSeparator('\n').setIgnoreEmptyLines(true).get();

  private ImputeFiles() {}

  /** CSV with a header. */
  static Table table(Path file) {
    List<List<String>> rows = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(file);
        CSVParser parser = CSV.parse(reader)) {
      for (CSVRecord line : parser) {
        List<String> cells = line.toList();
        if (!rows.isEmpty() && cells.size() != rows.get(0).size()) {
          throw CommandFailure.couldNotRun(
              "%s, line %d: %d cells are needed, got %d"
                  .formatted(
                      file, parser.getCurrentLineNumber(), rows.get(0).size(), cells.size()));
        }
        rows.add(cells);
      }
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(file, e);
    }
    if (rows.size() < 2) {
      throw CommandFailure.couldNotRun(
          "%s needs a line of names and a row, got %d lines".formatted(file, rows.size()));
    }
    try {
      return Table.of(rows.get(0), rows.subList(1, rows.size()));
    } catch (IllegalArgumentException bad) {
      throw CommandFailure.couldNotRun("%s: %s".formatted(file, bad.getMessage()), bad);
    }
  }

  static void write(Table table, Path file) {
    var text = new StringBuilder();
    try (var printer = new CSVPrinter(text, CSV)) {
      printer.printRecord(table.names());
      for (int row = 0; row < table.rows(); row++) {
        printer.printRecord(table.row(row));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    write(text.toString().getBytes(StandardCharsets.UTF_8), file);
  }

  /** Whole or not at all. */
  static void write(byte[] bytes, Path file) {
    Path whole = file.toAbsolutePath();
    Path beside = whole.resolveSibling(whole.getFileName() + ".part");
    try {
      Files.write(beside, bytes);
      Files.move(beside, whole, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw CommandFailure.couldNotRun("%s cannot be written: %s".formatted(file, e), e);
    }
  }

  static AimNet imputer(Path file) {
    try {
      return AimNet.read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (IllegalArgumentException bad) {
      throw CommandFailure.couldNotRun("%s: %s".formatted(file, bad.getMessage()), bad);
    }
  }

  /** As the file says or, without one, as the values look. */
  static Schema schema(Optional<Path> file, Table table) {
    return file.map(given -> Schema.of(columns(given, table), table))
        .orElseGet(() -> Schema.infer(table));
  }

  /** {@code {"columns": {NAME: KIND}, "groups": {NAME: [COLUMN, …]}}}; other names are not read. */
  private static List<Column> columns(Path file, Table table) {
    JsonNode schema;
    try {
      schema = JsonMapper.shared().readTree(Files.readString(file));
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (JacksonException e) {
      throw CommandFailure.couldNotRun("%s is no JSON: %s".formatted(file, e.getMessage()), e);
    }
    List<Column> columns = new ArrayList<>();
    if (!schema.path("columns").isObject()) {
      throw CommandFailure.couldNotRun(
          "%s needs \"columns\", as in {\"columns\": {\"age\": \"number\"}}".formatted(file));
    }
    for (Map.Entry<String, JsonNode> one : schema.get("columns").properties()) {
      columns.add(column(file, one.getKey(), one.getValue().asString("")));
    }
    for (Map.Entry<String, JsonNode> one : schema.path("groups").properties()) {
      List<String> names = new ArrayList<>();
      one.getValue().forEach(name -> names.add(name.asString("")));
      columns.removeIf(column -> names.contains(column.name()));
      columns.add(new Column.Numbers(one.getKey(), names));
    }
    for (Column column : columns) {
      for (String name : column.columns()) {
        if (!table.names().contains(name)) {
          throw CommandFailure.couldNotRun(
              "%s names the column '%s', the table has %s"
                  .formatted(file, name, String.join(", ", table.names())));
        }
      }
    }
    return columns;
  }

  private static Column column(Path file, String name, String kind) {
    return switch (kind.toLowerCase(Locale.ROOT)) {
      case "number", "continuous" -> new Column.Numbers(name);
      case "category", "discrete" -> new Column.Category(name);
      case "text" -> new Column.Text(name);
      default ->
          throw CommandFailure.couldNotRun(
              "%s: '%s' is a number, a category or a text, got '%s'".formatted(file, name, kind));
    };
  }

  /** CSV of the table's shape; 1 hides a cell. */
  static boolean[][] mask(Path file, Table table) {
    Table mask = table(file);
    if (!mask.names().equals(table.names()) || mask.rows() != table.rows()) {
      throw CommandFailure.couldNotRun(
          "%s needs the table's columns and its %d rows, got %s and %d"
              .formatted(file, table.rows(), String.join(", ", mask.names()), mask.rows()));
    }
    boolean[][] hidden = new boolean[table.rows()][table.names().size()];
    for (int row = 0; row < hidden.length; row++) {
      for (int c = 0; c < hidden[row].length; c++) {
        String cell = mask.cell(row, c).strip();
        if (!cell.equals("0") && !cell.equals("1")) {
          throw CommandFailure.couldNotRun(
              "%s, row %d, '%s': 0 or 1 is needed, got '%s'"
                  .formatted(file, row + 1, mask.names().get(c), cell));
        }
        hidden[row][c] = cell.equals("1");
      }
    }
    return hidden;
  }

  private static CommandFailure unreadable(Path file, Exception e) {
    String why = e instanceof NoSuchFileException ? "it is not there" : e.toString();
    return CommandFailure.couldNotRun("%s cannot be read: %s".formatted(file, why), e);
  }
}
