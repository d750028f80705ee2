package io.assay.web.assertions;

import io.assay.assertion.Level;
import io.assay.assertion.Mode;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.weaklabel.Reviews;
import io.assay.web.rates.Counted;
import io.assay.web.rates.Period;
import io.assay.web.rates.RateQueries;
import io.assay.web.rates.RateQueries.Fired;
import io.assay.web.rates.RateQueries.Judged;
import io.assay.web.rates.RateUnit;
import io.assay.web.review.ReviewCounts;
import io.assay.web.rules.AssertionState;
import io.assay.web.rules.KnownAssertion;
import io.assay.web.rules.KnownAssertions;
import io.assay.web.system.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** All assertions of a project: those of the rules, and those that were judged in the period. */
@Component
class AssertionLines {
  /** Held against one of them; more would take as long as all. */
  private static final int LIKE_IT = 40;

  private final KnownAssertions known;
  private final RateQueries rates;
  private final ReviewCounts reviews;

  AssertionLines(KnownAssertions known, RateQueries rates, ReviewCounts reviews) {
    this.known = known;
    this.rates = rates;
    this.reviews = reviews;
  }

  /** In no order. */
  List<AssertionLine> of(String project, Period period) {
    List<KnownAssertion> rules = known.of(project);
    return lines(
        project,
        rules,
        !rules.isEmpty(),
        rates.judged(project, period),
        rates.fired(project, period),
        period);
  }

  /** Those of the rules that fit, the first of them, and none besides. */
  List<AssertionLine> known(String project, Predicate<KnownAssertion> fits, Period period) {
    List<KnownAssertion> rules = known.of(project).stream().filter(fits).limit(LIKE_IT).toList();
    List<String> names = rules.stream().map(one -> one.assertion().name()).toList();
    return names.isEmpty()
        ? List.of()
        : lines(
            project,
            rules,
            true,
            rates.judged(project, names, period),
            rates.fired(project, names, period),
            period);
  }

  /** One of them; nothing where neither the rules nor the roll-ups know it. */
  Optional<AssertionLine> one(String project, String name, Period period) {
    List<KnownAssertion> all = known.of(project);
    List<KnownAssertion> rule =
        all.stream().filter(one -> one.assertion().name().equals(name)).toList();
    List<Judged> judged = rates.judged(project, List.of(name), period);
    List<Fired> fired = rates.fired(project, List.of(name), period);
    boolean isKnown =
        !rule.isEmpty() || !judged.isEmpty() || !rates.last(project, List.of(name)).isEmpty();
    return isKnown
        ? lines(project, rule, !all.isEmpty(), judged, fired, period).stream()
            .filter(line -> line.name().equals(name))
            .findFirst()
            .or(() -> Optional.of(gone(project, name, !all.isEmpty(), period)))
        : Optional.empty();
  }

  private List<AssertionLine> lines(
      String project,
      List<KnownAssertion> rules,
      boolean areRulesKnown,
      List<Judged> judged,
      List<Fired> fired,
      Period period) {
    Map<String, KnownAssertion> rule = new TreeMap<>();
    rules.forEach(one -> rule.put(one.assertion().name(), one));
    Map<String, List<Judged>> judgedBy =
        judged.stream().collect(Collectors.groupingBy(Judged::assertion));
    Map<String, List<Fired>> firedBy =
        fired.stream().collect(Collectors.groupingBy(Fired::assertion));
    var names = new TreeSet<>(rule.keySet());
    names.addAll(judgedBy.keySet());
    names.addAll(firedBy.keySet());
    Map<String, Instant> last = rates.last(project, List.copyOf(names));
    Map<String, Reviews> found = reviews.flags(project);
    Map<String, Health> between = between(project, rules, judgedBy, firedBy, last, period);
    return names.stream()
        .map(
            name ->
                line(
                    name,
                    Optional.ofNullable(rule.get(name)),
                    areRulesKnown,
                    judgedBy.getOrDefault(name, List.of()),
                    firedBy.getOrDefault(name, List.of()),
                    Optional.ofNullable(last.get(name)),
                    found.getOrDefault(name, Reviews.none()),
                    Optional.ofNullable(between.get(name)),
                    period))
        .toList();
  }

