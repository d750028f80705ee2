package io.assay.web.overview;

import io.assay.assertion.Level;
import io.assay.assertion.Mode;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Consequences.Unit;
import io.assay.web.overview.OverviewQueries.PutAside;
import io.assay.web.rates.Bars;
import io.assay.web.rates.Counted;
import io.assay.web.rates.Percent;
import io.assay.web.rates.Period;
import io.assay.web.rates.Range;
import io.assay.web.rates.RateQueries;
import io.assay.web.rates.RateQueries.Fired;
import io.assay.web.rates.RateQueries.Judged;
import io.assay.web.rates.RateUnit;
import io.assay.web.system.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A project over a period.
 *
 * @param empty whether nothing has ever been judged
 * @param late events of the period that came too late, and {@code deadLetters} those that could not
 *     be read
 */
record Overview(
    boolean empty,
    Moment start,
    Moment end,
    boolean live,
    long violations,
    Counted counted,
    List<PutAside> late,
    List<PutAside> deadLetters,
    Bars all,
    List<Line> lines,
    List<StreamCard> streams) {

  /** What it is looked up from. */
  record Sources(RateQueries rates, OverviewQueries queries, Optional<CheckedRules> rules) {}

  /** Looks a project's sums up. */
  static Overview of(Sources sources, String project, Range range, Instant now) {
    Optional<Instant> newest = sources.rates().newest(project);
    Period period = Period.of(range, now, newest.orElse(now));
    List<Fired> fired = sources.rates().fired(project, period);
    List<Judged> judged = sources.rates().judged(project, period);
    OverviewQueries queries = sources.queries();
    var figures =
        new StreamCards.Figures(
            judged,
            sources.rates().byStream(project, period.before(heldAgainst(range))),
            fired,
            queries.seen(project, now.minus(Duration.ofMinutes(5))),
            sources.rates().versions(project, period),
            queries.firing(project),
            queries.labels(project),
            embeddings -> queries.release(project, embeddings));
    // Put aside is counted when it happens, not in event time.
    Instant since = now.minus(range.length());
    return new Overview(
        newest.isEmpty(),
        new Moment(period.start()),
        new Moment(period.end()),
        period.live(),
        fired.stream().mapToLong(Fired::violations).sum(),
        StreamCards.sum(judged),
        queries.late(project, since),
        queries.deadLetters(project, since),
        bars(fired, range),
        lines(fired, judged, sources.rules(), period),
        new StreamCards(period, now, figures, sources.rules()).all());
  }

  /** Yesterday, at the same time of day; of longer ranges the stretch before. */
  static Duration heldAgainst(Range range) {
    Duration day = Duration.ofDays(1);
    return range.length().compareTo(day) > 0 ? range.length() : day;
  }

  /**
   * A step of the range.
   *
   * @param all violations that began in it, and {@code streams} of each card
   */
  public record Step(Moment begin, long all, List<Long> streams) {}

  /** The charts' figures. */
  public List<Step> steps() {
    int steps = all.counts().size();
    Duration step = Duration.between(start.instant(), end.instant()).dividedBy(Math.max(1, steps));
    return IntStream.range(0, steps)
        .mapToObj(
            at ->
                new Step(
                    new Moment(start.instant().plus(step.multipliedBy(at))),
                    all.counts().get(at),
                    streams.stream().map(card -> card.bars().counts().get(at)).toList()))
        .toList();
  }

  public long events() {
    return streams.stream().mapToLong(StreamCard::events).sum();
  }

  public double eventsPerSecond() {
    return streams.stream().mapToDouble(StreamCard::perSecond).sum();
  }

  public long lateEvents() {
    return late.stream().mapToLong(PutAside::events).sum();
  }

  public long deadEvents() {
    return deadLetters.stream().mapToLong(PutAside::events).sum();
  }

  /** Of all that was to be judged, how much could not be. */
  public String undecidedShare() {
    return Percent.of(counted.undecidedShare());
  }

  public String shownPerSecond() {
    double shown = eventsPerSecond();
    return String.format(Locale.ROOT, shown < 10 ? "%.1f" : "%.0f", shown);
  }

  private static List<Line> lines(
      List<Fired> fired, List<Judged> judged, Optional<CheckedRules> rules, Period period) {
    Map<String, List<Fired>> firedBy =
        fired.stream().collect(Collectors.groupingBy(Fired::assertion));
    var judgedBy =
        judged.stream()
            .collect(Collectors.groupingBy(Judged::assertion, TreeMap::new, Collectors.toList()));
    firedBy.keySet().forEach(name -> judgedBy.computeIfAbsent(name, unknown -> new ArrayList<>()));
    return judgedBy.entrySet().stream()
        .map(
            entry ->
                Line.of(
                    entry.getKey(),
                    RateUnit.of(
                        entry.getKey(), rules.flatMap(all -> all.assertion(entry.getKey()))),
                    firedBy.getOrDefault(entry.getKey(), List.of()),
                    entry.getValue(),
                    period))
        .sorted(
            Comparator.comparingLong(Line::violations).reversed().thenComparing(Line::assertion))
        .toList();
  }

  private static Bars bars(List<Fired> fired, Range range) {
    long[] counts = new long[range.steps()];
    for (Fired one : fired) {
      if (one.step() >= 0 && one.step() < counts.length) {
        counts[one.step()] += one.violations();
      }
    }
    return Bars.of(counts);
  }

  /**
   * One assertion.
   *
   * @param unit what its rate counts; empty where its rule is not known
   * @param last the step in which it fired last; empty where it did not in the period
   */
  record Line(
      String assertion,
      String stream,
      Level level,
      Mode mode,
      long violations,
      Bars bars,
      Counted counted,
      Optional<Unit> unit,
      Optional<Moment> last) {

    static Line of(
        String name, Optional<Unit> unit, List<Fired> fired, List<Judged> judged, Period period) {
      Optional<Fired> last = fired.isEmpty() ? Optional.empty() : Optional.of(fired.getLast());
      return new Line(
          name,
          last.map(Fired::stream)
              .or(() -> judged.stream().findFirst().map(Judged::stream))
              .orElse(""),
          last.map(Fired::level).orElse(Level.INFO),
          last.map(Fired::mode).orElse(Mode.ACTIVE),
          fired.stream().mapToLong(Fired::violations).sum(),
          Overview.bars(fired, period.range()),
          StreamCards.sum(judged),
          unit,
          last.map(one -> new Moment(period.begin(one.step()))));
    }

    /** The same with the minute that it fired in last; null where it never did. */
    Line firedLast(@Nullable Instant minute) {
      return new Line(
          assertion,
          stream,
          level,
          mode,
          violations,
          bars,
          counted,
          unit,
          Optional.ofNullable(minute).map(Moment::new));
    }

    /** Whether some of what was violated was so more than once: the rate counts it once. */
    public boolean isSeveral() {
      return unit.isPresent() && counted.violated() > 0 && violations > counted.violated();
    }

    /** Violated of judged, in the unit of the assertion's kind; empty while nothing was judged. */
    public String rate() {
      return Percent.of(counted.rate());
    }
  }
}
