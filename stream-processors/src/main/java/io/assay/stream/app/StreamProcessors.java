package io.assay.stream.app;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.TopicCreation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All streams of a rule set, each judged by a Kafka Streams instance of its own, so that one can
 * wait or fail without the others.
 *
 * <p>Missing topics of ours are made; a missing source topic or broker is waited for.
 */
public final class StreamProcessors implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamProcessors.class);
  private static final long LOOK_EVERY_MILLIS = 1000;
  private static final Duration STOP_WITHIN = Duration.ofSeconds(4);

  private final ProcessorSettings settings;
  private final List<JudgedStream> streams;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread watch;
  private boolean topicsMade;

  private StreamProcessors(ProcessorSettings settings, List<JudgedStream> streams) {
    this.settings = settings;
    this.streams = List.copyOf(streams);
    this.watch = Thread.ofPlatform().name("assay-streams").daemon().unstarted(this::watch);
  }

  /** Returns at once; {@link #status} tells how far it is. Draft rules are left out. */
  public static StreamProcessors start(CheckedRules rules, ProcessorSettings settings) {
    CheckedRules live = rules.live();
    String instance = InstanceName.of(settings.stateFolder());
    var streams = new ArrayList<JudgedStream>();
    for (StreamType stream : live.streams()) {
      streams.add(new JudgedStream(live, stream, settings, instance));
    }
    var processors = new StreamProcessors(settings, streams);
    processors.watch.start();
    return processors;
  }

  public List<StreamStatus> status() {
    return streams.stream().map(JudgedStream::status).toList();
  }

  private void watch() {
    try {
      do {
        look();
      } while (!stopping.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    long now = System.nanoTime();
    streams.forEach(stream -> stream.tend(now));
    List<JudgedStream> idle = streams.stream().filter(stream -> !stream.started()).toList();
    if (idle.isEmpty()) {
      return;
    }
    try (Admin admin = Admin.create(KafkaSettings.admin(settings))) {
      makeTopics(admin);
      for (JudgedStream stream : idle) {
        startOrWait(admin, stream, now);
      }
    } catch (KafkaException | ExecutionException failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      idle.stream()
          .filter(stream -> !stream.started())
          .forEach(
              stream ->
                  stream.waiting(
                      "the broker at %s does not answer as needed: %s"
                          .formatted(settings.bootstrapServers(), cause.getMessage())));
    }
  }

  private void makeTopics(Admin admin) throws InterruptedException {
    if (!topicsMade) {
      TopicCreation.createMissing(admin, settings.topics().plans(settings.partitions()))
          .forEach(LOG::warn);
      topicsMade = true;
    }
  }

  private void startOrWait(Admin admin, JudgedStream stream, long now)
      throws InterruptedException, ExecutionException {
    var partitions = new TopicPartitions(admin);
    int source = partitions.of(stream.stream().topic());
    if (source == 0) {
      stream.waiting(
          "stream '%s' reads the topic %s, which does not exist; it starts when the topic is there"
              .formatted(stream.stream().name(), stream.stream().topic()));
      return;
    }
    // The number is set when the internal topic is made: state is spread over its partitions.
    int internal = partitions.of(settings.internalTopic(stream.stream().name()));
    try {
      stream.start(internal == 0 ? source : internal, now);
    } catch (RuntimeException failure) {
      stream.failedToStart(failure, now);
    }
  }

  /** Ends all streams, together within five seconds. */
  @Override
  public void close() {
    stopping.countDown();
    try {
      watch.interrupt();
      watch.join(TimeUnit.SECONDS.toMillis(1));
      var stops = new ArrayList<Thread>();
      for (JudgedStream stream : streams) {
        stops.add(Thread.ofPlatform().start(() -> stream.stop(STOP_WITHIN)));
      }
      for (Thread stop : stops) {
        stop.join();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
