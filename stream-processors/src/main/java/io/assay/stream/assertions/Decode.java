package io.assay.stream.assertions;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.contract.Provenance;
import io.assay.stream.contract.SentAs;
import io.assay.stream.contract.Topics;
import io.assay.stream.imputation.Completion;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Bytes in; events for the judge, or dead letters, out. */
final class Decode extends ContextualProcessor<byte[], byte[], byte[], Arriving> {
  private static final byte[] NOTHING = new byte[0];

  /** What a broker adds to a record, and its headers. */
  private static final int OVERHEAD = 40 * 1024;

  /** Of a traceparent; the standard's is 55 characters. */
  private static final int MOST_TRACE = 8 * 1024;

  private final TaskRules.Register rules;
  private final String project;
  private final String stream;
  private final Figures figures;
  private final Optional<WatchedSources> straight;
  private final String topic;
  private final String imputed;
  private @Nullable TaskRules own;
  private LongConsumer taking = offset -> {};

  /**
   * @param rules of all tasks
   * @param straight who watches the topic, where it is read straight; nothing where the records
   *     come through a topic of ours
   * @param topic that the events come from
   * @param imputed the sink of completed events
   */
  Decode(
      TaskRules.Register rules,
      String project,
      String stream,
      Figures figures,
      Optional<WatchedSources> straight,
      String topic,
      String imputed) {
    this.rules = rules;
    this.project = project;
    this.stream = stream;
    this.figures = figures;
    this.straight = straight;
    this.topic = topic;
    this.imputed = imputed;
  }

  @Override
  public void init(ProcessorContext<byte[], Arriving> context) {
    super.init(context);
    own = rules.of(context.taskId());
    straight.ifPresent(watched -> taking = watched.taking(topic, context.taskId().partition()));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    TaskRules now = Objects.requireNonNull(own, "init comes first");
    if (now.look()) {
      context().forward(record.withValue(new RulesChanged()), AssertionTopology.JUDGE);
    }
    if (straight.isPresent()) {
      taking.accept(context().recordMetadata().orElseThrow().offset());
    }
    TimePassed passed = straight.isPresent() ? null : Heartbeat.read(record, stream);
    if (passed != null) {
      context().forward(record.withValue(passed), AssertionTopology.JUDGE);
      return;
    }
    Headers headers = record.headers();
    Coordinates carried = Carried.coordinates(headers);
    Coordinates source = carried == null ? here() : carried;
    byte @Nullable [] key = carried == null ? record.key() : Carried.key(headers);
    byte @Nullable [] value = record.value();
    byte[] payload = value == null ? NOTHING : value;
    var provenance = new Provenance(project, stream, source, record.timestamp());
    switch (decode(now, payload, record, source)) {
      case Decoded.Readable(var event) -> {
        var came = new Incoming(event, provenance, key, payload, payload);
        Incoming taken =
            now.current()
                .completion(stream)
                .map(completion -> completed(now, completion, came, record, source))
                .orElse(came);
        context().forward(record.withValue(taken), AssertionTopology.JUDGE);
      }
      case Decoded.Unreadable(var cause, var detail) -> {
        figures.putAsideOne();
        var letter = new DeadLetter(provenance, cause, detail);
        forwardAside(Aside.record(key, value, headers, record.timestamp(), letter::write));
      }
    }
  }

  private Decoded decode(
      TaskRules now, byte[] payload, Record<byte[], byte[]> record, Coordinates source) {
    Decoded decoded =
        now.current()
            .decoder(stream)
            .decode(
                payload,
                trace(record.headers()),
                source,
                Math.multiplyExact(record.timestamp(), 1_000_000L));
    return decoded instanceof Decoded.Readable(var event)
        ? new Decoded.Readable(event.sentAs(SentAs.of(record.headers())))
        : decoded;
  }

  @SuppressWarnings("ReferenceEquality") // an event without gaps is the very bytes
  private static boolean isOther(byte[] completed, byte[] came) {
    return completed != came;
  }

  /** As the model gets it: read again, so that it is judged as whoever reads that topic would. */
  private Incoming completed(
      TaskRules now,
      Completion completion,
      Incoming came,
      Record<byte[], byte[]> record,
      Coordinates source) {
    Incoming taken = came;
    byte[] completed = complete(completion, came);
    if (isOther(completed, came.value())
        && decode(now, completed, record, source) instanceof Decoded.Readable(var event)) {
      taken = new Incoming(event, came.provenance(), came.key(), came.value(), completed);
    }
    if (completion.canWrite()) {
      forwardCompleted(taken, record);
    }
    return taken;
  }

  /** What fails in filling is ours, and costs nobody the event. */
  private byte[] complete(Completion completion, Incoming came) {
    try {
      return completion.complete(came.value(), came.event().root());
    } catch (RuntimeException failure) {
      figures.failed("filling gaps failed at " + came.provenance().source(), failure);
      return came.value();
    }
  }

  private void forwardCompleted(Incoming taken, Record<byte[], byte[]> record) {
    byte @Nullable [] own = taken.key();
    byte[] key = own == null ? taken.event().key().getBytes(StandardCharsets.UTF_8) : own;
    int size = key.length + taken.completed().length;
    if (size > Topics.LARGEST_OUTPUT - OVERHEAD) {
      figures.putAsideOne();
      var letter =
          new DeadLetter(
              taken.provenance(),
              "too-large",
              "with its gaps filled it has %d bytes, %s takes %d"
                  .formatted(size, imputed, Topics.LARGEST_OUTPUT - OVERHEAD));
      forwardAside(
          Aside.record(own, taken.value(), record.headers(), record.timestamp(), letter::write));
      return;
    }
    var headers = new RecordHeaders();
    for (Header header : record.headers()) {
      if (!header.key().startsWith(Carried.PREFIX)) {
        headers.add(header);
      }
    }
    forward(new Record<>(key, taken.completed(), record.timestamp(), headers), imputed);
  }

  /** The sinks take bytes; only the judge takes what this node's type says. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private void forward(Record<byte[], byte[]> bytes, String sink) {
    context().forward((Record) bytes, sink);
  }

  private void forwardAside(Record<byte[], byte[]> aside) {
    forward(aside, AssertionTopology.DEAD_LETTERS);
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
