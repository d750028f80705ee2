package io.assay.stream.pairing;

import io.assay.assertion.event.Coordinates;
import io.assay.stream.assertions.Aside;
import io.assay.stream.assertions.Carried;
import io.assay.stream.assertions.Figures;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.Provenance;
import io.assay.stream.contract.Topics;
import io.assay.stream.serving.Reading;
import io.assay.stream.serving.ServingReader;
import io.assay.stream.serving.Side;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
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
  private final ServingReader reader;
  private final StreamEvents events;
  private final Figures figures;
  private final @Nullable Side side;

  /** {@code side}: which the topic is for; null where both come in it. */
  TakeId(PairingSettings settings, Figures figures, @Nullable Side side) {
    this.settings = settings;
    this.reader = new ServingReader(settings.serving());
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
    List<Reading> readings =
        reader.read(
            ServedHeaders.record(record.headers(), record.key(), value, record.timestamp(), side));
    for (int part = 0; part < readings.size(); part++) {
      route(record, readings.get(part), part);
    }
  }

  private void route(Record<byte[], byte[]> record, Reading reading, int part) {
    switch (reading) {
      case Reading.NotOurs ignored -> {}
      case Reading.Unreadable(String cause, String detail) -> aside(record, cause, detail);
      case Reading.Whole whole -> event(record, whole.json());
      case Reading.Half half -> {
        var headers = new RecordHeaders(record.headers());
        Carried.load(headers, from(), record.key());
        ServedHeaders.load(headers, half.inference().side(), part);
        context()
            .forward(
                Routed.of(
                    record
                        .withKey(half.inference().pair().getBytes(StandardCharsets.UTF_8))
                        .withHeaders(headers),
                    Routed.Route.BY_ID));
      }
    }
  }

  private void event(Record<byte[], byte[]> record, byte[] json) {
    if (StreamEvents.isTooLarge(json)) {
      aside(record, "too-large", StreamEvents.tooLarge(json));
      return;
    }
    context()
        .forward(
            Routed.of(
                events.record(json, record.timestamp(), record.headers()), Routed.Route.EVENT));
  }

  private void aside(Record<byte[], byte[]> record, String cause, String detail) {
    figures.putAsideOne();
    RecordMetadata from = from();
    var letter =
        new DeadLetter(
            new Provenance(
                settings.project(),
                settings.stream().name(),
                new Coordinates(from.topic(), from.partition(), from.offset()),
                record.timestamp()),
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

  private RecordMetadata from() {
    return context().recordMetadata().orElseThrow();
  }
}
