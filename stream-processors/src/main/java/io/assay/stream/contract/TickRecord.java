package io.assay.stream.contract;

import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Nothing has come of a key, and that has decided something: its event time has passed by itself.
 *
 * @param stream that was idle
 * @param at event time now, nanoseconds since the epoch
 * @param received up to when nothing had been received, nanoseconds since the epoch
 */
public record TickRecord(String project, String stream, String key, long at, long received) {
  private static final JsonMapper JSON = JsonMapper.shared();

  public TickRecord {
    // Jackson fills what a record lacks with null.
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(key, "key");
  }

  public byte[] json() {
    return JSON.writeValueAsBytes(this);
  }

  /**
   * Reads {@link #json()}.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  public static TickRecord read(byte[] json) {
    try {
      return JSON.readValue(json, TickRecord.class);
    } catch (JacksonException broken) {
      throw new IllegalArgumentException(
          "a tick needs an object with stream, key and times, got: " + broken.getOriginalMessage(),
          broken);
    }
  }
}
