package io.assay.web.assertions;

import io.assay.assertion.Mode;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.web.figures.SegmentRates;
import io.assay.web.rates.Counted;
import io.assay.web.rates.Period;
import io.assay.web.rates.Range;
import io.assay.web.rates.RateQueries;
import io.assay.web.rates.RateQueries.Fired;
import io.assay.web.rates.RateQueries.Judged;
import io.assay.web.rates.RateQueries.Version;
import io.assay.web.rates.RateUnit;
import io.assay.web.rates.SliceRates;
import io.assay.web.rates.SliceRates.Sliced;
import io.assay.web.rounds.AssertionProof;
import io.assay.web.rules.ActiveRules;
import io.assay.web.rules.AssertionVersion;
import io.assay.web.rules.AssertionVersions;
import io.assay.web.system.Moment;
import io.assay.web.system.ReadersZone;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Looks up all of one assertion. */
@Component
class AssertionDetails {
  private static final int EPISODES = 12;
  private static final int KEYS = 8;
  private static final int COMPARED = 5;

  private final AssertionLines lines;
  private final RateQueries rates;
  private final Episodes episodes;
  private final ActiveRules rules;
  private final AssertionVersions versions;
  private final AssertionProof proof;
  private final AlertMarks alerts;
  private final SegmentRates segments;
  private final SliceRates declared;
  private final Clock clock;

  AssertionDetails(
      AssertionLines lines,
      RateQueries rates,
      Episodes episodes,
      ActiveRules rules,
      AssertionVersions versions,
      AssertionProof proof,
      AlertMarks alerts,
      SegmentRates segments,
      SliceRates declared,
      Clock clock) {
    this.lines = lines;
    this.rates = rates;
    this.episodes = episodes;
    this.rules = rules;
    this.versions = versions;
    this.proof = proof;
    this.alerts = alerts;
    this.segments = segments;
    this.declared = declared;
    this.clock = clock;
  }

  /**
   * Nothing where there is no such assertion, and never was.
   *
   * @param clear whether private keys are seen
   */
  Optional<AssertionDetail> of(String project, String name, Range range, boolean clear) {
    Instant now = clock.instant();
    Period period = Period.of(range, now, rates.newest(project).orElse(now));
    return lines.one(project, name, period).map(line -> detail(project, line, period, clear));
  }

  /**
   * An assertion without its series, where that is all that a page shows.
   *
   * @param place where its rule stands; nothing where the rule is gone
   */
  record Named(AssertionLine line, Period period, Optional<AssertionVersions.Place> place) {}

  /** Nothing where there is no such assertion, and never was. */
  Optional<Named> named(String project, String name, Range range) {
    Instant now = clock.instant();
    Period period = Period.of(range, now, rates.newest(project).orElse(now));
    return lines
        .one(project, name, period)
        .map(line -> new Named(line, period, versions.place(project, name)));
  }

  private AssertionDetail detail(String project, AssertionLine line, Period period, boolean clear) {
    String name = line.name();
    List<Judged> judged = rates.judged(project, List.of(name), period);
    List<Fired> fired = rates.fired(project, List.of(name), period);
    List<Version> models =
        rates.versions(project, period).stream()
            .filter(version -> line.streams().contains(version.stream()))
            .toList();
    Optional<CheckedAssertion> rule = rules.of(project).flatMap(all -> all.assertion(name));
    List<AssertionVersion> changes = versions.of(project, name);
    Map<String, Counted> own = Slices.grouped(judged, SliceHeat::ownSlice);
    // What comes is counted of no expectation: that is no slice.
    own.values().removeIf(counted -> counted.judged() == 0);
    List<Sliced> sliced = declared.steps(project, name, period);
    List<Slices> bySlice = slices(project, name, period, judged, models, own, sliced);
    return new AssertionDetail(
        line,
        period,
        points(line, fired, period),
        rule.flatMap(Limit::of),
        rule.map(Limit::others).orElse(0L),
        marks(models, changes, alerts.of(project, name, period), period),
        Funnel.of(line.counted(), line.health()),
        bySlice,
        SliceHeat.of(own.size() > 1 ? judged : List.of(), told(sliced, bySlice), models, period),
        episodes.newest(project, name, period.end(), "", EPISODES, clear),
        episodes.keys(project, name, period.start(), KEYS, clear),
        comparable(project, line, period),
        changes,
        versions.place(project, name),
        proof.of(project, name));
  }

  /** Of the declared slices that some of its events are in, and others are not. */
  private static List<Sliced> told(List<Sliced> sliced, List<Slices> slices) {
    return sliced.stream()
        .filter(one -> slices.stream().anyMatch(telling -> telling.isOf(one.slice())))
        .toList();
  }

  private List<Slices> slices(
      String project,
      String name,
      Period period,
      List<Judged> judged,
      List<Version> models,
      Map<String, Counted> own,
      List<Sliced> sliced) {
    List<Slices> all = new ArrayList<>();
    all.add(Slices.of("expectation", own));
    all.addAll(Slices.declared(sliced));
    all.add(Slices.of("segment", segments.of(project, name, period)));
    all.add(Slices.of("version", Slices.grouped(judged, Slices.version(models, period))));
    if (period.range().compareTo(Range.DAY) >= 0) {
      all.add(Slices.of("hour", rates.byHourOfDay(project, name, period, ReadersZone.current())));
    }
    return all.stream().filter(Slices::isTelling).toList();
  }

  private static List<AssertionDetail.Point> points(
      AssertionLine line, List<Fired> fired, Period period) {
    List<AssertionDetail.Point> points = new ArrayList<>();
    for (int i = 0; i < line.steps().size(); i++) {
      points.add(
          new AssertionDetail.Point(
              new Moment(period.begin(i)),
              line.steps().get(i),
              fired(fired, i, Mode.ACTIVE),
              fired(fired, i, Mode.SHADOW)));
    }
    return points;
  }

  private static long fired(List<Fired> fired, int step, Mode mode) {
    return fired.stream()
        .filter(one -> one.step() == step && one.mode() == mode)
        .mapToLong(Fired::violations)
        .sum();
  }

  private static List<AssertionDetail.Mark> marks(
      List<Version> models,
      List<AssertionVersion> changes,
      List<AssertionDetail.Mark> alerts,
      Period period) {
    List<AssertionDetail.Mark> marks = new ArrayList<>(alerts);
    for (Version one : models) {
      marks.add(
          new AssertionDetail.Mark(
              "model", one.version(), new Moment(one.first()), period.step(one.first())));
    }
    for (AssertionVersion one : changes) {
      marks.add(
          new AssertionDetail.Mark(
              "rules", Long.toString(one.generation()), one.at(), period.step(one.at().instant())));
    }
    return marks.stream()
        .filter(mark -> mark.step() >= 0)
        .sorted(Comparator.comparing(mark -> mark.at().instant()))
        .toList();
  }

  /**
   * A shadow is held against what is active on its stream; those in shadow against the active one.
   */
  private List<AssertionLine> comparable(String project, AssertionLine line, Period period) {
    String other = line.mode().equals("SHADOW") ? "ACTIVE" : "SHADOW";
    return lines
        .known(
            project,
            one ->
                one.assertion().mode().name().equals(other)
                    && List.of(one.assertion().on().name()).equals(line.streams())
                    && Optional.of(RateUnit.of(one.assertion())).equals(line.unit()),
            period)
        .stream()
        .sorted(AssertionOrder.violations.order())
        .limit(COMPARED)
        .toList();
  }
}
