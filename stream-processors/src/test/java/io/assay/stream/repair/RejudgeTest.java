package io.assay.stream.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A repaired event gives what it would have given had it come right: no more, and no less. */
class RejudgeTest {
  private static final long START = 1_700_000_000_000L;
  private static final TopicPartition PARTITION = new TopicPartition("av.camera", 0);
  private static final int EVENTS = 90;

  @TempDir private Path folder;

  private record Sent(String payload, long receivedMillis) {
    byte[] bytes() {
      return payload.getBytes(StandardCharsets.UTF_8);
    }
  }

  private static CheckedRules rules(String lateness) {
    String text =
        """
        language 1
        stream camera from topic "av.camera" {
          key      vehicle string
          time     at      timestamp(millis)
          lateness %s
          speed    double
          boxes    list { track string label string }
        }
        assertion gone on camera { mode active each b in boxes identity b.track absent less than 500ms }
        assertion short on camera { mode shadow each b in boxes identity b.track present less than 300ms }
        assertion agrees on camera {
          mode active each b in boxes identity b.track consistent b.label within 1s
        }
        assertion fast on camera { mode active expect speed < 18.0 }
        assertion jumps on camera { mode active change speed at most 4.0 per 1s }
        assertion quiet on camera { mode active silence at most 400ms }
        assertion draft on camera { mode draft expect speed < 0.0 }
        assertion mean on camera {
          mode active window tumbling 1s let m = mean(speed) expect m < 12.0
        }
        """
            .formatted(lateness);
    var compilation =
        new RuleCompiler().compile(List.of(new SourceFile("camera.assay", text)), Map.of());
    assertThat(compilation.issues()).isEmpty();
    return compilation.rules().orElseThrow();
  }

