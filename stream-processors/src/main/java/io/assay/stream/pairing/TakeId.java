package io.assay.stream.pairing;

import io.assay.assertion.event.Coordinates;
import io.assay.stream.assertions.Aside;
import io.assay.stream.assertions.Figures;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.Provenance;
import io.assay.stream.contract.Topics;
import io.assay.stream.serving.Reading;
import io.assay.stream.serving.ServedRecord;
import io.assay.stream.serving.Side;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a serving stack's record is: half of a prediction goes on under its id, a CloudEvent
 * is an event already, and what cannot be read is put aside.
 */
final class TakeId extends ContextualProcessor<byte[], byte[], byte[], Routed> {
  private final PairingSettings settings;
  private final Function<ServedRecord, List<Reading>> reader;
  private final StreamEvents events;
  private final Figures figures;
  private final @Nullable Side side;

  /** {@code side}: which the topic is for; null where both come in it. */
  TakeId(
      PairingSettings settings,
      Figures figures,
      Function<ServedRecord, List<Reading>> reader,
      @Nullable Side side) {
    this.settings = settings;
    this.reader = reader;
    this.events = new StreamEvents(settings.stream());
    this.figures = figures;
    this.side = side;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    byte @Nullable [] value = record.value();
    if (value != null && value.length > Topics.LARGEST_INPUT) {
      aside(
          record,
          "too-large",
          "a record may have %d bytes, this one has %d"
              .formatted(Topics.LARGEST_INPUT, value.length));
      return;
    }
    Taking taking;
    try {
      taking = take(record);
    } catch (RuntimeException failure) {
      figures.failed("reading failed at " + from(), failure);
      aside(record, "serving-failed", String.valueOf(failure));
      return;
    }
    if (!taking.isFull()) {
      taking.made().forEach(context()::forward);
    }
    taking.fault().ifPresent(fault -> aside(record, fault.cause(), fault.detail()));
  }

  private Taking take(Record<byte[], byte[]> record) {
    var taking = new Taking(events, record, context().recordMetadata().orElseThrow());
    List<Reading> readings =
        reader.apply(
            ServedHeaders.record(
                record.headers(), record.key(), record.value(), record.timestamp(), side));
    for (Reading reading : readings) {
      if (!taking.isFull()) {
        taking.add(reading);
      }
    }
    return taking;
  }

  private void aside(Record<byte[], byte[]> record, String cause, String detail) {
    figures.putAsideOne();
    var letter =
        new DeadLetter(
            new Provenance(
                settings.project(), settings.stream().name(), from(), record.timestamp()),
            cause,
            detail);
    context()
        .forward(
            Routed.of(
                Aside.record(
                    record.key(),
                    record.value(),
                    record.headers(),
                    record.timestamp(),
                    letter::write),
                Routed.Route.DEAD_LETTER));
  }

  private Coordinates from() {
    RecordMetadata from = context().recordMetadata().orElseThrow();
    return new Coordinates(from.topic(), from.partition(), from.offset());
  }
}
