package io.assay.stream.app;

import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.assertions.Figures;
import io.assay.stream.contract.BrokerTrouble;
import io.assay.stream.contract.TopicCreation;
import io.assay.stream.imputation.ImputedStream;
import io.assay.stream.tracing.Traces;
import io.assay.stream.training.LeasedTrainer;
import io.assay.stream.training.TrainingStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All streams of a project's rules, each judged by a Kafka Streams instance of its own, so that one
 * can wait or fail without the others; those that joins connect by one together. Other rules start
 * and stop no more of them than they must.
 *
 * <p>Missing topics of ours are made; a missing source topic or broker is waited for.
 *
 * <p>Longer than others: what starts, changes and stops streams shares the one list of those that
 * run, and the thread that looks after it.
 */
public final class StreamProcessors implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamProcessors.class);
  private static final long LOOK_EVERY_MILLIS = 1000;
  private static final Duration STOP_WITHIN = Duration.ofSeconds(4);

  private final ProjectRules rules;
  private final ProcessorSettings settings;
  private final StreamPlan plan;
  private final Semaphore wanted;
  private final Thread watch;
  private final LeasedTrainer trainer;
  private final FollowedImputers imputers;
  private final FollowedErasures erasures;
  private volatile boolean stopping;
  private volatile @Nullable String trouble;
  private volatile boolean topicsMade;
  private @Nullable Admin admin;

  private StreamProcessors(ProjectRules rules, ProcessorSettings settings, Traces traces) {
    this.rules = rules;
    this.settings = settings;
    this.wanted = new Semaphore(0);
    String member = InstanceName.of(settings.stateFolder());
    this.imputers = new FollowedImputers(settings);
    this.erasures = new FollowedErasures(settings);
    this.plan = new StreamPlan(rules, settings, imputers, traces, member, wanted, erasures);
    this.trainer =
        LeasedTrainer.of(
            this::toTrain,
            () -> topicsMade,
            KafkaSettings.training(settings, member, erasures),
            Clock.systemUTC());
    this.watch = Thread.ofPlatform().name("assay-streams").daemon().unstarted(this::watch);
  }

  /** By rules that stay. Draft rules are left out. */
  public static StreamProcessors start(CheckedRules rules, ProcessorSettings settings) {
    return start(rules, settings, Traces.OFF);
  }

  /** The same; {@code traces} hear of events that are traced, and are closed by who made them. */
  public static StreamProcessors start(
      CheckedRules rules, ProcessorSettings settings, Traces traces) {
    return follow(ProjectRules.fixed(rules), settings, traces);
  }

  /**
   * By rules as they are published, from the record on that follows. Returns at once; {@link
   * #status} tells how far it is.
   */
  public static StreamProcessors follow(ProjectRules rules, ProcessorSettings settings) {
    return follow(rules, settings, Traces.OFF);
  }

  /** The same; {@code traces} hear of events that are traced, and are closed by who made them. */
  public static StreamProcessors follow(
      ProjectRules rules, ProcessorSettings settings, Traces traces) {
    var processors = new StreamProcessors(rules, settings, traces);
    rules.whenChanged(processors.wanted::release);
    processors.plan.follow();
    processors.watch.start();
    processors.trainer.start();
    return processors;
  }

  /**
   * Of each stream; then of what serving stacks write, of what joins truth, and of embeddings;
   * where there are windows, of their merging.
   */
  public List<StreamStatus> status() {
    List<StreamStatus> all = plan.running().stream().flatMap(one -> one.status().stream()).toList();
    return all.isEmpty() ? List.of(withoutRules()) : all;
  }

  /** While there is nothing to judge by. */
  private StreamStatus withoutRules() {
    String looked = trouble;
    String why =
        looked == null
            ? ""
            : Stream.of(looked, rules.failure(), plan.status().refused())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("no rules are published yet");
    return new StreamStatus(
        "rules",
        settings.topics().rules(),
        "",
        stopping ? StreamStatus.State.STOPPED : StreamStatus.State.WAITING,
        why,
        Duration.ZERO,
        OptionalLong.empty(),
        new Figures("rules"));
  }

  /** By which rules it is judged, and what stands in the way of newer ones. */
  public RulesStatus rules() {
    return plan.status();
  }

  private Optional<LeasedTrainer.Streams> toTrain() {
    return rules
        .newest()
        .map(now -> new LeasedTrainer.Streams(now.number(), ImputedStream.of(now.rules())));
  }

  /** How the imputers of streams are doing that the rules want filled. */
  public List<TrainingStatus> imputers() {
    return trainer.status();
  }

  String project() {
    return settings.project();
  }

  /** What Kafka Streams knows of the tasks of this process, by application id. */
  Map<String, LocalFigures> local() {
    Map<String, LocalFigures> all = new TreeMap<>();
    for (Running one : plan.running()) {
      all.put(one.status().getFirst().applicationId(), one.instance().local());
    }
    return all;
  }

  /** Of each assertion its stream, but not of those that every stream has. */
  Map<String, String> streamsOfAssertions() {
    return rules
        .newest()
        .map(
            now ->
                now.rules().assertions().stream()
                    .collect(Collectors.toMap(CheckedAssertion::name, one -> one.on().name())))
        .orElse(Map.of());
  }

  /** What runs now. */
  List<Running> running() {
    return plan.running();
  }

  /** Whether someone still looks after the streams: starts what failed, and sees what changes. */
  boolean isWatched() {
    return watch.isAlive();
  }

  /** Assertions that are meant to judge, and do not, by name; with the reason. */
  public Map<String, String> unjudged() {
    return plan.unjudged();
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
    String unprepared = prepare();
    plan.follow();
    List<Running> running = plan.running();
    running.forEach(one -> one.instance().tend(now));
    try {
      Admin current = admin();
      makeTopics(current);
      for (Running one : running) {
        look(current, one, now);
      }
      trouble = unprepared;
    } catch (KafkaException | ExecutionException failure) {
      if (BrokerTrouble.needsNewClient(cause(failure))) {
        forgetAdmin();
      }
      String told = told(failure);
      running.stream()
          .map(Running::instance)
          .filter(instance -> !instance.started())
          .forEach(instance -> instance.waiting(told));
      trouble = told;
    }
  }

  /**
   * Before tasks fill gaps. That it cannot be done keeps no event from being judged.
   *
   * @return why it cannot; empty if all is well
   */
  private String prepare() throws InterruptedException {
    List<ImputedStream> imputed =
        rules.newest().map(newest -> ImputedStream.of(newest.rules())).orElse(List.of());
    if (imputed.isEmpty()) {
      return "";
    }
    try {
      makeTopics(admin());
      imputers.prepare(admin(), imputed);
      return "";
    } catch (KafkaException failure) {
      return "completed events cannot be written: " + told(failure);
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

  /**
   * The next look has a client of its own: one without a broker spins, and one whose credentials or
   * trust were refused goes on with them, also when their files have been mended.
   */
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
      erasures.begin();
    }
  }

  /** What is refused to one stream, the others may have; only a broker that is away is theirs. */
  private void look(Admin admin, Running one, long now)
      throws InterruptedException, ExecutionException {
    try {
      one.look(admin, now);
    } catch (ExecutionException failure) {
      if (BrokerTrouble.needsNewClient(cause(failure))) {
        throw failure;
      }
      one.instance().refused(refused(cause(failure)));
    } catch (RuntimeException failure) {
      if (BrokerTrouble.needsNewClient(failure)) {
        throw failure;
      }
      one.instance().failedToStart(failure, now);
    }
  }

  private String refused(Throwable cause) {
    return cause instanceof AuthorizationException
        ? told(cause)
        : "the broker at %s refuses what it needs: %s: %s"
            .formatted(
                settings.bootstrapServers(), cause.getClass().getSimpleName(), cause.getMessage());
  }

  private String told(Throwable failure) {
    return BrokerTrouble.told(
        settings.bootstrapServers(), settings.kafka(), "assay.kafka.*", failure);
  }

  private static Throwable cause(Exception failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : cause;
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
      stops.add(Thread.ofPlatform().start(trainer::close));
      stops.add(Thread.ofPlatform().start(imputers::close));
      stops.add(Thread.ofPlatform().start(erasures::close));
      for (Running one : plan.running()) {
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
