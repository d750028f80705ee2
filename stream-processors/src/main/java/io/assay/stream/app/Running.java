package io.assay.stream.app;

import io.assay.stream.assertions.LiveRules;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** One of the Kafka Streams applications that judge a project. */
sealed interface Running
    permits ComparedEmbeddings, JudgedStreams, JoinedTruths, MergedWindows, PairedStream {
  Instance instance();

  /**
   * Looks at its topics: starts it, has it wait for what is missing, or starts it again where they
   * are others than before.
   *
   * @param now of {@link System#nanoTime}
   */
  void look(Admin admin, long now) throws InterruptedException, ExecutionException;

  /** Ends within the time given. */
  default void stop(Duration within) {
    instance().stop(within);
  }

  /** What it is started for: where rules make that another, it ends and another is begun. */
  Object shape();

  /** Goes by other rules from the next record on. */
  void take(LiveRules.Generation generation);

  /** Ends for good: there is nothing for it to judge any more. */
  default void retire() {
    instance().stopping();
    instance().leave();
    instance().stop(Duration.ZERO);
  }

  List<StreamStatus> status();
}
