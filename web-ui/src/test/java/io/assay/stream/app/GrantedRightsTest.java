package io.assay.stream.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.SourceFile;
import io.assay.cli.CommandLineRun;
import io.assay.embedded.RecordingAuthorizer;
import io.assay.embedded.RecordingAuthorizer.Asked;
import io.assay.stream.contract.ImputerChoice;
import io.assay.stream.contract.ImputerWriter;
import io.assay.stream.contract.ReleaseAcceptance;
import io.assay.stream.contract.ReleaseWriter;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleHome;
import io.assay.stream.contract.RuleOrigin;
import io.assay.stream.contract.RuleUses;
import io.assay.stream.contract.RuleWriter;
import io.assay.stream.contract.Topics;
import io.assay.web.access.Change;
import io.assay.web.access.Members;
import io.assay.web.access.Role;
import io.assay.web.access.Scope;
import io.assay.web.access.TokenWish;
import io.assay.web.access.Tokens;
import io.assay.web.system.BrowsingClient;
import io.assay.web.system.ProgramClient;
import io.assay.web.system.RunningWeb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rights of docs/kafka-acls.md are enough for all that Assay does, and none is too much. */
class GrantedRightsTest {
  private static final String SPEED = "street.speed";
  private static final String TRUTHS = "street.limits";
  private static final String REQUESTS = "loans.requests";
  private static final String RESPONSES = "loans.responses";
  private static final String SERVED = "loans.served";
  private static final String VECTORS = "loans.vectors";
  private static final String FEATURES = "loans.features";
  private static final long START = 1_700_000_000_000L;

  private static final String RULES =
      """
      language 1
      model scorer "credit-risk" owner "credit"
      stream speed from topic "street.speed" {
        id     id       string
        key    vehicle  string
        time   at       timestamp(millis)
        speed           double
        truth  fast bool from topic "street.limits" within 1min
      }
      stream served from topic "loans.served" {
        serving  kserve "credit-risk" requests "loans.requests" responses "loans.responses" within 5min
        model    scorer version version
        id       id
        key      applicant  string from inputs.applicant
        time     at         timestamp
        risk                ratio  from outputs.risk
      }
      stream loans from topic "loans.features" {
        key    applicant  string
        time   at         timestamp(millis)
        features { income int? age int? }
        impute features every 1h from last 2000 events
      }
      assertion slow on speed { expect speed <= 50 mode active sample bandit }
      assertion calm on speed { window tumbling 10s expect mean(speed) < 40 mode active }
      assertion right on speed {
        window tumbling 10s
        expect accuracy(speed >= 50, fast) > 0.9
        mode   active
      }
      assertion sure on served { expect risk < 0.1 mode active }
      embeddings applicants from topic "loans.vectors" {
        item     applicant  string
        version  release    string
        vector   2
      }
      assertion steady on applicants {
        compare release with previous
        expect  eis < 0
        mode    active
      }
      """;

  @TempDir private Path folder;

  private SecureSite site;
  private AclPage page;
  private Path rules;

  @BeforeEach
  void grant() throws Exception {
    site = new SecureSite(folder);
    rules = Files.writeString(folder.resolve("rules.assay"), RULES);
    page =
        AclPage.read(
            Map.of(
                "PROJECT",
                List.of("default"),
                "SOURCE",
                List.of(SPEED, TRUTHS, REQUESTS, RESPONSES, SERVED, VECTORS, FEATURES),
                "SERVED",
                List.of(SERVED)));
    try (Admin admin = site.broker.admin()) {
      for (String who : page.everybody()) {
        site.broker.addUser(user(who), SecureSite.password(user(who)));
        admin.createAcls(page.bindings(who, user(who))).all().get();
      }
    }
  }

  private static String user(String who) {
    return "rights-" + who.replaceAll("[^a-z]+", "-");
  }

  @Test
  void areEnoughAndEachIsNeeded() throws Exception {
    well("topics create", "topics", "create", "--partitions", "2", "--rules", rules.toString());
    well("topics list", "topics", "list", "--rules", rules.toString());
    try (Judging judging = new Judging();
        RunningWeb web = web()) {
      judging.awaitAll();
      send(web);
      awaitStored(web, Set.of("slow", "calm", "right", "sure", "steady"));
      publishFromTheWeb();
      label(web);
      lookAfter(web);
      judging.awaitTrained();
      judging.awaitArchived();
      backtest();
      replay(judging.archive);
    }
    var soft = new SoftAssertions();
    for (String who : page.everybody()) {
      List<Asked> asked = RecordingAuthorizer.of(user(who));
      soft.assertThat(asked.stream().filter(one -> !one.allowed() && one.told()))
          .as("asked for by %s and not on the page", who)
          .isEmpty();
      soft.assertThat(page.needless(who, asked))
          .as("on the page for %s, not needed", who)
          .isEmpty();
    }
    soft.assertAll();
  }

