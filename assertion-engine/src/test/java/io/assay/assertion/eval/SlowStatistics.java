package io.assay.assertion.eval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Statistics over raw values as textbooks word them: slow, and sharing nothing with the engine. */
final class SlowStatistics {
  private SlowStatistics() {}

  /** Counts of both in bins that end with tenths of the first; what is missing is in none. */
  static List<long[]> overDeciles(List<Double> before, List<Double> now) {
    List<Double> sorted = before.stream().filter(x -> x != null).sorted().toList();
    TreeSet<Double> edges = new TreeSet<>();
    for (int tenth = 1; tenth < 10; tenth++) {
      edges.add(sorted.get((int) Math.ceil(tenth * sorted.size() / 10.0) - 1));
    }
    edges.remove(sorted.getLast());
    return List.of(counts(before, edges), counts(now, edges));
  }

  private static long[] counts(List<Double> values, NavigableSet<Double> edges) {
    long[] counts = new long[edges.size() + 1];
    for (Double value : values) {
      if (value != null) {
        counts[edges.headSet(value, false).size()]++;
      }
    }
    return counts;
  }

  /** Counts of both of each word of the first, and of all others together. */
  static List<long[]> overWords(List<String> before, List<String> now) {
    List<String> words = List.copyOf(new TreeSet<>(before));
    long[] first = new long[words.size() + 1];
    long[] second = new long[words.size() + 1];
    before.forEach(word -> first[words.indexOf(word)]++);
    now.forEach(word -> second[words.contains(word) ? words.indexOf(word) : words.size()]++);
    return List.of(first, second);
  }

  /** A bin that is empty on one side counts there as half an event. */
  static double psi(List<long[]> bins) {
    List<Double> p = new ArrayList<>();
    List<Double> q = new ArrayList<>();
    for (int i = 0; i < bins.getFirst().length; i++) {
      if (bins.get(0)[i] + bins.get(1)[i] > 0) {
        p.add(Math.max(0.5, (double) bins.get(0)[i]));
        q.add(Math.max(0.5, (double) bins.get(1)[i]));
      }
    }
    double all = p.stream().mapToDouble(x -> x).sum();
    double allNow = q.stream().mapToDouble(x -> x).sum();
    double sum = 0;
    for (int i = 0; i < p.size(); i++) {
      sum += (q.get(i) / allNow - p.get(i) / all) * Math.log(q.get(i) / allNow / (p.get(i) / all));
    }
    return sum;
  }

  /** The root of the divergence in bits. */
  static double jensenShannon(List<long[]> bins) {
    double m = sum(bins.get(0));
    double n = sum(bins.get(1));
    double sum = 0;
    for (int i = 0; i < bins.getFirst().length; i++) {
      double p = bins.get(0)[i] / m;
      double q = bins.get(1)[i] / n;
      sum += p == 0 ? 0 : p * Math.log(2 * p / (p + q)) / 2;
      sum += q == 0 ? 0 : q * Math.log(2 * q / (p + q)) / 2;
    }
    return Math.sqrt(sum / Math.log(2));
  }

  private static double sum(long[] counts) {
    double sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  static double chiSquared(List<long[]> bins) {
    double m = sum(bins.get(0));
    double n = sum(bins.get(1));
    double sum = 0;
    for (int i = 0; i < bins.getFirst().length; i++) {
      double both = bins.get(0)[i] + bins.get(1)[i];
      if (both > 0) {
        sum += Math.pow(bins.get(0)[i] - both * m / (m + n), 2) / (both * m / (m + n));
        sum += Math.pow(bins.get(1)[i] - both * n / (m + n), 2) / (both * n / (m + n));
      }
    }
    return sum;
  }

  /** Of the density above the statistic, integrated over its root by Simpson's rule. */
  static double chiSquaredChance(double statistic, List<long[]> bins) {
    int filled = 0;
    for (int i = 0; i < bins.getFirst().length; i++) {
      filled += bins.get(0)[i] + bins.get(1)[i] > 0 ? 1 : 0;
    }
    return chiSquaredAbove(statistic, filled - 1);
  }

  static double chiSquaredAbove(double statistic, int degrees) {
    double gamma = degrees % 2 == 0 ? 1 : Math.sqrt(Math.PI);
    for (double k = degrees % 2 == 0 ? 1 : 0.5; k < degrees / 2.0; k++) {
      gamma *= k;
    }
    double from = Math.sqrt(statistic);
    int steps = 200_000;
    double step = 60.0 / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double u = from + i * step;
      double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * Math.pow(u, degrees - 1) * Math.exp(-u * u / 2);
    }
    return sum * step / 3 * 2 / (Math.pow(2, degrees / 2.0) * gamma);
  }

  static double ks(List<Double> before, List<Double> now) {
    List<Double> a = before.stream().filter(x -> x != null).toList();
    List<Double> b = now.stream().filter(x -> x != null).toList();
    double most = 0;
    for (double at : a) {
      most = Math.max(most, Math.abs(upTo(at, a) - upTo(at, b)));
    }
    for (double at : b) {
      most = Math.max(most, Math.abs(upTo(at, a) - upTo(at, b)));
    }
    return most;
  }

  private static double upTo(double at, Collection<Double> values) {
    return values.stream().filter(x -> x <= at).count() / (double) values.size();
  }

  /** Kolmogorov's alternating series, term by term. */
  static double ksChance(double ks, List<Double> before, List<Double> now) {
    double m = before.stream().filter(x -> x != null).count();
    double n = now.stream().filter(x -> x != null).count();
    return ksAbove(ks * Math.sqrt(m * n / (m + n)));
  }

  static double ksAbove(double x) {
    double sum = 0;
    for (int j = 1_000; j >= 1; j--) {
      sum += (j % 2 == 1 ? 2 : -2) * Math.exp(-2.0 * j * j * x * x);
    }
    return sum;
  }

  static double auc(List<Double> positives, List<Double> negatives) {
    double won = 0;
    for (double positive : positives) {
      for (double negative : negatives) {
        won += positive > negative ? 1 : positive == negative ? 0.5 : 0;
      }
    }
    return won / positives.size() / negatives.size();
  }

  /**
   * Benjamini and Hochberg's: the least level at which the step-up procedure rejects a segment,
   * which is the least p m / rank among those at or above it.
   */
  static Map<String, Double> corrected(Map<String, Double> chances) {
    Map<String, Double> all = new TreeMap<>();
    chances.forEach(
        (segment, own) ->
            all.put(
                segment,
                chances.values().stream()
                    .filter(p -> p >= own)
                    .mapToDouble(
                        p ->
                            p
                                * chances.size()
                                / chances.values().stream().filter(q -> q <= p).count())
                    .min()
                    .orElseThrow()));
    return all;
  }
}
