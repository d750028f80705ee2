package io.assay.stream.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.ViolationJson;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.cli.CommandLineRun;
import io.assay.embedded.Certificates;
import io.assay.embedded.SecureBroker;
import io.assay.stream.contract.Topics;
import io.assay.web.access.Scope;
import io.assay.web.access.TokenWish;
import io.assay.web.access.Tokens;
import io.assay.web.sink.Sink;
import io.assay.web.system.ProgramClient;
import io.assay.web.system.RunningWeb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that let nobody in who does not say who he is, and what is told when they refuse. */
class SecuredBrokerTest {
  private final String prefix = "secured-" + UUID.randomUUID().toString().substring(0, 8);
  private final String source = prefix + ".speeds";

  @TempDir private Path folder;

  private SecureSite site;
  private Path rules;

  @BeforeEach
  void prepare() throws Exception {
    site = new SecureSite(folder);
    rules =
        Files.writeString(
            folder.resolve("speed.assay"),
            """
            language 1
            stream speed from topic "%s" { key vehicle string time at timestamp(millis) speed double }
            assertion slow on speed { expect speed <= 50 mode active }
            """
                .formatted(source));
    try (Admin admin = site.broker.admin()) {
      admin.createTopics(List.of(new NewTopic(source, 2, (short) 1))).all().get();
    }
  }

  @Test
  void allGoOnByThemselvesWhenTheBrokerKnowsTheirUser() throws Exception {
    String user = prefix + "-user";
    sendAsAdministrator(1);
    try (StreamProcessors processors = start(site.broker.saslSsl(), site.settings(user));
        RunningWeb web = web(user)) {
      awaitTold(processors, "refuses these credentials (sasl.* of assay.kafka.*)");
      Sink sink = web.running().context().getBean(Sink.class);
      SecureSite.await(
          "sink told",
          () -> sink.status().trouble().orElse("").contains("refuses these credentials"),
          sink::status);
      assertThat(processors.status() + " " + sink.status())
          .contains(site.broker.saslSsl(), "SCRAM-SHA-512")
          .doesNotContain(SecureSite.password(user), Certificates.PASSWORD);
      ProgramClient program = new ProgramClient(web.address(), token(web));
      assertThat(post(program, 2)).isEqualTo(503);

      site.broker.addUser(user, SecureSite.password(user));
      allowAll(user);

      SecureSite.await("taken over HTTP", () -> post(program, 3) == 202, () -> "refused");
      SecureSite.await(
          "stored", () -> stored(web).containsAll(Set.of("v1", "v3")), () -> stored(web));
      assertThat(stored(web)).doesNotHaveDuplicates();
      assertThat(sink.status().trouble()).isEmpty();
    }
  }

  /** The certificate says who comes, and the trust store whom to believe. */
  @Test
  void judgesByCertificatesOnceTheTrustStoreHasTheBrokers() throws Exception {
    Path trust = folder.resolve("trust.p12");
    Map<String, String> settings = new HashMap<>(site.broker.mutualTls());
    Path right = Path.of(settings.get("ssl.truststore.location"));
    Files.copy(right.resolveSibling("broker-trusts.p12"), trust);
    settings.put("ssl.truststore.location", trust.toString());
    String file = site.file("mutual", settings).toString();
    String[] produce = {
      "produce",
      events(4).toString(),
      "--stream",
      "speed",
      "--rules",
      rules.toString(),
      "--bootstrap",
      site.broker.mutual(),
      "--kafka-config",
      file
    };
    try (StreamProcessors processors = start(site.broker.mutual(), settings)) {
      awaitTold(processors, "do not trust each other (ssl.* of assay.kafka.*)");
      CommandLineRun refused = CommandLineRun.of(produce);
      assertThat(refused.status()).isEqualTo(3);
      assertThat(refused.err())
          .contains("do not trust each other (ssl.* of --kafka-config ", "certification path")
          .doesNotContain(Certificates.PASSWORD);

      Files.copy(right, trust, StandardCopyOption.REPLACE_EXISTING);

      assertThat(CommandLineRun.of(produce).out()).contains("1 events sent");
      awaitViolations("v4");
    }
  }

  @Test
  void commandsSayWhatTheBrokerRefuses() throws Exception {
    String user = prefix + "-commands";
    site.broker.addUser(user, SecureSite.password(user));
    Map<String, String> wrong = site.broker.scramOverTls(user, "a-wrong-one-31");
    assertThat(list("wrong", site.broker.saslSsl(), wrong).err())
        .contains("refuses these credentials (sasl.* of --kafka-config ", "SCRAM-SHA-512")
        .doesNotContain("a-wrong-one-31");
    CommandLineRun denied = site.run(user, "topics", "list", "--prefix", prefix);
    assertThat(denied.status()).isEqualTo(3);
    assertThat(denied.err())
        .contains("denies a right (docs/kafka-acls.md has those that are needed)", prefix);
    Map<String, String> impatient =
        Map.of("request.timeout.ms", "1000", "default.api.timeout.ms", "2000");
    assertThat(list("plain", site.broker.saslSsl(), impatient).err())
        .contains(
            "if it asks for TLS or SASL, --kafka-config ",
            "plain.properties must have security.protocol");
  }

