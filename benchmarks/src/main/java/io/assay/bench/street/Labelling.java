package io.assay.bench.street;

import io.assay.assertion.selection.Candidate;
import io.assay.assertion.selection.Firing;
import io.assay.assertion.selection.Pick;
import io.assay.assertion.selection.Round;
import io.assay.assertion.selection.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Rounds of labels, each answered by what the simulator knows.
 *
 * @param learns whether the detector learns of them: of a kind of which n errors were labelled it
 *     still makes a share of {@code 1 / (1 + n / 20)}, so that what was an error is none any more
 */
record Labelling(Pool pool, boolean learns) {
  static final int ROUNDS = 10;
  static final int LABELS = 20;
  private static final double HALVES = 20;

  /**
   * After a round.
   *
   * @param errors different ones that labels told of
   * @param kinds of these
   * @param left of the errors that the detector made at first, the share that it still makes, in 0
   *     .. 1
   */
  record Point(int errors, int kinds, double left) {}

  /** After each round. */
  List<Point> run(Chooser chooser, long seed) {
    var run = new Run(pool, learns, seed);
    List<Point> points = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      points.add(run.round(chooser, round));
    }
    return points;
  }

  /** Which errors there still are, and what was found so far. */
  private static final class Run {
    private final Pool pool;
    private final boolean learns;
    private final long seed;
    private final double[] resistance;
    private final Set<Integer> found = new HashSet<>();
    private final List<Candidate> earlier = new ArrayList<>();
    private final List<Pool.Item> unseen;
    private Map<String, Firing> before = Map.of();

    Run(Pool pool, boolean learns, long seed) {
      this.pool = pool;
      this.learns = learns;
      this.seed = seed;
      // The same for every way to choose: what one model forgets at some point, all do.
      this.resistance = new SplittableRandom(seed).doubles(pool.kinds().size()).toArray();
      this.unseen = new ArrayList<>(pool.events());
    }

    Point round(Chooser chooser, int number) {
      Set<Integer> there = there();
      List<Pool.Item> labelled = new ArrayList<>();
      var random = new SplittableRandom(~seed + number);
      long events = Math.round(LABELS * chooser.events());
      for (int i = 0; i < events; i++) {
        labelled.add(unseen.remove(random.nextInt(unseen.size())));
      }
      labelled.addAll(picks(chooser, number, LABELS - labelled.size(), there));
      labelled.forEach(item -> found.addAll(item.shown(there)));
      return new Point(
          found.size(),
          (int) found.stream().map(pool.kinds()::get).distinct().count(),
          (double) there().size() / pool.kinds().size());
    }

    private List<Pool.Item> picks(Chooser chooser, int number, int budget, Set<Integer> there) {
      Map<String, Pool.Item> flagged =
          pool.episodes().stream()
              .filter(item -> item.isThere(there))
              .collect(Collectors.toMap(item -> item.candidate().id(), Function.identity()));
      List<Candidate> candidates =
          pool.episodes().stream()
              .map(Pool.Item::candidate)
              .filter(candidate -> flagged.containsKey(candidate.id()))
              .toList();
      Map<String, Firing> now = firing(candidates);
      var asked = new Round(number, budget, candidates, earlier, before, now);
      before = now;
      List<Pick> picks = Selector.select(chooser.plan(seed), asked).picks();
      picks.forEach(pick -> earlier.add(pick.candidate()));
      return picks.stream().map(pick -> flagged.get(pick.candidate().id())).toList();
    }

    private static Map<String, Firing> firing(List<Candidate> candidates) {
      Map<String, Firing> firing = new HashMap<>();
      StreetReport.ASSERTIONS.forEach(
          name ->
              firing.put(
                  name,
                  new Firing(
                      candidates.stream().filter(one -> name.equals(one.assertion())).count(), 0)));
      return firing;
    }

    private Set<Integer> there() {
      Map<String, Long> labelled =
          found.stream().collect(Collectors.groupingBy(pool.kinds()::get, Collectors.counting()));
      Set<Integer> there = new HashSet<>();
      for (int error = 0; error < resistance.length; error++) {
        long n = learns ? labelled.getOrDefault(pool.kinds().get(error), 0L) : 0;
        if (resistance[error] < 1 / (1 + n / HALVES)) {
          there.add(error);
        }
      }
      return there;
    }
  }
}
