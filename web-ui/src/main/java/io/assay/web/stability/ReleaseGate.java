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

  /** It was held against nothing: the first of all passes, one that was passed over does not. */
  static Answer alone(StabilityRecord alone, List<Model> models) {
    boolean isPassedOver =
        alone.status() == ReleaseStatus.REJECTED || alone.status() == ReleaseStatus.ABANDONED;
    String why =
        isPassedOver && !alone.why().isEmpty() ? alone.why() : "it was held against nothing";
    Outcome outcome = isPassedOver ? Outcome.UNDECIDED : Outcome.PASS;
    return answer(outcome, why, alone, null, List.of(), models);
  }

  static Answer of(StabilityRecord compared, GateQuery query, List<Model> models) {
    List<Line> lines = query.gate().lines(found(compared, query.neighbours()));
    List<Bound> bounds = lines.stream().map(Bound::of).toList();
    @Nullable String unmeasured = compared.unmeasured().isEmpty() ? null : compared.unmeasured();
    if (!lines.isEmpty()) {
      return answer(Gate.outcome(lines), unmeasured, compared, compared.base(), bounds, models);
    }
    if (compared.verdicts().isEmpty()) {
      return answer(
          Outcome.UNDECIDED,
          "no bound was given, and no assertion compares the two",
          compared,
          compared.base(),
          bounds,
          models);
    }
    Outcome ruled = ruled(compared.verdicts());
    return answer(ruled, unmeasured, compared, compared.base(), bounds, models);
  }

  private static Outcome ruled(List<Verdict> verdicts) {
    boolean fails =
        verdicts.stream().anyMatch(one -> one.outcome() == StabilityRecord.Outcome.VIOLATED);
    boolean holds =
        verdicts.stream().allMatch(one -> one.outcome() == StabilityRecord.Outcome.HELD);
    return fails ? Outcome.FAIL : holds ? Outcome.PASS : Outcome.UNDECIDED;
  }

  private static Answer answer(
      Outcome outcome,
      @Nullable String why,
      StabilityRecord record,
      @Nullable String base,
      List<Bound> bounds,
      List<Model> models) {
    return new Answer(
        word(outcome),
        why,
        record.embeddings(),
        record.release(),
        base,
        record.status().name().toLowerCase(Locale.ROOT),
        bounds,
        record.verdicts(),
        record.moved(),
        models.stream().map(Reader::of).toList());
  }

  private static Map<Measure, Found> found(StabilityRecord compared, int neighbours) {
    Map<Measure, Found> found = new EnumMap<>(Measure.class);
    found.put(Measure.COVERAGE, Found.of(compared.coverage()));
    compared.measures().ifPresent(measured -> put(found, measured, neighbours));
    return found;
  }

  private static void put(Map<Measure, Found> found, Measured measured, int neighbours) {
    double error = measured.precise() ? 0 : measured.errorBound();
    put(found, Measure.EIS, measured.eis(), error, measured, "eis");
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
