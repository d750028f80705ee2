package io.assay.drill;

import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.drill.DrillReport.Suffered;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Three brokers, two processors, a database and its sink, each a process of its own but the sink;
 * killed and paused in turn while events come. Then what came out is held against the backtest of
 * what is in the topic.
 */
public final class StreamDrill implements AutoCloseable {
  private static final int PARTITIONS = 6;
  private static final int PROCESSORS = 2;
  private static final Duration CALM = Duration.ofSeconds(8);

  /** About how long it takes to go on after a fault, and a little peace. */
  private static final Duration RECOVERY = Duration.ofSeconds(8);

  /** Nothing comes any more. */
  private static final Duration QUIET = Duration.ofSeconds(60);

  private static final Duration SETTLE = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final DrillSettings settings;
  private final Consumer<String> progress;
  private final Path rules;
  private final Brokers brokers;
  private final List<Child> processors = new ArrayList<>();

  /** What is closed at the end, the last one first. */
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  private final Admin admin;
  private final Stored stored;
  private final Witness witness;
  private final Feed feed;

  private StreamDrill(DrillSettings settings, Consumer<String> progress) throws IOException {
    this.settings = settings;
    this.progress = progress;
    Path folder = Files.createDirectories(settings.folder());
    this.rules = Files.writeString(folder.resolve("drill.assay"), DrillEvents.rules());
    progress.accept("starting three brokers, two processors and PostgreSQL in " + folder);
    this.brokers = started(new Brokers(folder));
    brokers.start();
    this.admin = started(Admin.create(Map.of("bootstrap.servers", brokers.servers())));
    createTopics();
    this.stored = started(new Stored(folder.resolve("postgres"), brokers.servers()));
    for (int number = 0; number < PROCESSORS; number++) {
      processors.add(processor(number));
    }
    this.witness =
        started(new Witness(brokers.servers(), Topics.standard().violations(), PARTITIONS));
    this.feed = started(new Feed(brokers.servers(), settings.events()));
  }

  private <T extends AutoCloseable> T started(T part) {
    parts.addFirst(part);
    return part;
  }

  /**
   * Runs to the end; every process ends with it.
   *
   * @throws IllegalStateException if the installation does not come back from a fault
   */
  public static DrillReport run(
      DrillSettings settings, Reference reference, Consumer<String> progress)
      throws IOException, InterruptedException, ExecutionException, SQLException {
    long start = System.nanoTime();
    try (var drill = new StreamDrill(settings, progress)) {
      return drill.run(reference, start);
    }
  }

  private void createTopics() {
    List<NewTopic> topics = new ArrayList<>();
    topics.add(new NewTopic(DrillEvents.TOPIC, Optional.of(PARTITIONS), Optional.empty()));
    Topics.standard().plans(PARTITIONS).stream().map(TopicPlan::newTopic).forEach(topics::add);
    try {
      admin.createTopics(topics).all().get();
    } catch (InterruptedException | ExecutionException failure) {
      throw new IllegalStateException("the drill's topics could not be made", failure);
    }
  }

  private Child processor(int number) {
    Path folder = settings.folder();
    return Child.start(
        "processor-" + number,
        folder.resolve("processor-" + number + ".log"),
        List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"),
        ProcessorProcess.class,
        brokers.servers(),
        folder.resolve("state-" + number).toString(),
        rules.toString());
  }

  private DrillReport run(Reference reference, long start)
      throws InterruptedException, ExecutionException, SQLException {
    // Slowly, until all is well: most events are for the faults.
    feed.start(planned(0).multipliedBy(4));
    awaitAll("the first violations", System.nanoTime());
    Suffered calm = calm();
    var suffered = new ArrayList<Suffered>();
    int faults = settings.rounds() * settings.faults().size();
    for (int number = 0; number < faults; number++) {
      feed.lasts(planned(number));
      int round = number / settings.faults().size();
      Fault fault = settings.faults().get(number % settings.faults().size());
      Suffered one = suffer(round, fault);
      suffered.add(one);
      progress.accept(
          "round %d, %s: no output for %.1f s, no rows for %.1f s"
              .formatted(round + 1, fault.text(), seconds(one.output()), seconds(one.rows())));
    }
    feed.finish();
    return check(reference, calm, suffered, start);
  }

