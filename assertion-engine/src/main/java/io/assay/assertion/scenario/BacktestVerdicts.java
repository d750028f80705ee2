package io.assay.assertion.scenario;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.alert.AlertLedger;
import io.assay.assertion.alert.AlertRehearsal;
import io.assay.assertion.eval.TruthFate;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.event.Event;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Kind;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Sorts what a backtest finds by assertion. */
final class BacktestVerdicts {
  /** The built-in assertion of every stream; those of all streams are counted as one. */
  static final String SCHEMA = CheckedAssertion.SCHEMA;

  private final Map<String, AssertionTally> tallies = new LinkedHashMap<>();
  private final Backtest.Listener listener;
  private final Map<String, Map<TruthFate, Long>> truths = new TreeMap<>();
  private final CheckedRules rules;
  private final AlertLedger ledger;
  private long late;
  private long future;
  private long duplicates;

  BacktestVerdicts(CheckedRules rules, Backtest.Listener listener) {
    this.rules = rules;
    this.ledger = AlertRehearsal.ledger(rules);
    this.listener = listener;
    for (CheckedAssertion assertion : rules.assertions()) {
      tallies.put(assertion.name(), new AssertionTally(assertion.name(), assertion.kind()));
    }
    tallies.put(SCHEMA, new AssertionTally(SCHEMA, new Kind.Schema()));
  }

  /** In the order of the events that showed it. */
  void tell(Shard.Telling telling) {
    switch (telling) {
      case Shard.Telling.Found(var violation) -> {
        tally(violation.assertion()).violation(violation);
        listener.violation(violation);
      }
      case Shard.Telling.Aside(var source, var why) -> listener.aside(source, why);
      case Shard.Telling.Waits(var assertion, var at, var what) ->
          listener.waits(assertion, at, what);
      case Shard.Telling.Undecided(var assertion, var at, var reason) ->
          tally(assertion).undecided(at, reason);
      case Shard.Telling.Failed(var assertion, var message) -> tally(assertion).error(message);
    }
  }

  /** Of releases, which are judged one after the other. */
  Verdicts ofReleases() {
    return new Verdicts() {
      @Override
      public void violation(Violation violation) {
        ledger.violation(violation);
        tell(new Shard.Telling.Found(violation));
      }

      @Override
      public void count(String assertion, String expectation, Tally tally, long minute, long by) {
        ledger.count(assertion, expectation, tally, minute, by);
        add(assertion, tally, by);
      }

      @Override
      public void undecided(String assertion, String expectation, long at, String reason) {
        tally(assertion).undecided(at, reason);
      }

      @Override
      public void late(Event event, LateReason reason) {}

      @Override
      public void duplicate(Event event) {}

      @Override
      public void error(String assertion, String message) {
        tally(assertion).error(message);
      }
    };
  }

  void add(AlertLedger more) {
    ledger.add(more);
  }

  void add(String assertion, Tally tally, long by) {
    tally(assertion).count(tally, by);
  }

  void addTruth(String name, TruthFate fate, long by) {
    truths.computeIfAbsent(name, n -> new EnumMap<>(TruthFate.class)).merge(fate, by, Long::sum);
  }

  void addAside(long moreLate, long moreFuture, long moreDuplicates) {
    late += moreLate;
    future += moreFuture;
    duplicates += moreDuplicates;
  }

  private AssertionTally tally(String assertion) {
    return Objects.requireNonNull(tallies.get(assertion), assertion);
  }

  /** What was counted for alerts. */
  AlertLedger ledger() {
    return ledger;
  }

  BacktestReport report(long events, long keys, long unreadable) {
    return report(events, keys, unreadable, AlertRehearsal.run(rules, ledger));
  }

  BacktestReport report(long events, long keys, long unreadable, AlertRehearsal.Told alerts) {
    return new BacktestReport(
        tallies.values().stream().map(AssertionTally::result).toList(),
        events,
        keys,
        unreadable,
        late,
        future,
        duplicates,
        truths,
        alerts);
  }
}
