package io.assay.stream.contract;

import java.util.List;
import java.util.Optional;

/**
 * A topic beside its plan.
 *
 * @param existing what there is; empty where it is missing
 * @param differences of its settings
 */
public record TopicState(
    TopicPlan plan, Optional<Existing> existing, List<Difference> differences) {
  public TopicState {
    differences = List.copyOf(differences);
  }

  /**
   * @param unread why its settings are not known; empty where they are
   */
  public record Existing(int partitions, int replicas, String unread) {}

  /** A setting that is not as planned. */
  public record Difference(String setting, String planned, String actual) {}

  public boolean isMissing() {
    return existing.isEmpty();
  }
}
