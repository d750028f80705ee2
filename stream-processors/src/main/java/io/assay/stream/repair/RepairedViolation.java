package io.assay.stream.repair;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.event.Coordinates;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.contract.RecordKeys;
import io.assay.stream.contract.Topics;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** A violation that a repair has found, as a record: as any other, with its origin. */
final class RepairedViolation {
  private RepairedViolation() {}

  /** {@code generation}: of the rules that judged; 0 where they have none. */
  static ProducerRecord<byte[], byte[]> record(
      Topics topics, long generation, Violation violation) {
    var headers = new RecordHeaders();
    HeaderNames.put(headers, HeaderNames.PROJECT, violation.project());
    HeaderNames.put(headers, HeaderNames.ASSERTION, violation.assertion());
    HeaderNames.put(headers, HeaderNames.ORIGIN, HeaderNames.ORIGIN_REPAIR);
    if (generation > 0) {
      HeaderNames.put(headers, HeaderNames.RULE_VERSION, Long.toString(generation));
    }
    HeaderNames.put(
        headers, HeaderNames.EVENT_TIME, Long.toString(Math.floorDiv(violation.at(), 1_000_000L)));
    source(violation)
        .ifPresent(
            at ->
                HeaderNames.put(
                    headers,
                    HeaderNames.SOURCE,
                    at.topic() + '-' + at.partition() + '@' + at.offset()));
    return new ProducerRecord<>(
        topics.violations(),
        null,
        RecordKeys.ofViolation(violation.project(), violation.key()),
        ViolationJson.write(violation),
        headers);
  }

  private static Optional<Coordinates> source(Violation violation) {
    return violation.spanEvents().stream()
        .filter(event -> event.id().equals(violation.decidingEvent()))
        .map(Violation.EventReference::source)
        .findFirst();
  }
}
