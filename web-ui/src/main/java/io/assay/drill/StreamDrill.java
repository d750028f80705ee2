package io.assay.drill;

import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.drill.DrillReport.Suffered;
import io.assay.stream.contract.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Three brokers, two processors, a database and its sink, each a process of its own but the sink;
 * killed and paused in turn while events come. Then what came out is held against the backtest of
 * what is in the topic.
 */
public final class StreamDrill {
  private static final Duration CALM = Duration.ofSeconds(8);

  /** About how long it takes to go on after a fault, and a little peace. */
  private static final Duration RECOVERY = Duration.ofSeconds(8);

  /** Nothing comes any more. */
  private static final Duration QUIET = Duration.ofSeconds(60);

  private static final Duration SETTLE = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final DrillSettings settings;
  private final Consumer<String> progress;
  private final Cluster cluster;
  private final Stored stored;
  private final Witness witness;
  private final Feed feed;

  private StreamDrill(DrillSettings settings, Consumer<String> progress, Started started)
      throws IOException {
    this.settings = settings;
    this.progress = progress;
    progress.accept(
        "starting three brokers, two processors and PostgreSQL in " + settings.folder());
    this.cluster = new Cluster(settings.folder(), started);
    this.stored = cluster.stored();
    String servers = cluster.servers();
    this.witness =
        started.add(new Witness(servers, Topics.standard().violations(), Cluster.PARTITIONS));
    this.feed = started.add(new Feed(servers, settings.events()));
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
    try (var started = new Started(progress)) {
      return new StreamDrill(settings, progress, started).run(reference, start);
    }
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
    cluster.suffer(round, fault);
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
    Reference.Judged expected = reference.of(checked, DrillEvents.TOPIC, cluster.servers());
    awaitStill(expected);
    List<Duration> stops = cluster.stopProcessors();
    var comparing = new Comparing(expected);
    long inTopic = cluster.inTopic();
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

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
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
