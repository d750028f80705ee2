package io.assay.stream.contract;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * That a task has forgotten a key, in the transaction in which it has: nothing that it received
 * before {@link ErasureRequest} was asked for is in its store any more.
 *
 * @param application the group of processors
 * @param task as Kafka Streams calls it
 * @param atMillis by its clock
 * @param gone entries of its store that went; 0 where it had nothing of the key
 */
public record ErasureDone(
    String project, String digest, String application, String task, long atMillis, long gone) {
  private static final JsonMapper JSON = JsonMapper.shared();

  public ErasureDone {
    // Jackson fills what a record lacks with null.
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(application, "application");
    Objects.requireNonNull(task, "task");
  }

  /** {@code project/digest/application/task}: what compaction keeps. */
  public byte[] key() {
    return String.join("/", project, digest, application, task).getBytes(StandardCharsets.UTF_8);
  }

  public byte[] json() {
    return JSON.writeValueAsBytes(this);
  }

  /**
   * Reads {@link #json()}.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  public static ErasureDone read(byte[] json) {
    try {
      return JSON.readValue(json, ErasureDone.class);
    } catch (JacksonException | NullPointerException broken) {
      throw new IllegalArgumentException(
          "a done erasure needs an object with its digest and task, got: " + broken, broken);
    }
  }
}
