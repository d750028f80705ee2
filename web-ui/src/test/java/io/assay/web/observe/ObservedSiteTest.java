package io.assay.web.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.embedded.TestBroker;
import io.assay.stream.metrics.Family;
import io.assay.web.access.Scope;
import io.assay.web.access.TokenWish;
import io.assay.web.ingest.IngestRun;
import io.assay.web.system.ProgramClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a running web interface and running processors tell of themselves. */
class ObservedSiteTest {
  private static final Path ROOT = Path.of(System.getProperty("assay.root", ".."));

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String OF_A_PRODUCER = "1bf7651916cd43dd8448eb211c80319c";

  @TempDir private static Path folder;
  private static ObservedSite site;
  private static CapturedLog log;
  private static Exposition scraped;

  @BeforeAll
  static void somethingHappens() throws Exception {
    log = new CapturedLog();
    site = new ObservedSite(folder);
    for (int i = 0; i < 4; i++) {
      String body =
          "{\"vehicle\":\"v%d\",\"at\":%d,\"speed\":%d}"
              .formatted(i, System.currentTimeMillis(), i == 0 ? 70 : 20);
      Map<String, String> headers = new TreeMap<>(Map.of("Content-Type", "application/json"));
      if (i == 0) {
        headers.put("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01");
      }
      var answer =
          site.run
              .program()
              .post(IngestRun.path("speed"), headers, body.getBytes(StandardCharsets.UTF_8));
      assertThat(answer.statusCode()).isEqualTo(202);
    }
    TestBroker.shared().send(List.of(ofAProducer()));
    scraped =
        site.await(
            now ->
                now.sum("assay_sink_violations_total{outcome=\"new\"}").equals(Optional.of(2.0))
                    && now.sum("assay_store_keys").isPresent()
                    && now.sum(slow("verdicts_total", ",verdict=\"violated\""))
                        .equals(Optional.of(2.0))
                    && now.sum(slow("verdicts_total", ",verdict=\"held\"")).equals(Optional.of(3.0))
                    && site.traces.of(TRACE).size() == 3
                    && site.traces.of(OF_A_PRODUCER).size() == 2);
  }

  private static ProducerRecord<byte[], byte[]> ofAProducer() {
    String event =
        "{\"vehicle\":\"v9\",\"at\":%d,\"speed\":90}".formatted(System.currentTimeMillis());
    var record =
        new ProducerRecord<byte[], byte[]>(
            site.run.topic("speed"), event.getBytes(StandardCharsets.UTF_8));
    String trace = "00-" + OF_A_PRODUCER + "-b7ad6b7169203331-01";
    record.headers().add("traceparent", trace.getBytes(StandardCharsets.UTF_8));
    return record;
  }

  @AfterAll
  static void end() {
    site.close();
    log.close();
  }

  /** Labels are in the order of the alphabet. */
  private static String slow(String figure, String more) {
    return "assay_assertion_%s{assertion=\"slow\",project=\"default\",stream=\"speed\"%s}"
        .formatted(figure, more);
  }

  @Test
  void verdictsEventsLagStoresAndSinkAreCounted() {
    assertThat(scraped.sum(slow("verdicts_total", ",verdict=\"held\""))).contains(3.0);
    assertThat(scraped.sum(slow("verdicts_total", ",verdict=\"violated\""))).contains(2.0);
    assertThat(scraped.sum("assay_stream_events_total{project=\"default\",stream=\"speed\"}"))
        .contains(5.0);
    assertThat(scraped.sum("assay_ingest_events_total{outcome=\"accepted\"")).contains(4.0);
    assertThat(scraped.sum("assay_sink_batch_seconds_count"))
        .hasValueSatisfying(batches -> assertThat(batches).isPositive());
    assertThat(scraped.labels().get("assay_consumer_lag_records"))
        .containsExactly("group", "partition", "project", "topic");
    assertThat(scraped.labels().get("assay_sink_lag_records"))
        .containsExactly("partition", "topic");
    assertThat(scraped.sum("assay_store_bytes"))
        .hasValueSatisfying(bytes -> assertThat(bytes).isPositive());
    assertThat(scraped.sum("assay_alert_deliveries{project=\"default\",receiver=\"slack\""))
        .contains(1.0);
    assertThat(scraped.sum("assay_review_items{project=\"default\",state=\"open\"}")).contains(1.0);
    assertThat(scraped.sum("assay_alerts{project=\"default\",state=\"firing\"}")).contains(0.0);
    assertThat(scraped.sum("assay_alerts_looked_timestamp_seconds{project=\"default\"}"))
        .hasValueSatisfying(at -> assertThat(at).isGreaterThanOrEqualTo(1_772_352_000));
    assertThat(scraped.sum("assay_rounds{project=\"default\",state=\"open\"}")).contains(1.0);
    assertThat(scraped.families())
        .containsKeys(
            "http_server_requests_seconds", "jvm_memory_used_bytes", "hikaricp_connections");
  }

