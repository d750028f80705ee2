package io.assay.stream.assertions;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.AwaitingRecord;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.Provenance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Sends each truth of a topic to the task that has its prediction, and tells how far the topic is
 * read. What says not whose truth it is, or when it came, is put aside.
 */
final class TakeTruth extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
  private static final Duration HEARTBEATS = JudgeSettings.heartbeats(true);
  private static final byte[] NOTHING = new byte[0];

  private final LiveRules rules;
  private final Source source;
  private final String to;
  private final String aside;
  private final Figures figures;
  private final Progress progress = new Progress();
  private LongConsumer taking = offset -> {};
  private LiveRules.Generation generation;
  private EventDecoder idOnly;

  /**
   * What is read.
   *
   * @param partitions of the topic
   * @param watched until when it has no others
   * @param idOnly decodes whose truth it is; of rules that read no truth from here nothing
   */
  record Source(
      String project,
      String stream,
      String topic,
      int partitions,
      WatchedSources watched,
      Function<CheckedRules, Optional<EventDecoder>> idOnly) {
    private EventDecoder first(LiveRules.Generation generation) {
      return idOnly
          .apply(generation.rules())
          .orElseThrow(() -> new IllegalArgumentException("no truth comes from " + topic));
    }
  }

  /**
   * @param to name of the sink for what meets
   * @param aside name of the sink for dead letters
   */
  TakeTruth(LiveRules rules, Source source, String to, String aside, Figures figures) {
    this.rules = rules;
    this.generation = rules.newest();
    this.idOnly = source.first(generation);
    this.source = source;
    this.to = to;
    this.aside = aside;
    this.figures = figures;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    super.init(context);
    taking = source.watched().taking(source.topic(), context.taskId().partition());
    context.schedule(HEARTBEATS, PunctuationType.WALL_CLOCK_TIME, this::tellTime);
  }

  /** Nothing is joined here: it goes by the newest rules. */
  private EventDecoder idOnly() {
    LiveRules.Generation now = rules.newest();
    if (!now.is(generation)) {
      generation = now;
      // Rules that read no truth from here end it; what comes until then is as it was.
      idOnly = source.idOnly().apply(now.rules()).orElse(idOnly);
    }
    return idOnly;
  }

  private void tellTime(long wallClockMillis) {
    long same = source.watched().sameUntil(source.topic());
    int own = context().taskId().partition();
    boolean isAllRead = source.watched().isAllRead(source.topic(), own);
    long received =
        Math.min(progress.look(wallClockMillis, isAllRead), Math.floorDiv(same, 1_000_000L));
    if (received >= 0) {
      var mark = new AwaitingRecord.Mark(own, received * 1_000_000L, Long.MIN_VALUE);
      var read =
          new AwaitingRecord.Read(
              source.project(),
              source.stream(),
              source.topic(),
              0,
              1,
              source.partitions(),
              List.of(mark));
      context().forward(AwaitingSink.record(read, received), to);
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata from = context().recordMetadata().orElseThrow();
    taking.accept(from.offset());
    progress.read(record.timestamp());
    var at = new Coordinates(from.topic(), from.partition(), from.offset());
    byte @Nullable [] value = record.value();
    byte[] payload = value == null ? NOTHING : value;
    long received = Math.multiplyExact(record.timestamp(), 1_000_000L);
    switch (idOnly().decode(payload, null, at, received)) {
      case Decoded.Readable(var event) -> {
        var came =
            new AwaitingRecord.Came(
                source.project(), source.stream(), event.key(), true, "", at, received, payload);
        context().forward(AwaitingSink.record(came, record.timestamp()), to);
      }
      case Decoded.Unreadable(var cause, var detail) -> {
        figures.putAsideOne();
        var provenance = new Provenance(source.project(), source.stream(), at, record.timestamp());
        var letter = new DeadLetter(provenance, cause, detail);
        context()
            .forward(
                Aside.record(
                    record.key(), value, record.headers(), record.timestamp(), letter::write),
                aside);
      }
    }
  }
}
