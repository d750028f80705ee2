package io.assay.web.pipeline;

import io.assay.stream.contract.RuleUse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What judging by one assertion takes.
 *
 * @param micros CPU time for an event on average, of those measured since the rules changed last
 * @param measured of how many events that is
 * @param seen events that it saw in the last hour
 * @param share of the CPU time that all took in that hour, in percent
 */
record RuleCost(String assertion, double micros, long measured, long seen, double share) {
  /** CPU seconds that the last hour took: what is measured of some, times all that there were. */
  public double seconds() {
    return micros * seen / 1e6;
  }

  /** The dearest first. */
  static List<RuleCost> of(List<RuleUse> uses, long generation, Map<String, Long> seen) {
    Map<String, RuleUse.Cost> sums = new HashMap<>();
    uses.stream()
        .filter(use -> use.generation() == generation)
        .forEach(
            use -> use.costs().forEach((name, one) -> sums.merge(name, one, RuleUse.Cost::plus)));
    List<RuleCost> costs = new ArrayList<>();
    sums.forEach(
        (name, cost) -> {
          if (cost.events() > 0) {
            double micros = cost.nanos() / 1e3 / cost.events();
            costs.add(new RuleCost(name, micros, cost.events(), seen.getOrDefault(name, 0L), 0));
          }
        });
    double all = costs.stream().mapToDouble(RuleCost::seconds).sum();
    return costs.stream()
        .map(
            one ->
                new RuleCost(
                    one.assertion(),
                    one.micros(),
                    one.measured(),
                    one.seen(),
                    all > 0 ? 100 * one.seconds() / all : 0))
        .sorted(
            Comparator.comparingDouble(RuleCost::seconds)
                .thenComparingDouble(RuleCost::micros)
                .reversed()
                .thenComparing(RuleCost::assertion))
        .toList();
  }
}
