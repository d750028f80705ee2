package io.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.embedded.TestBroker;
import io.assay.stream.contract.TopicCreation;
import io.assay.stream.contract.TopicState;
import io.assay.stream.contract.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker. */
class TopicsCommandTest {
  private final TestBroker broker = TestBroker.shared();
  private final Topics topics = new Topics(broker.name("topics"));
  private final String source = broker.name("speeds");
  private final String truths = broker.name("truths");

  @TempDir Path folder;

  private CommandLineRun run(String... args) {
    var all = new ArrayList<>(List.of("topics"));
    all.addAll(List.of(args));
    all.addAll(List.of("--bootstrap", broker.bootstrapServers(), "--prefix", topics.prefix()));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private String rules() throws Exception {
    return Files.writeString(
            folder.resolve("speed.assay"),
            """
            language 1
            stream speed from topic "%s" {
              key vehicle string
              id id
              time at timestamp(millis)
              speed double
              truth driven double from topic "%s" within 1h
            }
            """
                .formatted(source, truths))
        .toString();
  }

  private int partitions(String topic) throws Exception {
    try (Admin admin = admin()) {
      var all = admin.describeTopics(List.of(topic)).allTopicNames().get();
      return Objects.requireNonNull(all.get(topic)).partitions().size();
    }
  }

  private String setting(String topic, String name) throws Exception {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = admin()) {
      var all = admin.describeConfigs(List.of(resource)).all().get();
      return Objects.requireNonNull(all.get(resource)).get(name).value();
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @Test
  void makesWhatIsMissingOnceAndListsIt() throws Exception {
    CommandLineRun before = run("list");
    assertThat(before.status()).isEqualTo(1);
    assertThat(before.out()).contains(topics.violations() + " ", "18 topics: 18 missing");

    CommandLineRun dry = run("create", "--dry-run", "--partitions", "3");
    assertThat(dry.status()).isZero();
    assertThat(dry.out()).contains("3 partitions, compact,delete, 30d", "18 would be created");
    assertThat(run("list").out()).contains("18 missing");

    CommandLineRun made = run("create", "--partitions", "3", "--replication-factor", "1");
    assertThat(made.err()).isEmpty();
    assertThat(made.status()).isZero();
    assertThat(made.out()).contains("18 topics: 18 created");
    assertThat(partitions(topics.violations())).isEqualTo(3);
    assertThat(partitions(topics.rules())).isEqualTo(1);
    assertThat(setting(topics.rules(), "cleanup.policy")).isEqualTo("compact");
    assertThat(setting(topics.late(), "message.timestamp.type")).isEqualTo("LogAppendTime");

    CommandLineRun again = run("create", "--partitions", "3");
    assertThat(again.status()).isZero();
    assertThat(again.out()).contains("18 topics: 18 exists");
    assertThat(run("list").status()).isZero();
  }

  @Test
  void whatDiffersIsSaidAndLeftAsItIs() throws Exception {
    broker.createTopics(
        List.of(
            new NewTopic(topics.late(), Optional.of(2), Optional.empty())
                .configs(
                    Map.of(
                        "retention.ms",
                        "86400000",
                        "message.timestamp.type",
                        "LogAppendTime",
                        "max.message.bytes",
                        Integer.toString(Topics.LARGEST_OUTPUT)))));

    CommandLineRun run = run("create", "--partitions", "3", "--replication-factor", "1");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .containsPattern(
            topics.late()
                + " +differs +partitions is 2, planned is 3; retention.ms is 1d, planned is 7d")
        .contains("18 topics: 1 differs, 17 created");
    assertThat(partitions(topics.late())).isEqualTo(2);
    assertThat(setting(topics.late(), "retention.ms")).isEqualTo("86400000");
    assertThat(run("list", "--retention", topics.late() + "=1d").status()).isZero();
    assertThat(run("list", "--format", "json").out())
        .contains(
            "\"state\":\"differs\"",
            "{\"setting\":\"retention.ms\",\"planned\":\"604800000\",\"actual\":\"86400000\"}");
  }

  @Test
  void whatAnotherMakesMeanwhileIsToldAsItIs() throws Exception {
    try (Admin admin = admin()) {
      List<TopicState> before = TopicCreation.look(admin, topics.plans(3));
      broker.createTopics(List.of(new NewTopic(topics.late(), 2, (short) 1)));

      List<TopicState> after = TopicCreation.make(admin, before, Optional.of((short) 1));

      assertThat(before).allMatch(TopicState::isMissing);
      assertThat(after.stream().filter(state -> !state.isMissing()).toList())
          .singleElement()
          .satisfies(
              state -> {
                assertThat(state.plan().name()).isEqualTo(topics.late());
                assertThat(state.existing().orElseThrow().partitions()).isEqualTo(2);
                assertThat(state.differences())
                    .extracting("setting")
                    .containsExactlyInAnyOrder("max.message.bytes", "message.timestamp.type");
              });
    }
  }

  @Test
  void topicsOfTheRulesAreMadeToo() throws Exception {
    CommandLineRun made =
        run(
            "create",
            "--rules",
            rules(),
            "--retention",
            "2d",
            "--retention",
            source + "=12h",
            "--compact",
            truths);

    assertThat(made.err()).isEmpty();
    assertThat(made.out()).contains("20 topics: 20 created");
    assertThat(partitions(source)).isEqualTo(4);
    assertThat(setting(source, "retention.ms")).isEqualTo("43200000");
    assertThat(setting(truths, "cleanup.policy")).isEqualTo("compact");
    assertThat(setting(topics.counts(), "retention.ms")).isEqualTo("172800000");
    assertThat(setting(topics.ruleUse(), "retention.ms")).isEqualTo("-1");
  }

  @Test
  void topicsThatAreNamedAreMadeAlone() throws Exception {
    String parcels = broker.name("parcels");
    CommandLineRun made =
        run("create", "--topic", parcels, "--partitions", "2", "--retention", parcels + "=12h");

    assertThat(made.err()).isEmpty();
    assertThat(made.status()).isZero();
    assertThat(made.out()).contains(parcels, "1 topics: 1 created");
    assertThat(partitions(parcels)).isEqualTo(2);
    assertThat(setting(parcels, "retention.ms")).isEqualTo("43200000");
    assertThat(run("list").out()).contains("18 topics: 18 missing");
    assertThat(run("list", "--topic", parcels).status()).isZero();
    assertThat(run("create", "--topic", topics.late()).err()).contains("is Assay's own");
    assertThat(run("create", "--topic", "a b").err()).contains("needs a name of 1 to 249 letters");
    assertThat(run("create", "--topic", parcels, "--rules", rules()).err())
        .contains("leave out --topic or --rules");
  }

  @Test
  void wrongUseMakesNothing() throws Exception {
    assertThat(run("create", "--partitions", "0").status()).isEqualTo(2);
    assertThat(run("create", "--retention", "soon").err()).contains("14d, 12h or forever");
    assertThat(run("create", "--retention", "elsewhere=1d").err()).contains("elsewhere");
    assertThat(run("create", "--retention", topics.rules() + "=1d").err()).contains("is compacted");
    assertThat(run("create", "--compact", topics.counts()).err()).contains("that --rules name");
    CommandLineRun tooMany = run("create", "--replication-factor", "3");
    assertThat(tooMany.status()).isEqualTo(3);
    assertThat(tooMany.err()).contains("creating the topic", "replication factor of 3");
    assertThat(run("list").out()).contains("18 topics: 18 missing");
  }

  @Test
  void settingsThatMakeNoClientAreSaid() throws Exception {
    Path file = folder.resolve("client.properties");
    Files.writeString(
        file,
        """
        security.protocol=SSL
        ssl.truststore.location=%s
        """
            .formatted(folder.resolve("missing.p12")));
    CommandLineRun run = run("list", "--kafka-config", file.toString());
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("Kafka's clients cannot be made of --kafka-config", "missing.p12")
        .doesNotContain("internal error");
    assertThat(run("list", "--kafka-config", folder.resolve("none").toString()).status())
        .isEqualTo(3);
  }

  @Test
  void theBrokerIsThatOfTheCommandLineAndElseThatOfTheFile() throws Exception {
    Path file = folder.resolve("client.properties");
    String impatient = "request.timeout.ms=500\ndefault.api.timeout.ms=1000\n";
    Files.writeString(file, "bootstrap.servers=localhost:1\n" + impatient);
    String elsewhere = file.toString();
    assertThat(run("list", "--kafka-config", elsewhere).out()).contains("18 topics: 18 missing");

    String[] ofFile = {"topics", "list", "--prefix", topics.prefix(), "--kafka-config", elsewhere};
    CommandLineRun away = CommandLineRun.of(ofFile);
    assertThat(away.status()).isEqualTo(3);
    assertThat(away.err()).contains("the broker at localhost:1 does not answer");
    Files.writeString(file, "bootstrap.servers=" + broker.bootstrapServers());
    assertThat(CommandLineRun.of(ofFile).out()).contains("18 topics: 18 missing");
  }
}
