package io.assay.stream.training;

import io.assay.imputation.AimNet;
import io.assay.imputation.Column;
import io.assay.imputation.LaterTruth;
import io.assay.imputation.MissingAtRandom;
import io.assay.imputation.Missingness;
import io.assay.imputation.MissingnessDrift;
import io.assay.imputation.Schema;
import io.assay.imputation.Table;
import io.assay.stream.contract.ImputerObserved;
import io.assay.stream.contract.ImputerObserved.Gaps;
import io.assay.stream.contract.ImputerObserved.LaterColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What is seen in rows beside what is learned of them. */
final class Observing {
  /** Of more drifts or dependences the smallest are left out. */
  private static final int MOST_TOLD = 50;

  private Observing() {}

  /**
   * @param schema of what is filled
   * @param before what the training before saw, of the same group
   */
  static ImputerObserved observe(
      Table table,
      Schema schema,
      Optional<ImputerObserved> before,
      Optional<ImputerObserved.Later> later) {
    Optional<String> by = segmentBy(schema);
    Missingness now = Missingness.of(table, by);
    List<ImputerObserved.Dependence> dependences =
        MissingAtRandom.of(table, schema).stream()
            .filter(MissingAtRandom.Dependence::isReal)
            .limit(MOST_TOLD)
            .map(
                one ->
                    new ImputerObserved.Dependence(
                        one.column(), one.on(), one.strength(), one.adjusted()))
            .toList();
    return new ImputerObserved(
        by.orElse(null), gaps(now), drifts(by, before, now), dependences, later.orElse(null));
  }

  /** The first category: its values are few, and people know them. */
  private static Optional<String> segmentBy(Schema schema) {
    return schema.columns().stream()
        .filter(Column.Category.class::isInstance)
        .map(Column::name)
        .findFirst();
  }

  private static List<Gaps> gaps(Missingness now) {
    List<Gaps> gaps = new ArrayList<>();
    now.segments()
        .forEach(
            (segment, cells) -> {
              Map<String, Long> missing = new HashMap<>();
              for (int c = 0; c < now.columns().size(); c++) {
                missing.put(now.columns().get(c), cells.missing().get(c));
              }
              gaps.add(new Gaps(segment, cells.rows(), missing));
            });
    return gaps;
  }

  /** What was parted otherwise cannot be compared. */
  private static List<ImputerObserved.Drift> drifts(
      Optional<String> by, Optional<ImputerObserved> before, Missingness now) {
    return before
        .filter(seen -> Optional.ofNullable(seen.segmentBy()).equals(by))
        .map(seen -> MissingnessDrift.between(missingness(seen, now.columns()), now))
        .orElse(List.of())
        .stream()
        .filter(MissingnessDrift.Change::isDrift)
        .limit(MOST_TOLD)
        .map(
            one ->
                new ImputerObserved.Drift(
                    one.segment(), one.column(), one.before(), one.now(), one.adjusted()))
        .toList();
  }

  private static Missingness missingness(ImputerObserved seen, List<String> columns) {
    Map<String, Missingness.Cells> segments = new LinkedHashMap<>();
    for (Gaps gaps : seen.gaps()) {
      segments.put(
          gaps.segment(),
          new Missingness.Cells(
              gaps.rows(),
              columns.stream().map(name -> gaps.missing().getOrDefault(name, 0L)).toList()));
    }
    return new Missingness(columns, segments);
  }

  /**
   * How right the version in force was where values came later.
   *
   * @param values that came since it was trained
   */
  static ImputerObserved.Later later(LateValues values, AimNet inForce, long version, Table table) {
    Map<String, Double> deviations = new HashMap<>();
    for (Column column : inForce.schema().columns()) {
      if (column instanceof Column.Numbers) {
        column.columns().forEach(name -> deviations.put(name, deviation(table, name)));
      }
    }
    LaterTruth truth = values.score(inForce, deviations);
    List<LaterColumn> columns = new ArrayList<>();
    truth.scores().forEach((name, score) -> columns.add(column(name, score)));
    return new ImputerObserved.Later(version, columns);
  }

  private static double deviation(Table table, String name) {
    int at = table.column(name);
    int count = 0;
    double mean = 0;
    double squares = 0;
    for (int row = 0; row < table.rows(); row++) {
      if (!table.cell(row, at).isEmpty()) {
        double value = Double.parseDouble(table.cell(row, at));
        double delta = value - mean;
        mean += delta / ++count;
        squares += delta * (value - mean);
      }
    }
    return count == 0 ? 0 : Math.sqrt(squares / count);
  }

  private static LaterColumn column(String name, LaterTruth.Score score) {
    return new LaterColumn(
        name,
        score.cells(),
        boxed(score.accuracy()),
        boxed(score.nrmse()),
        boxed(score.covered()),
        score.confidence(),
        score.right(),
        score.calibrationError());
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
