package io.assay.stream.contract;

import io.assay.assertion.event.Coordinates;
import org.apache.kafka.common.header.Headers;

/**
 * Whose a record is and where it was read.
 *
 * @param receivedMillis when it had reached its topic
 */
public record Provenance(String project, String stream, Coordinates source, long receivedMillis) {

  void write(Headers headers) {
    HeaderNames.put(headers, HeaderNames.PROJECT, project);
    HeaderNames.put(headers, HeaderNames.STREAM, stream);
    HeaderNames.put(headers, HeaderNames.TOPIC, source.topic());
    HeaderNames.put(headers, HeaderNames.PARTITION, source.partition());
    HeaderNames.put(headers, HeaderNames.OFFSET, source.offset());
    HeaderNames.put(headers, HeaderNames.RECEIVED, receivedMillis);
  }

  static Provenance read(Headers headers) {
    return new Provenance(
        HeaderNames.text(headers, HeaderNames.PROJECT, ""),
        HeaderNames.text(headers, HeaderNames.STREAM, ""),
        new Coordinates(
            HeaderNames.text(headers, HeaderNames.TOPIC, ""),
            (int) HeaderNames.number(headers, HeaderNames.PARTITION, -1),
            HeaderNames.number(headers, HeaderNames.OFFSET, -1)),
        HeaderNames.number(headers, HeaderNames.RECEIVED, 0));
  }
}
