package io.assay.demo;

import io.assay.embedded.EmbeddedException;
import io.assay.embedded.EmbeddedRuntime;
import io.assay.embedded.EmbeddedSettings;
import io.assay.stream.app.Archiver;
import io.assay.stream.app.ImputerFigures;
import io.assay.stream.app.ProcessorFigures;
import io.assay.stream.app.ProcessorHealth;
import io.assay.stream.app.ProcessorSettings;
import io.assay.stream.app.ProjectRules;
import io.assay.stream.app.RuleFolder;
import io.assay.stream.app.StreamProcessors;
import io.assay.stream.archive.ArchiveSettings;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.Topics;
import io.assay.web.access.FirstAdministrator.Login;
import io.assay.web.access.PasswordRenewal;
import io.assay.web.system.AssayWeb;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.NewTopic;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Database, broker, simulated street and lender, processors and web interface, started in the order
 * in which they need each other and closed in reverse; an empty one has all but street, lender and
 * rules, so that someone's own topics and rules can be tried.
 */
public final class Demo {
  /** Room for hours of events; a demo need not remember more. */
  private static final Map<String, String> SOURCE_TOPIC =
      Map.of("retention.bytes", "268435456", "segment.bytes", "67108864");

  private static final List<String> SOURCES =
      List.of(
          StreetTraffic.CAMERA,
          StreetTraffic.LIDAR,
          LenderTraffic.FEATURES,
          LenderTraffic.DECISIONS,
          LenderTraffic.OUTCOMES,
          ShopTraffic.SHOPS);

  private static final int PARTITIONS = 2;
  private static final long STREET_NOTED_AHEAD_MILLIS = 5000;

  /** Windows of hours are held against half a day before, and wait for truths for four hours. */
  private static final Duration LENDERS_PAST = Duration.ofDays(2);

  private static final long MOST_ARCHIVED = 1L << 30;
  private static final Duration ARCHIVED_EVERY = Duration.ofMinutes(2);

  private final EmbeddedRuntime runtime;
  private final int port;
  private final Optional<RuleFolder> rules;
  private final Optional<Login> login;

  private Demo(
      EmbeddedRuntime runtime, Optional<RuleFolder> rules, int port, Optional<Login> login) {
    this.runtime = runtime;
    this.rules = rules;
    this.port = port;
    this.login = login;
  }

  /**
   * Returns when pages are served; everything ends, in order, when the JVM does.
   *
   * @param progress is told what is going on
   */
  public static Demo start(DemoSettings settings, Consumer<String> progress) {
    // Broker and processors write their log while Spring starts: it must not set up logging anew.
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    settings.ruleSource().ifPresent(source -> source.check(Topics.standard()));
    requireFree(settings.port());
    progress.accept("starting PostgreSQL and Kafka in " + settings.folder());
    EmbeddedRuntime runtime = EmbeddedRuntime.start(EmbeddedSettings.in(settings.folder()));
    var parts = new Parts();
    runtime.closeOnExit(parts);
    runtime.createTopics(topics(settings));
    progress.accept(
        settings.empty()
            ? "starting processors"
            : "starting processors, the simulated street and the simulated lender");
    var judging =
        ProcessorSettings.of(runtime.bootstrapServers(), runtime.folder().resolve("streams"));
    Optional<RuleFolder> rules =
        settings.ruleSource().map(source -> RuleFolder.watch(source, judging));
    rules.ifPresent(parts::add);
    // Whose topics someone fills by hand, keys are anyone's guess.
    StreamProcessors processors = judge(judging.keyed(!settings.empty()), runtime, parts);
    var frames = new FrameFolder(runtime.folder().resolve("frames"), settings.mostFrames());
    if (!settings.empty()) {
      drive(settings, runtime, frames, parts);
    }
    progress.accept("starting the web interface");
    AssayWeb.Running web =
        AssayWeb.start(Map.of(), observed(processors, rules), properties(runtime, settings));
    parts.add(web);
    frames.begin();
    if (!settings.empty()) {
      // By now its releases are judged as they come; before, they would pile up.
      var shops = new ShopTraffic(runtime.bootstrapServers(), PARTITIONS, runtime.folder());
      parts.add(shops);
      shops.start();
    }
    return new Demo(runtime, rules, web.port(), login(web, settings.newPassword()));
  }

  private static void drive(
      DemoSettings settings, EmbeddedRuntime runtime, FrameFolder frames, Parts parts) {
    var traffic =
        new StreetTraffic(
            runtime.bootstrapServers(),
            settings.past(),
            new DrivenUntil(
                runtime.folder().resolve(DemoSettings.STREET), STREET_NOTED_AHEAD_MILLIS),
            frames,
            Clock.systemUTC());
    parts.add(traffic);
    traffic.start();
    var lender =
        new LenderTraffic(
            runtime.bootstrapServers(), LENDERS_PAST, runtime.folder(), Clock.systemUTC());
    parts.add(lender);
    lender.start();
  }

