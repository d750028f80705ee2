package io.assay.stream.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assay.assertion.SliceValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one partition has counted of an expectation in one minute of event time, from its first
 * event on: of two records the one with the higher sequence holds, and a figure of the minute is
 * the sum over partitions. Of no assertion ({@link #isOfVersion}) it says which version of the
 * model the events of a stream named.
 *
 * @param assertion its name; empty where events are counted by the version that they name
 * @param expectation name or index; empty for kinds with one verdict; of no assertion the version
 * @param minute minutes since the epoch
 * @param partition of the judging task; those that merge windows count from 1,048,576, those where
 *     truth is joined from 2,097,152
 * @param sequence counts up with every record of the same key
 * @param slices the same by the declared slices of the stream, cumulative, too; empty where it has
 *     none, and in records of before they were counted
 */
public record CountRecord(
    String project,
    String stream,
    String assertion,
    String expectation,
    long minute,
    int partition,
    long sequence,
    long seen,
    long passed,
    long judged,
    long held,
    long violated,
    long undecided,
    long late,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<InSlice> slices) {
  /**
   * Stands for an assertion where events are counted by the version of the model that they name.
   */
  public static final String VERSIONS = "";

  private static final JsonMapper JSON = JsonMapper.shared();

  public CountRecord {
    // Jackson fills what a record lacks with null.
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(assertion, "assertion");
    Objects.requireNonNull(expectation, "expectation");
    slices = slices == null ? List.of() : List.copyOf(slices);
  }

  /** Of a stream without slices. */
  public CountRecord(
      String project,
      String stream,
      String assertion,
      String expectation,
      long minute,
      int partition,
      long sequence,
      long seen,
      long passed,
      long judged,
      long held,
      long violated,
      long undecided,
      long late) {
    this(
        project,
        stream,
        assertion,
        expectation,
        minute,
        partition,
        sequence,
        seen,
        passed,
        judged,
        held,
        violated,
        undecided,
        late,
        List.of());
  }

  /**
   * What came of judging at events with one value of a slice; values without any are left out.
   *
   * @param judged with a verdict; {@code violated} of them
   */
  public record InSlice(
      String slice, SliceValue value, long judged, long violated, long undecided) {
    public InSlice {
      Objects.requireNonNull(slice, "slice");
      Objects.requireNonNull(value, "value");
    }
  }

  /** {@code project/stream/assertion/expectation/minute/partition}: what compaction keeps. */
  public byte[] key() {
    return String.join(
            "/",
            project,
            stream,
            assertion,
            expectation,
            Long.toString(minute),
            Integer.toString(partition))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Whether it counts events that name a version, which {@link #expectation} then is. */
  public boolean isOfVersion() {
    return assertion.equals(VERSIONS);
  }

  /** When the minute begins. */
  public Instant minuteStart() {
    return Instant.ofEpochSecond(minute * 60);
  }

  public byte[] json() {
    return JSON.writeValueAsBytes(this);
  }

  /**
   * Reads {@link #json()}.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  public static CountRecord read(byte[] json) {
    try {
      return JSON.readValue(json, CountRecord.class);
    } catch (JacksonException broken) {
      throw new IllegalArgumentException(
          "a count needs an object with its tallies, got: " + broken.getOriginalMessage(), broken);
    }
  }
}
