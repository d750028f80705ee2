package io.assay.stream.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.event.Coordinates;
import io.assay.assertion.rule.RuleCompiler;
import io.assay.assertion.rule.SourceFile;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Backtest;
import io.assay.assertion.scenario.Extent;
import io.assay.assertion.scenario.Recording;
import io.assay.stream.archive.Archive;
import io.assay.stream.archive.ArchiveSettings;
import io.assay.stream.archive.ArchiveWriter;
import io.assay.stream.archive.FolderStore;
import io.assay.stream.archive.Selection;
import io.assay.stream.contract.DeadLetter;
import io.assay.stream.contract.LateRecord;
import io.assay.stream.contract.Provenance;
import io.assay.stream.contract.Topics;
import io.assay.stream.repair.Round.Step;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Events of project {@code street}: archived, put aside, judged anew. */
final class PastEvents {
  static final long START = 1_700_000_000_000L;

  private PastEvents() {}

  /** As it came; of one partition, at the offset of its place in the list. */
  record Sent(String payload, long receivedMillis) {
    byte[] bytes() {
      return payload.getBytes(StandardCharsets.UTF_8);
    }
  }

  static CheckedRules rules(String text) {
    var compilation =
        new RuleCompiler().compile(List.of(new SourceFile("street.assay", text)), Map.of());
    assertThat(compilation.issues()).isEmpty();
    return compilation.rules().orElseThrow();
  }

  /** By topic. */
  static Archive archive(Path folder, CheckedRules rules, Map<String, List<Sent>> topics) {
    var store = new FolderStore(folder);
    var writer =
        new ArchiveWriter(store, ArchiveSettings.in(folder), "street", rules.streams(), "a");
    topics.forEach(
        (topic, events) -> {
          writer.take(new TopicPartition(topic, 0), "T", OptionalLong.empty(), 0);
          for (int i = 0; i < events.size(); i++) {
            Sent event = events.get(i);
            writer.add(record(topic, i, event), event.receivedMillis());
          }
        });
    writer.roll(writer.partitions());
    return new Archive(store, "street");
  }

  private static ConsumerRecord<byte[], byte[]> record(String topic, long offset, Sent sent) {
    return new ConsumerRecord<>(
        topic,
        0,
        offset,
        sent.receivedMillis(),
        TimestampType.LOG_APPEND_TIME,
        0,
        0,
        null,
        sent.bytes(),
        new RecordHeaders(),
        java.util.Optional.empty());
  }

  /** What is found where all that is archived is judged as it came. */
  static List<Violation> found(CheckedRules rules, Archive archive, String key) {
    List<Violation> found = new ArrayList<>();
    Backtest.run(
        rules.live(),
        "street",
        rules.streams().stream()
            .map(stream -> new Recording(stream, archive.events(stream.name(), Selection.ALL)))
            .toList(),
        new Extent(Long.MIN_VALUE, Long.MAX_VALUE, Set.of(key), 1),
        new Backtest.Listener() {
          @Override
          public void violation(Violation violation) {
            found.add(violation);
          }

          @Override
          public void unreadable(String place, String cause, String detail) {}

          @Override
          public void progress(long events) {}
        });
    return found;
  }

  static PutAside letter(String stream, String topic, long offset, Sent sent) {
    Provenance from = provenance(stream, topic, offset, sent);
    var headers = new RecordHeaders();
    new DeadLetter(from, "broken-json", "no object").write(headers);
    return PutAside.deadLetter(aside(offset, sent.bytes(), headers), true);
  }

  static PutAside late(String stream, String topic, long offset, Sent sent) {
    Provenance from = provenance(stream, topic, offset, sent);
    var headers = new RecordHeaders();
    new LateRecord(from, LateRecord.LATE, 0).write(headers);
    return PutAside.late(aside(offset, sent.bytes(), headers), true);
  }

  private static Provenance provenance(String stream, String topic, long offset, Sent sent) {
    return new Provenance(
        "street", stream, new Coordinates(topic, 0, offset), sent.receivedMillis());
  }

  private static ConsumerRecord<byte[], byte[]> aside(
      long offset, byte[] value, RecordHeaders headers) {
    return new ConsumerRecord<>(
        "assay.aside",
        0,
        offset,
        START,
        TimestampType.LOG_APPEND_TIME,
        0,
        0,
        null,
        value,
        headers,
        java.util.Optional.empty());
  }

  /** What is to be done with each, in their order. */
  static List<Step> steps(CheckedRules rules, Archive archive, List<Chosen> chosen) {
    var rejudge = new Rejudge(rules, 3, archive, "street", Duration.ofHours(1));
    Map<Chosen, Step> steps = new HashMap<>();
    for (Round round : rejudge.rounds(chosen, Topics.standard())) {
      round.plan(round.chosen()).forEach(step -> steps.put(step.chosen(), step));
    }
    return chosen.stream().map(each -> Objects.requireNonNull(steps.get(each))).toList();
  }

  static Judgement judgement(Step step) {
    assertThat(step.plan()).isInstanceOf(ReplayPlan.Judge.class);
    return ((ReplayPlan.Judge) step.plan()).judgement();
  }

  /** The violations that are sent. */
  static List<Violation> sent(Step step) {
    return step.records().stream().map(record -> ViolationJson.read(record.value())).toList();
  }
}
