package io.assay.web.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.rule.ir.Serving;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.ingest.CloudEventAttributes;
import io.assay.stream.serving.Side;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of events: the key is the value of the stream's key field, so that a topic that is
 * filled by this alone is keyed; attributes stand in headers, as CloudEvents' binding to Kafka
 * says.
 */
final class Addressing {
  private static final Coordinates NOWHERE = new Coordinates("", 0, 0);
  private static final byte[] JSON = "application/json".getBytes(UTF_8);

  private final DeclaredStreams.Declared stream;
  private final Received request;
  private final EventDecoder decoder;
  private final Optional<ServedSampling> sampling;

  /** {@code sampled}: whether anybody asks what decides of a sample. */
  Addressing(DeclaredStreams.Declared stream, Received request, boolean sampled) {
    this.stream = stream;
    this.request = request;
    this.decoder = EventDecoder.of(stream.type(), Set.of());
    this.sampling =
        stream.serving().filter(one -> sampled).map(one -> new ServedSampling(one, decoder));
  }

  /**
   * An event as a record.
   *
   * @param sampledBy what decides whether it belongs to a sample; null where it does to every one
   * @param fault why the stream cannot read it; the record then has no key
   */
  record Addressed(
      int position,
      ProducerRecord<byte[], byte[]> record,
      @Nullable String sampledBy,
      @Nullable String fault) {
    int bytes() {
      int bytes = record.value().length;
      for (var header : record.headers()) {
        bytes += header.key().length() + header.value().length;
      }
      return bytes;
    }
  }

  Addressed address(Submitted event) {
    return stream.serving().map(serving -> raw(event, serving)).orElseGet(() -> decoded(event));
  }

  private Addressed decoded(Submitted event) {
    String topic = stream.type().topic();
    return switch (decoder.decode(event.payload(), null, NOWHERE, Long.MIN_VALUE)) {
      case Decoded.Readable(var read) ->
          new Addressed(
              event.position(),
              record(topic, read.key(), event),
              sampledBy(event, read.declaredId() == null ? read.key() : read.declaredId()),
              null);
      case Decoded.Unreadable(String cause, String detail) ->
          new Addressed(event.position(), record(topic, null, event), null, cause + ": " + detail);
    };
  }

  /** What a serving stack wrote is read behind its topic; here nothing is known of it. */
  private Addressed raw(Submitted event, Serving serving) {
    CloudEventAttributes attributes = event.attributes();
    boolean ofOneTopic = serving.topics().size() == 1;
    String type = attributes == null ? "" : attributes.type();
    String id = attributes == null ? null : attributes.id();
    boolean told = ofOneTopic || type.endsWith(".request") || type.endsWith(".response");
    Side side = type.endsWith(".request") ? Side.REQUEST : Side.RESPONSE;
    String topic = side == Side.REQUEST ? serving.requests() : serving.responses();
    ProducerRecord<byte[], byte[]> record = record(topic, id, event);
    return new Addressed(
        event.position(),
        record,
        sampling.flatMap(one -> one.by(record, ofOneTopic ? null : side)).orElse(id),
        told ? null : "needed a ce-type that ends in .request or .response, got '" + type + "'");
  }

  private static String sampledBy(Submitted event, String otherwise) {
    CloudEventAttributes attributes = event.attributes();
    return attributes == null ? otherwise : attributes.id();
  }

  private ProducerRecord<byte[], byte[]> record(
      String topic, @Nullable String key, Submitted event) {
    return new ProducerRecord<>(
        topic, null, key == null ? null : key.getBytes(UTF_8), event.payload(), headers(event));
  }

  private Headers headers(Submitted event) {
    var headers = new RecordHeaders();
    CloudEventAttributes attributes = event.attributes();
    String trace = request.trace();
    if (attributes == null) {
      headers.add("content-type", JSON);
      if (request.idempotencyKey() != null) {
        HeaderNames.put(
            headers,
            HeaderNames.IDEMPOTENCY_KEY,
            request.idempotencyKey() + '/' + event.position());
      }
    } else {
      trace = attributes.others().getOrDefault(HeaderNames.TRACEPARENT, trace);
      cloud(attributes, headers);
    }
    if (trace != null) {
      HeaderNames.put(headers, HeaderNames.TRACEPARENT, trace);
    }
    return headers;
  }

  private static void cloud(CloudEventAttributes attributes, Headers headers) {
    String type = attributes.dataContentType();
    headers.add("content-type", type == null ? JSON : type.getBytes(UTF_8));
    HeaderNames.put(headers, "ce_specversion", "1.0");
    HeaderNames.put(headers, HeaderNames.CLOUD_ID, attributes.id());
    HeaderNames.put(headers, HeaderNames.CLOUD_SOURCE, attributes.source());
    HeaderNames.put(headers, HeaderNames.CLOUD_TYPE, attributes.type());
    attributes.others().forEach((name, value) -> HeaderNames.put(headers, "ce_" + name, value));
  }
}
