package io.assay.drill;

import io.assay.assertion.rule.SourceFile;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleHome;
import io.assay.stream.contract.RuleOrigin;
import io.assay.stream.contract.RuleWriter;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.Topics;
import io.assay.web.sink.EvidenceBounds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A storm: every event violates something, for minutes. What people get, what is counted, what is
 * kept and how long pages take is held against what was promised.
 */
public final class StormDrill {
  private static final int PARTITIONS = 4;
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Nobody reads more than that. */
  private static final int MOST_GROUPS = 9;

  /** Longer, and a page does not answer. */
  private static final long SLOWEST_MILLIS = 10_000;

  /** A table's row and its index, of one that is only counted. */
  private static final long MOST_BYTES = 200;

  private static final long HEAP = 640;

  /** What a JVM has besides its heap: classes, code, stacks, buffers, RocksDB. */
  private static final long BESIDES = 400;

  private final StormSettings settings;
  private final Consumer<String> progress;
  private final AlertReceiver receiver;
  private final Child servers;
  private final StormCounts counts;
  private final StormPages pages;
  private final StormFeed feed;
  private final StormMemory memory = new StormMemory();
  private final Path log;
  private long longestLag;

  private StormDrill(StormSettings settings, Consumer<String> progress, Started started)
      throws IOException, InterruptedException {
    this.settings = settings;
    this.progress = progress;
    Path folder = Files.createDirectories(settings.folder());
    progress.accept("starting a broker, PostgreSQL, a processor and a web interface in " + folder);
    this.receiver = started.add(new AlertReceiver(Long.MAX_VALUE));
    this.servers =
        started.add(
            child("broker", folder, ServersProcess.class, folder.resolve("data").toString()));
    this.log = folder.resolve("data/kafka");
    String rules = StormEvents.rules(receiver.address());
    createTopics();
    publish(rules);
    Path file = Files.writeString(folder.resolve("storm.assay"), rules);
    Child processor =
        started.add(
            child(
                "processor",
                folder,
                ProcessorProcess.class,
                servers.said("brokers"),
                folder.resolve("state").toString(),
                file.toString()));
    Child web = started.add(child("web", folder, WebProcess.class, web()));
    this.counts = new StormCounts(servers);
    this.pages = started.add(new StormPages(web));
    this.feed = started.add(new StormFeed(servers.said("brokers"), settings));
    memory.watch("broker", HEAP + BESIDES, () -> servers.processes().subList(0, 1));
    memory.watch(
        "PostgreSQL", HEAP, () -> servers.processes().subList(1, servers.processes().size()));
    memory.watch("processor", HEAP + BESIDES, processor::processes);
    memory.watch("web", HEAP + BESIDES, web::processes);
  }

  /** Runs to the end; every process ends with it. */
  public static StormReport run(StormSettings settings, Consumer<String> progress)
      throws IOException, InterruptedException {
    try (var started = new Started(progress)) {
      return new StormDrill(settings, progress, started).run();
    }
  }

  private static Child child(String name, Path folder, Class<?> main, String... arguments) {
    return Child.start(
        name, folder.resolve(name + ".log"), List.of("-Xmx" + HEAP + "m"), main, arguments);
  }

  private void createTopics() {
    List<NewTopic> topics = new ArrayList<>();
    topics.add(new NewTopic(StormEvents.TOPIC, Optional.of(PARTITIONS), Optional.empty()));
    Topics.standard().plans(PARTITIONS).stream().map(TopicPlan::newTopic).forEach(topics::add);
    try (var admin = Admin.create(Map.of("bootstrap.servers", servers.said("brokers")))) {
      admin.createTopics(topics).all().get();
    } catch (InterruptedException | ExecutionException failure) {
      throw new IllegalStateException("the storm's topics could not be made", failure);
    }
  }

  /** For the web interface: alerts are of rules that it knows. */
  private void publish(String rules) {
    RuleWriter.Outcome unused =
        new RuleWriter(Map.of("bootstrap.servers", servers.said("brokers")), Topics.standard())
            .publish(
                new RuleWriter.Request(
                    "default",
                    new RuleContent(List.of(new SourceFile("storm.assay", rules)), Map.of()),
                    new RuleOrigin(RuleHome.WEB, "", "", "drill", Instant.now()),
                    "drill",
                    OptionalLong.empty(),
                    true));
  }

  /** Larger transactions, as one sets for a storm; everything else is as it is for everyone. */
  private String[] web() {
    return new String[] {
      "--server.port=0",
      "--spring.datasource.url=" + servers.said("database"),
      "--spring.datasource.username=" + servers.said("user"),
      "--spring.datasource.password=" + servers.said("password"),
      "--assay.sink.bootstrap-servers=" + servers.said("brokers"),
      "--assay.sink.max-records=2000",
      "--assay.alerts.private-networks=true",
      "--assay.alerts.key=only-for-the-drill-of-storms"
    };
  }

