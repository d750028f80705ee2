package io.assay.stream.pairing;

import io.assay.stream.assertions.Carried;
import io.assay.stream.serving.Reading;
import io.assay.stream.serving.ServedRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * What becomes of one record of a serving stack: halves and events that go on, and a reason to put
 * it aside, of a batch in which some cannot be read both.
 */
final class Taking {
  private final StreamEvents events;
  private final Record<byte[], byte[]> record;
  private final RecordMetadata from;
  private final List<Record<byte[], Routed>> made = new ArrayList<>();
  private final List<Reading.Unreadable> faults = new ArrayList<>();
  private int parts;
  private long bytes;

  /** {@code from}: where the record stands. */
  Taking(StreamEvents events, Record<byte[], byte[]> record, RecordMetadata from) {
    this.events = events;
    this.record = record;
    this.from = from;
  }

  List<Record<byte[], Routed>> made() {
    return made;
  }

  void add(Reading reading) {
    parts++;
    switch (reading) {
      case Reading.NotOurs ignored -> {}
      case Reading.Unreadable unreadable -> faults.add(unreadable);
      case Reading.Whole whole -> event(whole.json());
      case Reading.Half half -> half(half);
    }
  }

  private void event(byte[] json) {
    Record<byte[], byte[]> event = events.record(json, record.timestamp(), record.headers());
    StreamEvents.tooLarge(event)
        .ifPresentOrElse(
            why -> faults.add(new Reading.Unreadable("too-large", why)),
            () -> make(event, Routed.Route.EVENT));
  }

  private void half(Reading.Half half) {
    ServedRecord said = half.from();
    var headers = new RecordHeaders(record.headers());
    Carried.load(headers, from, record.key());
    ServedHeaders.load(headers, half.inference().side());
    if (said.isPart()) {
      ServedHeaders.loadPart(headers);
    }
    make(
        record
            .withKey(half.inference().pair().getBytes(StandardCharsets.UTF_8))
            .withValue(said.value())
            .withHeaders(headers),
        Routed.Route.BY_ID);
  }

  private void make(Record<byte[], byte[]> record, Routed.Route route) {
    made.add(Routed.of(record, route));
    bytes += record.key().length + record.value().length + bytes(record.headers());
  }

  private static long bytes(Headers headers) {
    long bytes = 0;
    for (Header header : headers) {
      bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return bytes;
  }

  /** Whether no more may be added: then nothing of it goes on. */
  boolean isFull() {
    return bytes > StreamEvents.ROOM.all();
  }

  /** Why the record is put aside. */
  Optional<Reading.Unreadable> fault() {
    if (isFull()) {
      return Optional.of(
          new Reading.Unreadable(
              "too-large",
              "what a batch has in it may have %d bytes with its headers, this would have more"
                  .formatted(StreamEvents.ROOM.all())));
    }
    if (parts <= 1 || faults.isEmpty()) {
      return faults.stream().findFirst();
    }
    Reading.Unreadable first = faults.getFirst();
    return Optional.of(
        new Reading.Unreadable(
            first.cause(),
            "%d of %d CloudEvents of a batch; the first: %s"
                .formatted(faults.size(), parts, first.detail())));
  }
}
