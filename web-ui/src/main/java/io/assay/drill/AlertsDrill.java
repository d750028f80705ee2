package io.assay.drill;

import io.assay.assertion.rule.SourceFile;
import io.assay.embedded.EmbeddedRuntime;
import io.assay.embedded.EmbeddedSettings;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleHome;
import io.assay.stream.contract.RuleOrigin;
import io.assay.stream.contract.RuleWriter;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Two web interfaces on one database, one of them killed at random again and again while alerts
 * change; then every change must be written down once, told once, and delivered.
 */
public final class AlertsDrill {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long SEED = 7;
  private static final int INSTANCES = 2;

  private final Path folder;
  private final int alerts;
  private final int kills;
  private final Consumer<String> progress;
  private final EmbeddedRuntime runtime;
  private final AlertReceiver receiver;
  private final AlertTablesOfDrill tables;
  private final List<Child> instances = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final BitSet violated = new BitSet();
  private final int[] changes;
  private Duration longest = Duration.ZERO;

  private AlertsDrill(
      Path folder, int alerts, int kills, Consumer<String> progress, Started started)
      throws IOException {
    this.folder = Files.createDirectories(folder);
    this.alerts = alerts;
    this.kills = kills;
    this.progress = progress;
    this.changes = new int[alerts];
    progress.accept("starting a broker, PostgreSQL and two web interfaces in " + folder);
    this.runtime = started.add(EmbeddedRuntime.start(EmbeddedSettings.in(folder.resolve("data"))));
    this.receiver = started.add(new AlertReceiver(10));
    runtime.createTopics(Topics.standard().plans(1).stream().map(TopicPlan::newTopic).toList());
    publish();
    this.tables = new AlertTablesOfDrill(runtime.jdbcUrl(), runtime.user(), runtime.password());
    started.add(() -> instances.forEach(Child::close));
    for (int number = 0; number < INSTANCES; number++) {
      instances.add(web(number));
    }
    tables.begin(alerts);
  }

