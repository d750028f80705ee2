package io.assay.stream.assertions;

import io.assay.assertion.Violation;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Event;
import io.assay.stream.contract.AwaitingRecord;
import io.assay.stream.contract.CountRecord;
import io.assay.stream.contract.ErasureDone;
import io.assay.stream.contract.FiguresRecord;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.contract.LateRecord;
import io.assay.stream.contract.PartialRecord;
import io.assay.stream.contract.RecordKeys;
import io.assay.stream.contract.RuleUse;
import io.assay.stream.contract.SilentRecord;
import io.assay.stream.contract.TickRecord;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Makes records of verdicts and hands them to the sinks. */
final class Outgoing {
  private final String project;
  private final long generation;
  private final ProcessorContext<byte[], byte[]> context;

  /** {@code generation}: of the rules that judge; 0 where they have none. */
  Outgoing(String project, long generation, ProcessorContext<byte[], byte[]> context) {
    this.project = project;
    this.generation = generation;
    this.context = context;
  }

  private void putGeneration(Headers headers) {
    if (generation > 0) {
      HeaderNames.put(headers, HeaderNames.RULE_VERSION, Long.toString(generation));
    }
  }

  /** From this record on. */
  void use(RuleUse use, long timestamp) {
    var headers = new RecordHeaders();
    HeaderNames.put(headers, HeaderNames.PROJECT, project);
    context.forward(
        new Record<>(use.key(), use.json(), timestamp, headers), AssertionTopology.RULE_USE);
  }

  void erased(ErasureDone done, long timestamp) {
    var headers = new RecordHeaders();
    HeaderNames.put(headers, HeaderNames.PROJECT, project);
    context.forward(
        new Record<>(done.key(), done.json(), timestamp, headers), AssertionTopology.ERASURES);
  }

  /**
   * @param judged the event at which it was found; null where time that passed has told
   * @param trace those that go on with it are part of, where the event decides it
   */
  void violation(
      Gathered.Found found, @Nullable Event judged, long timestamp, @Nullable String trace) {
    Violation violation = found.violation();
    Optional<Coordinates> source = source(violation, judged);
    var headers = new RecordHeaders();
    HeaderNames.put(headers, HeaderNames.PROJECT, project);
    HeaderNames.put(headers, HeaderNames.ASSERTION, violation.assertion());
    putGeneration(headers);
    HeaderNames.put(
        headers, HeaderNames.EVENT_TIME, Long.toString(Math.floorDiv(violation.at(), 1_000_000L)));
    source.ifPresent(
        at ->
            HeaderNames.put(
                headers,
                HeaderNames.SOURCE,
                at.topic() + '-' + at.partition() + '@' + at.offset()));
    if (judged != null && trace != null && source.equals(Optional.of(judged.source()))) {
      HeaderNames.put(headers, HeaderNames.TRACEPARENT, trace);
    }
    context.forward(
        new Record<>(
            RecordKeys.ofViolation(project, violation.key()), found.json(), timestamp, headers),
        AssertionTopology.VIOLATIONS);
  }

  /**
   * Of the deciding event, which is not the judged one where events are put in order first; of a
   * window none is.
   */
  private static Optional<Coordinates> source(Violation violation, @Nullable Event judged) {
    return violation.spanEvents().stream()
        .filter(event -> event.id().equals(violation.decidingEvent()))
        .map(Violation.EventReference::source)
        .findFirst()
        .or(() -> Optional.ofNullable(judged).map(Event::source))
        .or(() -> last(violation));
  }

  private static Optional<Coordinates> last(Violation violation) {
    return violation.spanEvents().isEmpty()
        ? Optional.empty()
        : Optional.of(violation.spanEvents().getLast().source());
  }

  void count(CountRecord count, long timestamp) {
    var headers = new RecordHeaders();
    HeaderNames.put(headers, HeaderNames.PROJECT, project);
    context.forward(
        new Record<>(count.key(), count.json(), timestamp, headers), AssertionTopology.COUNTS);
  }

  void figures(FiguresRecord figures, long timestamp) {
    var headers = new RecordHeaders();
    HeaderNames.put(headers, HeaderNames.PROJECT, project);
    HeaderNames.put(headers, HeaderNames.ASSERTION, figures.assertion());
    putGeneration(headers);
    context.forward(
        new Record<>(figures.key(), figures.json(), timestamp, headers), AssertionTopology.FIGURES);
  }

  void tick(TickRecord tick, long timestamp) {
    var headers = new RecordHeaders();
    HeaderNames.put(headers, HeaderNames.PROJECT, project);
    context.forward(
        new Record<>(RecordKeys.ofViolation(project, tick.key()), tick.json(), timestamp, headers),
        AssertionTopology.TICKS);
  }

  void voice(SilentRecord voice, long timestamp) {
    var headers = new RecordHeaders();
    HeaderNames.put(headers, HeaderNames.PROJECT, project);
    HeaderNames.put(headers, HeaderNames.ASSERTION, voice.assertion());
    putGeneration(headers);
    context.forward(
        new Record<>(voice.recordKey(), voice.json(), timestamp, headers),
        AssertionTopology.SILENT);
  }

  void partial(PartialRecord partial, long timestamp) {
    var headers = new RecordHeaders();
    HeaderNames.put(headers, HeaderNames.PROJECT, project);
    HeaderNames.put(headers, HeaderNames.ASSERTION, partial.assertion());
    putGeneration(headers);
    context.forward(
        new Record<>(partial.key(), partial.bytes(), timestamp, headers),
        AssertionTopology.PARTIALS);
  }

  void awaiting(AwaitingRecord awaiting, long timestamp) {
    Record<byte[], byte[]> record = AwaitingSink.record(awaiting, timestamp);
    putGeneration(record.headers());
    context.forward(record, AssertionTopology.AWAITING);
  }

  /** Puts an event aside that cannot be judged any more, or not yet. */
  void late(Incoming incoming, Record<byte[], Arriving> record, Verdicts.LateReason why) {
    String reason =
        switch (why) {
          case LATE -> LateRecord.LATE;
          case FUTURE -> LateRecord.FUTURE;
        };
    long at = Math.floorDiv(incoming.event().at(), 1_000_000L);
    var late = new LateRecord(incoming.provenance(), reason, at);
    aside(incoming, record, AssertionTopology.LATE, late::write);
  }

  void aside(
      Incoming incoming,
      Record<byte[], Arriving> record,
      String sink,
      Consumer<Headers> provenance) {
    context.forward(
        Aside.record(
            incoming.key(), incoming.value(), record.headers(), record.timestamp(), provenance),
        sink);
  }
}
