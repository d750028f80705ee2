package io.assay.stability;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * How well a measure chooses among settings of an embedding, as the paper asks it: which of two is
 * stabler, and which is the stablest within a memory.
 */
public final class Selection {
  /**
   * One setting of one training.
   *
   * @param group only settings of one group are compared: a kind of embedding, a seed
   * @param memory dimensions times bits
   * @param instability a measure's word; low is stable
   * @param disagreement what downstream models in fact disagree on
   */
  public record Setting(String group, double memory, double instability, double disagreement) {}

  private Selection() {}

  /**
   * The share of pairs in which the setting with the lower measure is not the one with the lower
   * disagreement; a measure that sees no difference is wrong in half of them, and pairs of equal
   * disagreement do not count. Empty without a pair that does.
   */
  public static Optional<Double> pairError(List<Setting> settings) {
    double wrong = 0;
    long pairs = 0;
    for (List<Setting> group : grouped(settings, Setting::group).values()) {
      for (int i = 0; i < group.size(); i++) {
        for (int j = 0; j < i; j++) {
          double truth = group.get(i).disagreement() - group.get(j).disagreement();
          double said = group.get(i).instability() - group.get(j).instability();
          if (truth != 0) {
            pairs++;
            wrong += said == 0 ? 0.5 : Math.signum(said) == Math.signum(truth) ? 0 : 1;
          }
        }
      }
    }
    return pairs == 0 ? Optional.empty() : Optional.of(wrong / pairs);
  }

  /**
   * By how much more the models disagree at the setting with the lowest measure than at the best,
   * on average over all memories that several settings of a group have. Empty without one.
   */
  public static Optional<Double> budgetError(List<Setting> settings) {
    List<Double> excesses = new ArrayList<>();
    for (List<Setting> group : grouped(settings, Setting::group).values()) {
      for (List<Setting> same : grouped(group, Setting::memory).values()) {
        if (same.size() > 1) {
          double chosen = lowest(same, Setting::instability).disagreement();
          excesses.add(chosen - lowest(same, Setting::disagreement).disagreement());
        }
      }
    }
    return excesses.isEmpty()
        ? Optional.empty()
        : Optional.of(excesses.stream().mapToDouble(e -> e).average().orElseThrow());
  }

  private static Setting lowest(List<Setting> settings, ToDoubleFunction<Setting> by) {
    Setting lowest = settings.get(0);
    for (Setting setting : settings) {
      lowest = by.applyAsDouble(setting) < by.applyAsDouble(lowest) ? setting : lowest;
    }
    return lowest;
  }

  private static <K> Map<K, List<Setting>> grouped(
      List<Setting> settings, Function<Setting, K> by) {
    Map<K, List<Setting>> groups = new TreeMap<>();
    settings.forEach(s -> groups.computeIfAbsent(by.apply(s), key -> new ArrayList<>()).add(s));
    return groups;
  }
}
