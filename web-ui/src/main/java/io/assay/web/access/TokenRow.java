package io.assay.web.access;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A token as it is listed; its secret is not known any more.
 *
 * @param streams those that it may send to; none: all
 * @param lastUsed up to ten minutes behind; null: never
 */
public record TokenRow(
    String id,
    String name,
    Set<Scope> scopes,
    Set<String> streams,
    Instant created,
    String createdBy,
    @Nullable Instant expires,
    @Nullable Instant lastUsed,
    @Nullable Instant revoked,
    @Nullable String revokedBy,
    State state) {
  /** Whether it still opens anything. */
  public enum State {
    LIVE,
    EXPIRED,
    REVOKED
  }

  public TokenRow {
    scopes = Set.copyOf(scopes);
    streams = Set.copyOf(streams);
  }

  /** How its text begins. */
  public String prefix() {
    return TokenSecret.prefix(id);
  }

  public String scopesText() {
    return scopes.stream().sorted().map(Scope::word).collect(Collectors.joining(", "));
  }

  public String streamsText() {
    return streams.stream().sorted().collect(Collectors.joining(", "));
  }
}
