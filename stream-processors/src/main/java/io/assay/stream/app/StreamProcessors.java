package io.assay.stream.app;

import io.assay.assertion.eval.GroupJudge;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.assertions.Figures;
import io.assay.stream.assertions.WindowTopology;
import io.assay.stream.contract.TopicCreation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
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
  private final List<Running> running;
  private final Map<String, String> unjudged;
  private final Semaphore wanted;
  private final Thread watch;
  private volatile boolean stopping;
  private boolean topicsMade;
  private @Nullable Admin admin;

  private StreamProcessors(
      ProcessorSettings settings,
      List<Running> running,
      Map<String, String> unjudged,
      Semaphore wanted) {
    this.settings = settings;
    this.wanted = wanted;
    this.unjudged = unjudged;
    this.running = List.copyOf(running);
    this.watch = Thread.ofPlatform().name("assay-streams").daemon().unstarted(this::watch);
  }

  /** Returns at once; {@link #status} tells how far it is. Draft rules are left out. */
  public static StreamProcessors start(CheckedRules rules, ProcessorSettings settings) {
    CheckedRules live = rules.live();
    String instance = InstanceName.of(settings.stateFolder());
    var wanted = new Semaphore(0);
    var running = new ArrayList<Running>();
    Map<String, SourceWatch> watches = new HashMap<>();
    Map<String, Figures> figures = new HashMap<>();
    for (List<StreamType> group : GroupJudge.groups(live)) {
      var judged = new JudgedStreams(live, group, settings, instance, wanted);
      group.forEach(stream -> watches.put(stream.name(), judged.watch()));
      figures.putAll(judged.figures());
      running.add(judged);
    }
    running.addAll(PairedStream.of(live.declared().streams(), settings, instance));
    running.addAll(JoinedTruths.of(live, settings, instance));
    if (WindowTopology.isNeeded(live)) {
      running.add(new MergedWindows(live, settings, instance, figures, watches));
    }
    Map<String, String> unjudged = Unjudged.of(rules);
    unjudged.forEach((name, why) -> LOG.warn("assertion '{}' is not judged: {}", name, why));
    var processors = new StreamProcessors(settings, running, Map.copyOf(unjudged), wanted);
    processors.watch.start();
    return processors;
  }

  /**
   * Of each stream; then of what serving stacks write, and of what joins truth; where there are
   * windows, of their merging.
   */
  public List<StreamStatus> status() {
    return running.stream().flatMap(one -> one.status().stream()).toList();
  }

  /** Whether someone still looks after the streams: starts what failed, and sees what changes. */
  boolean isWatched() {
    return watch.isAlive();
  }

  /** Assertions that are meant to judge, and do not, by name; with the reason. */
  public Map<String, String> unjudged() {
    return unjudged;
  }

  private void watch() {
    try {
      while (!stopping) {
        wanted.drainPermits();
        look();
        wanted.tryAcquire(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      forgetAdmin();
    }
  }

  private void look() throws InterruptedException {
    long now = System.nanoTime();
    running.forEach(one -> one.instance().tend(now));
    try {
      Admin current = admin();
      makeTopics(current);
      for (Running one : running) {
        look(current, one, now);
      }
    } catch (KafkaException | ExecutionException failure) {
      forgetAdmin();
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      running.stream()
          .map(Running::instance)
          .filter(instance -> !instance.started())
          .forEach(
              instance ->
                  instance.waiting(
                      "the broker at %s does not answer as needed: %s"
                          .formatted(settings.bootstrapServers(), cause.getMessage())));
    }
  }

  private Admin admin() {
    Admin known = admin;
    if (known == null) {
      known = Admin.create(KafkaSettings.admin(settings));
      admin = known;
    }
    return known;
  }

  /** The next look has a client of its own, since one without a broker spins. */
  private void forgetAdmin() {
    Admin known = admin;
    admin = null;
    if (known != null) {
      known.close(Duration.ZERO);
    }
  }

  private void makeTopics(Admin admin) throws InterruptedException {
    if (!topicsMade) {
      TopicCreation.createMissing(admin, settings.topics().plans(settings.partitions()))
          .forEach(LOG::warn);
      topicsMade = true;
    }
  }

  private static void look(Admin admin, Running one, long now)
      throws InterruptedException, ExecutionException {
    try {
      one.look(admin, now);
    } catch (KafkaException failure) {
      throw failure;
    } catch (RuntimeException failure) {
      one.instance().failedToStart(failure, now);
    }
  }

  /** Ends all streams, together within five seconds. */
  @Override
  public void close() {
    stopping = true;
    wanted.release();
    try {
      watch.interrupt();
      watch.join(TimeUnit.SECONDS.toMillis(1));
      var stops = new ArrayList<Thread>();
      for (Running one : running) {
        stops.add(Thread.ofPlatform().start(() -> one.stop(STOP_WITHIN)));
      }
      for (Thread stop : stops) {
        stop.join();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
