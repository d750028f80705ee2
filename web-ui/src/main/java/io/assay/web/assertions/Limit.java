package io.assay.web.assertions;

import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Consequences.Alert;
import io.assay.assertion.rule.ir.Consequences.Condition;
import io.assay.assertion.rule.ir.Consequences.Unit;
import io.assay.web.rates.Percent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When an alert of an assertion waits for a rate.
 *
 * @param share the rate above which it does, in 0 .. 1
 * @param unit what that rate counts
 * @param lasting how long the rate must stay there
 */
record Limit(double share, Unit unit, Duration lasting) {

  /** The lowest of an assertion; nothing where no alert waits for a rate. */
  static Optional<Limit> of(CheckedAssertion assertion) {
    return assertion.consequences().alerts().stream()
        .flatMap(alert -> of(alert).stream())
        .reduce((a, b) -> a.share() <= b.share() ? a : b);
  }

  private static Optional<Limit> of(Alert alert) {
    return switch (alert.condition()) {
      case Condition.Rate rate ->
          Optional.of(new Limit(rate.limit(), rate.per(), Duration.ofNanos(alert.lastingNanos())));
      case Condition.Breached ignored -> Optional.empty();
      case Condition.Open ignored -> Optional.empty();
    };
  }

  /** How many alerts of an assertion wait for something else than a rate. */
  static long others(CheckedAssertion assertion) {
    List<Alert> alerts = assertion.consequences().alerts();
    return alerts.stream().filter(alert -> of(alert).isEmpty()).count();
  }

  public String shown() {
    return Percent.of(share);
  }

  public String minutes() {
    return lasting.toSeconds() % 60 == 0
        ? lasting.toMinutes() + " min"
        : lasting.toSeconds() + " s";
  }
}
