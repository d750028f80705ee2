package io.assay.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/** Kafka's own authorizer, which remembers what it was asked. */
public final class RecordingAuthorizer extends StandardAuthorizer {
  private static final Set<Asked> ASKED = ConcurrentHashMap.newKeySet();

  /**
   * A question and its answer.
   *
   * @param user without {@code User:}
   * @param told whether a denial is told in the broker's log, and so to whoever asked
   */
  public record Asked(
      String user,
      AclOperation operation,
      ResourceType type,
      String name,
      boolean allowed,
      boolean told) {}

  /** Of one user, since the JVM began. */
  public static List<Asked> of(String user) {
    return ASKED.stream().filter(one -> one.user().equals(user)).toList();
  }

  @Override
  public List<AuthorizationResult> authorize(
      AuthorizableRequestContext context, List<Action> actions) {
    List<AuthorizationResult> results = super.authorize(context, actions);
    var asked = new ArrayList<Asked>();
    for (int i = 0; i < actions.size(); i++) {
      Action action = actions.get(i);
      if (isCuriosity(action)) {
        continue;
      }
      asked.add(
          new Asked(
              context.principal().getName(),
              action.operation(),
              action.resourcePattern().resourceType(),
              action.resourcePattern().name(),
              results.get(i) == AuthorizationResult.ALLOWED,
              action.logIfDenied()));
    }
    ASKED.addAll(asked);
    return results;
  }

  /** Whoever describes a topic is told all that he may do there; that is asked without a trace. */
  private static boolean isCuriosity(Action action) {
    return !action.logIfAllowed() && !action.logIfDenied();
  }
}