  /** How long what is left will take, from a fault on. */
  private Duration planned(int number) {
    int faults = settings.faults().size();
    return IntStream.range(number, settings.rounds() * faults)
        .mapToObj(i -> settings.faults().get(i % faults).lasts().plus(RECOVERY))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private Suffered calm() throws InterruptedException {
    begin();
    Thread.sleep(CALM);
    return new Suffered(0, Optional.empty(), witness.longestGap(), stored.longestGap());
  }

  private void begin() {
    witness.begin();
    stored.begin();
  }

  private Suffered suffer(int round, Fault fault) throws InterruptedException, ExecutionException {
    begin();
    int processor = round % PROCESSORS;
    switch (fault) {
      case PROCESSOR_KILLED -> {
        processors.get(processor).kill();
        Thread.sleep(fault.lasts());
        processors.set(processor, processor(processor));
      }
      case LEADER_KILLED -> {
        int leader = brokers.leader(admin);
        brokers.kill(leader);
        Thread.sleep(fault.lasts());
        brokers.startAgain(leader);
        brokers.awaitWhole(admin);
      }
      case DATABASE_KILLED -> {
        stored.kill();
        Thread.sleep(fault.lasts());
        stored.startAgain();
      }
      case PROCESSOR_PAUSED -> {
        processors.get(processor).pause();
        Thread.sleep(fault.lasts());
        processors.get(processor).goOn();
      }
    }
    long undone = System.nanoTime();
    Thread.sleep(SETTLE);
    awaitAll(fault.text(), undone);
    return new Suffered(round, Optional.of(fault), witness.longestGap(), stored.longestGap());
  }

  private void awaitAll(String after, long since) throws InterruptedException {
    await(
        "output of all tasks, and rows, after: " + after,
        () -> witness.allSpokeSince(since) && stored.wroteSince(since));
  }

  private static void await(String what, BooleanSupplier wanted) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!wanted.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("waited %s for %s".formatted(PATIENCE, what));
      }
      Thread.sleep(50);
    }
  }

  private DrillReport check(Reference reference, Suffered calm, List<Suffered> suffered, long start)
      throws InterruptedException, ExecutionException, SQLException {
    progress.accept("all events are sent; the backtest judges the topic");
    CheckedRules checked =
        new RuleCompiler()
            .compile(List.of(new SourceFile("drill.assay", DrillEvents.rules())))
            .rules()
            .orElseThrow();
    Reference.Judged expected = reference.of(checked, DrillEvents.TOPIC, brokers.servers());
    awaitStill(expected);
    List<Duration> stops = processors.stream().map(Child::stop).toList();
    var comparing = new Comparing(expected);
    long inTopic = inTopic();
    comparing.sent(settings.events() + DrillEvents.KEYS, inTopic);
    comparing.topic(witness.found(), witness.disordered());
    comparing.database(stored);
    return new DrillReport(
        settings.events(),
        inTopic,
        expected.violations().size(),
        comparing.found(),
        calm,
        suffered,
        stops,
        Duration.ofNanos(System.nanoTime() - start));
  }

  /** Until everything is there, and then what should not come; or until nothing comes any more. */
  private void awaitStill(Reference.Judged expected) throws InterruptedException, SQLException {
    long quietSince = System.nanoTime();
    long before = -1;
    while (System.nanoTime() - quietSince < QUIET.toNanos()) {
      Thread.sleep(500);
      long now = witness.count();
      if (now != before) {
        before = now;
        quietSince = System.nanoTime();
      }
      if (now >= expected.violations().size()
          && stored.ids().size() >= expected.violations().size()
          && stored.counts().equals(expected.tallies())) {
        Thread.sleep(SETTLE);
        return;
      }
    }
  }

  private long inTopic() throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> ends =
        IntStream.range(0, PARTITIONS)
            .boxed()
            .collect(
                Collectors.toMap(
                    partition -> new TopicPartition(DrillEvents.TOPIC, partition),
                    partition -> OffsetSpec.latest()));
    return admin.listOffsets(ends).all().get().values().stream()
        .mapToLong(end -> end.offset())
        .sum();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  @Override
  public void close() {
    processors.forEach(Child::close);
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception failure) {
        progress.accept("closing %s failed: %s".formatted(part, failure));
      }
    }
  }

  /** Why a folder cannot be used; nothing where it can. */
  public static Optional<String> refusal(Path folder) {
    if (!Files.exists(folder)) {
      return Optional.empty();
    }
    try (var inside = Files.list(folder)) {
      return inside.findAny().isPresent()
          ? Optional.of("the folder %s needs to be empty, a drill begins anew".formatted(folder))
          : Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
