package io.assay.stream.contract;

import io.assay.assertion.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether a key is silent for longer than an assertion allows: the newest record of a key and an
 * assertion holds.
 *
 * @param judgementHash of the assertion that says so; another version of it knows nothing of it
 * @param at event time, nanoseconds since the epoch: when the silence had lasted too long, or of
 *     the event that speaks
 * @param since what is known of the silence; null where the key speaks
 */
public record SilentRecord(
    String project,
    String stream,
    String assertion,
    String judgementHash,
    String key,
    long at,
    @Nullable Since since) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * Of a silence that goes on.
   *
   * @param lasted for how long it was too long already when it was told, by the clock of arrivals,
   *     nanoseconds
   * @param violation id of the violation that was told of it
   * @param episode id of its episode
   * @param version of the model, of the last event; null where there is none
   */
  public record Since(long lasted, String violation, String episode, @Nullable String version) {
    public Since {
      Objects.requireNonNull(violation, "violation");
      Objects.requireNonNull(episode, "episode");
      if (lasted < 0) {
        throw new IllegalArgumentException("a silence lasts 0 ns or more, got " + lasted);
      }
    }
  }

  public SilentRecord {
    // Jackson fills what a record lacks with null.
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(assertion, "assertion");
    Objects.requireNonNull(judgementHash, "judgementHash");
    Objects.requireNonNull(key, "key");
  }

  /** {@code lasted}: as in {@link Since}. */
  public static SilentRecord silent(Violation told, long lasted) {
    return new SilentRecord(
        told.project(),
        told.stream(),
        told.assertion(),
        told.judgementHash(),
        told.key(),
        told.at(),
        new Since(lasted, told.id(), told.episode(), told.modelVersion().orElse(null)));
  }

  /** What is known of the silence; nothing where the key speaks. */
  public Optional<Since> silence() {
    return Optional.ofNullable(since);
  }

  /** {@code project/stream/assertion/key}: what compaction keeps. */
  public byte[] recordKey() {
    return recordKey(project, stream, assertion, key);
  }

  /** The same, of what is told no more: such a record has no value. */
  public static byte[] recordKey(String project, String stream, String assertion, String key) {
    return String.join("/", project, stream, assertion, key).getBytes(StandardCharsets.UTF_8);
  }

  public byte[] json() {
    return JSON.writeValueAsBytes(this);
  }

  /**
   * Reads {@link #json()}.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  public static SilentRecord read(byte[] json) {
    try {
      return JSON.readValue(json, SilentRecord.class);
    } catch (JacksonException | NullPointerException broken) {
      throw new IllegalArgumentException(
          "whether a key is silent needs an object with stream, assertion and key, got: " + broken,
          broken);
    }
  }
}