  /**
   * Of those that judge less often than the range is long, and judged nothing in it: what they did
   * before. One look more, and only where there are such.
   */
  private Map<String, Health> between(
      String project,
      List<KnownAssertion> rules,
      Map<String, List<Judged>> judgedBy,
      Map<String, List<Fired>> firedBy,
      Map<String, Instant> last,
      Period period) {
    Map<String, Duration> rhythms = new TreeMap<>();
    for (KnownAssertion one : rules) {
      String name = one.assertion().name();
      Duration rhythm = Rhythm.of(one.assertion());
      boolean judgedNone =
          judgedBy.getOrDefault(name, List.of()).stream()
              .allMatch(judged -> judged.counted().judged() == 0);
      if (judgedNone
          && !firedBy.containsKey(name)
          && Rhythm.mayPass(rhythm, period.range())
          && (one.state() == AssertionState.ACTIVE || one.state() == AssertionState.SHADOW)) {
        rhythms.put(name, rhythm);
      }
    }
    if (rhythms.isEmpty()) {
      return Map.of();
    }
    Period longer =
        Rhythm.longer(period, rhythms.values().stream().max(Comparator.naturalOrder()).get());
    Map<String, List<Judged>> before =
        rates.judged(project, rhythms.keySet(), longer).stream()
            .collect(Collectors.groupingBy(Judged::assertion));
    Map<String, Health> found = new TreeMap<>();
    rhythms.forEach(
        (name, rhythm) ->
            found.put(
                name,
                Rhythm.of(
                    before.getOrDefault(name, List.of()), longer, rhythm, last.containsKey(name))));
    return found;
  }

  private static AssertionLine line(
      String name,
      Optional<KnownAssertion> rule,
      boolean areRulesKnown,
      List<Judged> judged,
      List<Fired> fired,
      Optional<Instant> last,
      Reviews reviews,
      Optional<Health> between,
      Period period) {
    Counted[] steps = steps(judged, period);
    Counted counted = Arrays.stream(steps).reduce(Counted.NONE, Counted::plus);
    Optional<CheckedAssertion> checked = rule.map(KnownAssertion::assertion);
    // What every stream has without a rule is in force wherever it judges.
    boolean builtIn = name.equals(CheckedAssertion.SCHEMA);
    AssertionState state = rule.map(KnownAssertion::state).orElse(AssertionState.ACTIVE);
    Mode mode =
        checked
            .map(CheckedAssertion::mode)
            .orElseGet(() -> fired.isEmpty() ? Mode.ACTIVE : fired.getLast().mode());
    Level level =
        checked
            .map(CheckedAssertion::level)
            .orElseGet(() -> fired.isEmpty() ? Level.INFO : fired.getLast().level());
    return new AssertionLine(
        name,
        checked.flatMap(CheckedAssertion::title).orElse(""),
        streams(checked, judged, fired),
        mode.name(),
        level,
        areRulesKnown && rule.isEmpty() && !builtIn
            ? Health.GONE
            // What is built in is no threshold of anybody's: it is never dead.
            : between.orElseGet(
                () -> Health.of(state, counted, !fired.isEmpty(), builtIn || last.isPresent())),
        rule.map(KnownAssertion::why).orElse(""),
        RateUnit.of(name, checked),
        checked.flatMap(one -> one.documentation().owner()).orElse(""),
        List.of(steps),
        counted,
        fired.stream().mapToLong(Fired::violations).sum(),
        last.map(Moment::new),
        reviews,
        checked.map(Rhythm::of).orElse(Duration.ZERO));
  }

  /** Judged once, and not in the period. */
  private AssertionLine gone(String project, String name, boolean areRulesKnown, Period period) {
    return line(
        name,
        Optional.empty(),
        areRulesKnown,
        List.of(),
        List.of(),
        Optional.ofNullable(rates.last(project, List.of(name)).get(name)),
        reviews.flags(project).getOrDefault(name, Reviews.none()),
        Optional.empty(),
        period);
  }

  private static List<String> streams(
      Optional<CheckedAssertion> checked, List<Judged> judged, List<Fired> fired) {
    var names = new TreeSet<String>();
    checked.ifPresent(one -> names.add(one.on().name()));
    Stream.concat(judged.stream().map(Judged::stream), fired.stream().map(Fired::stream))
        .forEach(names::add);
    return new ArrayList<>(names);
  }

  static Counted[] steps(List<Judged> judged, Period period) {
    var steps = new Counted[period.range().steps()];
    Arrays.fill(steps, Counted.NONE);
    for (Judged one : judged) {
      if (one.step() >= 0 && one.step() < steps.length) {
        steps[one.step()] = steps[one.step()].plus(one.counted());
      }
    }
    return steps;
  }
}
