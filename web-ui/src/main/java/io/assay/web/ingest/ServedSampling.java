package io.assay.web.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.rule.ir.Serving;
import io.assay.stream.serving.Reading;
import io.assay.stream.serving.ServedRecord;
import io.assay.stream.serving.ServingReader;
import io.assay.stream.serving.Side;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * By what records of a serving stack are sampled: the id by which a half is paired, wherever its
 * stack writes that, so that a request and its response are kept or left out together.
 */
final class ServedSampling {
  private static final Coordinates NOWHERE = new Coordinates("", 0, 0);

  private final ServingReader reader;
  private final EventDecoder decoder;

  ServedSampling(Serving serving, EventDecoder decoder) {
    this.reader = new ServingReader(serving);
    this.decoder = decoder;
  }

  /**
   * Empty where nothing tells: it then belongs to every sample.
   *
   * @param side which its topic is for; null where both come in one
   */
  Optional<String> by(ProducerRecord<byte[], byte[]> record, @Nullable Side side) {
    List<Reading> readings = reader.read(served(record, side));
    return readings.size() == 1 ? by(readings.getFirst()) : Optional.empty();
  }

  private Optional<String> by(Reading reading) {
    return switch (reading) {
      case Reading.Half half -> Optional.of(half.inference().id());
      case Reading.Whole whole ->
          switch (decoder.decode(whole.json(), null, NOWHERE, Long.MIN_VALUE)) {
            case Decoded.Readable(var event) ->
                Optional.of(event.declaredId() == null ? event.key() : event.declaredId());
            case Decoded.Unreadable ignored -> Optional.empty();
          };
      case Reading.NotOurs ignored -> Optional.empty();
      case Reading.Unreadable ignored -> Optional.empty();
    };
  }

  private static ServedRecord served(ProducerRecord<byte[], byte[]> record, @Nullable Side side) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), new String(header.value(), UTF_8));
    }
    String key = record.key() == null ? null : new String(record.key(), UTF_8);
    return new ServedRecord(headers, key, record.value(), 0, side);
  }
}
