package io.assay.stream.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What somebody says of one prediction, often long after it; one record a saying.
 *
 * @param id of the saying itself: the same one sent twice counts once
 * @param prediction the id of the event that it is about
 * @param stream whose event; empty where the sender does not say
 * @param verdict {@code error}, {@code no-error}, {@code unclear}, or empty where only fields are
 *     said
 * @param fields what the event should have had, as JSON; null where only a verdict is said
 * @param classes of boxes that were looked at; none: all
 * @param looked fields that were looked at; none: all
 * @param weight how far it is to be believed, 0 to 1
 * @param by who says it
 * @param source through what it came: {@code api}, {@code label-studio}
 * @param atMillis when it was said
 */
public record LabelRecord(
    String project,
    String id,
    String prediction,
    String stream,
    String verdict,
    JsonNode fields,
    List<String> classes,
    List<String> looked,
    double weight,
    String by,
    String source,
    long atMillis) {
  private static final JsonMapper JSON = JsonMapper.shared();

  public LabelRecord {
    // Jackson fills what a record lacks with null.
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(prediction, "prediction");
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(fields, "fields");
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(source, "source");
    classes = List.copyOf(classes);
    looked = List.copyOf(looked);
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException("a label needs a weight of 0 to 1, got " + weight);
    }
  }

  /** All that is said of a prediction is in one partition. */
  public byte[] key() {
    return (project + '/' + prediction).getBytes(UTF_8);
  }

  public byte[] json() {
    return JSON.writeValueAsBytes(this);
  }

  /**
   * Reads {@link #json()}.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  public static LabelRecord read(byte[] json) {
    try {
      return JSON.readValue(json, LabelRecord.class);
    } catch (JacksonException | NullPointerException broken) {
      throw new IllegalArgumentException(
          "a label needs an object with project, id, prediction and what is said, got: " + broken,
          broken);
    }
  }
}
