package io.assay.bench.imputation;

import io.assay.imputation.Column;
import io.assay.imputation.Guess;
import io.assay.imputation.Imputer;
import io.assay.imputation.Schema;
import io.assay.imputation.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Gradient boosted trees (XGBoost), one model a column, of all others: numbers as they are,
 * categories of up to 50 values a column each, others by how common they are; missing is missing.
 * What is compared with; part of nothing that is shipped. Groups are not known to it.
 */
final class BoostedTrees implements Imputer {
  private static final int ROUNDS = 100;
  private static final int WIDE = 50;
  private static final double NORMAL = 1.2816;

  private final Schema schema;
  private final Map<Column, Map<String, Integer>> codes = new LinkedHashMap<>();
  private final Map<Column, Booster> boosters = new LinkedHashMap<>();
  private final Map<Column, Double> deviations = new HashMap<>();

  private BoostedTrees(Schema schema) {
    this.schema = schema;
  }

  static BoostedTrees fit(Table table, Schema schema, long seed) {
    var trees = new BoostedTrees(schema);
    for (Column column : schema.columns()) {
      if (!isNumber(column)) {
        trees.codes.put(column, commonest(table, column));
      }
    }
    try {
      for (Column column : schema.columns()) {
        trees.boosters.put(column, trees.train(table, column, seed));
      }
    } catch (XGBoostError failed) {
      throw new IllegalStateException(failed);
    }
    return trees;
  }

  private static boolean isNumber(Column column) {
    return column instanceof Column.Numbers;
  }

  private Map<String, Integer> values(Column column) {
    return Objects.requireNonNull(codes.get(column));
  }

  private static Map<String, Integer> commonest(Table table, Column column) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    int at = table.column(column.name());
    for (int row = 0; row < table.rows(); row++) {
      if (!table.cell(row, at).isEmpty()) {
        counts.merge(table.cell(row, at), 1, Integer::sum);
      }
    }
    Map<String, Integer> all = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(one -> all.put(one.getKey(), all.size()));
    return all;
  }

  private Booster train(Table table, Column target, long seed) throws XGBoostError {
    int at = table.column(target.name());
    int[] rows =
        IntStream.range(0, table.rows()).filter(row -> !table.cell(row, at).isEmpty()).toArray();
    float[] labels = new float[rows.length];
    double mean = 0;
    double squares = 0;
    for (int i = 0; i < rows.length; i++) {
      String cell = table.cell(rows[i], at);
      labels[i] = value(target, cell);
      mean += labels[i] / rows.length;
      squares += (double) labels[i] * labels[i] / rows.length;
    }
    deviations.put(target, Math.sqrt(Math.max(0, squares - mean * mean)));
    Map<String, Object> how = new HashMap<>();
    how.put("eta", 0.1);
    how.put("max_depth", 6);
    how.put("nthread", 1);
    how.put("seed", seed);
    how.put("verbosity", 0);
    how.put("objective", isNumber(target) ? "reg:squarederror" : "multi:softprob");
    if (!isNumber(target)) {
      how.put("num_class", Math.max(2, values(target).size()));
    }
    DMatrix matrix = matrix(table, target, rows);
    matrix.setLabel(labels);
    Booster booster = XGBoost.train(matrix, how, ROUNDS, new HashMap<>(), null, null);
    matrix.dispose();
    return booster;
  }

  private DMatrix matrix(Table table, Column target, int[] rows) throws XGBoostError {
    List<float[]> features = new ArrayList<>();
    for (Column column : schema.columns()) {
      if (!column.equals(target)) {
        features.addAll(features(table, column, rows));
      }
    }
    float[] all = new float[rows.length * features.size()];
    for (int i = 0; i < rows.length; i++) {
      for (int f = 0; f < features.size(); f++) {
        all[i * features.size() + f] = features.get(f)[i];
      }
    }
    return new DMatrix(all, rows.length, features.size(), Float.NaN);
  }

  private List<float[]> features(Table table, Column column, int[] rows) {
    int at = table.column(column.name());
    int values = isNumber(column) ? 1 : values(column).size();
    boolean isWide = !isNumber(column) && values <= WIDE;
    List<float[]> features = new ArrayList<>();
    for (int f = 0; f < (isWide ? values : 1); f++) {
      float[] feature = new float[rows.length];
      for (int i = 0; i < rows.length; i++) {
        String cell = table.cell(rows[i], at);
        float value = cell.isEmpty() ? Float.NaN : value(column, cell);
        feature[i] = isWide && !Float.isNaN(value) ? (value == f ? 1 : 0) : value;
      }
      features.add(feature);
    }
    return features;
  }

  private float value(Column column, String cell) {
    if (isNumber(column)) {
      return Float.parseFloat(cell);
    }
    Integer code = values(column).get(cell);
    return code == null ? Float.NaN : code;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public List<Guess> fill(Table table) {
    List<Guess> guesses = new ArrayList<>();
    try {
      for (Column column : schema.columns()) {
        int at = table.column(column.name());
        int[] rows =
            IntStream.range(0, table.rows()).filter(row -> table.cell(row, at).isEmpty()).toArray();
        if (rows.length > 0) {
          DMatrix matrix = matrix(table, column, rows);
          float[][] answers = Objects.requireNonNull(boosters.get(column)).predict(matrix);
          matrix.dispose();
          for (int i = 0; i < rows.length; i++) {
            guesses.add(guess(column, rows[i], answers[i]));
          }
        }
      }
    } catch (XGBoostError failed) {
      throw new IllegalStateException(failed);
    }
    guesses.sort(Comparator.comparingInt(Guess::row));
    return guesses;
  }

  /** Intervals are those of the column, as trees by themselves say nothing of theirs. */
  private Guess guess(Column column, int row, float[] answer) {
    if (isNumber(column)) {
      double reach = NORMAL * deviations.getOrDefault(column, 1.0);
      var estimate =
          new Guess.Estimate(
              answer[0], answer[0] - reach, answer[0] + reach, Float.toString(answer[0]));
      return new Guess.OfNumbers(row, column, List.of(estimate), 0.5, false, Map.of());
    }
    List<Guess.Candidate> candidates = new ArrayList<>();
    values(column)
        .forEach((value, code) -> candidates.add(new Guess.Candidate(value, answer[code])));
    candidates.sort(Comparator.comparingDouble(Guess.Candidate::probability).reversed());
    return new Guess.OfCategory(
        row, column, candidates.subList(0, Math.min(5, candidates.size())), false, Map.of());
  }
}
