package io.assay.imputation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The commonest value, or the mean, whatever the row says: what others must be better than. */
public final class ModeImputer implements Imputer {
  private static final int CANDIDATES = 5;

  /** Of a normal distribution: what holds 80 %, and how much lies within half a deviation. */
  private static final double NORMAL = 1.2816;

  private static final double NEAR = 0.3829;

  private final Codebook codebook;

  private ModeImputer(Codebook codebook) {
    this.codebook = codebook;
  }

  public static ModeImputer fit(Table table, Schema schema) {
    return new ModeImputer(Codebook.of(schema, table));
  }

  @Override
  public Schema schema() {
    return codebook.schema();
  }

  @Override
  public List<Guess> fill(Table rows) {
    List<Guess> guesses = new ArrayList<>();
    for (int a = 0; a < schema().columns().size(); a++) {
      Column column = schema().columns().get(a);
      int[] places = column.columns().stream().mapToInt(rows::column).toArray();
      for (int row = 0; row < rows.rows(); row++) {
        boolean isMissing = false;
        for (int place : places) {
          isMissing |= rows.cell(row, place).isEmpty();
        }
        if (isMissing) {
          guesses.add(guess(column, codebook.entry(a), row));
        }
      }
    }
    guesses.sort(Comparator.comparingInt(Guess::row));
    return guesses;
  }

  private static Guess guess(Column column, Codebook.Entry entry, int row) {
    return switch (entry) {
      case Codebook.Known known -> {
        double all = known.counts().stream().mapToInt(Integer::intValue).sum();
        List<Guess.Candidate> candidates = new ArrayList<>();
        for (int v = 0; v < Math.min(CANDIDATES, known.values().size()); v++) {
          candidates.add(new Guess.Candidate(known.values().get(v), known.counts().get(v) / all));
        }
        yield new Guess.OfCategory(row, column, candidates, false, Map.of());
      }
      case Codebook.Scales scales ->
          new Guess.OfNumbers(
              row,
              column,
              scales.scales().stream().map(scale -> scale.estimate(0, NORMAL)).toList(),
              NEAR,
              false,
              Map.of());
    };
  }
}
