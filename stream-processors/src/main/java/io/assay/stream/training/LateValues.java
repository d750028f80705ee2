package io.assay.stream.training;

import io.assay.assertion.event.Event;
import io.assay.imputation.AimNet;
import io.assay.imputation.Column;
import io.assay.imputation.Guess;
import io.assay.imputation.LaterTruth;
import io.assay.imputation.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values that came later than their event: an event that came with a gap comes again, under the
 * same id or, where the stream has none, the same key and time, and has the value. What the imputer
 * says of the first is held against the second.
 */
final class LateValues {
  /** Of more events with gaps the oldest are forgotten. */
  static final int MOST_WAITING = 20_000;

  private static final int MOST_PAIRS = 5_000;

  private final List<String> names;
  private final Map<String, List<String>> waiting =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<String>> eldest) {
          return size() > MOST_WAITING;
        }
      };
  private final List<Pair> pairs = new ArrayList<>();

  /** A row with gaps, and the same later on. */
  private record Pair(List<String> before, List<String> after) {}

  /** {@code names}: of the columns, in the order of the cells. */
  LateValues(List<String> names) {
    this.names = List.copyOf(names);
  }

  /** What tells an event from others. */
  static String name(Event event) {
    String id = event.declaredId();
    return id != null ? "i" + id : "k" + event.at() + ' ' + event.key();
  }

  /**
   * An event, as they come.
   *
   * @param cells empty where they are missing
   * @param counts whether a value that it has is held against the imputer: it came after that had
   *     learned
   */
  void add(String name, List<String> cells, boolean counts) {
    List<String> before = waiting.get(name);
    if (before != null && isFilled(before, cells)) {
      waiting.remove(name);
      if (counts && pairs.size() < MOST_PAIRS) {
        pairs.add(new Pair(before, cells));
      }
    }
    if (cells.contains("")) {
      waiting.putIfAbsent(name, cells);
    }
  }

  private static boolean isFilled(List<String> before, List<String> after) {
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i).isEmpty() && !after.get(i).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /**
   * How right an imputer is, asked for what came later.
   *
   * @param deviations of number columns, by name; a column without one is left out
   */
  LaterTruth score(AimNet imputer, Map<String, Double> deviations) {
    var truth = new LaterTruth();
    if (!pairs.isEmpty()) {
      Table gaps = Table.of(names, pairs.stream().map(Pair::before).toList());
      for (Guess guess : imputer.fill(gaps)) {
        List<String> columns = guess.column().columns();
        for (int d = 0; d < columns.size(); d++) {
          int at = names.indexOf(columns.get(d));
          String came = pairs.get(guess.row()).after().get(at);
          if (!came.isEmpty() && gaps.cell(guess.row(), at).isEmpty()) {
            score(truth, guess, d, came, deviations);
          }
        }
      }
    }
    return truth;
  }

  private static void score(
      LaterTruth truth, Guess guess, int d, String came, Map<String, Double> deviations) {
    Column column = guess.column();
    String name = column.columns().get(d);
    switch (guess) {
      case Guess.OfCategory one ->
          truth.ofCategory(name, one.confidence(), one.texts().getFirst().equals(came));
      case Guess.OfNumbers one -> {
        double deviation = deviations.getOrDefault(name, 0.0);
        if (deviation > 0) {
          Guess.Estimate estimate = one.estimates().get(d);
          double value = Double.parseDouble(came);
          truth.ofNumber(
              name,
              one.confidence(),
              (estimate.value() - value) / deviation,
              estimate.low() <= value && value <= estimate.high());
        }
      }
    }
  }
}
