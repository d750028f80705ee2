package io.assay.assertion.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.selection.Strategy.Bandit;
import io.assay.assertion.selection.Strategy.From;
import io.assay.assertion.selection.Strategy.Random;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A world in which one of five assertions finds something that a model can learn: each label of it
 * takes 1 % of its rate away. The others fire as often as ever, with the noise of their counts.
 */
class PlantedBanditTest {
  private static final List<String> ASSERTIONS = List.of("a", "b", "planted", "c", "d");
  private static final int JUDGED = 20_000;
  private static final double RATE = 0.04;
  private static final int BUDGET = 100;

  @Test
  void roundThreeGoesToWhatGains() {
    int mostly = 0;
    for (long seed = 0; seed < 100; seed++) {
      if (shareOfRoundThree(seed) > 0.5) {
        mostly++;
      }
    }
    assertThat(mostly).isGreaterThanOrEqualTo(95);
  }

  private static double shareOfRoundThree(long seed) {
    var random = new SplittableRandom(~seed);
    Plan plan = Plan.guarded(Bandit.fallingBackTo(new Random(From.ALL)), seed);
    List<Candidate> earlier = new ArrayList<>();
    Map<String, Firing> before = Map.of();
    for (int number = 0; ; number++) {
      Map<String, Firing> now = fire(earlier, random);
      var round = new Round(number, BUDGET, candidates(now, number), earlier, before, now);
      List<Pick> picks = Selector.select(plan, round).picks();
      if (number == 3) {
        List<Pick> chosen = picks.stream().filter(pick -> pick.arm() != Arm.RANDOM_SHARE).toList();
        return (double) chosen.stream().filter(PlantedBanditTest::isPlanted).count()
            / chosen.size();
      }
      picks.forEach(pick -> earlier.add(pick.candidate()));
      before = now;
    }
  }

  private static boolean isPlanted(Pick pick) {
    return "planted".equals(pick.candidate().assertion());
  }

  private static Map<String, Firing> fire(List<Candidate> labelled, SplittableRandom random) {
    long learned = labelled.stream().filter(c -> "planted".equals(c.assertion())).count();
    Map<String, Firing> now = new HashMap<>();
    for (String assertion : ASSERTIONS) {
      double rate = assertion.equals("planted") ? RATE * Math.pow(0.99, (double) learned) : RATE;
      long violated = 0;
      for (int i = 0; i < JUDGED; i++) {
        if (random.nextDouble() < rate) {
          violated++;
        }
      }
      now.put(assertion, new Firing(violated, JUDGED));
    }
    return now;
  }

  /** An episode for each violation, an hour apart, and as many that nothing has flagged. */
  private static List<Candidate> candidates(Map<String, Firing> now, int number) {
    List<Candidate> all = new ArrayList<>();
    now.forEach(
        (assertion, firing) -> {
          for (int i = 0; i < firing.violated(); i++) {
            String id = number + assertion + i;
            all.add(Samples.episode(id, assertion, i % 7, 3600L * i));
            all.add(Candidate.unflagged(id + "u", Samples.at("nobody", 3600L * i)));
          }
        });
    return all;
  }
}
