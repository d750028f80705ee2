package io.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.embedded.TestBroker;
import io.assay.stream.archive.ArchiveSettings;
import io.assay.stream.archive.ArchiveWriter;
import io.assay.stream.archive.FolderStore;
import io.assay.stream.assertions.Aside;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.Provenance;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleHome;
import io.assay.stream.contract.RuleOrigin;
import io.assay.stream.contract.RuleWriter;
import io.assay.stream.contract.TopicPlan;
import io.assay.stream.contract.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dead-letters replay --rejudge}, on a real broker and with a real archive. */
class RejudgeCommandTest {
  private static final long START = 1_700_000_000_000L;

  private final TestBroker broker = TestBroker.shared();
  private final Topics topics = new Topics(broker.name("rejudge"));
  private final String source = topics.prefix() + ".frames";
  private final String text =
      """
      language 1
      stream frames from topic "%s" { key camera string time at timestamp(millis) seen int }
      assertion few on frames { mode active expect seen < 5 }
      """
          .formatted(source);

  @TempDir Path folder;

  @BeforeEach
  void makeTopics() {
    broker.createTopics(topics.plans(1).stream().map(TopicPlan::newTopic).toList());
  }

  private CommandLineRun replay(String... args) {
    var all = new ArrayList<>(List.of("dead-letters", "replay"));
    all.addAll(List.of(args));
    all.addAll(List.of("--bootstrap", broker.bootstrapServers(), "--prefix", topics.prefix()));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private void publish() {
    CheckedRules rules = checked();
    var writer = new RuleWriter(Map.of("bootstrap.servers", broker.bootstrapServers()), topics);
    writer.publish(
        new RuleWriter.Request(
            "default",
            new RuleContent(List.of(new SourceFile("frames.assay", text)), Map.of()),
            new RuleOrigin(RuleHome.WEB, "", "", "a", Instant.EPOCH),
            rules.documentHash(),
            OptionalLong.empty(),
            false));
  }

  private CheckedRules checked() {
    return new RuleCompiler()
        .compile(List.of(new SourceFile("frames.assay", text)), Map.of())
        .rules()
        .orElseThrow();
  }

  private void archive(String... payloads) {
    var writer =
        new ArchiveWriter(
            new FolderStore(folder.resolve("archive")),
            ArchiveSettings.in(folder.resolve("archive")),
            "default",
            checked().streams(),
            "a");
    writer.take(new TopicPartition(source, 0), "T", OptionalLong.empty(), 0);
    for (int i = 0; i < payloads.length; i++) {
      writer.add(
          new ConsumerRecord<>(source, 0, i, new byte[0], payloads[i].getBytes(UTF_8)), START);
    }
    writer.roll(writer.partitions());
  }

  private void letter(long offset, String value) {
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      var from = new Provenance("default", "frames", new Coordinates(source, 0, offset), START);
      Record<byte[], byte[]> aside =
          Aside.record(
              "c1".getBytes(UTF_8),
              value.getBytes(UTF_8),
              new RecordHeaders(),
              0,
              new DeadLetter(from, "broken-json", "no end")::write);
      var unused =
          producer.send(
              new ProducerRecord<>(
                  topics.deadLetters(), 0, aside.key(), aside.value(), aside.headers()));
      producer.flush();
    }
  }

  private static String seen(long at, int seen) {
    return "{\"camera\":\"c1\",\"at\":%d,\"seen\":%d}".formatted(START + at, seen);
  }

  @Test
  void aRepairedLetterIsJudgedInItsHistory() throws Exception {
    publish();
    archive(seen(0, 9), "{", seen(200, 9));
    letter(1, "{");
    Path edited = Files.writeString(folder.resolve("edited.json"), seen(100, 7));
    String archive = folder.resolve("archive").toString();

    CommandLineRun dry =
        replay("0@0", "--rejudge", "--archive", archive, "--edit", edited.toString(), "--dry-run");
    assertThat(dry.out()).contains("0@0  would be rejudged: 1 more violation");
    CommandLineRun untouched = replay("--all", "--rejudge", "--archive", archive);
    assertThat(untouched.status()).isEqualTo(1);
    assertThat(untouched.out()).contains("refused: it still cannot be read: broken-json");
    CommandLineRun done =
        replay(
            "0@0",
            "--rejudge",
            "--archive",
            archive,
            "--around",
            "1min",
            "--edit",
            edited.toString());
    assertThat(done.out())
        .contains("0@0  rejudged: 1 more violation", "1 rejudged, 0 replayed before, 0 refused");
    assertThat(replay("0@0").out()).contains("rejudged 2", "--again does it once more");
  }

  @Test
  void withoutRulesOrArchiveItSaysWhatIsMissing() throws Exception {
    letter(1, "{");
    assertThat(replay("0@0", "--rejudge").err()).contains("--rejudge needs --archive FOLDER");
    assertThat(replay("0@0", "--archive", "x").err()).contains("go with --rejudge");
    assertThat(replay("0@0", "--rejudge", "--archive", folder.resolve("none").toString()).err())
        .contains("there is no archive in");
    assertThat(replay("0@0", "--rejudge", "--archive", folder.toString()).err())
        .contains("project 'default' has no published rules to judge by");
  }
}