  private String well(String who, String... arguments) throws Exception {
    CommandLineRun run = site.run(user(who), arguments);
    assertThat(run.status()).as("%s: %s%s", who, run.out(), run.err()).isZero();
    return run.out();
  }

  /** What a service does that publishes a folder's rules, judges, and keeps an archive. */
  private final class Judging implements AutoCloseable {
    private final RuleFolder published;
    private final ProjectRules followed;
    private final StreamProcessors processors;
    private final Archiver archiver;
    private final Path archive = folder.resolve("archive");

    Judging() {
      String user = user("processors");
      ProcessorProperties properties =
          SecureSite.ofEnvironment(
              site.settings(user),
              Map.of(
                  "assay.bootstrap-servers",
                  site.broker.saslSsl(),
                  "assay.state-folder",
                  folder.resolve("state").toString(),
                  "assay.rules",
                  rules.toString(),
                  "assay.archive.folder",
                  archive.toString(),
                  "assay.archive.roll-every",
                  "1s",
                  // What was read of repartition topics is deleted from them, else in half a
                  // minute.
                  "assay.kafka.repartition.purge.interval.ms",
                  "500"));
      published = RuleFolder.watch(properties.ruleSource(), properties.settings());
      followed = ProjectRules.follow(properties.settings());
      processors = StreamProcessors.follow(followed, properties.settings());
      archiver = Archiver.follow(followed, properties.settings(), properties.archiveSettings());
    }

    void awaitAll() throws Exception {
      SecureSite.await(
          "all run",
          () ->
              processors.status().size() == 7
                  && processors.status().stream()
                      .allMatch(one -> one.state() == StreamStatus.State.RUNNING),
          () -> published.problem() + processors.status());
    }

    void awaitTrained() throws Exception {
      SecureSite.await(
          "trained",
          () -> processors.imputers().stream().allMatch(one -> one.version() == 1),
          () -> processors.imputers().toString());
    }

    void awaitArchived() throws Exception {
      SecureSite.await(
          "archived",
          () -> {
            try (var files = Files.walk(archive)) {
              return files.anyMatch(file -> file.toString().endsWith(".jsonl.zst"));
            }
          },
          archiver::failure);
      // As publishing does once there are a hundred generations.
      RuleUses.of(site.clients(user("processors")), Topics.standard(), "default");
    }

    @Override
    public void close() {
      processors.close();
      archiver.close();
      followed.close();
      published.close();
    }
  }

  private RunningWeb web() {
    var properties = new HashMap<String, Object>();
    properties.put("assay.sink.bootstrap-servers", site.broker.saslSsl());
    // The events' time is long past.
    properties.put("assay.labels.history", "7300d");
    properties.put("assay.labels.automatic", "false");
    properties.put("assay.storage.after", "PT1S");
    site.settings(user("web"))
        .forEach((name, value) -> properties.put("assay.kafka." + name, value));
    return RunningWeb.start(properties);
  }

  /** Eight vehicles, too fast and said to be slow; then two requests of a model. */
  private void send(RunningWeb web) throws Exception {
    var lines = new ArrayList<String>();
    for (int vehicle = 0; vehicle < 8; vehicle++) {
      lines.add(speed(vehicle, 1, 60));
    }
    Path events = Files.write(folder.resolve("events.jsonl"), lines);
    well("produce", "produce", events.toString(), "--stream", "speed", "--rules", rules.toString());
    tellTruths();
    refresh();
    apply();
    lines.clear();
    for (int vehicle = 0; vehicle < 8; vehicle++) {
      lines.add(speed(vehicle, 130, 20));
      lines.add(speed(vehicle, 2, 70));
    }
    lines.add("{");
    ProgramClient program = new ProgramClient(web.address(), token(web));
    SecureSite.await(
        "taken over HTTP",
        () ->
            program
                    .post(
                        "/api/v1/projects/default/events/speed",
                        "application/x-ndjson",
                        lines.getFirst())
                    .statusCode()
                == 202,
        () -> "still refused");
    Files.write(events, lines);
    well("produce", "produce", events.toString(), "--stream", "speed", "--rules", rules.toString());
    serve(program, "request", "{\"inputs\":[" + tensor("applicant", "BYTES", "\"p1\"") + "]}");
    serve(program, "response", "{\"outputs\":[" + tensor("risk", "FP64", "0.12") + "]}");
  }

