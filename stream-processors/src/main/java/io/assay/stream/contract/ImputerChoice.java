package io.assay.stream.contract;

import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which version of a stream's imputer is to be in force.
 *
 * @param pinned whether it stays, whatever is trained, until a person says otherwise
 * @param by who decided; {@link #TRAINER} if it was no person
 * @param why in their words; may be empty
 */
public record ImputerChoice(
    String project,
    String stream,
    long version,
    boolean pinned,
    String by,
    String why,
    long atMillis) {
  /** Of what nobody decided by hand; no person is called so. */
  public static final String TRAINER = "(trainer)";

  private static final JsonMapper JSON = JsonMapper.shared();

  public ImputerChoice {
    // Jackson fills what a record lacks with null.
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(why, "why");
  }

  public byte[] json() {
    return JSON.writeValueAsBytes(this);
  }

  /**
   * Reads {@link #json()}.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  public static ImputerChoice read(byte[] json) {
    try {
      return JSON.readValue(json, ImputerChoice.class);
    } catch (JacksonException | NullPointerException broken) {
      throw new IllegalArgumentException(
          "a choice of an imputer needs an object with version, pinned, by and why, got: " + broken,
          broken);
    }
  }
}
