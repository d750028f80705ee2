package io.assay.web.access;

import java.security.Principal;
import java.util.Set;

/**
 * A program that has shown a good token.
 *
 * @param project the only one that it may reach
 * @param token the id of the token, which is no secret
 * @param streams those that it may send to; none: all
 */
public record Machine(
    String project, String token, String name, Set<Scope> scopes, Set<String> streams)
    implements Principal {
  public Machine {
    scopes = Set.copyOf(scopes);
    streams = Set.copyOf(streams);
  }

  public boolean reaches(String stream) {
    return streams.isEmpty() || streams.contains(stream);
  }

  @Override
  public String getName() {
    return "token " + token;
  }
}
