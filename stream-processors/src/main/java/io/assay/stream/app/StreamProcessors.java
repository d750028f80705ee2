package io.assay.stream.app;

import io.assay.assertion.eval.GroupJudge;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.TopicCreation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All streams of a rule set, each judged by a Kafka Streams instance of its own, so that one can
 * wait or fail without the others; those that joins connect by one together.
 *
 * <p>Missing topics of ours are made; a missing source topic or broker is waited for.
 */
public final class StreamProcessors implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamProcessors.class);
  private static final long LOOK_EVERY_MILLIS = 1000;
  private static final Duration STOP_WITHIN = Duration.ofSeconds(4);

  private final ProcessorSettings settings;
  private final List<JudgedStreams> streams;
  private final Map<String, String> unjudged;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread watch;
  private boolean topicsMade;

  private StreamProcessors(
      ProcessorSettings settings, List<JudgedStreams> streams, Map<String, String> unjudged) {
    this.settings = settings;
    this.unjudged = unjudged;
    this.streams = List.copyOf(streams);
    this.watch = Thread.ofPlatform().name("assay-streams").daemon().unstarted(this::watch);
  }

  /** Returns at once; {@link #status} tells how far it is. Draft rules are left out. */
  public static StreamProcessors start(CheckedRules rules, ProcessorSettings settings) {
    CheckedRules live = rules.live();
    String instance = InstanceName.of(settings.stateFolder());
    var streams = new ArrayList<JudgedStreams>();
    for (List<StreamType> group : GroupJudge.groups(live)) {
      streams.add(new JudgedStreams(live, group, settings, instance));
    }
    Map<String, String> unjudged = Unjudged.of(rules);
    unjudged.forEach((name, why) -> LOG.warn("assertion '{}' is not judged: {}", name, why));
    var processors = new StreamProcessors(settings, streams, Map.copyOf(unjudged));
    processors.watch.start();
    return processors;
  }

  public List<StreamStatus> status() {
    return streams.stream().flatMap(stream -> stream.status().stream()).toList();
  }

  /** Assertions that are meant to judge, and do not, by name; with the reason. */
  public Map<String, String> unjudged() {
    return unjudged;
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
    streams.forEach(stream -> stream.instance().tend(now));
    List<JudgedStreams> idle =
        streams.stream().filter(stream -> !stream.instance().started()).toList();
    if (idle.isEmpty()) {
      return;
    }
    try (Admin admin = Admin.create(KafkaSettings.admin(settings))) {
      makeTopics(admin);
      for (JudgedStreams stream : idle) {
        startOrWait(admin, stream, now);
      }
    } catch (KafkaException | ExecutionException failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      idle.stream()
          .map(JudgedStreams::instance)
          .filter(instance -> !instance.started())
          .forEach(
              instance ->
                  instance.waiting(
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

  private void startOrWait(Admin admin, JudgedStreams stream, long now)
      throws InterruptedException, ExecutionException {
    TopicLayout layout = TopicLayout.of(stream.streams(), settings, new TopicPartitions(admin));
    Optional<StreamType> missing = stream.streams().stream().filter(layout::isMissing).findFirst();
    if (missing.isPresent()) {
      stream
          .instance()
          .waiting(
              "stream '%s' reads the topic %s, which does not exist; it starts when the topic is there"
                  .formatted(missing.get().name(), missing.get().topic()));
      return;
    }
    if (stream.instance().isQuiet(now)) {
      return;
    }
    try {
      Handover.to(stream, settings, admin);
      stream.start(layout);
    } catch (RuntimeException failure) {
      stream.instance().failedToStart(failure, now);
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
      for (JudgedStreams stream : streams) {
        stops.add(Thread.ofPlatform().start(() -> stream.instance().stop(STOP_WITHIN)));
      }
      for (Thread stop : stops) {
        stop.join();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
