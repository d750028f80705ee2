package io.assay.assertion.eval;

import io.assay.assertion.eval.WindowFigures.Figure;
import io.assay.assertion.eval.WindowFigures.Part;
import io.assay.assertion.eval.WindowJudgement.Row;
import io.assay.assertion.eval.term.Evidence;
import io.assay.assertion.eval.term.TermText;
import io.assay.assertion.event.Type;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Term;
import io.assay.assertion.rule.ir.Windowing.Statistic;
import io.assay.assertion.statistics.Calibration;
import io.assay.assertion.statistics.Confusion;
import io.assay.assertion.statistics.Histogram;
import io.assay.assertion.statistics.Mergeable;
import io.assay.assertion.statistics.RankedScores;
import io.assay.assertion.statistics.Share;
import io.assay.assertion.statistics.ShareInterval;
import io.assay.assertion.statistics.ValueCounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes figures that people read of a window's statistics. Private ones stay untold. */
final class FigureReading {
  private static final double CONFIDENCE = 0.95;
  private static final int BINS = 10;
  private static final int MOST_NAMES = 50;

  /** By whose local a line holds a statistic against a number. */
  private final Map<Integer, Double> limits = new HashMap<>();

  private final WindowRule rule;

  FigureReading(WindowRule rule) {
    this.rule = rule;
    ((Kind.Expect) rule.scope.assertion.kind())
        .expectations()
        .forEach(line -> limit(line.condition()));
    for (CheckedAssertion.Let let : rule.windowing.lets()) {
      Double limit = limits.get(let.local().index());
      if (limit != null && let.term() instanceof Term.Read read) {
        limits.putIfAbsent(read.local().index(), limit);
      }
    }
  }

  /** Whether anything may be told: nothing is of private segments, or of single keys. */
  boolean isTold() {
    return !rule.isOfKeys()
        && rule.windowing.segments().stream()
            .noneMatch(segment -> Evidence.isHidden(rule.scope.terms, segment.value()));
  }

  private void limit(Term condition) {
    if (condition instanceof Term.Junction both) {
      limit(both.left());
      limit(both.right());
    } else if (condition instanceof Term.Call call && call.arguments().size() == 2) {
      limit(call.arguments().get(0), call.arguments().get(1));
      limit(call.arguments().get(1), call.arguments().get(0));
    }
  }

  private void limit(Term read, Term number) {
    if (read instanceof Term.Read of
        && number instanceof Term.Constant constant
        && constant.value() instanceof Number value) {
      limits.putIfAbsent(of.local().index(), value.doubleValue());
    }
  }

  /**
   * All statistics of a row that are not private.
   *
   * @param estimates whether those that stand for missing truths are asked for, or the others
   * @param baselines by place: the states that they were held against
   */
  List<Figure> of(Row row, boolean estimates, Map<Integer, Mergeable<?>> baselines) {
    List<Figure> all = new ArrayList<>();
    int from = estimates ? rule.statistics : 0;
    int to = estimates ? rule.shape.gauges().size() : rule.statistics;
    for (int place = from; place < to; place++) {
      Gauge<?> gauge = rule.shape.gauges().get(place);
      if (!isHidden(gauge.statistic())) {
        all.add(figure(gauge, row, place, estimates, baselines.get(place)));
      }
    }
    return all;
  }

  private boolean isHidden(Statistic statistic) {
    return !statistic.overload().startsWith("missing_")
        && statistic.terms().stream().anyMatch(term -> Evidence.isHidden(rule.scope.terms, term));
  }

  private Figure figure(
      Gauge<?> gauge, Row row, int place, boolean estimated, @Nullable Mergeable<?> baseline) {
    Statistic statistic = gauge.statistic();
    Mergeable<?> own = row.pane.states[place];
    Object value =
        estimated && own != null ? gauge.value(own, null).orElse(null) : row.values[place];
    Optional<ShareInterval> interval =
        value == null || own == null ? Optional.empty() : interval(statistic, own);
    String function = statistic.overload().split("_over_")[0];
    return new Figure(
        WindowNames.text(statistic),
        estimated ? function.substring("estimated_".length()) : function,
        statistic.terms().stream().limit(1).map(TermText::of).collect(Collectors.joining()),
        statistic.baseline().map(WindowNames::text).orElse(""),
        number(value),
        number(row.uncorrected[place]),
        interval.map(it -> OptionalDouble.of(it.low())).orElse(OptionalDouble.empty()),
        interval.map(it -> OptionalDouble.of(it.high())).orElse(OptionalDouble.empty()),
        boxed(limits.get(statistic.local().index())),
        estimated,
        own == null ? List.of() : parts(statistic, own, baseline));
  }

  private static OptionalDouble number(@Nullable Object value) {
    return value instanceof Number number
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }

  private static OptionalDouble boxed(@Nullable Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static Optional<ShareInterval> interval(Statistic statistic, Mergeable<?> own) {
    return switch (own) {
      case Share share -> {
        boolean missing = statistic.overload().startsWith("missing_");
        long told = missing ? share.told() + share.missing() : share.told();
        yield told == 0
            ? Optional.empty()
            : Optional.of(
                ShareInterval.wilson(missing ? share.missing() : share.held(), told, CONFIDENCE));
      }
      case Confusion confusion -> confusion.interval(statistic.local().name(), CONFIDENCE);
      case RankedScores scores -> scores.interval(CONFIDENCE);
      default -> Optional.empty();
    };
  }

  private static List<Part> parts(
      Statistic statistic, Mergeable<?> own, @Nullable Mergeable<?> baseline) {
    if (own instanceof Calibration calibration) {
      return calibration.bins().stream()
          .map(
              bin ->
                  new Part(
                      "", OptionalDouble.of(bin.upTo()), bin.positives(), bin.count(), bin.mean()))
          .toList();
    }
    if (!(own instanceof ValueCounts now) || !(baseline instanceof ValueCounts before)) {
      return List.of();
    }
    Histogram histogram =
        isCategory(statistic.terms().getFirst().type())
            ? Histogram.ofCategories(before, now, names(statistic.terms().getFirst().type()))
            : Histogram.ofNumbers(before, now, BINS);
    return histogram.bins().stream()
        .map(
            bin ->
                new Part(bin.name(), bin.upTo(), bin.before(), bin.now(), OptionalDouble.empty()))
        .toList();
  }

  private static boolean isCategory(Type type) {
    return type instanceof Type.EnumOf
        || Set.<Type>of(Type.Basic.STRING, Type.Basic.BOOL).contains(type);
  }

  private static List<String> names(Type type) {
    return type instanceof Type.EnumOf of
        ? of.values().stream().limit(MOST_NAMES).toList()
        : type == Type.Basic.BOOL ? List.of("true", "false") : List.of();
  }

  /** What a line says, with its statistics by name. */
  String condition(String line) {
    List<Kind.Expectation> all = ((Kind.Expect) rule.scope.assertion.kind()).expectations();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).name().orElse(Integer.toString(i + 1)).equals(line)) {
        return TermText.of(all.get(i).condition());
      }
    }
    return "";
  }
}