  private static String speed(int vehicle, int second, int speed) {
    return "{\"id\":\"v%d-%d\",\"vehicle\":\"v%d\",\"at\":%d,\"speed\":%d}"
        .formatted(vehicle, second, vehicle, START + second * 1000L, speed);
  }

  private void tellTruths() throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", site.broker.open()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int vehicle = 0; vehicle < 8; vehicle++) {
        String truth =
            "{\"id\":\"v%d-1\",\"at\":%d,\"fast\":false}".formatted(vehicle, START + 2000L);
        producer.send(new ProducerRecord<>(TRUTHS, truth.getBytes(UTF_8))).get();
      }
    }
  }

  /** Two releases of a few vectors, each with a marker in both partitions. */
  private void refresh() throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", site.broker.open()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int release = 1; release <= 2; release++) {
        for (int i = 0; i < 10; i++) {
          String row =
              "{\"applicant\":\"p%d\",\"release\":\"r%d\",\"vector\":[%d,%d]}"
                  .formatted(i, release, i + 1, i * release);
          producer.send(new ProducerRecord<>(VECTORS, i % 2, null, row.getBytes(UTF_8))).get();
        }
        for (int partition = 0; partition < 2; partition++) {
          String marker = "{\"release\":\"r%d\",\"closed\":true}".formatted(release);
          producer
              .send(new ProducerRecord<>(VECTORS, partition, null, marker.getBytes(UTF_8)))
              .get();
        }
      }
    }
  }

  /** As many as an imputer learns of. */
  private void apply() throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", site.broker.open()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < 1000; i++) {
        String event =
            "{\"applicant\":\"p%d\",\"at\":%d,\"features\":{\"income\":%d,\"age\":%d}}"
                .formatted(i, START + i, 1000 * (i % 40), 20 + i % 40);
        var unused =
            producer.send(new ProducerRecord<>(FEATURES, i % 2, null, event.getBytes(UTF_8)));
      }
      producer.flush();
    }
  }

  private static String tensor(String name, String type, String value) {
    return "{\"name\":\"%s\",\"shape\":[1],\"datatype\":\"%s\",\"data\":[%s]}"
        .formatted(name, type, value);
  }

  private static void serve(ProgramClient program, String kind, String body) {
    var headers =
        Map.of(
            "Content-Type", "application/json",
            "Ce-Specversion", "1.0",
            "Ce-Id", "7c6f",
            "Ce-Source", "http://localhost:9081/",
            "Ce-Type", "org.kubeflow.serving.inference." + kind,
            "Ce-Time", "2026-03-01T06:40:00Z",
            "Ce-Inferenceservicename", "credit-risk",
            "Ce-Namespace", "prod");
    assertThat(
            program
                .post("/api/v1/projects/default/events/served", headers, body.getBytes(UTF_8))
                .statusCode())
        .isEqualTo(202);
  }

  private static String token(RunningWeb web) {
    Tokens tokens = web.running().context().getBean(Tokens.class);
    var wish = new TokenWish("tests", Set.of(Scope.INGEST, Scope.LABELS), Set.of(), null);
    return switch (tokens.create("default", "system", wish)) {
      case Tokens.Creation.Made made -> made.secret();
      case Tokens.Creation.Refused refused -> throw new IllegalStateException(refused.toString());
    };
  }

  private static void awaitStored(RunningWeb web, Set<String> assertions) throws Exception {
    SecureSite.await("stored", () -> stored(web).equals(assertions), () -> stored(web));
  }

  private static Set<String> stored(RunningWeb web) throws SQLException {
    return column(web, "SELECT DISTINCT assertion FROM violation");
  }

  private static Set<String> column(RunningWeb web, String sql) throws SQLException {
    var found = new TreeSet<String>();
    try (var connection = web.database().connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  /** What somebody says of an event; and a round, with events at random, and told to a topic. */
  private static void label(RunningWeb web) throws Exception {
    var said =
        new ProgramClient(web.address(), token(web))
            .post(
                "/api/v1/projects/default/labels",
                "application/json",
                "{\"prediction\":\"v1\",\"stream\":\"speed\",\"verdict\":\"error\"}");
    assertThat(said.statusCode()).as(said.body()).isEqualTo(202);
    Members members = web.running().context().getBean(Members.class);
    Change change = members.add("default", "system", "an-author", Role.AUTHOR);
    var author = new BrowsingClient(web.address());
    author.login("an-author", ((Change.NewPassword) change).password());
    var round = author.send("POST", "/api/v1/projects/default/rounds", Map.of(), "");
    assertThat(round.body()).contains("at random: ");
    SecureSite.await(
        "samples written", () -> column(web, "SELECT id FROM sample_outbox").isEmpty(), () -> "");
  }

  /** The pages of whoever runs the installation. */
  private static void lookAfter(RunningWeb web) throws Exception {
    Members members = web.running().context().getBean(Members.class);
    Change change = members.add("default", "system", "who-runs-it", Role.ADMINISTRATOR);
    var administrator = new BrowsingClient(web.address());
    administrator.login("who-runs-it", ((Change.NewPassword) change).password());
    SecureSite.await(
        "groups shown",
        () -> administrator.get("/p/default/pipeline").body().contains("assay-default-speed"),
        () -> administrator.get("/p/default/pipeline").body());
    assertThat(administrator.get("/p/default/retention").body()).contains("compact,delete");
    SecureSite.await(
        "sizes sampled",
        () -> !column(web, "SELECT name FROM storage_sample WHERE store = 'KAFKA'").isEmpty(),
        () -> "");
    erase(web, administrator);
  }

  /** Each task of the judges and of the truths says that it has forgotten; then the rows go. */
  private static void erase(RunningWeb web, BrowsingClient administrator) throws Exception {
    String violations = "SELECT id FROM violation WHERE stream = 'speed' AND key = 'v3'";
    assertThat(column(web, violations)).isNotEmpty();
    String erasures = "/api/v1/projects/default/erasures";
    assertThat(
            administrator
                .send("POST", erasures, Map.of(), "{\"stream\":\"speed\",\"key\":\"v3\"}")
                .statusCode())
        .isEqualTo(202);
    SecureSite.await(
        "erased",
        () -> column(web, "SELECT status FROM erasure").equals(Set.of("DONE")),
        () -> administrator.get(erasures, "application/json").body());
    String told = administrator.get(erasures, "application/json").body();
    assertThat(told)
        .containsPattern("forgotten by all [1-9]\\d* tasks")
        .doesNotContain("\"at\":null");
    assertThat(column(web, "SELECT task FROM erasure_task WHERE gone > 0")).isNotEmpty();
    assertThat(column(web, violations)).isEmpty();
  }

  /** As the page of rules does; of a project whose rules have no other home. */
  private void publishFromTheWeb() {
    Map<String, Object> clients = site.clients(user("web"));
    var request =
        new RuleWriter.Request(
            "other",
            new RuleContent(List.of(new SourceFile("other.assay", "language 1\n")), Map.of()),
            new RuleOrigin(RuleHome.WEB, "", "", "somebody", Instant.now()),
            "",
            OptionalLong.empty(),
            false);
    assertThat(new RuleWriter(clients, Topics.standard()).publish(request))
        .isInstanceOf(RuleWriter.Outcome.Published.class);
    // As publishing does once there are a hundred generations.
    assertThat(RuleUses.of(clients, Topics.standard(), "default")).isNotEmpty();
    // As an author does over HTTP who accepts a release.
    new ReleaseWriter(clients, Topics.standard())
        .accept(new ReleaseAcceptance("other", "words", "r1", "somebody", "", 0));
    // As one does who puts an imputer in force.
    new ImputerWriter(clients, Topics.standard())
        .want(new ImputerChoice("other", "loans", 1, true, "somebody", "", 0), Optional.empty());
  }

  private void backtest() throws Exception {
    CommandLineRun run =
        site.run(user("backtest"), "backtest", rules.toString(), "--topic", "speed=" + SPEED);
    assertThat(run.out()).as(run.err()).contains("slow");
  }

  /** By the command line's users, and by that of the web interface, whose pages do the same. */
  private void replay(Path archive) throws Exception {
    for (String late : List.of("", "--late")) {
      String[] more = late.isEmpty() ? new String[0] : new String[] {late};
      String first =
          well("dead-letters list, show", with(more, "dead-letters", "list")).split(" ")[0];
      well("dead-letters list, show", with(more, "dead-letters", "show", first));
      for (String who : List.of("dead-letters replay", "web")) {
        assertThat(well(who, with(more, "dead-letters", "replay", first, "--again")))
            .contains("1 sent");
      }
    }
    for (String who : List.of("dead-letters replay", "web")) {
      String first = well(who, "dead-letters", "list", "--late").split(" ")[0];
      well(
          who,
          "dead-letters",
          "replay",
          first,
          "--late",
          "--again",
          "--rejudge",
          "--archive",
          archive.toString());
    }
  }

  private static String[] with(String[] more, String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
