package io.assay.bench.street;

import io.assay.assertion.selection.Diversity;
import io.assay.assertion.selection.Plan;
import io.assay.assertion.selection.Strategy;
import io.assay.assertion.selection.Strategy.From;
import io.assay.assertion.selection.Strategy.Measure;
import java.util.Map;

/** A way to choose labels on the street. */
enum Chooser {
  ROUNDS("BAL as in rounds (guard, a quarter events at random)", 0.25),
  GUARDED("BAL with guard", 0),
  PLAIN("BAL alone", 0),
  UNCERTAINTY("uncertainty", 0),
  UNIFORM("uniform over assertions", 0),
  FLAGGED("random, of what is flagged", 0),
  EVENTS("random, of all events", 1);

  private static final Strategy LEAST_SURE =
      new Strategy.Uncertain(Measure.LEAST_CONFIDENT, From.FLAGGED);

  private final String title;
  private final double events;

  Chooser(String title, double events) {
    this.title = title;
    this.events = events;
  }

  String title() {
    return title;
  }

  /** Of a budget the share that are events at random; the plan chooses the others. */
  double events() {
    return events;
  }

  /** Of what is flagged; events are drawn beside it, as rounds do. */
  Plan plan(long seed) {
    Plan usual = Plan.usual(seed);
    return switch (this) {
      case ROUNDS, GUARDED -> alone(usual.strategy(), usual.diversity(), seed);
      case PLAIN -> Plan.plain(usual.strategy(), seed);
      case UNCERTAINTY -> Plan.plain(LEAST_SURE, seed);
      case UNIFORM -> Plan.plain(new Strategy.Uniform(), seed);
      case FLAGGED, EVENTS -> Plan.plain(new Strategy.Random(From.FLAGGED), seed);
    };
  }

  private static Plan alone(Strategy strategy, Diversity diversity, long seed) {
    return new Plan(strategy, 0, diversity, null, false, Map.of(), seed);
  }
}
