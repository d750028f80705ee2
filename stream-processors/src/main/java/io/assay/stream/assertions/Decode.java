package io.assay.stream.assertions;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.contract.Provenance;
import io.assay.stream.contract.SentAs;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Bytes in; events for the judge, or dead letters, out. */
final class Decode extends ContextualProcessor<byte[], byte[], byte[], Arriving> {
  private static final byte[] NOTHING = new byte[0];

  /** Of a traceparent; the standard's is 55 characters. */
  private static final int MOST_TRACE = 8 * 1024;

  private final TaskRules.Register rules;
  private final String project;
  private final String stream;
  private final Figures figures;
  private final boolean internal;
  private @Nullable TaskRules own;

  /**
   * @param rules of all tasks
   * @param internal whether the records come through a topic of ours
   */
  Decode(
      TaskRules.Register rules, String project, String stream, Figures figures, boolean internal) {
    this.rules = rules;
    this.project = project;
    this.stream = stream;
    this.figures = figures;
    this.internal = internal;
  }

  @Override
  public void init(ProcessorContext<byte[], Arriving> context) {
    super.init(context);
    own = rules.of(context.taskId());
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    TaskRules now = Objects.requireNonNull(own, "init comes first");
    if (now.look()) {
      context().forward(record.withValue(new RulesChanged()), AssertionTopology.JUDGE);
    }
    TimePassed passed = internal ? Heartbeat.read(record, stream) : null;
    if (passed != null) {
      context().forward(record.withValue(passed), AssertionTopology.JUDGE);
      return;
    }
    Headers headers = record.headers();
    Coordinates carried = Carried.coordinates(headers);
    Coordinates source = carried == null ? here() : carried;
    byte @Nullable [] key = carried == null ? record.key() : Carried.key(headers);
    byte @Nullable [] value = record.value();
    var provenance = new Provenance(project, stream, source, record.timestamp());
    Decoded decoded =
        now.current()
            .decoder(stream)
            .decode(
                value == null ? NOTHING : value,
                trace(headers),
                source,
                Math.multiplyExact(record.timestamp(), 1_000_000L));
    switch (decoded) {
      case Decoded.Readable(var event) ->
          context()
              .forward(
                  record.withValue(
                      new Incoming(
                          event.sentAs(SentAs.of(headers)),
                          provenance,
                          key,
                          value == null ? NOTHING : value)),
                  AssertionTopology.JUDGE);
      case Decoded.Unreadable(var cause, var detail) -> {
        figures.putAsideOne();
        var letter = new DeadLetter(provenance, cause, detail);
        forwardAside(Aside.record(key, value, headers, record.timestamp(), letter::write));
      }
    }
  }

  /** The sinks take bytes; only the judge takes what this node's type says. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private void forwardAside(Record<byte[], byte[]> aside) {
    context().forward((Record) aside, AssertionTopology.DEAD_LETTERS);
  }

  private Coordinates here() {
    RecordMetadata from = context().recordMetadata().orElseThrow();
    return new Coordinates(from.topic(), from.partition(), from.offset());
  }

  private static @Nullable String trace(Headers headers) {
    String trace = HeaderNames.text(headers, HeaderNames.TRACEPARENT);
    return trace == null || trace.length() > MOST_TRACE ? null : trace;
  }
}
