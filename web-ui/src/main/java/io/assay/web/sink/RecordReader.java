package io.assay.web.sink;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.stream.contract.CountRecord;
import io.assay.stream.contract.FiguresRecord;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.contract.ImputerKey;
import io.assay.stream.contract.LabelRecord;
import io.assay.stream.contract.SilentRecord;
import io.assay.stream.contract.StabilityRecord;
import io.assay.stream.contract.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes rows of records. What cannot be read is put aside with the reason, and never stops the
 * others.
 */
final class RecordReader {
  private static final String LIVE = "live";

  private final Topics topics;

  RecordReader(Topics topics) {
    this.topics = topics;
  }

  Rows read(List<ConsumerRecord<byte[], byte[]>> records) {
    var rows = new Rows();
    for (ConsumerRecord<byte[], byte[]> each : records) {
      try {
        read(each, rows);
      } catch (CharacterCodingException broken) {
        rows.skip(each, "not UTF-8");
      } catch (RuntimeException broken) {
        rows.skip(each, broken.getClass().getSimpleName() + ": " + broken.getMessage());
      }
    }
    return rows;
  }

  private void read(ConsumerRecord<byte[], byte[]> source, Rows rows)
      throws CharacterCodingException {
    String topic = source.topic();
    if (topic.equals(topics.violations())) {
      byte[] value = value(source);
      // Strictly: a lenient reader would let through what the database refuses.
      String json = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
      Violation violation = ViolationJson.read(value);
      rows.add(
          new Rows.Found(
              violation,
              json,
              origin(source),
              source.partition(),
              source.offset(),
              HeaderNames.text(source.headers(), HeaderNames.TRACEPARENT)));
    } else if (topic.equals(topics.counts())) {
      count(CountRecord.read(value(source)), rows);
    } else if (topic.equals(topics.figures())) {
      rows.add(FiguresRecord.read(value(source)));
    } else if (topic.equals(topics.deadLetters())) {
      rows.addDeadLetter(
          aside(source, HeaderNames.CAUSE),
          HeaderNames.text(source.headers(), HeaderNames.DETAIL, ""));
    } else if (topic.equals(topics.late())) {
      rows.addLate(aside(source, HeaderNames.REASON));
    } else if (topic.equals(topics.stability())) {
      rows.add(StabilityRecord.read(value(source)));
    } else if (topic.equals(topics.labels())) {
      rows.add(LabelRecord.read(value(source)));
    } else if (topic.equals(topics.silent())) {
      silent(source, rows);
    } else if (topic.equals(topics.imputers())) {
      imputer(source, rows);
    } else {
      throw new IllegalStateException("topic " + topic + " was not asked for");
    }
  }

  /** Of a key that was erased nothing more is told; its rows go with the erasure. */
  private static void silent(ConsumerRecord<byte[], byte[]> source, Rows rows) {
    if (source.value() != null) {
      rows.add(
          new SilentTable.Told(
              SilentRecord.read(source.value()), Instant.ofEpochMilli(source.timestamp())));
    }
  }

  /** What the topic deletes stays here. */
  private static void imputer(ConsumerRecord<byte[], byte[]> source, Rows rows) {
    if (source.value() != null) {
      ImputerKey key =
          Optional.ofNullable(source.key())
              .flatMap(ImputerKey::read)
              .orElseThrow(() -> new IllegalArgumentException("needs the key of an imputer"));
      rows.add(ImputerTables.read(key, source.value()));
    }
  }

  /** Of a fixed set, whatever a record says. */
  private static String origin(ConsumerRecord<byte[], byte[]> source) {
    String told = HeaderNames.text(source.headers(), HeaderNames.ORIGIN, "");
    return told.equals(HeaderNames.ORIGIN_REPAIR) ? told : LIVE;
  }

  private static void count(CountRecord count, Rows rows) {
    if (count.isOfVersion()) {
      rows.addVersion(
          new VersionTable.Named(count.project(), count.stream(), count.expectation()),
          count.minuteStart());
      return;
    }
    rows.add(
        new Rows.CountKey(
            count.project(),
            count.assertion(),
            count.expectation(),
            count.stream(),
            count.minuteStart(),
            count.partition()),
        new Rows.Count(
            count.sequence(),
            count.seen(),
            count.passed(),
            count.judged(),
            count.held(),
            count.violated(),
            count.undecided(),
            count.late(),
            count.slices()));
  }

  /** Our topics carry the time at which the broker took the record. */
  private static Rows.AsideKey aside(ConsumerRecord<byte[], byte[]> source, String reason) {
    Instant minute = Rows.minute(Instant.ofEpochMilli(source.timestamp()));
    return new Rows.AsideKey(
        needed(source, HeaderNames.PROJECT),
        minute,
        needed(source, HeaderNames.STREAM),
        needed(source, reason));
  }

  private static byte[] value(ConsumerRecord<byte[], byte[]> source) {
    if (source.value() == null) {
      throw new IllegalArgumentException("needs a value, got none");
    }
    return source.value();
  }

  private static String needed(ConsumerRecord<byte[], byte[]> source, String name) {
    String value = HeaderNames.text(source.headers(), name, "");
    if (value.isEmpty()) {
      throw new IllegalArgumentException("needs the header '" + name + "', got none");
    }
    return value;
  }
}
