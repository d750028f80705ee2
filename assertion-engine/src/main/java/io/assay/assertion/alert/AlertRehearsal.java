package io.assay.assertion.alert;

import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The alerts that rules would have sent over a recording, had they been active: looked at every 15
 * seconds of event time by the very steps that run live. A minute is known as a whole from its
 * begin on, where live it fills.
 *
 * <p>Longer than others: rates, windows, episodes and silences are read at the same looks, of one
 * clock a stream.
 */
public final class AlertRehearsal {
  private static final Duration EVERY = Duration.ofSeconds(15);
  private static final String PROJECT = "default";

  private final AlertLedger ledger;
  private final List<AlertRule> reasons;
  private final AlertPolicy policy;
  private final Map<String, Sums> sums = new HashMap<>();
  private final Map<String, Opened> opened = new HashMap<>();
  private AlertBoard board = AlertBoard.EMPTY;
  private long told;
  private long paged;

  /** Episodes of one rule: those to come, the first to open first, and those that are open. */
  private record Opened(Deque<OpenEpisode> coming, List<OpenEpisode> open) {}

  private static final class Sums {
    private long fired;
    private long notices;
    private long pages;
  }

  /**
   * What came of one line {@code alert}, or of what every assertion has by itself.
   *
   * @param fired how often
   * @param notices in which it was told of, to each route
   * @param pages those of them that say that something fires: new, changed or repeated
   */
  public record Line(
      String assertion,
      String condition,
      List<String> routes,
      long fired,
      long notices,
      long pages) {
    public Line {
      routes = List.copyOf(routes);
    }
  }

  /**
   * What came of all.
   *
   * @param lines in the order of the rules; of what an assertion has by itself only what fired
   * @param span from the first to the last minute, that included
   * @param notices of all lines together: one notice may tell of several
   * @param pages likewise
   * @param isWhole whether the recording was short enough to be known as a whole
   */
  public record Told(List<Line> lines, Duration span, long notices, long pages, boolean isWhole) {
    public static final Told NOTHING = new Told(List.of(), Duration.ZERO, 0, 0, true);

    public Told {
      lines = List.copyOf(lines);
    }

    /** How often people would have been told that something fires; empty for less than a day. */
    public OptionalDouble perDay(long count) {
      double days = span.toMillis() / 86_400_000.0;
      return days < 1 ? OptionalDouble.empty() : OptionalDouble.of(count / days);
    }
  }

  private AlertRehearsal(CheckedRules rules, AlertLedger ledger) {
    this.ledger = ledger;
    this.reasons = AlertRules.of(rules, AlertRehearsal::alerts);
    this.policy =
        AlertPolicy.of(
            reasons,
            rules.declared().routes(),
            List.of(),
            GroupTiming.USUAL,
            EVERY.multipliedBy(3));
    for (AlertRule rule : reasons) {
      sums.put(rule.key(), new Sums());
      opened.put(rule.key(), new Opened(byOpening(rule), new ArrayList<>()));
    }
  }

  private Deque<OpenEpisode> byOpening(AlertRule rule) {
    return rule.cause() instanceof AlertCause.Open
        ? ledger.episodes(rule.assertion().name()).stream()
            .sorted(Comparator.comparing(OpenEpisode::opened))
            .collect(Collectors.toCollection(ArrayDeque::new))
        : new ArrayDeque<>();
  }

  /** Where is kept what the alerts of rules ask for. */
  public static AlertLedger ledger(CheckedRules rules) {
    Set<String> silences =
        rules.assertions().stream()
            .filter(assertion -> assertion.kind() instanceof Kind.Silence)
            .map(CheckedAssertion::name)
            .collect(Collectors.toUnmodifiableSet());
    return new AlertLedger(asked(rules), silences);
  }