  private static List<Sent> events(long seed) {
    var random = new Random(seed);
    List<Sent> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      List<String> boxes = new ArrayList<>();
      for (int track = 0; track < 3; track++) {
        if (random.nextInt(4) > 0) {
          String label = random.nextInt(8) == 0 ? "van" : "car";
          boxes.add("{\"track\":\"t%d\",\"label\":\"%s\"}".formatted(track, label));
        }
      }
      String payload =
          "{\"vehicle\":\"v%d\",\"at\":%d,\"speed\":%.2f,\"boxes\":[%s]}"
              .formatted(
                  i % 2, START + i * 100L, random.nextDouble() * 20, String.join(",", boxes));
      events.add(new Sent(payload, START + i * 100L + 20));
    }
    return events;
  }

  private Archive archive(String name, CheckedRules rules, List<Sent> events) {
    Path place = folder.resolve(name);
    var store = new FolderStore(place);
    var writer =
        new ArchiveWriter(store, ArchiveSettings.in(place), "street", rules.streams(), "a");
    writer.take(PARTITION, "T", OptionalLong.empty(), 0);
    for (int i = 0; i < events.size(); i++) {
      Sent sent = events.get(i);
      writer.add(
          new ConsumerRecord<>(
              PARTITION.topic(),
              0,
              i,
              sent.receivedMillis(),
              TimestampType.LOG_APPEND_TIME,
              0,
              0,
              null,
              sent.bytes(),
              new RecordHeaders(),
              java.util.Optional.empty()),
          START);
    }
    writer.roll(writer.partitions());
    return new Archive(store, "street");
  }

  private static Set<String> found(CheckedRules rules, Archive archive, int vehicle) {
    Set<String> ids = new TreeSet<>();
    var extent = new Extent(Long.MIN_VALUE, Long.MAX_VALUE, Set.of("v" + vehicle), 1);
    var recording =
        new Recording(rules.streams().getFirst(), archive.events("camera", Selection.ALL));
    Backtest.run(
        rules.live(),
        "street",
        List.of(recording),
        extent,
        new Backtest.Listener() {
          @Override
          public void violation(Violation violation) {
            ids.add(violation.id());
          }

          @Override
          public void unreadable(String place, String cause, String detail) {}

          @Override
          public void progress(long events) {}
        });
    return ids;
  }

  private static Provenance provenance(long offset, long receivedMillis) {
    return new Provenance(
        "street", "camera", new Coordinates("av.camera", 0, offset), receivedMillis);
  }

  private static PutAside aside(byte[] value, boolean late, Provenance provenance) {
    var headers = new RecordHeaders();
    if (late) {
      new LateRecord(provenance, LateRecord.LATE, 0).write(headers);
    } else {
      new DeadLetter(provenance, "broken-json", "no object").write(headers);
    }
    var record =
        new ConsumerRecord<byte[], byte[]>(
            "assay.aside",
            0,
            provenance.source().offset(),
            START,
            TimestampType.LOG_APPEND_TIME,
            0,
            0,
            null,
            value,
            headers,
            java.util.Optional.empty());
    return late ? PutAside.late(record, true) : PutAside.deadLetter(record, true);
  }

  private static Rejudge rejudge(CheckedRules rules, Archive archive) {
    return new Rejudge(rules, 3, archive, "street", Duration.ofHours(1));
  }

  private static Judgement judged(ReplayPlan plan) {
    assertThat(plan).isInstanceOf(ReplayPlan.Judge.class);
    return ((ReplayPlan.Judge) plan).judgement();
  }

  private static void complete(Set<String> whole, Set<String> without, Judgement judgement) {
    Set<String> wanted = new TreeSet<>(whole);
    wanted.removeAll(without);
    assertThat(new TreeSet<>(judgement.found().stream().map(Violation::id).toList()))
        .isEqualTo(wanted);
    assertThat(judgement.found()).hasSameSizeAs(wanted);
    Set<String> undone = new TreeSet<>(without);
    undone.removeAll(whole);
    assertThat(judgement.undone()).isEqualTo(undone.size());
    assertThat(judgement.leftOut()).containsExactly("mean");
  }

  @ParameterizedTest
  @CsvSource({"0ms, 1", "250ms, 2"})
  void aRepairedLetterAddsWhatItWouldHaveAdded(String lateness, long seed) {
    CheckedRules rules = rules(lateness);
    List<Sent> events = events(seed);
    Archive whole = archive("whole", rules, events);
    int added = 0;
    for (int i = 0; i < EVENTS; i += 7) {
      List<Sent> broken = new ArrayList<>(events);
      broken.set(i, new Sent("{", events.get(i).receivedMillis()));
      Archive archive = archive("broken" + i, rules, broken);
      PutAside letter =
          aside(new byte[] {'{'}, false, provenance(i, events.get(i).receivedMillis()));

      Judgement judgement =
          judged(
              rejudge(rules, archive)
                  .plan(List.of(Chosen.edited(letter, events.get(i).bytes())))
                  .getFirst());

      complete(found(rules, whole, i % 2), found(rules, archive, i % 2), judgement);
      added += judgement.found().size();
    }
    assertThat(added).isPositive();
  }

  /** The archive has late events where they came, where they are late again. */
  @ParameterizedTest
  @CsvSource({"0ms, 3", "250ms, 4"})
  void aLateEventIsJudgedWhereItShouldHaveCome(String lateness, long seed) {
    CheckedRules rules = rules(lateness);
    List<Sent> events = events(seed);
    Archive whole = archive("whole", rules, events);
    int added = 0;
    for (int i = 3; i < EVENTS - 20; i += 9) {
      List<Sent> late = new ArrayList<>(events);
      Sent one = late.remove(i);
      late.add(new Sent(one.payload(), START + EVENTS * 100L + 500));
      Archive archive = archive("late" + i, rules, late);
      PutAside aside =
          aside(one.bytes(), true, provenance(EVENTS - 1, late.getLast().receivedMillis()));

      Judgement judgement =
          judged(rejudge(rules, archive).plan(List.of(Chosen.untouched(aside))).getFirst());

      complete(found(rules, whole, i % 2), found(rules, archive, i % 2), judgement);
      added += judgement.found().size();
    }
    assertThat(added).isPositive();
  }

  @Test
  void lettersOfAKeyAreJudgedTogetherAndTheirViolationsAreToldOnce() {
    CheckedRules rules = rules("0ms");
    List<Sent> events = events(5);
    List<Sent> broken = new ArrayList<>(events);
    List<Chosen> chosen = new ArrayList<>();
    for (int i : new int[] {20, 24, 21}) {
      broken.set(i, new Sent("{", events.get(i).receivedMillis()));
      PutAside letter =
          aside(new byte[] {'{'}, false, provenance(i, events.get(i).receivedMillis()));
      chosen.add(Chosen.edited(letter, events.get(i).bytes()));
    }
    Archive archive = archive("broken", rules, broken);
    Archive whole = archive("whole", rules, events);

    List<ReplayPlan> plans = rejudge(rules, archive).plan(chosen);

    complete(found(rules, whole, 0), found(rules, archive, 0), judged(plans.get(0)));
    complete(found(rules, whole, 1), found(rules, archive, 1), judged(plans.get(2)));
    assertThat(judged(plans.get(1)).found()).isEmpty();
    assertThat(judged(plans.get(1)).events()).isEqualTo(2);
  }

  @Test
  void whatCannotBeJudgedInItsHistorySaysWhy() {
    CheckedRules rules = rules("0ms");
    List<Sent> events = events(6);
    Rejudge rejudge = rejudge(rules, archive("some", rules, events));
    byte[] right = events.getFirst().bytes();
    PutAside tooNew = aside(right, false, provenance(EVENTS, START));
    PutAside broken = aside(new byte[] {'{'}, false, provenance(4, START));
    var other = new Provenance("street", "radar", new Coordinates("av.camera", 0, 4), START);

    List<ReplayPlan> plans =
        rejudge.plan(
            List.of(
                Chosen.untouched(tooNew),
                Chosen.untouched(broken),
                Chosen.untouched(aside(right, false, other))));

    assertThat(plans)
        .extracting(plan -> ((ReplayPlan.Refused) plan).why())
        .satisfiesExactly(
            why -> assertThat(why).contains("the archive does not hold what came with it"),
            why -> assertThat(why).contains("it still cannot be read: broken-json"),
            why -> assertThat(why).contains("declare no stream 'radar'"));
  }
}
