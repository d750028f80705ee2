package io.assay.web.overview;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Model;
import io.assay.web.overview.OverviewQueries.Labels;
import io.assay.web.overview.OverviewQueries.Release;
import io.assay.web.overview.OverviewQueries.Seen;
import io.assay.web.rates.Bars;
import io.assay.web.rates.Counted;
import io.assay.web.rates.Period;
import io.assay.web.rates.RateQueries.Fired;
import io.assay.web.rates.RateQueries.Judged;
import io.assay.web.rates.RateQueries.Version;
import io.assay.web.system.Moment;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** A card for each stream that is declared, or that something was judged of. */
final class StreamCards {
  private final Period period;
  private final Instant now;
  private final Figures figures;
  private final Optional<CheckedRules> rules;

  /**
   * All that was looked up.
   *
   * @param before judged in the stretch that the period is held against, by stream
   * @param recent events of the last minutes
   * @param alerts that fire, by assertion
   * @param releases by the name of the embeddings
   */
  record Figures(
      List<Judged> judged,
      Map<String, Counted> before,
      List<Fired> fired,
      List<Seen> recent,
      List<Version> versions,
      Map<String, Long> alerts,
      List<Labels> labels,
      Function<String, Optional<Release>> releases) {}

  StreamCards(Period period, Instant now, Figures figures, Optional<CheckedRules> rules) {
    this.period = period;
    this.now = now;
    this.figures = figures;
    this.rules = rules;
  }

  /** Those whose model is declared before the others, by name. */
  List<StreamCard> all() {
    var names = new TreeSet<String>();
    figures.judged().forEach(one -> names.add(one.stream()));
    rules.ifPresent(all -> all.streams().forEach(stream -> names.add(stream.name())));
    return names.stream()
        .map(this::card)
        .sorted(
            Comparator.comparing((StreamCard card) -> card.model().isEmpty())
                .thenComparing(StreamCard::stream))
        .toList();
  }

  private StreamCard card(String stream) {
    List<Judged> judged = of(figures.judged(), stream);
    Optional<String> model = rules.flatMap(all -> all.stream(stream)).flatMap(StreamType::model);
    Optional<Moment> newest = newest(stream, judged);
    return new StreamCard(
        model.orElse(""),
        stream,
        events(judged),
        StreamCard.perSecond(
            figures.recent().stream().filter(s -> s.stream().equals(stream)).toList(), now),
        newest,
        newest.map(at -> StreamCard.behind(at.instant(), now)).orElse(""),
        sum(judged),
        figures.before().getOrDefault(stream, Counted.NONE),
        bars(stream),
        figures.versions().stream()
            .filter(version -> version.stream().equals(stream))
            .filter(version -> period.step(version.first()) >= 0)
            .map(
                version ->
                    StreamCard.Mark.of(
                        version.version(),
                        version.first(),
                        period.start(),
                        period.range().length()))
            .toList(),
        alerts(stream),
        figures.labels().stream().filter(one -> one.stream().equals(stream)).findFirst(),
        model.map(this::reads).orElse(List.of()).stream()
            .flatMap(name -> figures.releases().apply(name).stream())
            .toList());
  }

  /** Of the assertions that judge it, as the rules say. */
  private long alerts(String stream) {
    return figures.alerts().entrySet().stream()
        .filter(
            one ->
                rules
                    .flatMap(all -> all.assertion(one.getKey()))
                    .filter(assertion -> assertion.on().name().equals(stream))
                    .isPresent())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private List<String> reads(String model) {
    return rules.stream()
        .flatMap(all -> all.declared().models().stream())
        .filter(one -> one.name().equals(model))
        .map(Model::reads)
        .findFirst()
        .orElse(List.of());
  }

  /** To the minute where events come now, else to the step. */
  private Optional<Moment> newest(String stream, List<Judged> judged) {
    Optional<Instant> minute =
        figures.recent().stream()
            .filter(one -> one.stream().equals(stream))
            .map(Seen::minute)
            .max(Comparator.naturalOrder());
    return minute
        .or(
            () ->
                judged.stream()
                    .filter(one -> one.counted().seen() > 0)
                    .map(one -> period.begin(one.step()))
                    .max(Comparator.naturalOrder()))
        .map(Moment::new);
  }

  /** What the assertion that saw most of a step has seen. */
  private static long events(List<Judged> judged) {
    Map<Integer, Map<String, Long>> steps = new HashMap<>();
    for (Judged one : judged) {
      steps
          .computeIfAbsent(one.step(), step -> new HashMap<>())
          .merge(one.assertion() + '/' + one.expectation(), one.counted().seen(), Long::sum);
    }
    return steps.values().stream()
        .mapToLong(step -> step.values().stream().mapToLong(Long::longValue).max().orElse(0))
        .sum();
  }

  private Bars bars(String stream) {
    long[] counts = new long[period.range().steps()];
    figures.fired().stream()
        .filter(one -> one.stream().equals(stream))
        .filter(one -> one.step() >= 0 && one.step() < counts.length)
        .forEach(one -> counts[one.step()] += one.violations());
    return Bars.of(counts);
  }

  private static List<Judged> of(List<Judged> all, String stream) {
    return all.stream().filter(one -> one.stream().equals(stream)).toList();
  }

  static Counted sum(List<Judged> judged) {
    return judged.stream().map(Judged::counted).reduce(Counted.NONE, Counted::plus);
  }
}
