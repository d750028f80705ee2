package io.assay.assertion.eval;

import static io.assay.assertion.eval.WindowTrial.HOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.DOUBLE;

import io.assay.assertion.Violation;
import io.assay.assertion.statistics.BenjaminiHochberg;
import io.assay.assertion.statistics.BinCounts;
import io.assay.assertion.statistics.ChiSquared;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows held against what was before, by slow versions over the raw numbers. */
class WindowBaselineTest {
  private static final String APART =
      """
      assertion apart on loans {
        window tumbling 1h
        expect psi(score, baseline(last 2h)) + js(score, baseline(last 2h))
          + ks(score, baseline(last 2h)) + ks_p(score, baseline(last 2h))
          + psi(region, baseline(last 2h)) + chi_squared(region, baseline(last 2h)) < -1.0
      }
      """;

  /** Of an hour: its raw scores and regions. */
  private record Hour(List<Double> scores, List<String> regions) {
    static Hour of(Random random, int hour) {
      List<Double> scores = new ArrayList<>();
      List<String> regions = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        // in hundredths, so that numbers repeat
        scores.add(Math.rint(100 * (random.nextGaussian() * 0.2 + 0.1 * hour)) / 100);
        regions.add("r" + random.nextInt(3 + hour));
      }
      return new Hour(scores, regions);
    }

    double[] numbers() {
      return scores.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void distancesAreThoseOfTheRawNumbers(long seed) {
    Random random = new Random(seed);
    List<Hour> hours = new ArrayList<>();
    WindowTrial trial = WindowTrial.of(APART);
    for (int hour = 0; hour < 3; hour++) {
      Hour own = Hour.of(random, hour);
      hours.add(own);
      for (int i = 0; i < own.scores().size(); i++) {
        trial.event(
            hour * HOUR + i,
            "\"score\":%s,\"region\":\"%s\"".formatted(own.scores().get(i), own.regions().get(i)));
      }
    }
    trial.event(9 * HOUR, "");
    assertThat(trial.violations).hasSize(1);
    double[] before = concat(hours.get(0).numbers(), hours.get(1).numbers());
    double[] now = hours.get(2).numbers();
    double[] edges = deciles(before);
    double[] p = shares(before, edges);
    double[] q = shares(now, edges);
    String baseline = ", baseline(last 2h))";
    assertThat(trial.number(0, "psi(loans.score" + baseline)).isEqualTo(psi(p, q), within(1e-12));
    assertThat(trial.number(0, "js(loans.score" + baseline)).isEqualTo(js(p, q), within(1e-12));
    assertThat(trial.number(0, "ks(loans.score" + baseline))
        .isEqualTo(ks(before, now), within(1e-12));
    List<String> regionsBefore = new ArrayList<>(hours.get(0).regions());
    regionsBefore.addAll(hours.get(1).regions());
    assertThat(trial.number(0, "chi_squared(loans.region" + baseline))
        .isEqualTo(chiSquared(regionsBefore, hours.get(2).regions()), within(1e-9));
  }

  /** A hundred and fifty panes, most of them summed together and forgotten one by one. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aLongBaselineSlidesFromWindowToWindow(long seed) {
    Random random = new Random(seed);
    WindowTrial trial =
        WindowTrial.of(
            "assertion apart on loans { by region window hopping 4min every 2min"
                + " expect ks(score, baseline(last 5h)) < -1.0 }");
    long minute = HOUR / 60;
    List<double[]> seen = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      double score = Math.rint(1000 * random.nextGaussian()) / 1000;
      long at = i * minute / 7;
      seen.add(new double[] {at, score});
      trial.event(at, "\"region\":\"north\",\"score\":" + score);
      if (random.nextInt(300) == 0) {
        trial.restore();
      }
    }
    assertThat(trial.violations).hasSizeGreaterThan(100);
    for (int i = 0; i < trial.violations.size(); i += 7) {
      long start = trial.violations.get(i).from() / 1_000_000;
      double[] before = between(seen, start - 5 * HOUR, start);
      double[] now = between(seen, start, start + 4 * minute);
      assertThat(trial.number(i, "ks(loans.score, baseline(last 5h))"))
          .isEqualTo(ks(before, now), within(1e-12));
    }
  }

  private static double[] between(List<double[]> seen, long from, long to) {
    return seen.stream()
        .filter(one -> one[0] >= from && one[0] < to)
        .mapToDouble(one -> one[1])
        .toArray();
  }

  private static double[] concat(double[] a, double[] b) {
    double[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  /** The least numbers that tenths of all do not exceed, each once, without the largest. */
  private static double[] deciles(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    return java.util.stream.IntStream.range(1, 10)
        .mapToDouble(i -> sorted[(int) Math.ceil(i / 10.0 * sorted.length) - 1])
        .filter(edge -> edge < sorted[sorted.length - 1])
        .distinct()
        .toArray();
  }

  private static double[] shares(double[] numbers, double[] edges) {
    double[] shares = new double[edges.length + 1];
    for (double number : numbers) {
      int bin = 0;
      while (bin < edges.length && number > edges[bin]) {
        bin++;
      }
      shares[bin] += 1.0 / numbers.length;
    }
    return shares;
  }

  private static double psi(double[] p, double[] q) {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      assertThat(p[i] * q[i]).as("no bin is empty").isPositive();
      sum += q[i] * Math.log(q[i] / p[i]) + p[i] * Math.log(p[i] / q[i]);
    }
    return sum;
  }