  @Test
  void figuresAreForThePortOfThoseWhoLookAfterItAlone() throws Exception {
    assertThat(site.get(site.run.web.running().port(), "/actuator/prometheus").body())
        .doesNotContain("assay_sink");
    assertThat(site.get(site.managementPort(), "/actuator/env").statusCode()).isNotEqualTo(200);
    assertThat(site.context().getEnvironment().getProperty("management.server.address"))
        .isEqualTo("127.0.0.1");
  }

  @Test
  void aTokenScrapesItsProjectAlone() throws Exception {
    String path = "/api/v1/projects/default/metrics";
    var answer =
        site.run
            .program(new TokenWish("prometheus", Set.of(Scope.METRICS), Set.of(), null))
            .get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(
            type -> assertThat(type).startsWith("text/plain;").contains("version=0.0.4"));
    assertThat(answer.body())
        .contains("assay_alert_deliveries{project=\"default\",receiver=\"slack\"")
        .doesNotContain("jvm_", "http_server", "assay_sink");
    assertThat(
            site.run
                .program(new TokenWish("reader", Set.of(Scope.READ), Set.of(), null))
                .get(path)
                .statusCode())
        .isEqualTo(403);
    assertThat(site.get(site.run.web.running().port(), path).statusCode()).isEqualTo(401);
  }

  /** Names of families are checked where they are made; these are all that there are. */
  @Test
  void everyFigureIsDocumented() throws Exception {
    Path page = ROOT.resolve("docs/metrics.md");
    String before = Files.readString(page);
    MetricsPage now = MetricsPage.read(before);
    String own =
        MetricsPage.own(
            site.all()
                .flatMap(one -> one.families().stream())
                .sorted(Comparator.comparing(Family::name))
                .toList());
    Map<String, Exposition.Family> others = new TreeMap<>(scraped.families());
    others.keySet().removeIf(name -> name.startsWith("assay_"));
    if (System.getProperty("assay.golden", "").equals("write")) {
      Files.writeString(page, now.with(own, others), StandardCharsets.UTF_8);
      return;
    }
    assertThat(now.own()).isEqualTo(own);
    assertThat(now.documented()).containsAll(MetricsPage.names(others));
    assertThat(scraped.families().keySet()).noneMatch(name -> name.startsWith("spring_security"));
  }

