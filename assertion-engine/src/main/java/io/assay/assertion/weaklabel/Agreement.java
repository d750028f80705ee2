package io.assay.assertion.weaklabel;

import io.assay.assertion.statistics.ShareInterval;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How far raters agree beyond chance, and how far with what is known. Answers are names without
 * order; not everyone need rate everything. Of two answers of a rater to one item the later in the
 * list holds.
 */
public final class Agreement {
  /** Item to rater to answer. */
  private final Map<String, Map<String, String>> answers = new LinkedHashMap<>();

  private final TreeSet<String> raters = new TreeSet<>();

  public Agreement(Collection<Rating> ratings) {
    for (Rating rating : ratings) {
      answers
          .computeIfAbsent(rating.item(), item -> new TreeMap<>())
          .put(rating.rater(), rating.answer());
      raters.add(rating.rater());
    }
  }

  /** Those who answered anything, by name. */
  public List<String> raters() {
    return List.copyOf(raters);
  }

  /**
   * Cohen's kappa of two raters (1960), over the items that both rated: 1 for full agreement, 0 for
   * what chance alone would give with each one's habits, down to -1.
   *
   * @return nothing where they share no item, or both always give the same one answer, so that
   *     chance explains all
   */
  public OptionalDouble kappa(String first, String second) {
    Map<String, Integer> firsts = new HashMap<>();
    Map<String, Integer> seconds = new HashMap<>();
    double shared = 0;
    double same = 0;
    for (Map<String, String> item : answers.values()) {
      String one = item.get(first);
      String other = item.get(second);
      if (one != null && other != null) {
        firsts.merge(one, 1, Integer::sum);
        seconds.merge(other, 1, Integer::sum);
        shared++;
        same += one.equals(other) ? 1 : 0;
      }
    }
    double chance = 0;
    for (Map.Entry<String, Integer> answer : firsts.entrySet()) {
      chance += (double) answer.getValue() * seconds.getOrDefault(answer.getKey(), 0);
    }
    double observed = same * shared;
    double all = shared * shared;
    return chance == all
        ? OptionalDouble.empty()
        : OptionalDouble.of((observed - chance) / (all - chance));
  }

  /**
   * Krippendorff's alpha for names (2011): any number of raters, any item may lack answers, items
   * with one answer say nothing. 1 for full agreement, 0 for chance.
   *
   * @return nothing where no item has two answers, or all answers to such items are the same
   */
  public OptionalDouble alpha() {
    Map<String, Double> totals = new HashMap<>();
    double pairable = 0;
    double disagreeing = 0;
    for (Map<String, String> item : answers.values()) {
      double given = item.size();
      if (given < 2) {
        continue;
      }
      Map<String, Integer> counts = new HashMap<>();
      item.values().forEach(answer -> counts.merge(answer, 1, Integer::sum));
      for (Map.Entry<String, Integer> answer : counts.entrySet()) {
        double count = answer.getValue();
        totals.merge(answer.getKey(), count, Double::sum);
        disagreeing += count * (given - count) / (given - 1);
      }
      pairable += given;
    }
    double chance = pairable * pairable;
    for (double total : totals.values()) {
      chance -= total * total;
    }
    return chance <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(1 - (pairable - 1) * disagreeing / chance);
  }

  /**
   * How often each rater says what is known of items, by name; only those who rated one.
   *
   * @param known item to the answer that is right
   */
  public Map<String, Accuracy> accuracy(Map<String, String> known) {
    Map<String, Accuracy> found = new TreeMap<>();
    known.forEach(
        (item, right) ->
            answers
                .getOrDefault(item, Map.of())
                .forEach(
                    (rater, answer) ->
                        found.merge(
                            rater, new Accuracy(answer.equals(right) ? 1 : 0, 1), Accuracy::plus)));
    return found;
  }

  /**
   * Of the items of which the answer is known.
   *
   * @param right of those rated
   * @param rated at least 1
   */
  public record Accuracy(long right, long rated) {
    public Accuracy {
      if (right < 0 || rated < 1 || right > rated) {
        throw new IllegalArgumentException(
            "needed 0 <= right <= rated and rated >= 1, got %d and %d".formatted(right, rated));
      }
    }

    public double share() {
      return (double) right / rated;
    }

    /** Wilson's of 90 %. */
    public ShareInterval interval() {
      return ShareInterval.wilson(right, rated, Reviews.CONFIDENCE);
    }

    private Accuracy plus(Accuracy other) {
      return new Accuracy(right + other.right, rated + other.rated);
    }
  }
}
