package io.assay.stream.contract;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * That all tasks of a project are to forget a key of a stream: what they had received of it when
 * that was asked for, at the least.
 *
 * @param digest of the key, as {@link KeyDigest#of} gives it: the key itself is not told
 * @param askedMillis by the clock of who asked
 */
public record ErasureRequest(String project, String stream, String digest, long askedMillis) {
  private static final JsonMapper JSON = JsonMapper.shared();

  public ErasureRequest {
    // Jackson fills what a record lacks with null.
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(digest, "digest");
  }

  /** {@code project/digest}. */
  public byte[] key() {
    return (project + '/' + digest).getBytes(StandardCharsets.UTF_8);
  }

  public byte[] json() {
    return JSON.writeValueAsBytes(this);
  }

  /** Whether a record's key is of a request, and not of what a task says of one. */
  static boolean isKey(byte[] key) {
    return new String(key, StandardCharsets.UTF_8).chars().filter(c -> c == '/').count() == 1;
  }

  /**
   * Reads {@link #json()}.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  public static ErasureRequest read(byte[] json) {
    try {
      ErasureRequest request = JSON.readValue(json, ErasureRequest.class);
      KeyDigest.read(request.digest());
      return request;
    } catch (JacksonException | NullPointerException broken) {
      throw new IllegalArgumentException(
          "an erasure needs an object with project, stream and digest, got: " + broken, broken);
    }
  }
}
