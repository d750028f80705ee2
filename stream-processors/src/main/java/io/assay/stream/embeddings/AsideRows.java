package io.assay.stream.embeddings;

import io.assay.assertion.event.Coordinates;
import io.assay.stream.assertions.Aside;
import io.assay.stream.assertions.Carried;
import io.assay.stream.assertions.Figures;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.LateRecord;
import io.assay.stream.contract.Provenance;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Puts aside, as they came, rows that cannot be read, and those of releases that are closed. */
final class AsideRows {
  private final String project;
  private final String embeddings;
  private final Figures figures;

  AsideRows(String project, String embeddings, Figures figures) {
    this.project = project;
    this.embeddings = embeddings;
    this.figures = figures;
  }

  void deadLetter(
      ProcessorContext<byte[], Sent> context,
      Record<byte[], byte[]> record,
      String cause,
      String detail) {
    figures.putAsideOne();
    var letter = new DeadLetter(provenance(context, record), cause, detail);
    forward(context, record, Sent.Route.DEAD_LETTER, letter::write);
  }

  void late(ProcessorContext<byte[], Sent> context, Record<byte[], byte[]> record, long atMillis) {
    figures.lateOne();
    var late = new LateRecord(provenance(context, record), LateRecord.LATE, Math.max(0, atMillis));
    forward(context, record, Sent.Route.LATE, late::write);
  }

  private static void forward(
      ProcessorContext<byte[], Sent> context,
      Record<byte[], byte[]> record,
      Sent.Route route,
      Consumer<Headers> provenance) {
    byte @Nullable [] key =
        Carried.coordinates(record.headers()) == null
            ? record.key()
            : Carried.key(record.headers());
    context.forward(
        Sent.of(
            Aside.record(key, record.value(), record.headers(), record.timestamp(), provenance),
            route));
  }

  private Provenance provenance(
      ProcessorContext<byte[], Sent> context, Record<byte[], byte[]> record) {
    Coordinates carried = Carried.coordinates(record.headers());
    return new Provenance(
        project, embeddings, carried == null ? here(context) : carried, record.timestamp());
  }

  private static Coordinates here(ProcessorContext<byte[], Sent> context) {
    RecordMetadata from = context.recordMetadata().orElseThrow();
    return new Coordinates(from.topic(), from.partition(), from.offset());
  }
}
