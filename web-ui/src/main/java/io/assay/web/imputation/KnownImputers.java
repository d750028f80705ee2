package io.assay.web.imputation;

import io.assay.stream.contract.ImputerChoice;
import io.assay.stream.contract.ImputerFollower;
import io.assay.stream.contract.ImputerVersion;
import io.assay.stream.contract.ImputersInUse;
import io.assay.stream.contract.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the imputers' topic says now, of all projects, in memory. */
final class KnownImputers implements AutoCloseable {
  private final ImputersInUse inUse = new ImputersInUse();
  private final @Nullable ImputerFollower follower;

  private KnownImputers(Optional<Map<String, Object>> clients, Topics topics) {
    this.follower = clients.map(given -> ImputerFollower.start(given, topics, inUse)).orElse(null);
  }

  /**
   * Returns at once; {@code clients}: settings of Kafka's clients; none where there is no broker.
   */
  static KnownImputers follow(Optional<Map<String, Object>> clients, Topics topics) {
    return new KnownImputers(clients, topics);
  }

  /** Whether there is a broker to hear of imputers from. */
  boolean isConnected() {
    return follower != null;
  }

  /** The one that is in force. */
  ImputersInUse.Found inForce(String project, String stream, String groupHash) {
    if (follower == null) {
      return new ImputersInUse.Found.Missing("there is no broker to hear of imputers from");
    }
    Optional<RuntimeException> trouble = follower.trouble();
    ImputersInUse.Found found = inUse.of(project, stream, groupHash);
    return found instanceof ImputersInUse.Found.Missing && trouble.isPresent()
        ? new ImputersInUse.Found.Missing(
            "nothing is heard of imputers: " + trouble.get().getMessage())
        : found;
  }

  Set<String> streams(String project) {
    return follower == null ? Set.of() : follower.table().streams(project);
  }

  /** What was decided, the one that holds before the others. */
  List<ImputerChoice> choices(String project, String stream) {
    return follower == null ? List.of() : follower.table().choices(project, stream);
  }

  /** Whether a version is in the topic as a whole. */
  Optional<ImputerVersion> version(String project, String stream, long version) {
    return follower == null ? Optional.empty() : follower.table().version(project, stream, version);
  }

  @Override
  public void close() {
    if (follower != null) {
      follower.close();
    }
  }
}
