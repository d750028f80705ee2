package io.assay.cli;

import io.assay.stream.contract.TopicState;
import io.assay.stream.contract.TopicState.Difference;
import java.util.ArrayList;
import java.util.List;

/** What is said of one topic. */
record TopicAnswer(TopicState state, Kind kind, List<Difference> differences) {
  TopicAnswer {
    differences = List.copyOf(differences);
  }

  /** How it stands with a topic. */
  enum Kind {
    AS_PLANNED("exists"),
    DIFFERS("differs"),
    /** It is there; whether it is as planned may not be known to us. */
    UNREAD("unread"),
    MISSING("missing"),
    WOULD_BE_CREATED("would be created"),
    CREATED("created");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** {@code missing}: what is said of a topic that is not, or was not, there. */
  static TopicAnswer of(TopicState state, Kind missing, TopicOptions wanted) {
    if (state.existing().isEmpty()) {
      return new TopicAnswer(state, missing, List.of());
    }
    TopicState.Existing now = state.existing().get();
    var differences = new ArrayList<Difference>();
    int partitions = state.plan().partitions();
    if (now.partitions() != partitions && !wanted.takesAnyPartitions(state.plan())) {
      differences.add(difference("partitions", partitions, now.partitions()));
    }
    if (wanted.replicas != null && now.replicas() != wanted.replicas) {
      differences.add(difference("replication factor", wanted.replicas, now.replicas()));
    }
    differences.addAll(state.differences());
    Kind kind =
        !differences.isEmpty()
            ? Kind.DIFFERS
            : now.unread().isEmpty() ? Kind.AS_PLANNED : Kind.UNREAD;
    return new TopicAnswer(state, kind, differences);
  }

  private static Difference difference(String what, int planned, int actual) {
    return new Difference(what, Integer.toString(planned), Integer.toString(actual));
  }

  boolean isWell() {
    return kind == Kind.AS_PLANNED || kind == Kind.CREATED || kind == Kind.WOULD_BE_CREATED;
  }
}
