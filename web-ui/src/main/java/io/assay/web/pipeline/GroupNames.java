package io.assay.web.pipeline;

import io.assay.stream.contract.Topics;
import java.util.Optional;

/**
 * Consumer groups of our own by their names: those of processors say whose project they are
 * (docs/kafka-acls.md has them all).
 */
record GroupNames(Topics topics, String sink) {
  /** What a group does. */
  enum Work {
    JUDGES,
    MERGES_WINDOWS,
    JOINS_TRUTH,
    PAIRS_SERVED,
    COMPARES_EMBEDDINGS,
    ARCHIVES,
    TRAINS,
    STORES
  }

  /**
   * One of ours.
   *
   * @param of of which streams or embeddings, divided by commas; empty for all of a project
   */
  record Known(String group, Work work, String of) {}

  /** What a group is to a project; empty where it is none of its. */
  Optional<Known> of(String project, String group) {
    String prefix = topics.prefix();
    if (group.equals(sink)) {
      return Optional.of(new Known(group, Work.STORES, ""));
    }
    String judging = prefix + '-' + project + '-';
    if (group.startsWith(judging)) {
      String streams = group.substring(judging.length());
      // Names of projects may have '-', those of streams have none: what has is another project's.
      return streams.isEmpty() || streams.indexOf('-') >= 0
          ? Optional.empty()
          : Optional.of(new Known(group, Work.JUDGES, streams.replace(".", ", ")));
    }
    return exact(prefix + ".windows." + project, group, Work.MERGES_WINDOWS)
        .or(() -> exact(prefix + ".archive." + project, group, Work.ARCHIVES))
        .or(() -> exact(prefix + ".imputers." + project, group, Work.TRAINS))
        .or(() -> below(prefix + ".truths." + project + '.', group, Work.JOINS_TRUTH))
        .or(() -> below(prefix + ".serving." + project + '.', group, Work.PAIRS_SERVED))
        .or(() -> below(prefix + ".embeddings." + project + '.', group, Work.COMPARES_EMBEDDINGS));
  }

  private static Optional<Known> exact(String name, String group, Work work) {
    return group.equals(name) ? Optional.of(new Known(group, work, "")) : Optional.empty();
  }

  private static Optional<Known> below(String stem, String group, Work work) {
    return group.startsWith(stem)
        ? Optional.of(new Known(group, work, group.substring(stem.length())))
        : Optional.empty();
  }
}