  @Test
  void theDashboardAsksForWhatThereIs() throws Exception {
    List<String> queries = new ArrayList<>();
    JsonNode dashboard = JSON.readTree(Files.readString(ROOT.resolve("docs/grafana/assay.json")));
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        queries.add(target.path("expr").asString());
      }
    }
    assertThat(queries).hasSizeGreaterThan(30);
    assertThat(queries)
        .allSatisfy(query -> assertThat(PromQuery.parse(query).unknownTo(scraped)).isEmpty());
    String variable =
        dashboard.path("templating").path("list").path(1).path("definition").asString();
    assertThat(variable).isEqualTo("label_values(assay_stream_running, project)");
    assertThat(scraped.labels().get("assay_stream_running")).contains("project");
  }

  @Test
  void theAlertingRulesAskForWhatThereIs() throws Exception {
    Map<String, List<Map<String, List<Map<String, Object>>>>> file =
        new Yaml().load(Files.readString(ROOT.resolve("docs/prometheus/alerts.yml")));
    List<Map<String, Object>> rules =
        Objects.requireNonNull(file.get("groups")).stream()
            .flatMap(group -> Objects.requireNonNull(group.get("rules")).stream())
            .toList();
    assertThat(rules).hasSizeGreaterThan(8);
    assertThat(rules)
        .allSatisfy(
            rule -> {
              assertThat(rule).containsKeys("alert", "expr", "labels", "annotations");
              PromQuery query = PromQuery.parse(String.valueOf(rule.get("expr")));
              assertThat(query.unknownTo(scraped)).isEmpty();
              Set<String> told =
                  query.grouped().stream()
                      .flatMap(grouping -> grouping.labels().stream())
                      .collect(Collectors.toSet());
              assertThat(told)
                  .as("labels of %s", rule.get("alert"))
                  .containsAll(labels(String.valueOf(rule.get("annotations"))));
            });
  }

  private static Set<String> labels(String text) {
    return Pattern.compile("\\$labels\\.(\\w+)")
        .matcher(text)
        .results()
        .map(one -> one.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  void oneTraceLeadsFromTheRequestToTheStoredViolation() throws Exception {
    List<TraceReceiver.Span> spans = site.traces.of(TRACE);
    assertThat(spans)
        .extracting(TraceReceiver.Span::name)
        .containsExactly("ingest speed", "judge speed", "store violation");
    assertThat(spans.getFirst().parent()).isEqualTo("b7ad6b7169203331");
    assertThat(spans.get(1).parent()).isEqualTo(spans.getFirst().id());
    assertThat(spans.getLast().parent()).isEqualTo(spans.get(1).id());
    assertThat(spans).allSatisfy(span -> assertThat(span.ended()).isGreaterThan(span.begun()));
    assertThat(spans.get(1).attributes())
        .containsEntry("assay.project", "default")
        .containsEntry("assay.stream", "speed")
        .containsEntry("assay.violations", "1")
        .containsEntry("messaging.system", "kafka");
    assertThat(spans.getLast().attributes()).containsEntry("assay.assertion", "slow");
    // Nobody asked for the others.
    assertThat(site.traces.all()).hasSize(5);
    assertThat(site.traces.authorizations()).contains(ObservedSite.SECRET);

    ProgramClient reader =
        site.run.program(new TokenWish("tests", Set.of(Scope.READ), Set.of(), null));
    String told = reader.get("/api/v1/projects/default/violations").body();
    assertThat(told).contains("\"trace\":\"" + TRACE + '"', "\"trace\":\"" + OF_A_PRODUCER + '"');
  }

  @Test
  void aProducersTraceIsFollowedFromItsRecord() {
    List<TraceReceiver.Span> spans = site.traces.of(OF_A_PRODUCER);
    assertThat(spans)
        .extracting(TraceReceiver.Span::name)
        .containsExactly("judge speed", "store violation");
    assertThat(spans.getFirst().parent()).isEqualTo("b7ad6b7169203331");
    assertThat(spans.getLast().parent()).isEqualTo(spans.getFirst().id());
  }

  @Test
  void whatIsRememberedOfKeysHasNoTraces() {
    List<ConsumerRecord<byte[], byte[]>> stored =
        IngestRun.recordsOf(site.run.prefix + "-default-speed-state-changelog");
    assertThat(stored).isNotEmpty();
    assertThat(stored)
        .allSatisfy(
            record -> {
              assertThat(record.headers()).noneMatch(one -> one.key().equals("traceparent"));
              assertThat(IngestRun.text(record.value())).doesNotContain(TRACE, OF_A_PRODUCER);
            });
  }

  @Test
  void logsAreObjectsThatNameTheStreamAndNoSecrets() {
    List<JsonNode> lines = log.lines();
    assertThat(lines)
        .allSatisfy(line -> assertThat(line.at("/service/name").asString()).isEqualTo("assay-web"));
    assertThat(lines)
        .anySatisfy(
            line -> {
              assertThat(line.path("message").asString()).isEqualTo("stream 'speed' is RUNNING");
              assertThat(line.path("stream").asString()).isEqualTo("speed");
            });
    assertThat(log.text())
        .doesNotContain("hush", site.run.web.database().password() + "@")
        .contains("traces go to " + site.traces.address());
  }

  @Test
  void whatIsScrapedIsWhatIsDeclared() {
    List<String> declared =
        site.all().flatMap(one -> one.families().stream()).map(Family::name).toList();
    assertThat(declared).doesNotHaveDuplicates();
    assertThat(scraped.families().keySet().stream().filter(name -> name.startsWith("assay_")))
        .isSubsetOf(declared);
  }
}
