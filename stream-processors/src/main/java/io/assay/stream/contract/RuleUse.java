package io.assay.stream.contract;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * By which generation of rules a task judges: told in the transaction that first uses it.
 *
 * @param application the group of processors
 * @param task as Kafka Streams calls it
 * @param sinceMillis by the clock, when it was first used
 */
public record RuleUse(
    String project, String application, String task, long generation, long sinceMillis) {
  private static final JsonMapper JSON = JsonMapper.shared();

  public RuleUse {
    // Jackson fills what a record lacks with null.
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(application, "application");
    Objects.requireNonNull(task, "task");
  }

  /** {@code project/application/task}: what compaction keeps. */
  public byte[] key() {
    return String.join("/", project, application, task).getBytes(StandardCharsets.UTF_8);
  }

  public byte[] json() {
    return JSON.writeValueAsBytes(this);
  }

  /**
   * Reads {@link #json()}.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  public static RuleUse read(byte[] json) {
    try {
      return JSON.readValue(json, RuleUse.class);
    } catch (JacksonException | NullPointerException broken) {
      throw new IllegalArgumentException(
          "a use of rules needs an object with its task and generation, got: " + broken, broken);
    }
  }
}
