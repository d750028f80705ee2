package io.assay.web.backtests;

import io.assay.assertion.alert.AlertRehearsal;
import io.assay.assertion.scenario.BacktestReport.AssertionResult;
import io.assay.web.system.Moment;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What came of a backtest, as it is kept and told: bounded, and without what is private.
 *
 * @param events that were judged
 * @param unreadable records that are no event
 * @param steps violations by time
 * @param alerts what people would have been told; {@code pages}: those that say that something
 *     fires
 * @param alertsPerDay null for less than a day
 * @param compared whether both versions were compared violation by violation
 * @param sources where the events came from
 */
public record BacktestResult(
    long events,
    long unreadable,
    List<Assertion> assertions,
    List<Step> steps,
    long alerts,
    long pages,
    @Nullable Double alertsPerDay,
    @Nullable Double pagesPerDay,
    boolean compared,
    List<Source> sources) {
  private static final int MOST_SENTENCE = 600;
  private static final int MOST_KEY = 200;

  public BacktestResult {
    assertions = List.copyOf(assertions);
    steps = List.copyOf(steps);
    sources = List.copyOf(sources);
  }

  /** Violations of a step of time. */
  public record Step(Instant at, long draft, long inForce) {
    /** As the chart names it. */
    public String label() {
      var moment = new Moment(at);
      return moment.day() + " " + moment.minute();
    }
  }

  /**
   * One assertion.
   *
   * @param change {@code added}, {@code removed}, {@code changed} or {@code unchanged}
   * @param violations of the draft; {@code before}: of the rules in force
   * @param onlyDraft violations that only the draft finds; {@code onlyInForce}: that it no longer
   *     finds; {@code both}: that both find
   * @param error why it stopped judging, if it failed in itself
   */
  public record Assertion(
      String name,
      String change,
      long judged,
      long undecided,
      long violations,
      long before,
      long onlyDraft,
      long onlyInForce,
      long both,
      @Nullable String error,
      List<Sample> first,
      List<Sample> worst,
      List<Sample> gone) {
    public Assertion {
      first = List.copyOf(first);
      worst = List.copyOf(worst);
      gone = List.copyOf(gone);
    }
  }

  /** One violation. */
  public record Sample(Instant at, String key, double severity, String sentence, boolean isNew) {
    /** As pages write it. */
    public Moment moment() {
      return new Moment(at);
    }
  }

  /**
   * Where the events of a stream came from.
   *
   * @param fromTopic records that were read from it; {@code fromArchive}: from the archive
   * @param archived whether there is an archive here to read
   * @param since what was received before this is nowhere any more; null where all of the range is
   *     there
   * @param holes records that are missing between others
   */
  public record Source(
      String stream,
      String topic,
      long fromTopic,
      long fromArchive,
      boolean archived,
      @Nullable Instant since,
      List<Hole> holes) {
    public Source {
      holes = List.copyOf(holes);
    }

    /** For pages: whether all of the range is there. */
    public boolean whole() {
      return since == null && holes.isEmpty();
    }

    /** For pages, where it is not. */
    public @Nullable Moment begins() {
      Instant time = since;
      return time == null ? null : new Moment(time);
    }
  }

  /** Records that are nowhere any more; received between both times. */
  public record Hole(Instant after, Instant before, long records) {
    /** As pages write it. */
    public Moment from() {
      return new Moment(after);
    }

    /** As pages write it. */
    public Moment to() {
      return new Moment(before);
    }
  }

  /**
   * As it is kept.
   *
   * @param masked makes a text one that everybody may see
   */
  static BacktestResult of(
      BacktestFigures figures, List<Source> sources, UnaryOperator<String> masked) {
    AlertRehearsal.Told told = figures.alerts();
    return new BacktestResult(
        figures.events(),
        figures.unreadable(),
        figures.assertions().stream().map(one -> assertion(one, masked)).toList(),
        figures.steps().stream()
            .map(one -> new Step(one.at(), one.draft(), one.inForce()))
            .toList(),
        told.notices(),
        told.pages(),
        orNull(told.perDay(told.notices())),
        orNull(told.perDay(told.pages())),
        figures.compared(),
        sources);
  }

  @SuppressWarnings("NullAway") // A record's component that JSON leaves out.
  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static Assertion assertion(
      BacktestFigures.OfAssertion one, UnaryOperator<String> masked) {
    var difference = one.difference();
    return new Assertion(
        difference.assertion(),
        difference.change().name().toLowerCase(Locale.ROOT),
        difference.after().map(AssertionResult::judged).orElse(0L),
        difference.after().map(AssertionResult::undecided).orElse(0L),
        difference.after().map(AssertionResult::violations).orElse(0L),
        difference.before().map(AssertionResult::violations).orElse(0L),
        difference.onlyNew(),
        difference.onlyOld(),
        difference.both(),
        one.result().error().map(why -> bounded(masked.apply(why), MOST_SENTENCE)).orElse(null),
        samples(one.first(), masked),
        samples(one.worst(), masked),
        samples(one.gone(), masked));
  }

  private static List<Sample> samples(
      List<BacktestFigures.Sample> samples, UnaryOperator<String> masked) {
    return samples.stream()
        .map(
            one ->
                new Sample(
                    one.at(),
                    bounded(masked.apply(one.key()), MOST_KEY),
                    one.severity(),
                    bounded(masked.apply(one.sentence()), MOST_SENTENCE),
                    one.isNew()))
        .toList();
  }

  /** A sentence as it is kept. */
  static String sentence(String text) {
    return bounded(text, MOST_SENTENCE);
  }

  /** By code points, so that none is cut in two. */
  private static String bounded(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most)) + "…";
  }

  /** Of all assertions together. */
  long violationsOfDraft() {
    return assertions.stream().mapToLong(Assertion::violations).sum();
  }

  long violationsInForce() {
    return assertions.stream().mapToLong(Assertion::before).sum();
  }
}
