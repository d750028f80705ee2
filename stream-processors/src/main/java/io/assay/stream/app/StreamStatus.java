package io.assay.stream.app;

import io.assay.stream.assertions.Figures;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How one stream is doing.
 *
 * @param message what someone should know of the state; empty when all is well
 * @param failing for how long it has failed and not run since; nothing while all is well
 * @param lag records that were in the topic, or on their way to the judge, and not read yet, as far
 *     as known
 * @param figures since the program started
 */
public record StreamStatus(
    String stream,
    String topic,
    String applicationId,
    State state,
    String message,
    Duration failing,
    OptionalLong lag,
    Figures figures) {

  /** From starting to stopped. */
  public enum State {
    /** Something outside is missing: the broker, or the topic. It is looked for again and again. */
    WAITING,
    /** Tasks are being assigned, or their state is being restored. */
    STARTING,
    RUNNING,
    /** It stopped by a failure and will be started again. */
    FAILED,
    /** It would judge wrongly, and is stopped until someone does what the message says. */
    BLOCKED,
    STOPPED
  }
}
