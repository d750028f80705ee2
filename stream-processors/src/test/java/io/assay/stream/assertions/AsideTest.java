package io.assay.stream.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.event.Coordinates;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.contract.Provenance;
import io.assay.stream.contract.Topics;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.DefaultRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AsideTest {
  private static final DeadLetter LETTER =
      new DeadLetter(
          new Provenance("p", "camera", new Coordinates("cam", 1, 2), 3), "no-key", "why");

  @Test
  void aRecordOfTheLargestInputIsKeptWhole() {
    byte[] value = new byte[Topics.LARGEST_INPUT];
    Record<byte[], byte[]> aside = aside(new byte[] {1}, value, new RecordHeaders());
    assertThat(aside.value()).isSameAs(value);
    assertThat(size(aside)).isLessThan(Topics.LARGEST_OUTPUT);
  }

  @Test
  void whatIsTooLargeIsLeftOutAndSaid() {
    var headers = new RecordHeaders();
    headers.add("blob", new byte[200_000]);
    Record<byte[], byte[]> aside = aside(new byte[2_000_000], new byte[2_000_000], headers);
    assertThat(aside.key()).isNull();
    assertThat(aside.value()).isNull();
    assertThat(aside.headers().headers(HeaderNames.LEFT_OUT)).hasSize(3);
    assertThat(HeaderNames.text(aside.headers(), HeaderNames.LEFT_OUT))
        .isEqualTo("value of 2000000 bytes");
    assertThat(size(aside)).isLessThan(Topics.LARGEST_OUTPUT);
    assertThat(DeadLetter.read(aside.headers())).isEqualTo(LETTER);
  }

  @Test
  void headersKeepTheirNamesBehindOurs() {
    var headers = new RecordHeaders();
    headers.add("cause", new byte[] {7});
    headers.add("traceparent", new byte[] {8});
    headers.add(Carried.PREFIX + "topic", new byte[] {9});
    Headers kept = aside(null, new byte[0], headers).headers();
    assertThat(DeadLetter.read(kept)).isEqualTo(LETTER);
    assertThat(kept.lastHeader("original.cause").value()).containsExactly(7);
    assertThat(kept.lastHeader("original.traceparent").value()).containsExactly(8);
    assertThat(kept.headers("original.assay.topic")).isEmpty();
  }

  private static Record<byte[], byte[]> aside(
      byte @Nullable [] key, byte[] value, Headers headers) {
    return Aside.record(key, value, headers, 3, LETTER::write);
  }

  private static int size(Record<byte[], byte[]> record) {
    return DefaultRecord.sizeInBytes(
        0,
        0,
        record.key() == null ? -1 : record.key().length,
        record.value() == null ? -1 : record.value().length,
        record.headers().toArray());
  }
}
