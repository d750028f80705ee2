package io.assay.bench.learning;

import io.assay.assertion.selection.Candidate;
import io.assay.assertion.selection.Diversity;
import io.assay.assertion.selection.Embedding;
import io.assay.assertion.selection.Firing;
import io.assay.assertion.selection.Place;
import io.assay.assertion.selection.Plan;
import io.assay.assertion.selection.Probabilities;
import io.assay.assertion.selection.Round;
import io.assay.assertion.selection.Selection;
import io.assay.assertion.selection.Selector;
import io.assay.assertion.selection.Strategy;
import io.assay.assertion.selection.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** How long one round of many episodes takes to choose. */
public final class SelectionReport {
  private static final int ASSERTIONS = 20;
  private static final int EMBEDDED = 64;
  private static final int ROUNDS = 5;
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

  private SelectionReport() {}

  /**
   * Prints a table.
   *
   * @param arguments episodes (a million); picks (1,000)
   */
  public static void print(List<String> arguments) {
    int episodes = arguments.isEmpty() ? 1_000_000 : Integer.parseInt(arguments.getFirst());
    int picks = arguments.size() > 1 ? Integer.parseInt(arguments.get(1)) : 1000;
    var round = new Round(1, picks, candidates(episodes), List.of(), firing(1000), firing(900));
    System.out.printf("%d episodes, %d picks%n%n", episodes, picks);
    System.out.println("| plan | median, s | longest, s | picks |\n|---|---|---|---|");
    plans()
        .forEach(
            (name, plan) -> {
              double[] seconds = new double[ROUNDS];
              int chosen = 0;
              for (int i = -2; i < ROUNDS; i++) {
                long start = System.nanoTime();
                Selection selection = Selector.select(plan, round);
                seconds[Math.max(0, i)] = (System.nanoTime() - start) / 1e9;
                chosen = selection.picks().size();
              }
              Arrays.sort(seconds);
              System.out.printf(
                  Locale.ROOT,
                  "| %s | %.2f | %.2f | %d |%n",
                  name,
                  seconds[ROUNDS / 2],
                  seconds[ROUNDS - 1],
                  chosen);
            });
  }

  private static Map<String, Plan> plans() {
    Plan usual = Plan.usual(1);
    Map<String, Plan> plans = new LinkedHashMap<>();
    plans.put("as it is by default", usual);
    plans.put("bandit alone", Plan.plain(usual.strategy(), 1));
    plans.put("guard, no embeddings", with(usual, new Diversity(Duration.ofMinutes(30), 1)));
    plans.put(
        "uncertainty",
        Plan.guarded(new Strategy.Uncertain(Strategy.Measure.ENTROPY, Strategy.From.FLAGGED), 1));
    plans.put("most severe", Plan.guarded(new Strategy.Severe(), 1));
    plans.put(
        "100 a day, 20 an assertion, slices",
        new Plan(usual.strategy(), 0.25, usual.diversity(), 100, true, terms(), 1));
    return plans;
  }

  private static Plan with(Plan plan, Diversity diversity) {
    return new Plan(plan.strategy(), plan.randomShare(), diversity, null, false, Map.of(), 1);
  }

  private static Map<String, Terms> terms() {
    Map<String, Terms> terms = new HashMap<>();
    for (int a = 0; a < ASSERTIONS; a++) {
      terms.put("assertion" + a, new Terms(5, 20, 1));
    }
    return terms;
  }

  private static Map<String, Firing> firing(long rate) {
    Map<String, Firing> firing = new HashMap<>();
    for (int a = 0; a < ASSERTIONS; a++) {
      firing.put("assertion" + a, new Firing(rate + a, 100_000));
    }
    return firing;
  }

  /** Of 1,000 keys over thirty days, in no order of time; each subject has five. */
  private static List<Candidate> candidates(int count) {
    var random = new SplittableRandom(1);
    List<Candidate> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      float[] vector = new float[EMBEDDED];
      for (int j = 0; j < EMBEDDED; j++) {
        vector[j] = (float) random.nextDouble();
      }
      String key = "camera" + i % 1000;
      String subject = "track" + random.nextInt(count / 5 + 1);
      Instant at = START.plusMillis(random.nextLong(30L * 86_400_000));
      String id = Long.toHexString(random.nextLong());
      all.add(
          new Candidate(
              id,
              id,
              new Place("camera", key, subject, at),
              "assertion" + random.nextInt(ASSERTIONS),
              random.nextDouble(),
              Probabilities.ofConfidence(random.nextDouble()),
              "slice" + random.nextInt(10),
              Embedding.of(vector)));
    }
    return all;
  }
}
