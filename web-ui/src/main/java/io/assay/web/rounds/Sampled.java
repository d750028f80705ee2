package io.assay.web.rounds;

import io.assay.assertion.Mode;
import io.assay.assertion.eval.term.TermText;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Consequences;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.selection.Plan;
import io.assay.assertion.selection.Strategy;
import io.assay.assertion.selection.Terms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the rules in force want labelled.
 *
 * @param byWay of each way to choose the assertions that name it, and their terms
 * @param streams that these are on
 * @param told of assertions what is known of their violations beside
 */
record Sampled(Map<Way, Map<String, Terms>> byWay, List<StreamType> streams, List<Told> told) {
  private static final long MOST = 1_000_000;

  Sampled {
    streams = List.copyOf(streams);
    told = List.copyOf(told);
  }

  /**
   * How is chosen: assertions that ask for the same are chosen from together.
   *
   * @param stratum text of the expression whose values take turns; empty: none
   */
  record Way(Consequences.Strategy strategy, Consequences.Measure measure, String stratum)
      implements Comparable<Way> {
    @Override
    public int compareTo(Way other) {
      return Comparator.comparing(Way::strategy)
          .thenComparing(Way::measure)
          .thenComparing(Way::stratum)
          .compare(this, other);
    }

    /** As the rules name it. */
    String named() {
      String name = strategy.name().toLowerCase(Locale.ROOT);
      String by =
          measure == Consequences.Measure.LEAST_CONFIDENT
              ? name
              : "%s(%s)".formatted(name, measure.name().toLowerCase(Locale.ROOT));
      return stratum.isEmpty() ? by : by + " by " + stratum;
    }
  }

  /**
   * Which of an assertion's values say something for choosing, as texts of their expressions;
   * empty: none does.
   */
  record Told(String assertion, String stratum, String classes) {
    static Told of(String assertion, Consequences.Sample sample) {
      return new Told(assertion, text(sample.stratum()), text(sample.classes()));
    }

    boolean isEmpty() {
      return stratum.isEmpty() && classes.isEmpty();
    }
  }

  static Sampled none() {
    return new Sampled(Map.of(), List.of(), List.of());
  }

  /** Of the active assertions that have a {@code sample} clause. */
  static Sampled of(CheckedRules rules) {
    Map<Way, Map<String, Terms>> found = new TreeMap<>();
    Map<String, StreamType> streams = new TreeMap<>();
    List<Told> told = new ArrayList<>();
    for (CheckedAssertion assertion : rules.assertions()) {
      if (assertion.mode() == Mode.ACTIVE && assertion.consequences().sample().isPresent()) {
        Consequences.Sample sample = assertion.consequences().sample().get();
        streams.put(assertion.on().name(), assertion.on());
        var way = new Way(sample.strategy(), sample.measure(), text(sample.stratum()));
        found.computeIfAbsent(way, some -> new TreeMap<>()).put(assertion.name(), terms(sample));
        told.add(Told.of(assertion.name(), sample));
      }
    }
    return new Sampled(
        found, List.copyOf(streams.values()), told.stream().filter(one -> !one.isEmpty()).toList());
  }

  /** As evidence names it. */
  private static String text(Optional<Term> term) {
    return term.map(TermText::of).orElse("");
  }

  boolean isEmpty() {
    return byWay.isEmpty();
  }

  /** Of all strategies. */
  Set<String> names() {
    return byWay.values().stream()
        .flatMap(terms -> terms.keySet().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  int assertions() {
    return byWay.values().stream().mapToInt(Map::size).sum();
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
  static Plan plan(Way way, Map<String, Terms> terms, double randomShare, long seed) {
    Plan usual = Plan.guarded(chosen(way), seed);
    return new Plan(
        usual.strategy(),
        randomShare,
        usual.diversity(),
        usual.perDay(),
        !way.stratum().isEmpty(),
        new HashMap<>(terms),
        seed);
  }

  private static Strategy chosen(Way way) {
    return switch (way.strategy()) {
      case BANDIT -> Plan.usual(0).strategy();
      case RANDOM -> new Strategy.Random(Strategy.From.FLAGGED);
      case UNCERTAINTY -> new Strategy.Uncertain(measure(way.measure()), Strategy.From.FLAGGED);
      case UNIFORM -> new Strategy.Uniform();
      case SEVEREST -> new Strategy.Severe();
    };
  }

  private static Strategy.Measure measure(Consequences.Measure measure) {
    return switch (measure) {
      case LEAST_CONFIDENT -> Strategy.Measure.LEAST_CONFIDENT;
      case MARGIN -> Strategy.Measure.MARGIN;
      case ENTROPY -> Strategy.Measure.ENTROPY;
    };
  }
}
