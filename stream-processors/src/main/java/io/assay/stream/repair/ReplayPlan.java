package io.assay.stream.repair;

import io.assay.assertion.event.Coordinates;
import io.assay.stream.contract.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** What replaying a record would do. */
public sealed interface ReplayPlan {
  /** It is sent to the topic that it came from. */
  record Send(ProducerRecord<byte[], byte[]> record) implements ReplayPlan {}

  /** It is judged in its key's history. */
  record Judge(Judgement judgement) implements ReplayPlan {}

  /** It was replayed before. */
  record Replayed(ReplayNote note) implements ReplayPlan {
    public String why() {
      return "%s %s by %s"
          .formatted(note.way().past(), Instant.ofEpochMilli(note.millis()), note.by());
    }
  }

  /** It cannot be replayed. */
  record Refused(String why) implements ReplayPlan {}

  /**
   * How to replay.
   *
   * @param again also what was replayed before
   * @param by who does it
   */
  record Wish(boolean again, String by) {}

  /**
   * @param edited instead of the bytes that came; null where these are sent
   * @param partitions how many the topic has that it came from; empty where there is none
   */
  static ReplayPlan of(
      PutAside aside,
      byte @Nullable [] edited,
      Optional<ReplayNote> note,
      Wish wish,
      OptionalInt partitions) {
    if (note.isPresent() && !wish.again()) {
      return new Replayed(note.get());
    }
    Optional<Refused> lacking = lacking(aside, edited);
    if (lacking.isPresent()) {
      return lacking.get();
    }
    Coordinates source = aside.source();
    if (partitions.isEmpty()) {
      return new Refused("its topic '%s' does not exist".formatted(source.topic()));
    }
    boolean there = source.partition() < partitions.getAsInt();
    byte[] value = edited == null ? aside.value() : edited;
    return new Send(record(aside, there ? source.partition() : null, value));
  }

  /** Where not all of it was kept. */
  static Optional<Refused> lacking(PutAside aside, byte @Nullable [] edited) {
    return aside.leftOut().stream()
        .filter(left -> edited == null || !left.startsWith("value "))
        .findFirst()
        .map(left -> new Refused("the " + left + " was too large to be kept"));
  }

  // Kafka's records take null for an absent partition, key or value.
  @SuppressWarnings("NullAway")
  private static ProducerRecord<byte[], byte[]> record(
      PutAside aside, @Nullable Integer partition, byte @Nullable [] value) {
    var headers = new RecordHeaders();
    for (Header header : aside.headers()) {
      if (!header.key().equals(HeaderNames.REPLAY_OF)) {
        headers.add(header);
      }
    }
    headers.add(HeaderNames.REPLAY_OF, aside.name().getBytes(StandardCharsets.UTF_8));
    return new ProducerRecord<>(
        aside.source().topic(), partition, null, aside.key(), value, headers);
  }
}