  private static double js(double[] p, double[] q) {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      double middle = (p[i] + q[i]) / 2;
      sum += (p[i] * Math.log(p[i] / middle) + q[i] * Math.log(q[i] / middle)) / 2;
    }
    return Math.sqrt(sum / Math.log(2));
  }

  private static double ks(double[] a, double[] b) {
    double most = 0;
    for (double at : concat(a, b)) {
      double below = Arrays.stream(a).filter(x -> x <= at).count() / (double) a.length;
      double belowNow = Arrays.stream(b).filter(x -> x <= at).count() / (double) b.length;
      most = Math.max(most, Math.abs(below - belowNow));
    }
    return most;
  }

  /** Over the categories of the baseline, and one for all that it has not seen. */
  private static double chiSquared(List<String> before, List<String> now) {
    Set<String> seen = new HashSet<>(before);
    List<String> merged = now.stream().map(one -> seen.contains(one) ? one : "unseen").toList();
    seen.add("unseen");
    double total = before.size() + merged.size();
    double sum = 0;
    for (String category : seen) {
      double own = before.stream().filter(category::equals).count();
      double other = merged.stream().filter(category::equals).count();
      double expected = (own + other) * before.size() / total;
      double expectedNow = (own + other) * merged.size() / total;
      if (own + other > 0) {
        sum += (own - expected) * (own - expected) / expected;
        sum += (other - expectedNow) * (other - expectedNow) / expectedNow;
      }
    }
    return sum;
  }

  @Test
  void aBaselineThatIsNotCompleteLeavesTheWindowUndecided() {
    WindowTrial trial =
        WindowTrial.of(
            "assertion apart on loans { window tumbling 1h expect psi(score, baseline(last 2h)) <"
                + " 0.0 }");
    for (int hour = 0; hour < 4; hour++) {
      trial.event(hour * HOUR + 5, "\"score\":" + hour);
    }
    assertThat(trial.reasons)
        .containsExactly(
            "baseline(last 2h) is not complete: events go back 0s",
            "baseline(last 2h) is not complete: events go back 1h");
    assertThat(trial.violations).isEmpty();
    trial.finish();
    assertThat(trial.violations).extracting(v -> v.from() / 1_000_000 / HOUR).containsExactly(2L);
    trial.event(9 * HOUR, "");
    assertThat(trial.violations)
        .extracting(v -> v.from() / 1_000_000 / HOUR)
        .containsExactly(2L, 3L);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 90, 150})
  void aBaselineMayBeOfAnyLength(int minutes) {
    String js = "js(score, baseline(last %dmin))".formatted(minutes);
    WindowTrial trial =
        WindowTrial.of("assertion a on loans { window tumbling 1h expect " + js + " < -1.0 }");
    List<Integer> scores = new ArrayList<>();
    for (int minute = 0; minute < 240; minute++) {
      scores.add(new Random(minute).nextInt(5));
      trial.event(minute * HOUR / 60, "\"score\":" + scores.getLast());
      trial.restore();
    }
    trial.event(4 * HOUR + 20_000, "");
    double[] before = doubles(scores.subList(180 - minutes, 180));
    double[] now = doubles(scores.subList(180, 240));
    double[] edges = deciles(before);
    assertThat(trial.violations.getLast().values())
        .filteredOn(value -> value.expression().matches("js\\(.*baseline\\(last [^)]*\\)\\)"))
        .singleElement()
        .extracting(value -> Double.parseDouble(value.value()), DOUBLE)
        .isEqualTo(js(shares(before, edges), shares(now, edges)), within(1e-12));
  }

  private static double[] doubles(List<Integer> numbers) {
    return numbers.stream().mapToDouble(Integer::doubleValue).toArray();
  }

  @Test
  void whatIsMissingIsLeftOut() {
    WindowTrial trial =
        WindowTrial.of(
            """
            assertion apart on loans {
              window tumbling 1h
              expect psi(score, baseline(last 1h)) + js(score, baseline(last 1h))
                + psi(region, baseline(last 1h)) + chi_squared(region, baseline(last 1h)) < 0.0
            }
            """);
    for (int i = 0; i < 100; i++) {
      String fields = "\"region\":\"r%d\",\"score\":%d".formatted(i % 3, i % 4);
      trial.event(i, fields).event(HOUR + i, fields);
      // half of the second hour has neither
      trial.event(HOUR + i, "");
    }
    trial.event(9 * HOUR, "");
    for (String one : List.of("psi(loans.score", "js(loans.score", "psi(loans.region")) {
      assertThat(trial.number(0, one + ", baseline(last 1h))")).isZero();
    }
    assertThat(trial.number(0, "chi_squared(loans.region, baseline(last 1h))")).isZero();
  }

  @Test
  void aSegmentIsHeldAgainstItself() {
    WindowTrial trial =
        WindowTrial.of(
            "assertion apart on loans { by region window tumbling 1h"
                + " expect psi(score, baseline(last 1h)) < 0.1 }");
    for (int i = 0; i < 20; i++) {
      trial.event(i, "\"region\":\"north\",\"score\":" + i % 2);
      trial.event(i, "\"region\":\"south\",\"score\":" + i % 2);
      trial.event(HOUR + i, "\"region\":\"north\",\"score\":" + i % 2);
      // the hour before stays open for the lateness
      trial.event(HOUR + i, "\"region\":\"south\",\"score\":" + (i == 0 ? 1 : 0));
    }
    trial.event(HOUR + 30, "\"region\":\"east\",\"score\":1").event(9 * HOUR, "");
    assertThat(trial.violations).extracting(Violation::label).containsExactly("region south");
    assertThat(trial.reasons).contains("baseline(last 1h) has no events of the segment");
  }

  @Test
  void aBaselineMayBeAVersionOfTheModel() {
    WindowTrial trial =
        WindowTrial.of(
            "assertion apart on loans { window tumbling 1h"
                + " expect psi(score, baseline(version(\"1\"))) < 0.1 }");
    for (int i = 0; i < 20; i++) {
      trial.event(i, "\"release\":\"1\",\"score\":" + i % 2);
    }
    trial.event(HOUR, "\"release\":\"2\",\"score\":1").event(30 * HOUR, "\"score\":1");
    trial.restore();
    trial.event(40 * HOUR, "");
    assertThat(trial.reasons.getFirst())
        .isEqualTo("baseline(version(\"1\")) has no events of the segment");
    assertThat(trial.violations)
        .extracting(v -> v.from() / 1_000_000 / HOUR)
        .containsExactly(1L, 30L);
  }

  @Test
  void pValuesAreCorrectedOverTheSegmentsOfAWindow() {
    WindowTrial trial =
        WindowTrial.of(
            "assertion apart on loans { by age window tumbling 1h"
                + " expect chi_squared_p(region, baseline(last 1h)) > 2.0 }");
    double[] raw = new double[4];
    for (int age = 0; age < 4; age++) {
      BinCounts before = BinCounts.read(bytes(new BinCounts(4), 50, 50));
      BinCounts now = BinCounts.read(bytes(new BinCounts(4), 50 + 5 * age, 50 - 5 * age));
      raw[age] = ChiSquared.test(before, now).orElseThrow().pValue();
      for (int i = 0; i < 100; i++) {
        trial.event(i, "\"age\":%d,\"region\":\"%s\"".formatted(age, i < 50 ? "a" : "b"));
      }
    }
    for (int age = 0; age < 4; age++) {
      for (int i = 0; i < 100; i++) {
        trial.event(
            HOUR + i, "\"age\":%d,\"region\":\"%s\"".formatted(age, i < 50 + 5 * age ? "a" : "b"));
      }
    }
    trial.event(9 * HOUR, "");
    double[] expected = BenjaminiHochberg.adjust(raw);
    for (int age = 0; age < 4; age++) {
      assertThat(trial.number(age, "chi_squared_p(loans.region, baseline(last 1h))"))
          .isEqualTo(expected[age], within(1e-12));
    }
    assertThat(expected[2]).isNotEqualTo(raw[2]);
  }

  private static byte[] bytes(BinCounts counts, int first, int second) {
    for (int i = 0; i < first; i++) {
      counts.add(0);
    }
    for (int i = 0; i < second; i++) {
      counts.add(1);
    }
    return counts.toBytes();
  }

  @Test
  void whatNoWindowIsHeldAgainstIsForgotten() {
    WindowTrial trial =
        WindowTrial.of(
            "assertion apart on loans { window tumbling 1h expect psi(score, baseline(last 5h)) <"
                + " 9.0 }");
    List<Integer> sizes = new ArrayList<>();
    for (int hour = 0; hour < 60; hour++) {
      trial.event(hour * HOUR, "\"score\":" + hour % 7);
      sizes.add(trial.stored());
    }
    assertThat(sizes.get(59)).isLessThanOrEqualTo(sizes.get(20) + 8);
  }
}
