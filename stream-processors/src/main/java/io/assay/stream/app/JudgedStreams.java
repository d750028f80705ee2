package io.assay.stream.app;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.app.StreamStatus.State;
import io.assay.stream.assertions.AssertionTopology;
import io.assay.stream.assertions.Figures;
import io.assay.stream.assertions.JudgeSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams that joins connect, or one alone, and the Kafka Streams instance that judges them,
 * started once their topics are there and again when it has failed. One thread looks after it; any
 * may ask for its status.
 */
final class JudgedStreams {
  private static final Logger LOG = LoggerFactory.getLogger(JudgedStreams.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  /** Threads replaced one after the other before the whole instance is started again. */
  private static final int MOST_REPLACED = 3;

  private final CheckedRules rules;
  private final List<StreamType> streams;
  private final String name;
  private final ProcessorSettings settings;
  private final String instance;
  private final Map<String, Figures> figures = new LinkedHashMap<>();
  private volatile Condition condition = new Condition(State.WAITING, "");
  private volatile @Nullable KafkaStreams running;
  private volatile boolean sourceGone;
  private int replaced;
  private long quietUntilNanos = Long.MIN_VALUE;

  private record Condition(State state, String message) {}

  JudgedStreams(
      CheckedRules rules, List<StreamType> streams, ProcessorSettings settings, String instance) {
    this.rules = rules;
    this.streams = List.copyOf(streams);
    this.name =
        streams.stream().map(stream -> "'" + stream.name() + "'").collect(Collectors.joining(", "));
    this.settings = settings;
    this.instance = instance;
    streams.forEach(stream -> figures.put(stream.name(), new Figures(stream.name())));
  }

  List<StreamType> streams() {
    return streams;
  }

  String applicationId() {
    return settings.applicationId(streams);
  }

  boolean started() {
    return running != null;
  }

  void waiting(String message) {
    become(State.WAITING, message);
  }

  /** Whether it failed so short a time ago that it is left alone. */
  boolean isQuiet(long nowNanos) {
    return quietUntilNanos != Long.MIN_VALUE && nowNanos - quietUntilNanos < 0;
  }

  void start(TopicLayout layout) {
    var judge =
        new JudgeSettings(
            settings.project(),
            settings.topics(),
            layout.keyed(),
            layout.partitions(),
            layout.sources(),
            settings.countsEvery(),
            settings.idleAfter(),
            JudgeSettings.DEFAULT_HOT_BYTES);
    LOG.info("stream {}: {}", name, layout.sentence());
    var streams =
        new KafkaStreams(
            new AssertionTopology(rules, this.streams, judge, figures).build(),
            KafkaSettings.streams(settings, applicationId(), instance));
    replaced = 0;
    sourceGone = false;
    streams.setUncaughtExceptionHandler(this::uncaught);
    streams.setStateListener((now, before) -> changed(now));
    running = streams;
    become(State.STARTING, "");
    streams.start();
  }

  void failedToStart(RuntimeException failure, long nowNanos) {
    LOG.warn("stream {} could not be started", name, failure);
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
    become(State.FAILED, root.toString());
    sourceGone = failure instanceof MissingSourceTopicException;
    if (sourceGone || ++replaced > MOST_REPLACED) {
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    LOG.warn("stream {}: a thread failed and is replaced", name, failure);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
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

  /** Ends within the time given; what was not committed is done again at the next start. */
  void stop(Duration within) {
    KafkaStreams streams = running;
    if (streams != null
        && !streams.close(
            CloseOptions.timeout(within)
                .withGroupMembershipOperation(
                    CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP))) {
      LOG.warn("stream {} did not stop within {}", name, within);
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
    if (state == State.WAITING || state == State.FAILED) {
      LOG.warn("stream {} is {}: {}", name, state, message);
    } else {
      LOG.info("stream {} is {}", name, state);
    }
  }

  /** Of each stream. */
  List<StreamStatus> status() {
    Condition now = condition;
    return streams.stream()
        .map(
            stream ->
                new StreamStatus(
                    stream.name(),
                    stream.topic(),
                    applicationId(),
                    now.state(),
                    now.message(),
                    lag(stream),
                    Objects.requireNonNull(figures.get(stream.name()))))
        .toList();
  }

  /** From the consumers of this process; other instances of the group have their own. */
  private OptionalLong lag(StreamType stream) {
    KafkaStreams streams = running;
    if (streams == null) {
      return OptionalLong.empty();
    }
    long sum = 0;
    boolean known = false;
    for (Map.Entry<MetricName, ? extends Metric> entry : streams.metrics().entrySet()) {
      MetricName name = entry.getKey();
      if (name.name().equals("records-lag")
          && stream.topic().equals(name.tags().get("topic"))
          && entry.getValue().metricValue() instanceof Double lag
          && !lag.isNaN()) {
        sum += Math.round(lag);
        known = true;
      }
    }
    return known ? OptionalLong.of(sum) : OptionalLong.empty();
  }
}
