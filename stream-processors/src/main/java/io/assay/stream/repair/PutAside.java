package io.assay.stream.repair;

import io.assay.assertion.event.Coordinates;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.contract.LateRecord;
import io.assay.stream.contract.Provenance;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** A record that was not judged, with the reason: a dead letter or one that came late. */
public final class PutAside {
  private static final Pattern PLACE = Pattern.compile(" at byte (\\d{1,9})\\b");

  private final String topic;
  private final Position position;
  private final long millis;
  private final Provenance provenance;
  private final String cause;
  private final String detail;
  private final List<Header> headers;
  private final List<String> leftOut;
  private final byte @Nullable [] key;
  private final byte @Nullable [] value;
  private final int valueBytes;

  private PutAside(ConsumerRecord<byte[], byte[]> record, boolean late, boolean whole) {
    topic = record.topic();
    position = new Position(record.partition(), record.offset());
    millis = record.timestamp();
    if (late) {
      LateRecord read = LateRecord.read(record.headers());
      provenance = read.provenance();
      cause = read.reason();
      detail =
          "of %s, received %s"
              .formatted(
                  Instant.ofEpochMilli(read.eventMillis()),
                  Instant.ofEpochMilli(provenance.receivedMillis()));
    } else {
      DeadLetter read = DeadLetter.read(record.headers());
      provenance = read.provenance();
      cause = read.cause();
      detail = read.detail();
    }
    headers =
        originals(record.headers()).stream()
            .filter(header -> whole || header.key().equals(HeaderNames.REPLAY_OF))
            .toList();
    leftOut = leftOut(record.headers());
    key = whole ? record.key() : null;
    value = whole ? record.value() : null;
    valueBytes = record.value() == null ? 0 : record.value().length;
  }

  private PutAside(PutAside whole) {
    topic = whole.topic;
    position = whole.position;
    millis = whole.millis;
    provenance = whole.provenance;
    cause = whole.cause;
    detail = whole.detail;
    headers = List.of();
    leftOut = whole.leftOut;
    key = null;
    value = null;
    valueBytes = whole.valueBytes;
  }

  /** The same without what it held: key, headers and value. */
  PutAside brief() {
    return new PutAside(this);
  }

  static PutAside deadLetter(ConsumerRecord<byte[], byte[]> record, boolean whole) {
    return new PutAside(record, false, whole);
  }

  static PutAside late(ConsumerRecord<byte[], byte[]> record, boolean whole) {
    return new PutAside(record, true, whole);
  }

  private static List<Header> originals(Headers all) {
    List<Header> found = new ArrayList<>();
    for (Header header : all) {
      if (header.key().startsWith(HeaderNames.ORIGINAL)) {
        String name = header.key().substring(HeaderNames.ORIGINAL.length());
        found.add(new RecordHeader(name, header.value()));
      }
    }
    return List.copyOf(found);
  }

  private static List<String> leftOut(Headers all) {
    List<String> found = new ArrayList<>();
    for (Header header : all.headers(HeaderNames.LEFT_OUT)) {
      found.add(new String(header.value(), StandardCharsets.UTF_8));
    }
    return List.copyOf(found);
  }

  public Position position() {
    return position;
  }

  /** Topic and position: unique in an installation. */
  public String name() {
    return topic + '-' + position;
  }

  /** When it was put aside. */
  public long millis() {
    return millis;
  }

  public String project() {
    return provenance.project();
  }

  public String stream() {
    return provenance.stream();
  }

  /** Where it came from. */
  public Coordinates source() {
    return provenance.source();
  }

  public long receivedMillis() {
    return provenance.receivedMillis();
  }

  /** Of a late one the reason. */
  public String cause() {
    return cause;
  }

  public String detail() {
    return detail;
  }

  /** The byte of the value that the detail names; its end where that is behind. */
  public OptionalInt wrongByte() {
    Matcher matcher = PLACE.matcher(detail);
    return matcher.find()
        ? OptionalInt.of(Math.min(Integer.parseInt(matcher.group(1)), valueBytes))
        : OptionalInt.empty();
  }

  /** As it came with them; where it was not asked for, only the one that names its original. */
  public List<Header> headers() {
    return headers;
  }

  /** What was too large to be kept, such as {@code value of 3000000 bytes}. */
  public List<String> leftOut() {
    return leftOut;
  }

  /** Taken as it is, not copied; null where there was none, or it was not asked for. */
  public byte @Nullable [] key() {
    return key;
  }

  /** Taken as it is, not copied; null where there was none, or it was not asked for. */
  public byte @Nullable [] value() {
    return value;
  }

  public int valueBytes() {
    return valueBytes;
  }

  /** The name of what this is a replay of; null where it is none. */
  public @Nullable String replayOf() {
    for (Header header : headers) {
      if (header.key().equals(HeaderNames.REPLAY_OF) && header.value() != null) {
        return new String(header.value(), StandardCharsets.UTF_8);
      }
    }
    return null;
  }
}
