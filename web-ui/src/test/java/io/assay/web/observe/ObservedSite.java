package io.assay.web.observe;

import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.embedded.TestBroker;
import io.assay.stream.app.ImputerFigures;
import io.assay.stream.app.ProcessorFigures;
import io.assay.stream.app.ProcessorSettings;
import io.assay.stream.app.RuleTexts;
import io.assay.stream.app.StreamProcessors;
import io.assay.stream.contract.Topics;
import io.assay.stream.metrics.Scraped;
import io.assay.stream.metrics.Scrapes;
import io.assay.stream.tracing.Traces;
import io.assay.stream.tracing.TracingSettings;
import io.assay.web.ingest.IngestRun;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/** Web interface, sink and processors on one broker, with a port for those who look after them. */
final class ObservedSite implements AutoCloseable {
  static final String SECRET = "Bearer hush";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final IngestRun run;
  final TraceReceiver traces = new TraceReceiver();
  private final Traces judging;
  private final StreamProcessors processors;
  private final HttpClient client = HttpClient.newHttpClient();

  ObservedSite(Path folder) throws SQLException {
    run =
        IngestRun.start(
            folder,
            Map.of(
                "management.server.port",
                0,
                "assay.tracing.endpoint",
                traces.address(),
                "assay.tracing.sampled",
                0,
                "assay.tracing.headers.authorization",
                SECRET,
                "assay.sink.bootstrap-servers",
                TestBroker.shared().bootstrapServers()));
    judging =
        Traces.of(
            new TracingSettings(URI.create(traces.address()), 0, Map.of()), "assay-processors");
    CheckedRules rules =
        new RuleCompiler().compile(RuleTexts.read(run.rules)).rules().orElseThrow();
    processors =
        StreamProcessors.start(
            rules,
            ProcessorSettings.of(TestBroker.shared().bootstrapServers(), folder.resolve("state"))
                .in("default", new Topics(run.prefix)),
            judging);
    Scrapes.register(context().getBean(PrometheusRegistry.class), figures().stream());
    store();
  }

  /** One of each that people and receivers leave behind. */
  private void store() throws SQLException {
    try (var connection = run.web.database().connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO label_round (project, number, opened, opened_by, seed, plan)
          VALUES ('default', 1, now(), 'system', 1, '{}');
          INSERT INTO label_item (project, id, round, assertion, stream, key, label, day, violation, judgement_hash, at,
            severity, arm, reason, probability, around, rank)
          VALUES ('default', 'e1', 1, 'slow', 'speed', 'v1', '', current_date, 'x', 'h', now(), 1, 'uniform', '', 1, 5, 1);
          INSERT INTO label_verdict (project, item, reviewer, at, finding)
          VALUES ('default', 'e1', 'somebody', now(), 'ERROR');
          INSERT INTO alert_notice (project, route, group_key, status, reason, body, created)
          VALUES ('default', 'r', 'g', 'FIRING', 'NEW', '{}', now());
          INSERT INTO alert_delivery (notice, target, project, receiver, address, next)
          SELECT id, 0, project, 'SLACK', 'a', now() FROM alert_notice;
          INSERT INTO alert_look (project, at) VALUES ('default', TIMESTAMPTZ '2026-03-01T08:00:00Z')
          ON CONFLICT (project) DO NOTHING;
          """);
    }
  }

  ConfigurableApplicationContext context() {
    return run.web.running().context();
  }

  private List<Scraped> figures() {
    return List.of(new ProcessorFigures(processors), new ImputerFigures(processors));
  }

  /** All that may ever be told. */
  Stream<Scraped> all() {
    return Stream.concat(
        context().getBeansOfType(Scraped.class).values().stream(), figures().stream());
  }

  int managementPort() {
    return Integer.parseInt(
        Objects.requireNonNull(context().getEnvironment().getProperty("local.management.port")));
  }

  HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + port + path);
    return client.send(
        HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }

  Exposition scrape() throws IOException, InterruptedException {
    return Exposition.read(get(managementPort(), "/actuator/prometheus").body());
  }

  Exposition await(Predicate<Exposition> wanted) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Exposition now = scrape();
    while (!wanted.test(now) && System.nanoTime() < end) {
      Thread.sleep(100);
      now = scrape();
    }
    return now;
  }

  @Override
  public void close() {
    client.close();
    processors.close();
    judging.close();
    run.close();
    traces.close();
  }
}