  public int port() {
    return port;
  }

  public Path folder() {
    return runtime.folder();
  }

  /** Why the file's rules are not those that judge; empty when they are. */
  public String rulesProblem() {
    return rules.map(RuleFolder::problem).orElse("");
  }

  /** The administrator's, if this start has made a password. */
  public Optional<Login> login() {
    return login;
  }

  /** Waits for the end that nobody asked for: of the database, or of the broker. */
  public EmbeddedException awaitFailure() throws InterruptedException {
    try {
      return runtime.failure().toCompletableFuture().get();
    } catch (ExecutionException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** By the rules as they are published, also when they change. */
  private static StreamProcessors judge(
      ProcessorSettings settings, EmbeddedRuntime runtime, Parts parts) {
    ProjectRules rules = ProjectRules.follow(settings);
    parts.add(rules);
    StreamProcessors processors = StreamProcessors.follow(rules, settings);
    parts.add(processors);
    parts.add(
        Archiver.follow(
            rules,
            settings,
            ArchiveSettings.in(runtime.folder().resolve("archive"))
                .keep(ArchiveSettings.DEFAULT_KEEP_FOR, MOST_ARCHIVED)
                .rollEvery(ARCHIVED_EVERY)));
    return processors;
  }

  /** Before anything is started: a taken port is the likeliest trouble. */
  private static void requireFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
    } catch (IOException taken) {
      throw new PortTaken(port, taken);
    }
  }

  private static List<NewTopic> topics(DemoSettings settings) {
    List<NewTopic> topics = new ArrayList<>();
    for (String source : settings.empty() ? List.<String>of() : SOURCES) {
      topics.add(new NewTopic(source, PARTITIONS, (short) 1).configs(SOURCE_TOPIC));
    }
    for (TopicPlan plan : Topics.standard().plans(PARTITIONS)) {
      topics.add(plan.newTopic());
    }
    return topics;
  }

  /** As arguments, because these stand above the defaults of the web interface. */
  private static String[] properties(EmbeddedRuntime runtime, DemoSettings settings) {
    Path data = runtime.folder();
    List<String> properties =
        new ArrayList<>(
            List.of(
                "--server.address=127.0.0.1",
                "--server.port=" + settings.port(),
                "--spring.datasource.url=" + runtime.jdbcUrl(),
                "--spring.datasource.username=" + runtime.user(),
                "--spring.datasource.password=" + runtime.password(),
                "--management.endpoint.health.group.liveness.include=livenessState,streamsAlive",
                "--management.endpoint.health.group.readiness.include=readinessState,db,streamsReady",
                "--assay.media.folder=" + data.resolve("frames"),
                "--assay.alerts.address=" + address(settings.port()),
                "--assay.sink.bootstrap-servers=" + runtime.bootstrapServers(),
                "--assay.sink.instance=demo",
                "--assay.archive.folder=" + data.resolve("archive")));
    settings.rules().stream()
        .findFirst()
        .ifPresent(first -> properties.add("--assay.ingest.rules=" + first));
    return properties.toArray(String[]::new);
  }

  /** Where links in alerts lead; of a port that nobody knows yet, nowhere. */
  private static String address(int port) {
    return port == 0 ? "" : "http://127.0.0.1:" + port;
  }

  private static Map<String, Object> observed(
      StreamProcessors processors, Optional<RuleFolder> rules) {
    var health = new ProcessorHealth(processors, () -> rules.map(RuleFolder::problem).orElse(""));
    return Map.of(
        "streamsAlive",
        health.alive(),
        "streamsReady",
        health.ready(ProcessorHealth.DEFAULT_READY_LAG),
        "processorFigures",
        new ProcessorFigures(processors),
        "imputerFigures",
        new ImputerFigures(processors));
  }

  private static Optional<Login> login(AssayWeb.Running web, boolean newPassword) {
    if (web.firstLogin().isPresent() || !newPassword) {
      return web.firstLogin();
    }
    ConfigurableApplicationContext context = web.context();
    return context.getBean(PasswordRenewal.class).renew("admin");
  }

  /** The web interface cannot listen where it was asked to. */
  public static final class PortTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PortTaken(int port, Throwable cause) {
      super(
          "the web interface needs port %d on 127.0.0.1, but another process listens there; choose another with --port (0 takes any free one)"
              .formatted(port),
          cause);
    }
  }
}
