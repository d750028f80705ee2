package io.assay.stream.embeddings;

import io.assay.assertion.Mode;
import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.eval.ReleaseJudge;
import io.assay.assertion.eval.ReleasePair;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Embeddings;
import io.assay.stream.assertions.Figures;
import io.assay.stream.assertions.LiveRules;
import io.assay.stream.assertions.VerdictSheet;
import io.assay.stream.contract.CountRecord;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.contract.RecordKeys;
import io.assay.stream.contract.ReleaseRecord;
import io.assay.stream.contract.StabilityRecord;
import io.assay.stream.contract.StabilityRecord.Measured;
import io.assay.stream.contract.StabilityRecord.Moved;
import io.assay.stream.contract.StabilityRecord.Outcome;
import io.assay.stream.contract.StabilityRecord.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Judges closed releases by the rules, and tells violations and counts. */
final class ReleaseVerdicts {
  private final Embeddings embeddings;
  private final EmbeddingsSettings settings;
  private final ProcessorContext<byte[], Sent> context;
  private final Figures figures;
  private final VerdictSheet sheet;

  ReleaseVerdicts(
      Embeddings embeddings,
      EmbeddingsSettings settings,
      KeyValueStore<Bytes, byte[]> store,
      ProcessorContext<byte[], Sent> context,
      Figures figures) {
    this.embeddings = embeddings;
    this.settings = settings;
    this.context = context;
    this.figures = figures;
    this.sheet = new VerdictSheet(store, settings.project(), embeddings.name(), figures);
  }

  /**
   * @param alone what is known of it by itself
   * @param pairs what is known of it against each base
   */
  Judged judge(
      LiveRules.Generation by,
      ReleaseRecord release,
      StabilityRecord alone,
      List<StabilityRecord> pairs) {
    Map<String, List<Verdict>> verdicts = new HashMap<>();
    List<String> objections = new ArrayList<>();
    List<Verdict> deciding = new ArrayList<>();
    Verdicts out = sheet.begin();
    for (CheckedAssertion assertion : AskedOfReleases.assertions(by.rules(), embeddings.name())) {
      var judge =
          new ReleaseJudge(assertion, settings.project(), by.rules().readers(embeddings.name()));
      Optional<String> base = base(judge, release);
      if (base.isPresent()) {
        var recorded = new Recorded(out);
        Optional<StabilityRecord> pair =
            pairs.stream().filter(one -> one.base().equals(base.get())).findFirst();
        judge(judge, base.get(), pair, alone, recorded);
        verdicts
            .computeIfAbsent(pair.isPresent() ? base.get() : "", name -> new ArrayList<>())
            .addAll(recorded.verdicts());
        if (assertion.mode() == Mode.ACTIVE) {
          recorded.verdicts().forEach(verdict -> object(verdict, objections));
          deciding.addAll(recorded.verdicts());
        }
      }
    }
    List<Violation> violations = sheet.end();
    sheet.failures(figures);
    violations.forEach(violation -> send(violation, by.number()));
    return new Judged(verdicts, outcome(deciding), objections);
  }

  private static Optional<Outcome> outcome(List<Verdict> deciding) {
    if (deciding.isEmpty()) {
      return Optional.empty();
    }
    if (deciding.stream().anyMatch(one -> one.outcome() == Outcome.VIOLATED)) {
      return Optional.of(Outcome.VIOLATED);
    }
    return Optional.of(
        deciding.stream().allMatch(one -> one.outcome() == Outcome.HELD)
            ? Outcome.HELD
            : Outcome.UNDECIDED);
  }

  /** Empty where there is nothing to hold it against. */
  private static Optional<String> base(ReleaseJudge judge, ReleaseRecord release) {
    return judge
        .pinned()
        .or(() -> Optional.of(release.previous()))
        .filter(name -> !name.isEmpty() && !name.equals(release.release()));
  }

  private static void judge(
      ReleaseJudge judge,
      String base,
      Optional<StabilityRecord> pair,
      StabilityRecord alone,
      Recorded out) {
    long at = Math.multiplyExact(alone.atMillis(), 1_000_000L);
    if (pair.isEmpty()) {
      judge.undecided(at, "the release '%s' is not there to compare with".formatted(base), out);
    } else if (pair.get().measures().isEmpty()) {
      judge.undecided(at, pair.get().unmeasured(), out);
    } else {
      try {
        judge.judge(pair(pair.get(), pair.get().measures().get(), at), out);
      } catch (RuntimeException failure) {
        out.error(judge.assertion().name(), String.valueOf(failure.getMessage()));
        judge.undecided(at, "the assertion failed: " + failure.getMessage(), out);
      }
    }
  }

  private static ReleasePair pair(StabilityRecord known, Measured measured, long at) {
    Map<Long, Double> neighbours = new HashMap<>();
    measured.neighbours().forEach((k, share) -> neighbours.put((long) k, share));
    Double displacement = measured.displacement();
    return new ReleasePair(
        known.base(),
        known.release(),
        at,
        known.shared(),
        known.coverage(),
        known.saysEis() ? OptionalDouble.of(measured.eis()) : OptionalDouble.empty(),
        neighbours,
        displacement == null ? OptionalDouble.empty() : OptionalDouble.of(displacement),
        measured.pip(),
        measured.overlap(),
        measured.precise() ? 0 : measured.errorBound(),
        known.moved().stream().map(Moved::item).toList());
  }

  private static void object(Verdict verdict, List<String> objections) {
    String line = verdict.assertion() + " " + verdict.expectation();
    switch (verdict.outcome()) {
      case HELD -> {}
      case VIOLATED -> objections.add(line + " is violated");
      case UNDECIDED -> objections.add(line + " is undecided: " + verdict.reason());
    }
  }

  private void send(Violation violation, long generation) {
    figures.foundOne();
    long millis = Math.floorDiv(violation.at(), 1_000_000L);
    var headers = new RecordHeaders();
    HeaderNames.put(headers, HeaderNames.PROJECT, settings.project());
    HeaderNames.put(headers, HeaderNames.ASSERTION, violation.assertion());
    if (generation > 0) {
      HeaderNames.put(headers, HeaderNames.RULE_VERSION, Long.toString(generation));
    }
    HeaderNames.put(headers, HeaderNames.EVENT_TIME, Long.toString(millis));
    var record =
        new Record<>(
            RecordKeys.ofViolation(settings.project(), violation.key()),
            ViolationJson.write(violation),
            context.currentSystemTimeMs(),
            headers);
    context.forward(Sent.of(record, Sent.Route.VIOLATION));
  }

  void sendCounts(long wallClockMillis) {
    sheet.send(
        VerdictSheet.RELEASES + context.taskId().partition(),
        count -> send(count, wallClockMillis));
  }

  private void send(CountRecord count, long millis) {
    var headers = new RecordHeaders();
    HeaderNames.put(headers, HeaderNames.PROJECT, settings.project());
    context.forward(
        Sent.of(new Record<>(count.key(), count.json(), millis, headers), Sent.Route.COUNT));
  }
}
