package io.assay.web.backtests;

import io.assay.assertion.Violation;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Context;
import io.assay.assertion.scenario.Backtest;
import io.assay.assertion.scenario.BacktestReport;
import io.assay.assertion.scenario.Extent;
import io.assay.assertion.scenario.RuleDifference;
import io.assay.assertion.scenario.ViolationDifference;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges the same events by the rules in force and by a draft, and tells what differs. */
final class BothVersions {
  /** A mark of each is remembered; with more nobody looks at single ones. */
  private static final long MOST_COMPARED = 300_000;

  private final BacktestStore.Taken asked;
  private final CheckedRules draft;
  private final Optional<CheckedRules> inForce;
  private final Extent extent;
  private final PastReading past;
  private final Watch watch;
  private final ViolationDifference violations = new ViolationDifference();
  private final Firings firings = new Firings();
  private final Samples samples;
  private final Samples gone;
  private long old;

  /** Hears how far it is, and stops it. */
  interface Watch {
    /**
     * @param run which time the events are read, from 0
     * @param share of the events that have been read this time, 0 .. 1
     * @throws RuntimeException to stop
     */
    void at(int run, long events, double share);
  }

  /**
   * @param asked whose file's assertions are looked at
   * @param draft all rules as they would be
   * @param inForce all rules as they are; none where there are none
   */
  BothVersions(
      BacktestStore.Taken asked,
      CheckedRules draft,
      Optional<CheckedRules> inForce,
      Extent extent,
      PastReading past,
      Watch watch) {
    this.asked = asked;
    this.draft = ofFile(draft);
    this.inForce = inForce.map(this::ofFile);
    this.extent = extent;
    this.past = past;
    this.watch = watch;
    Set<String> hidden = hidden(draft, inForce);
    this.samples = Samples.ofSo(this.draft.assertions().size(), hidden);
    this.gone = Samples.ofSo(this.draft.assertions().size(), hidden);
  }

  /** A draft opens nothing that the rules in force hide. */
  private static Set<String> hidden(CheckedRules draft, Optional<CheckedRules> inForce) {
    return Stream.concat(Stream.of(draft), inForce.stream())
        .flatMap(rules -> rules.streams().stream())
        .filter(stream -> stream.key().hidden())
        .map(StreamType::name)
        .collect(Collectors.toSet());
  }

  BacktestFigures judge() {
    CheckedRules inForce =
        this.inForce.orElseGet(
            () -> new CheckedRules(List.of(), List.of(), List.of(), draft.documentHash()));
    BacktestReport before =
        run(
            0,
            inForce,
            one -> {
              firings.inForce(one.at());
              if (++old <= MOST_COMPARED) {
                violations.old(one);
              }
            });
    BacktestReport after =
        run(
            1,
            draft,
            one -> {
              firings.draft(one.at());
              samples.add(one, violations.isNew(one));
            });
    List<RuleDifference> differences =
        RuleDifference.of(
            new RuleDifference.Side(inForce, before),
            new RuleDifference.Side(draft, after),
            violations);
    boolean compared = old <= MOST_COMPARED;
    if (compared && differences.stream().anyMatch(one -> one.onlyOld() > 0)) {
      run(
          2,
          inForce,
          one -> {
            if (violations.isGone(one)) {
              gone.add(one, false);
            }
          });
    }
    return new BacktestFigures(
        after.events(),
        after.unreadable(),
        differences.stream().map(this::figures).toList(),
        firings.steps(),
        after.alerts(),
        compared);
  }

  private BacktestFigures.OfAssertion figures(RuleDifference one) {
    String name = one.assertion();
    return new BacktestFigures.OfAssertion(
        one, samples.first(name), samples.worst(name), gone.first(name));
  }

  /** The assertions of the file, and those that they wait for. */
  private CheckedRules ofFile(CheckedRules rules) {
    Set<String> wanted = new HashSet<>();
    for (CheckedAssertion one : rules.assertions()) {
      if (one.span().source().equals(asked.file())) {
        Optional<CheckedAssertion> next = Optional.of(one);
        while (next.isPresent() && wanted.add(next.get().name())) {
          next =
              next.get()
                  .context()
                  .trigger()
                  .map(Context.Trigger::assertion)
                  .flatMap(rules::assertion);
        }
      }
    }
    Set<String> others = new HashSet<>();
    rules.assertions().forEach(one -> others.add(one.name()));
    others.removeAll(wanted);
    return rules.without(others);
  }

  private BacktestReport run(int run, CheckedRules rules, Consumer<Violation> found) {
    try (PastReading.Open open = past.open(rules, () -> watch.at(run, -1, -1))) {
      return Backtest.run(
          rules,
          asked.project(),
          open.recordings(),
          extent,
          new Backtest.Listener() {
            @Override
            public void violation(Violation violation) {
              found.accept(violation);
            }

            @Override
            public void unreadable(String place, String cause, String detail) {}

            @Override
            public void progress(long events) {
              watch.at(run, events, open.share());
            }
          });
    }
  }
}
