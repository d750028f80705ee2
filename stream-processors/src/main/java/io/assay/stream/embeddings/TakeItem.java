package io.assay.stream.embeddings;

import io.assay.stream.assertions.Carried;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Gives each record its item as key, whatever it was sent with, and notes where it came from;
 * markers go to all.
 *
 * <p>A record that cannot be read goes on under the key it has; it is put aside where all that
 * cannot be read is put aside.
 */
final class TakeItem extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
  private static final byte[] NO_KEY = new byte[0];

  private final VectorReader reader;
  private final EmbeddingsSettings settings;

  TakeItem(VectorReader reader, EmbeddingsSettings settings) {
    this.reader = reader;
    this.settings = settings;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    super.init(context);
    context.schedule(settings.aliveEvery(), PunctuationType.WALL_CLOCK_TIME, this::tellAlive);
  }

  private void tellAlive(long wallClockMillis) {
    context().forward(ToAll.alive(context().taskId().partition(), wallClockMillis));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata from = context().recordMetadata().orElseThrow();
    var headers = new RecordHeaders(record.headers());
    ToAll.clear(headers);
    Carried.load(headers, from, record.key());
    Record<byte[], byte[]> carried = record.withHeaders(headers);
    switch (reader.read(record.value(), record.timestamp())) {
      case Came.OfItem row ->
          context().forward(carried.withKey(row.item().getBytes(StandardCharsets.UTF_8)));
      case Came.Marker marker -> context().forward(ToAll.marker(carried, from.partition()));
      case Came.Unreadable ignored ->
          context()
              .forward(
                  carried.withKey(
                      record.key() == null || ToAll.isKey(record.key()) ? NO_KEY : record.key()));
    }
  }
}
