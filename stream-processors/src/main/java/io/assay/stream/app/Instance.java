package io.assay.stream.app;

import io.assay.stream.app.StreamStatus.State;
import io.assay.stream.assertions.WatchedSources;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A Kafka Streams instance that is started once its topics are there and again when it has failed.
 * One thread looks after it; any may ask how it is.
 */
final class Instance {
  private static final Logger LOG = LoggerFactory.getLogger(Instance.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
  private static final Duration TO_LEAVE = Duration.ofSeconds(4);

  /** Threads replaced one after the other before the whole instance is started again. */
  private static final int MOST_REPLACED = 3;

  private final String name;
  private final String stream;
  private volatile Condition condition = new Condition(State.WAITING, "");
  private volatile @Nullable KafkaStreams running;
  private volatile boolean sourceGone;
  private volatile boolean stopping;

  /** When it failed first since it last ran. */
  private volatile @Nullable Long failedNanos;

  /** Told last. */
  private String refused = "";

  private int replaced;
  private long quietUntilNanos = Long.MIN_VALUE;

  /** How it is, and what someone should know of that. */
  record Condition(State state, String message) {}

  /**
   * @param name for the log
   * @param stream what it judges, for logs that are read by programs
   */
  Instance(String name, String stream) {
    this.name = name;
    this.stream = stream;
  }

  Condition condition() {
    return condition;
  }

  Duration failing() {
    Long since = failedNanos;
    return since == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
  }

  boolean started() {
    return running != null;
  }

  void waiting(String message) {
    become(State.WAITING, message);
  }

  /** The broker does not let its topics be looked at; what runs goes on. */
  void refused(String why) {
    if (!started()) {
      waiting(why);
    } else if (!why.equals(refused)) {
      told(Level.WARN).log("{}: {}", name, why);
    }
    refused = why;
  }

  /** Whether it failed so short a time ago that it is left alone. */
  boolean isQuiet(long nowNanos) {
    return quietUntilNanos != Long.MIN_VALUE && nowNanos - quietUntilNanos < 0;
  }

  void start(Supplier<KafkaStreams> made) {
    KafkaStreams streams = made.get();
    replaced = 0;
    sourceGone = false;
    streams.setUncaughtExceptionHandler(this::uncaught);
    streams.setStateListener((now, before) -> changed(now));
    running = streams;
    become(State.STARTING, "");
    streams.start();
  }

  void failedToStart(RuntimeException failure, long nowNanos) {
    told(Level.WARN).setCause(failure).log("{} could not be started", name);
    become(State.FAILED, failure.toString());
    running = null;
    quietUntilNanos = nowNanos + AFTER_FAILURE.toNanos();
  }

  private void changed(KafkaStreams.State now) {
    switch (now) {
      case RUNNING -> become(State.RUNNING, "");
      case REBALANCING, CREATED -> become(State.STARTING, condition.message());
      case PENDING_ERROR, ERROR -> become(State.FAILED, condition.message());
      case PENDING_SHUTDOWN, NOT_RUNNING -> {}
    }
  }

  private synchronized StreamThreadExceptionResponse uncaught(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (stopping) {
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    become(State.FAILED, root.toString());
    sourceGone =
        failure instanceof MissingSourceTopicException
            || root instanceof WatchedSources.SourcesChanged;
    if (sourceGone || ++replaced > MOST_REPLACED) {
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    told(Level.WARN).setCause(failure).log("{}: a thread failed and is replaced", name);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /** Ends, for its topics have changed: the others of the group share its tasks at once. */
  void leave() {
    KafkaStreams streams = running;
    if (streams != null) {
      streams.close(
          CloseOptions.timeout(TO_LEAVE)
              .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
      running = null;
      quietUntilNanos = Long.MIN_VALUE;
    }
  }

  /** Ends, and stays so until someone does what the message says. */
  void block(String message) {
    leave();
    become(State.BLOCKED, message);
  }

  /** Clears away an instance that has given up, so that it is started again. */
  void tend(long nowNanos) {
    KafkaStreams streams = running;
    if (streams == null) {
      return;
    }
    switch (streams.state()) {
      case ERROR, NOT_RUNNING -> {
        streams.close(Duration.ofSeconds(1));
        running = null;
        quietUntilNanos = sourceGone ? Long.MIN_VALUE : nowNanos + AFTER_FAILURE.toNanos();
      }
      case CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN, PENDING_ERROR -> {}
    }
  }

  /** What fails from now on fails because it ends. */
  void stopping() {
    stopping = true;
  }

  /** Ends within the time given; what was not committed is done again at the next start. */
  void stop(Duration within) {
    KafkaStreams streams = running;
    if (streams != null
        && !streams.close(
            CloseOptions.timeout(within)
                .withGroupMembershipOperation(
                    CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP))) {
      told(Level.WARN).log("{} did not stop within {}", name, within);
    }
    running = null;
    become(State.STOPPED, "");
  }

  private synchronized void become(State state, String message) {
    var next = new Condition(state, message);
    if (next.equals(condition)) {
      return;
    }
    condition = next;
    switch (state) {
      case FAILED -> failedNanos = failedNanos == null ? (Long) System.nanoTime() : failedNanos;
      case WAITING, RUNNING, BLOCKED, STOPPED -> failedNanos = null;
      case STARTING -> {}
    }
    if (state == State.WAITING || state == State.FAILED || state == State.BLOCKED) {
      told(Level.WARN).log("{} is {}: {}", name, state, message);
    } else {
      told(Level.INFO).log("{} is {}", name, state);
    }
  }

  private LoggingEventBuilder told(Level level) {
    return LOG.atLevel(level).addKeyValue("stream", stream);
  }

  /** Of its tasks in this process; nothing while it does not run. */
  LocalFigures local() {
    KafkaStreams streams = running;
    return streams == null ? LocalFigures.NONE : LocalFigures.of(streams);
  }

  /**
   * Records of topics that were not read yet, from the consumers of this process; other instances
   * of the group have their own.
   */
  OptionalLong lag(Set<String> topics) {
    KafkaStreams streams = running;
    if (streams == null) {
      return OptionalLong.empty();
    }
    long sum = 0;
    boolean known = false;
    for (Map.Entry<MetricName, ? extends Metric> entry : streams.metrics().entrySet()) {
      MetricName metric = entry.getKey();
      if (metric.name().equals("records-lag")
          && topics.contains(metric.tags().getOrDefault("topic", ""))
          && entry.getValue().metricValue() instanceof Double lag
          && !lag.isNaN()) {
        sum += Math.round(lag);
        known = true;
      }
    }
    return known ? OptionalLong.of(sum) : OptionalLong.empty();
  }
}
