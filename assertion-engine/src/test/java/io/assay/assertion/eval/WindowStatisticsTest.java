package io.assay.assertion.eval;

import static io.assay.assertion.eval.WindowTrial.HOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.assertion.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every statistic of a window by segments, from events in any order over any partitions and parts,
 * against slow versions over the raw values; chances by integrals and corrected by definition.
 */
class WindowStatisticsTest {
  private static final Map<String, String> LINES = new TreeMap<>();

  static {
    LINES.put("psi", "psi(score, baseline(last 2h)) < -1.0");
    LINES.put("js", "js(score, baseline(last 2h)) < -1.0");
    LINES.put("ks", "ks(score, baseline(last 2h)) < -1.0");
    LINES.put("ks_p", "ks_p(score, baseline(last 2h)) < -1.0");
    LINES.put("chi", "chi_squared(release, baseline(last 2h)) < -1.0");
    LINES.put("chi_p", "chi_squared_p(release, baseline(last 2h)) < -1.0");
    LINES.put("psi_of_words", "psi(release, baseline(last 2h)) < -1.0");
    LINES.put("auc", "auc(score, age > 50) < -1.0");
    LINES.put("calibration", "calibration_error(score, age > 50) < -1.0");
    LINES.put("precision", "precision(score > 0.5, age > 50) < -1.0");
    LINES.put("recall", "recall(score > 0.5, age > 50) < -1.0");
    LINES.put("missing", "missing(score) < -1.0");
    LINES.put("mean", "mean(score) < -1.0");
    LINES.put("deviation", "deviation(score) < -1.0");
    LINES.put("median", "median(score) < -1.0");
    LINES.put("sum", "sum(age) < -1");
  }

  private record Unit(long at, String region, @Nullable Double score, int age, String release) {
    String fields() {
      return "\"region\":\"%s\",\"score\":%s,\"age\":%d,\"release\":\"%s\""
          .formatted(region, score, age, release);
    }

    boolean old() {
      return age > 50;
    }

    double known() {
      return Objects.requireNonNull(score);
    }
  }

