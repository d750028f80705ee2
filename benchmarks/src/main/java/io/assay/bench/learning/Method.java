package io.assay.bench.learning;

import io.assay.assertion.selection.Diversity;
import io.assay.assertion.selection.Plan;
import io.assay.assertion.selection.Strategy;
import io.assay.assertion.selection.Strategy.Bandit;
import io.assay.assertion.selection.Strategy.Baseline;
import io.assay.assertion.selection.Strategy.From;
import io.assay.assertion.selection.Strategy.Measure;
import io.assay.assertion.selection.Strategy.Ties;
import java.util.List;
import java.util.Map;

/** A way to choose labels that is compared. */
enum Method {
  RANDOM("random"),
  UNCERTAINTY("uncertainty"),
  UNIFORM("uniform over assertions"),
  BAL_RANDOM("BAL (fallback random)"),
  BAL_UNCERTAINTY("BAL (fallback uncertainty)"),
  OURS("ours"),
  OURS_WITHOUT_GUARD("ours without guard"),
  GUARDED_RANDOM("random with guard"),
  GUARDED_UNCERTAINTY("uncertainty with guard");

  /** Those of the reference table. */
  static final List<Method> PLAIN =
      List.of(RANDOM, UNCERTAINTY, UNIFORM, BAL_RANDOM, BAL_UNCERTAINTY);

  private static final Baseline AT_RANDOM = new Strategy.Random(From.ALL);
  private static final Baseline LEAST_SURE =
      new Strategy.Uncertain(Measure.LEAST_CONFIDENT, From.ALL);

  private final String title;

  Method(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  Plan plan(long seed) {
    Plan usual = Plan.usual(seed);
    return switch (this) {
      case RANDOM -> Plan.plain(AT_RANDOM, seed);
      case UNCERTAINTY -> Plan.plain(LEAST_SURE, seed);
      case UNIFORM -> Plan.plain(new Strategy.Uniform(), seed);
      case BAL_RANDOM -> Plan.plain(bal(AT_RANDOM), seed);
      case BAL_UNCERTAINTY -> Plan.plain(bal(LEAST_SURE), seed);
      case OURS -> usual;
      case OURS_WITHOUT_GUARD -> with(usual, Diversity.NONE, usual.strategy(), 0.25);
      case GUARDED_RANDOM -> with(usual, usual.diversity(), AT_RANDOM, 0);
      case GUARDED_UNCERTAINTY -> with(usual, usual.diversity(), LEAST_SURE, 0.25);
    };
  }

  /** Ties by order, as in the reference. */
  private static Bandit bal(Baseline fallback) {
    return new Bandit(0.25, 0.01, Ties.BY_ORDER, fallback);
  }

  private static Plan with(Plan plan, Diversity diversity, Strategy strategy, double randomShare) {
    return new Plan(strategy, randomShare, diversity, null, false, Map.of(), plan.seed());
  }
}
