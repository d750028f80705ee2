package io.assay.assertion.alert;

import io.assay.assertion.Mode;
import io.assay.assertion.alert.AlertCause.Whole;
import io.assay.assertion.event.Durations;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Consequences.Alert;
import io.assay.assertion.rule.ir.Consequences.Condition;
import io.assay.assertion.rule.ir.Consequences.Unit;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** The reasons to tell people that a set of rules has. */
public final class AlertRules {
  /** Of the undecided, above which an assertion alerts by itself. */
  public static final double UNDECIDED = 0.2;

  private static final Duration RATE_OVER = Duration.ofMinutes(5);

  /** A task that was suspended is tried again after ten minutes, and may be suspended again. */
  private static final Duration STOPPED_KEEP = Duration.ofMinutes(5);

  private AlertRules() {}

  /** Of active assertions alone: drafts and shadows alert nobody. */
  public static List<AlertRule> of(CheckedRules rules) {
    return of(rules, assertion -> assertion.mode() == Mode.ACTIVE);
  }

  /** As if all were active that are chosen: for a backtest. */
  public static List<AlertRule> of(CheckedRules rules, Predicate<CheckedAssertion> chosen) {
    List<AlertRule> all = new ArrayList<>();
    rules.assertions().stream().filter(chosen).forEach(one -> add(one, rules, all));
    return all;
  }

  private static void add(CheckedAssertion assertion, CheckedRules rules, List<AlertRule> all) {
    Set<String> names = new HashSet<>();
    for (Alert alert : assertion.consequences().alerts()) {
      Duration lasting = Duration.ofNanos(alert.lastingNanos());
      String written = written(alert.condition(), alert.lastingNanos());
      String name = written;
      for (int again = 2; !names.add(name); again++) {
        name = written + " (" + again + ")";
      }
      all.add(
          rule(
              assertion,
              name,
              cause(assertion, alert.condition()),
              lasting,
              Duration.ofNanos(alert.keepNanos()),
              alert.routes(),
              rules));
    }
    Set<String> routes = new LinkedHashSet<>();
    assertion.consequences().alerts().forEach(alert -> routes.addAll(alert.routes()));
    List<String> everyone = List.copyOf(routes);
    Duration over = WindowLengths.rateOver(assertion, RATE_OVER);
    all.add(
        rule(
            assertion,
            "undecided > " + Shown.percent(UNDECIDED),
            new AlertCause.Undecided(UNDECIDED, over),
            WindowLengths.undecidedFor(assertion, RATE_OVER),
            Duration.ZERO,
            everyone,
            rules));
    all.add(
        rule(
            assertion,
            "not judged",
            new AlertCause.Stopped(),
            Duration.ZERO,
            STOPPED_KEEP,
            everyone,
            rules));
  }

  private static AlertRule rule(
      CheckedAssertion assertion,
      String condition,
      AlertCause cause,
      Duration lasting,
      Duration keep,
      List<String> routes,
      CheckedRules rules) {
    Set<String> groupBy = new LinkedHashSet<>();
    for (Route route : rules.declared().routes()) {
      if (routes.contains(route.name())) {
        groupBy.addAll(route.groupBy());
      }
    }
    return new AlertRule(assertion, condition, cause, lasting, keep, routes, List.copyOf(groupBy));
  }

  private static String written(Condition condition, long lasting) {
    String what =
        switch (condition) {
          case Condition.Rate rate ->
              "rate per %s %s %s"
                  .formatted(
                      rate.per().name().toLowerCase(Locale.ROOT),
                      rate.orEqual() ? ">=" : ">",
                      Shown.percent(rate.limit()));
          case Condition.Breached breached ->
              breached.windows() == 1
                  ? "breached"
                  : "breached for %d windows".formatted(breached.windows());
          case Condition.Open open -> "open for " + Durations.print(open.nanos());
        };
    return lasting == 0 ? what : what + " for " + Durations.print(lasting);
  }

  private static AlertCause cause(CheckedAssertion assertion, Condition condition) {
    return switch (condition) {
      case Condition.Rate rate ->
          new AlertCause.Rate(
              rate.per(),
              whole(assertion, rate.per()),
              rate.orEqual(),
              rate.limit(),
              WindowLengths.rateOver(assertion, RATE_OVER));
      case Condition.Breached breached ->
          new AlertCause.Breached(breached.windows(), WindowLengths.onePerMinute(assertion));
      case Condition.Open open ->
          new AlertCause.Open(
              Duration.ofNanos(open.nanos()), WindowLengths.quiet(assertion), until(assertion));
    };
  }

  private static AlertCause.Until until(CheckedAssertion assertion) {
    if (!(assertion.kind() instanceof Kind.Silence silence)) {
      return AlertCause.Until.QUIET;
    }
    return silence.overStream() ? AlertCause.Until.STREAM_SPEAKS : AlertCause.Until.KEY_SPEAKS;
  }

  private static Whole whole(CheckedAssertion assertion, Unit per) {
    boolean matches = assertion.kind() instanceof Kind.Match;
    return switch (per) {
      case WINDOW, IDENTITY -> Whole.JUDGED;
      case PAIR -> matches ? Whole.PAIRED : Whole.JUDGED;
      case ELEMENT -> follows(assertion) ? Whole.PASSED : Whole.JUDGED;
      case EVENT -> {
        if (matches) {
          yield Whole.MATCHED;
        }
        boolean own =
            assertion.each().isEmpty()
                && !follows(assertion)
                && assertion.context().versions().isEmpty()
                && !WindowLengths.isWindowed(assertion);
        yield own ? Whole.JUDGED : Whole.SEEN;
      }
    };
  }

  /** Whether it judges identities. */
  private static boolean follows(CheckedAssertion assertion) {
    return assertion.identity().isPresent()
        && !(assertion.kind() instanceof Kind.Expect || assertion.kind() instanceof Kind.Match);
  }
}