  private static List<Unit> units(Random random) {
    List<Unit> units = new ArrayList<>();
    for (int hour = 0; hour < 3; hour++) {
      for (int i = 0; i < 900; i++) {
        int region = random.nextInt(4);
        double drift = hour == 2 ? 0.04 * region : 0;
        int age = 18 + random.nextInt(60);
        double raw = random.nextDouble() * 0.8 + (age > 50 ? 0.1 : 0) + drift;
        units.add(
            new Unit(
                hour * HOUR + 1_000L * random.nextInt(3_590),
                "r" + region,
                // in thousandths, so that numbers repeat
                random.nextInt(15) == 0 ? null : Math.rint(1000 * Math.min(1, raw)) / 1000,
                age,
                "v" + random.nextInt(hour == 2 ? 3 + region : 4)));
      }
    }
    return units;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyStatisticIsThatOfTheRawValues(long seed) {
    Random random = new Random(seed);
    List<Unit> units = units(random);
    WindowTrial trial = judged(units, random);
    Map<String, Map<String, Double>> expected = expected(units);
    assertThat(trial.errors).isEmpty();
    assertThat(last(trial)).hasSize(4 * LINES.size());
    for (Violation violation : last(trial)) {
      String region = violation.label().substring("region ".length());
      double value =
          Objects.requireNonNull(
              Objects.requireNonNull(expected.get(violation.expectation())).get(region));
      assertThat(number(violation))
          .as("%s of %s", violation.expectation(), region)
          .isCloseTo(value, within(1e-9 * (1 + Math.abs(value))));
    }
  }

  /** What the slow versions say is what tables of both distributions have. */
  @ParameterizedTest
  @CsvSource({
    "1, 3.841458820694124, 0.05",
    "2, 9.21034037197618, 0.01",
    "5, 11.070497693516351, 0.05",
    "10, 29.58829844507442, 0.001"
  })
  void slowChancesAreThoseOfTheTables(int degrees, double quantile, double chance) {
    assertThat(SlowStatistics.chiSquaredAbove(quantile, degrees)).isCloseTo(chance, within(1e-11));
    assertThat(SlowStatistics.ksAbove(1.3580986)).isCloseTo(0.05, within(1e-7));
    assertThat(SlowStatistics.ksAbove(1.6276236)).isCloseTo(0.01, within(1e-7));
  }

  private static List<Violation> last(WindowTrial trial) {
    return trial.violations.stream().filter(v -> v.from() == 2 * HOUR * 1_000_000).toList();
  }

  /** The statistic stands behind the condition. */
  private static double number(Violation violation) {
    return Double.parseDouble(violation.values().get(1).value());
  }

  private static WindowTrial judged(List<Unit> units, Random random) {
    String lines =
        LINES.entrySet().stream()
            .map(line -> "expect %s: %s".formatted(line.getKey(), line.getValue()))
            .collect(Collectors.joining("\n"));
    WindowTrial trial =
        WindowTrial.of("assertion all on loans { by region window tumbling 1h " + lines + " }");
    int partitions = 1 + random.nextInt(4);
    for (int i = 0; i < partitions; i++) {
      trial.expect(i, 0);
    }
    for (int hour = 0; hour < 3; hour++) {
      long from = hour * HOUR;
      List<Unit> mixed =
          new ArrayList<>(
              units.stream().filter(u -> u.at() >= from && u.at() < from + HOUR).toList());
      Collections.shuffle(mixed, random);
      for (Unit unit : mixed) {
        // all of an hour are of one instant, so that none is late in any order
        trial.count(random.nextInt(partitions), from, unit.fields());
        if (random.nextInt(200) == 0) {
          trial.handOnAsBytes(random.nextInt(partitions), 1);
        }
      }
    }
    for (int i = 0; i < partitions; i++) {
      trial.handOnAsBytes(i, 1);
      trial.count(i, 3 * HOUR, "\"region\":\"end\"").count(i, 4 * HOUR, "\"region\":\"end\"");
    }
    for (int i = 0; i < partitions; i++) {
      trial.handOnAsBytes(i, 1);
    }
    return trial;
  }

  private static Map<String, Map<String, Double>> expected(List<Unit> units) {
    Map<String, Map<String, Double>> all = new HashMap<>();
    LINES.keySet().forEach(line -> all.put(line, new TreeMap<>()));
    for (int i = 0; i < 4; i++) {
      String region = "r" + i;
      List<Unit> before =
          units.stream().filter(u -> u.region().equals(region) && u.at() < 2 * HOUR).toList();
      List<Unit> now =
          units.stream().filter(u -> u.region().equals(region) && u.at() >= 2 * HOUR).toList();
      of(before, now)
          .forEach((line, value) -> Objects.requireNonNull(all.get(line)).put(region, value));
    }
    all.put("ks_p", SlowStatistics.corrected(Objects.requireNonNull(all.get("ks_p"))));
    all.put("chi_p", SlowStatistics.corrected(Objects.requireNonNull(all.get("chi_p"))));
    return all;
  }

  private static Map<String, Double> of(List<Unit> before, List<Unit> now) {
    List<Double> old = before.stream().map(Unit::score).toList();
    List<Double> scores = now.stream().map(Unit::score).toList();
    List<long[]> bins = SlowStatistics.overDeciles(old, scores);
    List<long[]> words =
        SlowStatistics.overWords(
            before.stream().map(Unit::release).toList(), now.stream().map(Unit::release).toList());
    double ks = SlowStatistics.ks(old, scores);
    double chi = SlowStatistics.chiSquared(words);
    List<Unit> told = now.stream().filter(u -> u.score() != null).toList();
    List<Double> sorted = told.stream().map(Unit::score).sorted().toList();
    double mean = sorted.stream().mapToDouble(x -> x).average().orElseThrow();
    double spread = sorted.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
    Map<String, Double> all = new HashMap<>();
    all.put("psi", SlowStatistics.psi(bins));
    all.put("js", SlowStatistics.jensenShannon(bins));
    all.put("ks", ks);
    all.put("ks_p", SlowStatistics.ksChance(ks, old, scores));
    all.put("chi", chi);
    all.put("chi_p", SlowStatistics.chiSquaredChance(chi, words));
    all.put("psi_of_words", SlowStatistics.psi(words));
    all.put("auc", SlowStatistics.auc(scoresOf(told, true), scoresOf(told, false)));
    all.put("calibration", calibration(told));
    all.put("precision", share(told, u -> u.known() > 0.5, Unit::old));
    all.put("recall", share(told, Unit::old, u -> u.known() > 0.5));
    all.put("missing", (now.size() - told.size()) / (double) now.size());
    all.put("mean", mean);
    all.put("deviation", Math.sqrt(spread / (sorted.size() - 1)));
    all.put("median", sorted.get((sorted.size() + 1) / 2 - 1));
    all.put("sum", now.stream().mapToDouble(Unit::age).sum());
    return all;
  }

  private static List<Double> scoresOf(List<Unit> told, boolean old) {
    return told.stream().filter(u -> u.old() == old).map(Unit::score).toList();
  }

  private static double share(List<Unit> units, Predicate<Unit> among, Predicate<Unit> held) {
    List<Unit> chosen = units.stream().filter(among).toList();
    return chosen.stream().filter(held).count() / (double) chosen.size();
  }

  private static double calibration(List<Unit> told) {
    double[] gaps = new double[10];
    for (Unit unit : told) {
      int bin = 0;
      while (unit.known() > (bin + 1) / 10.0) {
        bin++;
      }
      gaps[bin] += unit.known() - (unit.old() ? 1 : 0);
    }
    double sum = 0;
    for (double gap : gaps) {
      sum += Math.abs(gap);
    }
    return sum / told.size();
  }
}
