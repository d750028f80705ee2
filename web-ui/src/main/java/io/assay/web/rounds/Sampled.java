package io.assay.web.rounds;

import io.assay.assertion.Mode;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Consequences;
import io.assay.assertion.selection.Plan;
import io.assay.assertion.selection.Strategy;
import io.assay.assertion.selection.Terms;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the rules in force want labelled: of each strategy the assertions that name it, and their
 * terms; and the streams that these are on.
 */
record Sampled(
    Map<Consequences.Strategy, Map<String, Terms>> byStrategy, List<StreamType> streams) {
  private static final long MOST = 1_000_000;

  /** Of the active assertions that have a {@code sample} clause. */
  static Sampled of(CheckedRules rules) {
    Map<Consequences.Strategy, Map<String, Terms>> found =
        new EnumMap<>(Consequences.Strategy.class);
    Map<String, StreamType> streams = new TreeMap<>();
    for (CheckedAssertion assertion : rules.assertions()) {
      if (assertion.mode() == Mode.ACTIVE) {
        if (assertion.consequences().sample().isPresent()) {
          streams.put(assertion.on().name(), assertion.on());
        }
        assertion
            .consequences()
            .sample()
            .ifPresent(
                sample ->
                    found
                        .computeIfAbsent(sample.strategy(), strategy -> new TreeMap<>())
                        .put(assertion.name(), terms(sample)));
      }
    }
    return new Sampled(found, List.copyOf(streams.values()));
  }

  boolean isEmpty() {
    return byStrategy.isEmpty();
  }

  /** Of all strategies. */
  Set<String> names() {
    return byStrategy.values().stream()
        .flatMap(terms -> terms.keySet().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  int assertions() {
    return byStrategy.values().stream().mapToInt(Map::size).sum();
  }

  private static Terms terms(Consequences.Sample sample) {
    return new Terms(
        Math.toIntExact(Math.min(sample.around(), MOST)),
        sample.perDay().isPresent()
            ? Math.toIntExact(Math.min(sample.perDay().getAsLong(), MOST))
            : null,
        sample.rate().orElse(1));
  }

  /** Of a budget, what is drawn at random, whatever the rules name. */
  static double randomShare() {
    return Plan.guarded(new Strategy.Uniform(), 0).randomShare();
  }

  /**
   * As the rules name it, with the guard that we recommend.
   *
   * @param randomShare 0 where it is drawn beside, from all events
   */
  static Plan plan(
      Consequences.Strategy strategy, Map<String, Terms> terms, double randomShare, long seed) {
    Plan usual = Plan.guarded(chosen(strategy), seed);
    return new Plan(
        usual.strategy(),
        randomShare,
        usual.diversity(),
        usual.perDay(),
        usual.stratify(),
        new HashMap<>(terms),
        seed);
  }

  private static Strategy chosen(Consequences.Strategy strategy) {
    return switch (strategy) {
      case BANDIT -> Plan.usual(0).strategy();
      case RANDOM -> new Strategy.Random(Strategy.From.FLAGGED);
      case UNCERTAINTY ->
          new Strategy.Uncertain(Strategy.Measure.LEAST_CONFIDENT, Strategy.From.FLAGGED);
      case UNIFORM -> new Strategy.Uniform();
    };
  }
}