  @Test
  void rightsThatAreTakenAwayHoldAStreamUpUntilTheyAreBack() throws Exception {
    String user = prefix + "-revoked";
    site.broker.addUser(user, SecureSite.password(user));
    allowAll(user);
    try (StreamProcessors processors = start(site.broker.saslSsl(), site.settings(user))) {
      sendAsAdministrator(1);
      awaitViolations("v1");
      try (Admin admin = site.broker.admin()) {
        admin.deleteAcls(List.of(ofUser(user))).all().get();
      }
      sendAsAdministrator(2);
      SecureSite.await(
          "told",
          () -> processors.status().getFirst().message().contains("uthoriz"),
          processors::status);
      allowAll(user);
      awaitViolations("v1", "v2");
    }
  }

  private static AclBindingFilter ofUser(String user) {
    return new AclBindingFilter(
        ResourcePatternFilter.ANY,
        new AccessControlEntryFilter(
            "User:" + user, null, AclOperation.ANY, AclPermissionType.ANY));
  }

  /** Each once, committed. */
  private void awaitViolations(String... vehicles) throws Exception {
    SecureSite.await("judged", () -> judged().equals(List.of(vehicles)), this::judged);
  }

  private List<String> judged() {
    var topic = new Topics(prefix).violations();
    Map<String, Object> settings =
        Map.of("bootstrap.servers", site.broker.open(), "isolation.level", "read_committed");
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var found = new ArrayList<String>();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> found.add(ViolationJson.read(record.value()).key()));
      }
      return found.stream().sorted().toList();
    }
  }

  @Test
  void aPasswordIsNotShownWhereItsSettingIsMalformed() throws Exception {
    Map<String, String> settings = new HashMap<>(site.settings("somebody"));
    settings.put("sasl.jaas.config", "PlainLoginModule secret-37;");
    CommandLineRun run = list("malformed", site.broker.saslSsl(), settings);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("malformed.properties", "sasl.jaas.config needs MODULE required")
        .doesNotContain("secret-37");
  }

  @Test
  void aPasswordWithoutTlsWorksWhereTheBrokerTakesIt() throws Exception {
    Map<String, String> settings = new HashMap<>(SecureBroker.plain("admin", "admin-secret-11"));
    settings.put("security.protocol", "SASL_PLAINTEXT");
    assertThat(list("sasl", site.broker.sasl(), settings).out())
        .contains(new Topics(prefix).plans(1).size() + " missing");
  }

  private CommandLineRun list(String name, String servers, Map<String, String> settings)
      throws Exception {
    return CommandLineRun.of(
        "topics",
        "list",
        "--prefix",
        prefix,
        "--bootstrap",
        servers,
        "--kafka-config",
        site.file(name, settings).toString());
  }

  private StreamProcessors start(String servers, Map<String, String> kafka) throws Exception {
    CheckedRules checked = new RuleCompiler().compile(RuleTexts.read(rules)).rules().orElseThrow();
    return StreamProcessors.start(
        checked,
        ProcessorSettings.of(servers, folder.resolve("state"))
            .in("default", new Topics(prefix))
            .kafka(kafka));
  }

  private static void awaitTold(StreamProcessors processors, String text) throws Exception {
    SecureSite.await(
        text, () -> processors.status().getFirst().message().contains(text), processors::status);
  }

  private RunningWeb web(String user) {
    var properties = new HashMap<String, Object>();
    properties.put("assay.sink.bootstrap-servers", site.broker.saslSsl());
    properties.put("assay.sink.prefix", prefix);
    properties.put("assay.ingest.rules", rules.toString());
    properties.put("assay.ingest.answer-within", "3s");
    site.settings(user).forEach((name, value) -> properties.put("assay.kafka." + name, value));
    return RunningWeb.start(properties);
  }

  private static String token(RunningWeb web) {
    Tokens tokens = web.running().context().getBean(Tokens.class);
    var wish = new TokenWish("tests", Set.of(Scope.INGEST), Set.of(), null);
    return switch (tokens.create("default", "system", wish)) {
      case Tokens.Creation.Made made -> made.secret();
      case Tokens.Creation.Refused refused -> throw new IllegalStateException(refused.toString());
    };
  }

  private static int post(ProgramClient program, int vehicle) {
    return program
        .post(
            "/api/v1/projects/default/events/speed",
            Map.of("Content-Type", "application/x-ndjson", "Idempotency-Key", "vehicle " + vehicle),
            event(vehicle).getBytes(UTF_8))
        .statusCode();
  }

  private static String event(int vehicle) {
    return "{\"vehicle\":\"v%d\",\"at\":1700000000000,\"speed\":60}\n".formatted(vehicle);
  }

  private Path events(int vehicle) throws Exception {
    return Files.writeString(folder.resolve("events.jsonl"), event(vehicle));
  }

  private void sendAsAdministrator(int vehicle) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", site.broker.open()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(source, event(vehicle).getBytes(UTF_8))).get();
    }
  }

  /** All that has the test's prefix. */
  private void allowAll(String user) throws Exception {
    var entry =
        new AccessControlEntry("User:" + user, "*", AclOperation.ALL, AclPermissionType.ALLOW);
    try (Admin admin = site.broker.admin()) {
      admin
          .createAcls(
              Stream.of(ResourceType.TOPIC, ResourceType.GROUP, ResourceType.TRANSACTIONAL_ID)
                  .map(type -> new ResourcePattern(type, prefix, PatternType.PREFIXED))
                  .map(resource -> new AclBinding(resource, entry))
                  .toList())
          .all()
          .get();
    }
  }

  private static List<String> stored(RunningWeb web) throws Exception {
    try (var connection = web.database().connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT key FROM violation ORDER BY key")) {
      var found = new ArrayList<String>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }
}