  /** The assertions that have a line {@code alert}. */
  static Set<String> asked(CheckedRules rules) {
    return rules.assertions().stream()
        .filter(AlertRehearsal::alerts)
        .map(CheckedAssertion::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean alerts(CheckedAssertion assertion) {
    return !assertion.consequences().alerts().isEmpty();
  }

  /** The alerts of rules, some of those or all whose assertions were counted. */
  public static Told run(CheckedRules rules, AlertLedger ledger) {
    Set<String> asked = asked(rules);
    return asked.isEmpty()
        ? Told.NOTHING
        : new AlertRehearsal(rules, ledger).run(ledger.minutes(asked));
  }

  private Told run(NavigableMap<Long, Boolean> minutes) {
    if (!minutes.isEmpty()) {
      Instant end = minute(minutes.lastKey() + 1);
      Instant now = minute(minutes.firstKey());
      while (now.isBefore(end)) {
        boolean quiet = look(now);
        now = quiet ? nextMinute(now, minutes, end) : now.plus(EVERY);
      }
    }
    Duration span =
        minutes.isEmpty()
            ? Duration.ZERO
            : Duration.ofMinutes(minutes.lastKey() + 1 - minutes.firstKey());
    List<Line> lines = new ArrayList<>();
    for (AlertRule rule : reasons) {
      Sums own = sums.getOrDefault(rule.key(), new Sums());
      if (isWritten(rule) || own.fired > 0) {
        lines.add(
            new Line(
                rule.assertion().name(),
                rule.condition(),
                rule.routes(),
                own.fired,
                own.notices,
                own.pages));
      }
    }
    return new Told(lines, span, told, paged, !ledger.isFull());
  }

  private static boolean isWritten(AlertRule rule) {
    return switch (rule.cause()) {
      case AlertCause.Rate ignored -> true;
      case AlertCause.Breached ignored -> true;
      case AlertCause.Open ignored -> true;
      case AlertCause.Undecided ignored -> false;
      case AlertCause.Stopped ignored -> false;
    };
  }

  private static Instant minute(long number) {
    return Instant.ofEpochSecond(number * 60);
  }

  /**
   * Nothing changes before the next minute in which something is counted, or an episode opens: a
   * silence does while nothing comes.
   */
  private Instant nextMinute(Instant now, NavigableMap<Long, Boolean> minutes, Instant end) {
    Long next = minutes.higherKey(Math.floorDiv(now.getEpochSecond(), 60));
    Instant counted = next == null ? end : minute(next);
    Instant opens =
        opened.values().stream()
            .filter(one -> !one.coming().isEmpty())
            .map(one -> one.coming().getFirst().opened())
            .min(Comparator.naturalOrder())
            .orElse(counted);
    Instant seen = lookAt(opens);
    return seen.isAfter(now) && seen.isBefore(counted) ? seen : counted;
  }

  /** The first look at or after a time. */
  private static Instant lookAt(Instant time) {
    long every = EVERY.toMillis();
    return Instant.ofEpochMilli(Math.ceilDiv(time.toEpochMilli(), every) * every);
  }

  /** Whether nothing is true, and nothing waits to be told. */
  private boolean look(Instant now) {
    List<AlertSighting> seen = new ArrayList<>();
    for (AlertRule rule : reasons) {
      see(rule, now, seen);
    }
    AlertBoard.Look look = board.look(seen, policy, now);
    board = look.board();
    for (AlertTransition transition : look.transitions()) {
      Sums own = sums.get(transition.alert().rule());
      if (own != null && transition.to() == AlertPhase.FIRING) {
        own.fired++;
      }
    }
    look.notices().forEach(this::add);
    return seen.isEmpty()
        && board.alerts().isEmpty()
        && board.groups().isEmpty()
        && opened.values().stream().allMatch(one -> one.open().isEmpty());
  }

  private void add(AlertNotice notice) {
    boolean isPage = notice.reason() != AlertGroup.Reason.RESOLVED;
    told++;
    paged += isPage ? 1 : 0;
    Set<String> of = new HashSet<>();
    notice.firing().forEach(alert -> of.add(alert.rule()));
    notice.over().forEach(alert -> of.add(alert.rule()));
    for (String rule : of) {
      Sums own = sums.get(rule);
      if (own != null) {
        own.notices++;
        own.pages += isPage ? 1 : 0;
      }
    }
  }

  private void see(AlertRule rule, Instant now, List<AlertSighting> seen) {
    String name = rule.assertion().name();
    long minute = Math.floorDiv(now.getEpochSecond(), 60);
    var clock = new StreamClock(minute(minute), now, Duration.ZERO);
    switch (rule.cause()) {
      case AlertCause.Rate rate ->
          AlertReadings.rate(rate, trailing(name, clock, rate.over(), minute))
              .filter(AlertReading::holds)
              .ifPresent(reading -> seen.add(AlertSighting.of(rule, PROJECT, reading)));
      case AlertCause.Undecided undecided ->
          AlertReadings.undecided(undecided, trailing(name, clock, undecided.over(), minute))
              .filter(AlertReading::holds)
              .ifPresent(reading -> seen.add(AlertSighting.of(rule, PROJECT, reading)));
      case AlertCause.Breached breached ->
          AlertReadings.breached(breached, ledger.windows(name, minute, breached.windows()))
              .filter(AlertReading::holds)
              .ifPresent(reading -> seen.add(AlertSighting.of(rule, PROJECT, reading)));
      case AlertCause.Open open -> seeOpen(rule, open, clock, seen);
      case AlertCause.Stopped ignored -> {}
    }
  }

  private Map<String, AlertCounts> trailing(
      String assertion, StreamClock clock, Duration over, long minute) {
    return ledger.trailing(assertion, Math.floorDiv(clock.from(over).getEpochSecond(), 60), minute);
  }

  /** Of each key one, where its route groups by it. */
  private void seeOpen(
      AlertRule rule, AlertCause.Open cause, StreamClock clock, List<AlertSighting> seen) {
    String key = rule.assertion().on().key().name();
    // As live: what is private is no label.
    boolean byKey = rule.groupBy().contains(key) && !rule.assertion().on().key().hidden();
    Set<String> labelled = new HashSet<>();
    Opened own = opened.getOrDefault(rule.key(), new Opened(new ArrayDeque<>(), new ArrayList<>()));
    while (!own.coming().isEmpty() && !own.coming().getFirst().opened().isAfter(clock.reached())) {
      own.open().add(own.coming().removeFirst());
    }
    own.open().removeIf(one -> !clock.reached().isBefore(closes(cause, one)));
    for (OpenEpisode episode : own.open()) {
      AlertReading reading = open(cause, episode, clock);
      if (reading.holds() && labelled.add(byKey ? episode.key() : "")) {
        AlertSighting sighting = AlertSighting.of(rule, PROJECT, reading);
        seen.add(byKey ? sighting.labelled(key, episode.key()) : sighting);
      }
    }
  }

  /** A recording knows when a silence ended. */
  private static Instant closes(AlertCause.Open cause, OpenEpisode episode) {
    return switch (cause.until()) {
      case QUIET -> episode.last().plus(cause.quiet());
      case KEY_SPEAKS, STREAM_SPEAKS -> episode.last();
    };
  }

  private static AlertReading open(AlertCause.Open cause, OpenEpisode episode, StreamClock clock) {
    return switch (cause.until()) {
      case QUIET -> AlertReadings.open(cause, episode, clock);
      case KEY_SPEAKS, STREAM_SPEAKS ->
          AlertReadings.silent(cause, Duration.between(episode.opened(), clock.reached()));
    };
  }
}
