package io.assay.web.stability;

import io.assay.assertion.rule.ir.Model;
import io.assay.stability.Gate;
import io.assay.stability.Gate.Found;
import io.assay.stability.Gate.Line;
import io.assay.stability.Gate.Measure;
import io.assay.stability.Gate.Outcome;
import io.assay.stream.contract.ReleaseStatus;
import io.assay.stream.contract.StabilityRecord;
import io.assay.stream.contract.StabilityRecord.Interval;
import io.assay.stream.contract.StabilityRecord.Measured;
import io.assay.stream.contract.StabilityRecord.Verdict;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether a closed release may go on to what is built on it. */
final class ReleaseGate {
  private ReleaseGate() {}

  /**
   * The answer.
   *
   * @param outcome {@code pass}, {@code fail} or {@code undecided}
   * @param why where nothing was measured, or there is nothing to decide by; else null
   * @param base what the release was held against; null where it was the first
   * @param verdicts of the rules' assertions; they decide where no bound was given
   * @param models that read the embeddings
   */
  record Answer(
      String outcome,
      @Nullable String why,
      String embeddings,
      String release,
      @Nullable String base,
      String status,
      List<Bound> bounds,
      List<Verdict> verdicts,
      List<StabilityRecord.Moved> moved,
      List<Reader> models) {}

  /** A bound that was given; one of {@code max} and {@code min} is null. */
  record Bound(
      String measure,
      @Nullable Double max,
      @Nullable Double min,
      @Nullable Double value,
      @Nullable Double low,
      @Nullable Double high,
      String outcome,
      @Nullable String why) {
    static Bound of(Line line) {
      return new Bound(
          line.measure().word(),
          line.measure().isAtMost() ? line.bound() : null,
          line.measure().isAtMost() ? null : line.bound(),
          finite(line.found().value().orElse(Double.NaN)),
          finite(line.found().low()),
          finite(line.found().high()),
          word(line.outcome()),
          line.why().orElse(null));
    }
  }

  /** A model that reads the embeddings. */
  record Reader(String name, @Nullable String title, @Nullable String owner) {
    static Reader of(Model model) {
      return new Reader(model.name(), model.title().orElse(null), model.owner().orElse(null));
    }
  }

  /** By what became of it, where no bound is given. */
  static Answer byRules(StabilityRecord alone, List<StabilityRecord> pairs, List<Model> models) {
    List<Verdict> verdicts =
        Stream.concat(Stream.of(alone), pairs.stream())
            .flatMap(record -> record.verdicts().stream())
            .toList();
    List<StabilityRecord.Moved> moved = pairs.isEmpty() ? List.of() : pairs.getFirst().moved();
    Ruled ruled = ruled(alone, pairs.isEmpty());
    String base = alone.bases().isEmpty() && pairs.isEmpty() ? null : base(alone, pairs);
    return answer(ruled.outcome(), ruled.why(), alone, base, List.of(), verdicts, moved, models);
  }

  private record Ruled(Outcome outcome, String why) {}

  private static Ruled ruled(StabilityRecord alone, boolean isAlone) {
    if (alone.status() == ReleaseStatus.ABANDONED) {
      return new Ruled(Outcome.UNDECIDED, alone.why());
    }
    if (!alone.by().isEmpty()) {
      return new Ruled(Outcome.PASS, "accepted by " + alone.by());
    }
    if (alone.status() == ReleaseStatus.ACCEPTED && alone.bases().isEmpty() && isAlone) {
      return new Ruled(Outcome.PASS, "it was held against nothing");
    }
    return alone
        .judged()
        .map(
            judged ->
                switch (judged) {
                  case HELD -> new Ruled(Outcome.PASS, "all active assertions hold");
                  case VIOLATED -> new Ruled(Outcome.FAIL, alone.why());
                  case UNDECIDED -> new Ruled(Outcome.UNDECIDED, alone.why());
                })
        .orElseGet(
            () ->
                new Ruled(
                    Outcome.UNDECIDED, "no bound was given, and no active assertion decides"));
  }

  /**
   * The one accepted before; of a release that is held against pinned ones only, the first. Records
   * of before do not say what a release was held against; those of pairs do.
   */
  static String base(StabilityRecord alone, List<StabilityRecord> pairs) {
    if (alone.bases().isEmpty()) {
      return pairs.getFirst().base();
    }
    return alone.previous().isEmpty() ? alone.bases().getFirst() : alone.previous();
  }

  /** It was held against nothing: so the first of all passes any bound, and says so. */
  static Answer alone(StabilityRecord alone, List<Model> models) {
    boolean isFirst = alone.status() == ReleaseStatus.ACCEPTED;
    String why = isFirst || alone.why().isEmpty() ? "it was held against nothing" : alone.why();
    return answer(
        isFirst ? Outcome.PASS : Outcome.UNDECIDED,
        why,
        alone,
        null,
        List.of(),
        alone.verdicts(),
        List.of(),
        models);
  }

  /** By bounds. */
  static Answer of(
      StabilityRecord alone, StabilityRecord pair, GateQuery query, List<Model> models) {
    List<Line> lines = query.gate().lines(found(pair, query.neighbours()));
    return answer(
        Gate.outcome(lines),
        why(pair),
        alone,
        pair.base(),
        lines.stream().map(Bound::of).toList(),
        pair.verdicts(),
        pair.moved(),
        models);
  }

  private static @Nullable String why(StabilityRecord pair) {
    if (pair.measures().isPresent() && !pair.saysEis()) {
      return "the vectors of both span as many directions as there are items: eis says nothing";
    }
    return pair.unmeasured().isEmpty() ? null : pair.unmeasured();
  }

  private static Answer answer(
      Outcome outcome,
      @Nullable String why,
      StabilityRecord record,
      @Nullable String base,
      List<Bound> bounds,
      List<Verdict> verdicts,
      List<StabilityRecord.Moved> moved,
      List<Model> models) {
    return new Answer(
        word(outcome),
        why,
        record.embeddings(),
        record.release(),
        base,
        record.status().name().toLowerCase(Locale.ROOT),
        bounds,
        verdicts,
        moved,
        models.stream().map(Reader::of).toList());
  }

  private static Map<Measure, Found> found(StabilityRecord compared, int neighbours) {
    Map<Measure, Found> found = new EnumMap<>(Measure.class);
    found.put(Measure.COVERAGE, Found.of(compared.coverage()));
    compared.measures().ifPresent(measured -> put(found, measured, neighbours, compared.saysEis()));
    return found;
  }

  private static void put(
      Map<Measure, Found> found, Measured measured, int neighbours, boolean saysEis) {
    double error = measured.precise() ? 0 : measured.errorBound();
    put(found, Measure.EIS, saysEis ? measured.eis() : null, error, measured, "eis");
    put(found, Measure.OVERLAP, measured.overlap(), error, measured, "overlap");
    put(found, Measure.PIP, measured.pip(), 0, measured, "pip");
    put(found, Measure.DISPLACEMENT, measured.displacement(), 0, measured, "displacement");
    Double share = measured.neighbours().get(neighbours);
    put(found, Measure.NEIGHBOURS, share, 0, measured, "neighbours" + neighbours);
  }

  private static void put(
      Map<Measure, Found> found,
      Measure measure,
      @Nullable Double value,
      double error,
      Measured measured,
      String interval) {
    if (value != null) {
      Interval noise = measured.intervals().get(interval);
      found.put(
          measure,
          new Found(
              OptionalDouble.of(value),
              error,
              noise == null ? Double.NaN : noise.low(),
              noise == null ? Double.NaN : noise.high()));
    }
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static String word(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
