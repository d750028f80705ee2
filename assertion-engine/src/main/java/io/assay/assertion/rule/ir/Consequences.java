package io.assay.assertion.rule.ir;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What follows a violation. Judging does not need it, and the judgement hash does not know it. */
public record Consequences(
    List<Correction> corrections, Optional<Sample> sample, List<Alert> alerts) {
  public static final Consequences NONE = new Consequences(List.of(), Optional.empty(), List.of());

  public Consequences {
    corrections = List.copyOf(corrections);
    alerts = List.copyOf(alerts);
  }

  /**
   * Which of the flagged are proposed for a label.
   *
   * @param measure of how unsure the model is; counts for {@code UNCERTAINTY} alone
   * @param classes what the model gave as probability of each class: a list of doubles; none: its
   *     confidence alone is known
   * @param stratum values of which take turns, evaluated when there is a violation
   * @param around events before and after that go along
   * @param rate the share of the flagged that is looked at
   */
  public record Sample(
      Strategy strategy,
      Measure measure,
      Optional<Term> classes,
      Optional<Term> stratum,
      long around,
      OptionalLong perDay,
      OptionalDouble rate) {
    /** What of it is evaluated with a violation, so that whoever chooses can know it. */
    public List<Term> told() {
      return Stream.concat(classes.stream(), stratum.stream()).toList();
    }
  }

  /** How samples are chosen. */
  public enum Strategy {
    BANDIT,
    RANDOM,
    UNCERTAINTY,
    UNIFORM,
    SEVEREST
  }

  /** How unsure a model is. */
  public enum Measure {
    /** One less the largest probability. */
    LEAST_CONFIDENT,
    /** One less the distance of the two largest. */
    MARGIN,
    ENTROPY
  }

  /**
   * When people are told.
   *
   * @param lastingNanos the condition must hold so long
   * @param keepNanos the alert stays so long after it held last
   * @param routes their names; none: the overview only
   */
  public record Alert(Condition condition, long lastingNanos, long keepNanos, List<String> routes) {
    public Alert {
      routes = List.copyOf(routes);
    }
  }

  /** What an alert waits for. */
  public sealed interface Condition {
    /** More violated of those judged than this, over the trailing five minutes. */
    record Rate(Unit per, boolean orEqual, double limit) implements Condition {}

    /** Violated in so many windows in a row. */
    record Breached(long windows) implements Condition {}

    /** An episode open so long. */
    record Open(long nanos) implements Condition {}
  }

  /** What a rate counts. */
  public enum Unit {
    EVENT,
    ELEMENT,
    IDENTITY,
    WINDOW,
    PAIR
  }
}
