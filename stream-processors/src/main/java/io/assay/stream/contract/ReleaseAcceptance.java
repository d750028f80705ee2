package io.assay.stream.contract;

import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A person accepts a release that was rejected. It takes effect while that is the last that closed.
 *
 * @param by who
 * @param why in their words; may be empty
 */
public record ReleaseAcceptance(
    String project, String embeddings, String release, String by, String why, long atMillis) {
  private static final JsonMapper JSON = JsonMapper.shared();

  public ReleaseAcceptance {
    // Jackson fills what a record lacks with null.
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(embeddings, "embeddings");
    Objects.requireNonNull(release, "release");
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(why, "why");
  }

  public ReleaseKey key() {
    return ReleaseKey.of(project, embeddings, release).accepted();
  }

  public byte[] json() {
    return JSON.writeValueAsBytes(this);
  }

  /**
   * Reads {@link #json()}.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  public static ReleaseAcceptance read(byte[] json) {
    try {
      return JSON.readValue(json, ReleaseAcceptance.class);
    } catch (JacksonException | NullPointerException broken) {
      throw new IllegalArgumentException(
          "an acceptance needs an object with release, by and why, got: " + broken, broken);
    }
  }
}