  private StormReport run() throws InterruptedException {
    long databaseBefore = databaseBytes();
    long logBefore = bytes(log);
    progress.accept("the storm begins");
    feed.start();
    pages.start();
    while (feed.goesOn()) {
      look();
      Thread.sleep(LOOK);
    }
    long ended = System.nanoTime();
    awaitAll(ended);
    Duration catchUp = Duration.ofNanos(System.nanoTime() - ended);
    pages.close();
    return report(
        new StormReport.Grown(databaseBefore, databaseBytes()),
        new StormReport.Grown(logBefore, bytes(log)),
        catchUp);
  }

  private void look() {
    memory.look();
    long sent = feed.acknowledged();
    long arrived = counts.arrived();
    longestLag = Math.max(longestLag, sent - arrived);
    progress.accept(
        "%,d events sent, %,d violations stored, %,d behind"
            .formatted(sent, arrived, sent - arrived));
  }

  private void awaitAll(long since) throws InterruptedException {
    long looked = since;
    while (counts.arrived() < feed.acknowledged()) {
      if (System.nanoTime() - since > PATIENCE.toNanos()) {
        return;
      }
      if (System.nanoTime() - looked > LOOK.toNanos()) {
        look();
        looked = System.nanoTime();
      }
      Thread.sleep(250);
    }
  }

  private StormReport report(
      StormReport.Grown database, StormReport.Grown kafka, Duration catchUp) {
    long hours = counts.number("SELECT count(*) FROM evidence_hour");
    var report =
        new StormReport(
            feed.acknowledged(),
            feed.took(),
            counts.counted(),
            receiver.groups().size(),
            receiver.attempts(),
            counts.number("SELECT count(*) FROM violation"),
            hours * EvidenceBounds.USUAL.most(),
            database,
            kafka,
            counts.number(
                "SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits WHERE inhparent ="
                    + " 'violation_counted'::regclass"),
            memory.found(),
            pages.latencies(),
            longestLag,
            catchUp,
            List.of());
    return report.withFound(wrong(report));
  }

  /** What was promised and is not so, each a sentence. */
  private List<String> wrong(StormReport report) {
    List<String> wrong = new ArrayList<>(pages.failures());
    Exception failed = feed.failure();
    if (failed != null) {
      wrong.add("an event could not be sent: " + failed);
    }
    if (report.sent() != settings.events()) {
      wrong.add("%,d events were to be sent, got %,d".formatted(settings.events(), report.sent()));
    }
    if (report.sending().compareTo(settings.lasts().multipliedBy(21).dividedBy(20)) > 0) {
      wrong.add(
          "sending took %d s, for %d events a second it needs %d s"
              .formatted(
                  report.sending().toSeconds(), settings.rate(), settings.lasts().toSeconds()));
    }
    report
        .counted()
        .forEach(
            (place, number) -> {
              if (number != report.sent()) {
                wrong.add(
                    "%s has %,d violations of %,d events".formatted(place, number, report.sent()));
              }
            });
    if (report.groups() > MOST_GROUPS || report.groups() == 0) {
      wrong.add("a person got %d groups, needs 1 to %d".formatted(report.groups(), MOST_GROUPS));
    }
    if (report.kept() > report.bound()) {
      wrong.add(
          "evidence of %,d is kept, at most %,d may be".formatted(report.kept(), report.bound()));
    }
    if (report.countedBytes() > MOST_BYTES * report.sent()) {
      wrong.add(
          "those counted take %,d bytes, at most %d each may be"
              .formatted(report.countedBytes(), MOST_BYTES));
    }
    long episodes = counts.wrongEpisodes();
    if (episodes > 0) {
      wrong.add("%,d episodes show what is not kept".formatted(episodes));
    }
    for (StormReport.Memory one : report.memory()) {
      if (one.max() > one.limit()) {
        wrong.add(
            "%s had %d MB, at most %d may be".formatted(one.process(), one.max(), one.limit()));
      }
    }
    report
        .pages()
        .forEach(
            (page, latency) -> {
              if (!page.equals("all") && (latency.times() == 0 || latency.max() > SLOWEST_MILLIS)) {
                wrong.add(
                    "the page '%s' was looked at %d times and took up to %d ms, at most %d may be"
                        .formatted(page, latency.times(), latency.max(), SLOWEST_MILLIS));
              }
            });
    return wrong;
  }

  private long databaseBytes() {
    return counts.number("SELECT pg_database_size(current_database())");
  }

  private static long bytes(Path folder) {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(StormDrill::size).sum();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Files are as long as they may become; what is in them counts. */
  private static long size(Path file) {
    try {
      return file.toString().endsWith(".log") ? Files.size(file) : 0;
    } catch (IOException gone) {
      return 0;
    }
  }
}