  /** Runs to the end; every process ends with it. */
  public static AlertsReport run(Path folder, int alerts, int kills, Consumer<String> progress)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    try (var started = new Started(progress)) {
      return new AlertsDrill(folder, alerts, kills, progress, started).run(start);
    }
  }

  private void publish() {
    var text =
        new StringBuilder(
            """
            stream camera from topic "av.camera" { key vehicle string  time at timestamp(millis)  score ratio }
            route people { to webhook("%s")  group by assertion }
            """
                .formatted(receiver.address()));
    for (int i = 0; i < alerts; i++) {
      text.append("assertion a")
          .append(i)
          .append(
              " on camera { expect score >= 0.5 mode active alert when rate > 2% to people }\n");
    }
    RuleWriter.Outcome unused =
        new RuleWriter(Map.of("bootstrap.servers", runtime.bootstrapServers()), Topics.standard())
            .publish(
                new RuleWriter.Request(
                    "default",
                    new RuleContent(
                        List.of(new SourceFile("drill.assay", text.toString())), Map.of()),
                    new RuleOrigin(RuleHome.WEB, "", "", "drill", Instant.now()),
                    "drill",
                    OptionalLong.empty(),
                    true));
  }

  /** Looks every second, and tells of each change at once. */
  private Child web(int number) {
    return Child.start(
        "web-" + number,
        folder.resolve("web-" + number + ".log"),
        List.of("-Xmx384m", "-XX:TieredStopAtLevel=1"),
        WebProcess.class,
        "--server.port=0",
        "--spring.datasource.url=" + runtime.jdbcUrl(),
        "--spring.datasource.username=" + runtime.user(),
        "--spring.datasource.password=" + runtime.password(),
        "--spring.datasource.hikari.maximum-pool-size=5",
        "--assay.sink.bootstrap-servers=" + runtime.bootstrapServers(),
        "--assay.sink.instance=drill-" + number,
        "--assay.alerts.every=1s",
        "--assay.alerts.lease=4s",
        "--assay.alerts.group-wait=0s",
        "--assay.alerts.group-interval=0s",
        "--assay.alerts.most-groups=" + alerts,
        "--assay.alerts.private-networks=true",
        "--assay.alerts.key=only-for-the-drill-of-alerts",
        "--assay.alerts.pace=0s",
        "--assay.alerts.first-pause=1s",
        "--assay.alerts.longest-pause=2s");
  }

  private AlertsReport run(long start) throws InterruptedException {
    for (int kill = 0; kill < kills; kill++) {
      change(some());
      Thread.sleep(random.nextInt(2_000));
      int victim = random.nextInt(INSTANCES);
      instances.get(victim).kill();
      long killed = System.nanoTime();
      await("a look at what has changed", this::allSeen);
      Duration took = Duration.ofNanos(System.nanoTime() - killed);
      longest = took.compareTo(longest) > 0 ? took : longest;
      progress.accept(
          "kill %d of %d: web-%d; all changes were seen after %.1f s"
              .formatted(kill + 1, kills, victim, took.toMillis() / 1000.0));
      instances.set(victim, web(victim));
    }
    change((BitSet) violated.clone());
    await("a look at the end of all", this::allSeen);
    awaitDeliveries();
    return report(start);
  }

  private BitSet some() {
    var chosen = new BitSet();
    for (int i = 0; i < Math.max(1, alerts / 3); i++) {
      chosen.set(random.nextInt(alerts));
    }
    return chosen;
  }

  private void change(BitSet chosen) {
    violated.xor(chosen);
    chosen.stream().forEach(i -> changes[i]++);
    tables.violate(violated);
  }

  private boolean allSeen() {
    tables.goOn();
    return tables.number("SELECT count(*) FROM alert WHERE phase = 'FIRING'")
            == violated.cardinality()
        && tables.number("SELECT count(*) FROM alert_history") == changed();
  }

  private long changed() {
    long sum = 0;
    for (int one : changes) {
      sum += one;
    }
    return sum;
  }

  private static void await(String what, BooleanSupplier wanted) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!wanted.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("waited %s for %s".formatted(PATIENCE, what));
      }
      Thread.sleep(100);
    }
  }

  /** However many there are: one after the other goes to the one target. */
  private void awaitDeliveries() throws InterruptedException {
    for (long before = pending(), left = before; left > 0; before = left, left = pending()) {
      progress.accept("%d deliveries are under way".formatted(left));
      long most = before;
      await("another delivery", () -> pending() < most || pending() == 0);
      Thread.sleep(5_000);
    }
  }

  private long pending() {
    return tables.number("SELECT count(*) FROM alert_delivery WHERE status = 'PENDING'");
  }

  private AlertsReport report(long start) {
    List<String> found = new AlertsChecked(tables, changes).found();
    List<String> wrong = new ArrayList<>(found);
    List<String> delivered =
        tables.column(
            "SELECT notice || '-' || target FROM alert_delivery WHERE status = 'DELIVERED'");
    Set<String> taken = receiver.taken();
    long missing = delivered.stream().filter(id -> !taken.contains(id)).count();
    if (missing > 0) {
      wrong.add(missing + " deliveries are called delivered, and the receiver has never got them");
    }
    return new AlertsReport(
        alerts,
        kills,
        changed(),
        tables.number("SELECT count(*) FROM alert_history"),
        tables.number("SELECT count(*) FROM alert_notice"),
        tables.number("SELECT count(*) FROM alert_delivery"),
        tables.number("SELECT count(*) FROM alert_delivery WHERE status = 'SUPERSEDED'"),
        receiver.attempts(),
        receiver.again(),
        tables.number("SELECT max(token) - 1 FROM alert_lease"),
        longest,
        wrong,
        Duration.ofNanos(System.nanoTime() - start));
  }
}
