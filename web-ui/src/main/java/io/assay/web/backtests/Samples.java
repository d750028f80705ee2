package io.assay.web.backtests;

import io.assay.assertion.Violation;
import io.assay.web.backtests.BacktestFigures.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A few violations of each assertion: the first, and the most severe. */
final class Samples {
  private static final int MOST = 5;

  /** Of all assertions together, about. */
  private static final int MOST_IN_ALL = 1000;

  /** Stands around what is private, as in sentences. */
  private static final String MARK = "\u2063";

  private final int kept;
  private final Set<String> hidden;
  private final Map<String, List<Sample>> first = new HashMap<>();
  private final Map<String, List<Sample>> worst = new HashMap<>();

  private Samples(int kept, Set<String> hidden) {
    this.kept = kept;
    this.hidden = Set.copyOf(hidden);
  }

  /**
   * For so many assertions: fewer of each where there are many, so that the whole is bounded.
   *
   * @param hidden the streams whose keys are private
   */
  static Samples ofSo(int assertions, Set<String> hidden) {
    return new Samples(Math.clamp(MOST_IN_ALL / (2 * Math.max(1, assertions)), 1, MOST), hidden);
  }

  void add(Violation one, boolean isNew) {
    var sample =
        new Sample(
            Instant.ofEpochSecond(0, one.at()), key(one), one.severity(), one.sentence(), isNew);
    List<Sample> early = first.computeIfAbsent(one.assertion(), name -> new ArrayList<>());
    if (early.size() < kept) {
      early.add(sample);
    }
    List<Sample> bad = worst.computeIfAbsent(one.assertion(), name -> new ArrayList<>());
    if (bad.size() < kept || bad.getLast().severity() < sample.severity()) {
      bad.add(sample);
      bad.sort(Comparator.comparingDouble(Sample::severity).reversed());
      if (bad.size() > kept) {
        bad.removeLast();
      }
    }
  }

  private String key(Violation one) {
    return hidden.contains(one.stream()) && !one.key().isEmpty()
        ? MARK + one.key().replace(MARK, "") + MARK
        : one.key();
  }

  List<Sample> first(String assertion) {
    return first.getOrDefault(assertion, List.of());
  }

  List<Sample> worst(String assertion) {
    return worst.getOrDefault(assertion, List.of());
  }
}
