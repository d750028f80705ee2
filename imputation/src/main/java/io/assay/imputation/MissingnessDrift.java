package io.assay.imputation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where more or fewer cells are missing than before. */
public final class MissingnessDrift {
  private MissingnessDrift() {}

  /**
   * A column of a segment, before and now.
   *
   * @param before share of its rows without the cell, 0 to 1
   * @param now the same of the new rows
   * @param adjusted probability of a difference like this without any drift, Benjamini-Hochberg
   *     over all columns and segments
   */
  public record Change(String segment, String column, double before, double now, double adjusted) {
    /** Whether it is more than chance: of such claims at most a twentieth is wrong. */
    public boolean isDrift() {
      return adjusted < FalseDiscoveries.RATE;
    }
  }

  /**
   * Every column of every segment that both have rows of; the largest changes first. What is in
   * both missing nowhere, or everywhere, has not changed.
   *
   * @throws IllegalArgumentException of other columns
   */
  public static List<Change> between(Missingness before, Missingness now) {
    if (!before.columns().equals(now.columns())) {
      throw new IllegalArgumentException(
          "the same columns are needed, got %s and %s".formatted(before.columns(), now.columns()));
    }
    Map<Change, Double> chances = new LinkedHashMap<>();
    before
        .segments()
        .forEach(
            (segment, old) -> {
              Missingness.Cells fresh = now.segments().get(segment);
              if (fresh != null) {
                for (int column = 0; column < before.columns().size(); column++) {
                  change(segment, before.columns().get(column), column, old, fresh, chances);
                }
              }
            });
    List<Change> changes = new ArrayList<>(chances.keySet());
    double[] adjusted =
        FalseDiscoveries.adjusted(
            chances.values().stream().mapToDouble(Double::doubleValue).toArray());
    List<Change> told = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      Change of = changes.get(i);
      told.add(new Change(of.segment(), of.column(), of.before(), of.now(), adjusted[i]));
    }
    told.sort(
        (a, b) -> Double.compare(Math.abs(b.now() - b.before()), Math.abs(a.now() - a.before())));
    return List.copyOf(told);
  }

  private static void change(
      String segment,
      String name,
      int column,
      Missingness.Cells old,
      Missingness.Cells fresh,
      Map<Change, Double> chances) {
    long missing = old.missing().get(column);
    long missingNow = fresh.missing().get(column);
    var change =
        new Change(
            segment, name, missing / (double) old.rows(), missingNow / (double) fresh.rows(), 1);
    chances.put(
        change,
        Contingency.chance(
            new long[][] {
              {missing, old.rows() - missing}, {missingNow, fresh.rows() - missingNow}
            }));
  }
}
