package io.assay.stream.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * That a round proposes something for a person's look. It says where the events are, not what is in
 * them: no field's value, and neither subject nor sentence of the violation, which may hold one.
 *
 * @param round its number in the project
 * @param item the episode's id; of an event drawn at random {@code random-} and a hash
 * @param prediction id of the event that decided the worst violation, or that was drawn
 * @param arm by which way it was chosen: {@code uniform}, {@code gain}, {@code random-share}, …
 * @param reason the same in a sentence
 * @param probability in 0 .. 1, with which that draw took it
 * @param assertion empty of an event drawn at random, as are {@code violation} and {@code
 *     judgementHash}
 * @param from event time of the worst violation's span, nanoseconds since the epoch
 * @param to likewise
 * @param at of the event that decided
 * @param around how many events of the key before and after the span go with it
 * @param events of the span, in order
 * @param modelVersion as the events say; null where they do not
 */
public record SampleRecord(
    String project,
    long round,
    String item,
    String prediction,
    String arm,
    String reason,
    double probability,
    String assertion,
    String stream,
    String key,
    long from,
    long to,
    long at,
    int around,
    List<Place> events,
    String violation,
    String judgementHash,
    @Nullable String modelVersion) {
  private static final JsonMapper JSON = JsonMapper.shared();

  public SampleRecord {
    // Jackson fills what a record lacks with null.
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(item, "item");
    Objects.requireNonNull(prediction, "prediction");
    Objects.requireNonNull(arm, "arm");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(assertion, "assertion");
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(violation, "violation");
    Objects.requireNonNull(judgementHash, "judgementHash");
    events = List.copyOf(events);
  }

  /**
   * Where an event is.
   *
   * @param at event time, nanoseconds since the epoch
   */
  public record Place(String id, long at, String topic, int partition, long offset) {}

  /** All that is said of an item is in one partition. */
  public byte[] messageKey() {
    return (project + '/' + item).getBytes(UTF_8);
  }

  public byte[] json() {
    return JSON.writeValueAsBytes(this);
  }

  /**
   * Reads {@link #json()}.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  public static SampleRecord read(byte[] json) {
    try {
      return JSON.readValue(json, SampleRecord.class);
    } catch (JacksonException | NullPointerException broken) {
      throw new IllegalArgumentException(
          "a sample needs an object with project, round, item and what it is of, got: " + broken,
          broken);
    }
  }
}
