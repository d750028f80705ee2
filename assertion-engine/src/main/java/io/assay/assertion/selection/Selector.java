package io.assay.assertion.selection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Chooses one round's samples: the random share, then the strategy, within limits and guard. */
public final class Selector {
  private final Plan plan;
  private final Round round;
  private final Pool pool;
  private final Live live;
  private final Limits limits;
  private final Dice dice;
  private final Spread spread;
  private final int[] picksOfSlice;
  private final List<Pick> picks = new ArrayList<>();
  private final Map<String, Double> gains = new HashMap<>();
  private Optional<Neighbours> neighbours = Optional.empty();

  private Selector(Plan plan, Round round) {
    this.plan = plan;
    this.round = round;
    this.pool = new Pool(round.candidates(), plan.stratify());
    this.live = new Live(pool);
    this.limits = new Limits(plan, pool, live);
    this.dice = new Dice(plan.seed(), round.number());
    this.spread = new Spread(pool, plan.diversity().proposals());
    this.picksOfSlice = new int[pool.slices()];
  }

  /**
   * Chooses a round. Pure: the same plan and round give the same picks, reasons and probabilities.
   *
   * <p>Costs O(n log n) once for n candidates, and O(log n) a pick and a candidate that limits or
   * guard take out.
   */
  public static Selection select(Plan plan, Round round) {
    return new Selector(plan, round).select();
  }

  private Selection select() {
    round.earlier().forEach(this::dropItemOf);
    limits.begin(round.earlier());
    int atRandom = (int) Math.round(plan.randomShare() * round.budget());
    // Before the guard knows of anything: a share that avoids neighbours estimates nothing.
    fill(atRandom, new AtRandom(items(Strategy.From.ALL), live, dice, alone(), Arm.RANDOM_SHARE));
    guard();
    boolean fellBack = choose(round.budget() - picks.size());
    return new Selection(picks, gains, fellBack, round.budget() - picks.size());
  }

  private void dropItemOf(Candidate earlier) {
    int item = pool.itemNamed(earlier.item());
    if (item != Groups.NONE) {
      live.dropItem(item);
    }
  }

  private Items items(Strategy.From from) {
    return new Items(pool, live, from);
  }

  private Spread alone() {
    return new Spread(pool, 1);
  }

  /** From now on nothing near what was picked before may be picked. */
  private void guard() {
    round.earlier().forEach(spread::add);
    picks.forEach(pick -> spread.add(pick.candidate()));
    Duration apart = plan.diversity().apart();
    if (!apart.isZero()) {
      var guard = new Neighbours(pool, live, apart.toNanos());
      round.earlier().forEach(candidate -> guard.dropAround(candidate.place()));
      picks.forEach(pick -> guard.dropAround(pick.candidate().place()));
      neighbours = Optional.of(guard);
    }
  }

  /** Whether the bandit fell back. */
  private boolean choose(int budget) {
    return switch (plan.strategy()) {
      case Strategy.Bandit bandit -> choose(bandit, budget);
      case Strategy.Baseline baseline -> {
        fill(budget, sourceOf(baseline));
        yield false;
      }
      case Strategy.Uniform ignored -> {
        fill(budget, new EachAlike(pool, flagged(Strategy.Ties.SHARE), dice, spread));
        yield false;
      }
      case Strategy.Severe ignored -> {
        fill(budget, new MostSevere(pool, live, spread));
        yield false;
      }
    };
  }

  private boolean choose(Strategy.Bandit bandit, int budget) {
    Flagged flagged = flagged(bandit.ties());
    var alike = new EachAlike(pool, flagged, dice, spread);
    int before = picks.size();
    boolean fallsBack = false;
    if (round.number() == 0) {
      fill(budget, alike);
    } else {
      double[] byNumber = gains();
      fallsBack =
          IntStream.range(0, byNumber.length).allMatch(a -> byNumber[a] < bandit.threshold());
      fill((int) Math.round(bandit.uniformShare() * budget), alike);
      if (!fallsBack) {
        fill(budget - (picks.size() - before), new ByGain(pool, flagged, dice, spread, byNumber));
      }
    }
    int left = budget - (picks.size() - before);
    if (left > 0) {
      fill(left, sourceOf(bandit.fallback()));
    }
    return fallsBack;
  }

  private Flagged flagged(Strategy.Ties ties) {
    return new Flagged(pool, live, ties);
  }

  private double[] gains() {
    double[] byNumber = new double[pool.assertions().size()];
    round
        .now()
        .forEach(
            (assertion, now) -> {
              Firing before = round.before().get(assertion);
              double gain = before == null ? 0 : Firing.gain(before, now);
              gains.put(assertion, gain);
              int number = pool.numberOf(assertion);
              if (number != Groups.NONE) {
                byNumber[number] = gain;
              }
            });
    return byNumber;
  }

  private Source sourceOf(Strategy.Baseline baseline) {
    Items items = items(baseline.from());
    var random = new AtRandom(items, live, dice, spread, Arm.RANDOM);
    return switch (baseline) {
      case Strategy.Random ignored -> random;
      case Strategy.Uncertain uncertain ->
          new LeastSure(uncertain, items, pool, live, spread, random);
    };
  }

  /** Takes so many at most, of the slices in turn. */
  private void fill(int count, Source source) {
    for (int i = 0; i < count; i++) {
      Optional<Draw> draw = slicesInTurn().map(source::next).flatMap(Optional::stream).findFirst();
      if (draw.isEmpty()) {
        return;
      }
      take(draw.get());
    }
  }

  private Stream<Integer> slicesInTurn() {
    return IntStream.range(0, picksOfSlice.length)
        .boxed()
        .sorted(Comparator.comparingInt(slice -> picksOfSlice[slice]));
  }

  private void take(Draw draw) {
    Candidate candidate = pool.candidate(draw.candidate());
    String assertion = candidate.assertion();
    int context = assertion == null ? 0 : plan.termsOf(assertion).context();
    picks.add(new Pick(candidate, draw.arm(), draw.why(), draw.probability(), context));
    picksOfSlice[pool.sliceOf(draw.candidate())]++;
    live.dropItem(pool.itemOf(draw.candidate()));
    limits.count(candidate);
    spread.add(candidate);
    neighbours.ifPresent(guard -> guard.dropAround(candidate.place()));
  }
}
