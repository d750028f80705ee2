package io.assay.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.simulate.CreditEvent;
import io.assay.simulate.CreditSettings;
import io.assay.simulate.CreditSimulation;
import io.assay.stream.contract.LabelRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the demo is put together from. */
final class DemoPartsTest {
  @TempDir private Path folder;

  @Test
  void theNextDriveBeginsAfterAllThatWasSent() {
    Path file = folder.resolve("street");
    assertThat(new DrivenUntil(file, 5000).next()).isEqualTo(Instant.MIN);
    var driven = new DrivenUntil(file, 5000);
    driven.reach(10_000);
    driven.reach(12_000);
    driven.reach(15_001);
    assertThat(new DrivenUntil(file, 5000).next()).isAfter(Instant.ofEpochMilli(15_001));
  }

  @Test
  void pictureFolderKeepsTheNewestWithinItsBound() throws Exception {
    Path frames = folder.resolve("frames");
    Files.createDirectories(frames);
    Files.write(frames.resolve("earlier.png"), new byte[600]);
    try (var kept = new FrameFolder(frames, 1000)) {
      kept.begin();
      for (int i = 0; i < 5; i++) {
        String name = "v1/" + i + ".png";
        kept.add(name, () -> new byte[300]);
        await(frames.resolve(name));
      }
    }
    assertThat(files(frames)).containsExactlyInAnyOrder("2.png", "3.png", "4.png");
    new FrameFolder(frames, 500).close();
    assertThat(files(frames)).hasSize(1);
  }

  @Test
  void anOldFormSendsSomeApplicationsWithTheTimeInWords() {
    long noon = Instant.parse("2026-11-27T12:00:05Z").toEpochMilli();
    String json = "{\"application\":\"a1\",\"at\":%d,\"features\":{}}".formatted(noon);
    assertThat(LenderTraffic.sent(new CreditEvent(CreditEvent.Kind.FEATURES, noon, "p", json)))
        .isEqualTo("{\"application\":\"a1\",\"at\":\"2026-11-27T12:00:05Z\",\"features\":{}}");
    assertThat(LenderTraffic.sent(new CreditEvent(CreditEvent.Kind.DECISION, noon, "p", json)))
        .isEqualTo(json);
    long later = noon + 60_000;
    assertThat(LenderTraffic.sent(new CreditEvent(CreditEvent.Kind.FEATURES, later, "p", json)))
        .isEqualTo(json);
  }

  @Test
  void aClerkSaysOfSomeAnswersWhetherTheyWereWrong() {
    var clerk = new Clerk();
    List<LabelRecord> said = new ArrayList<>();
    var settings = new CreditSettings(20, 0, 5);
    Iterator<CreditEvent> events =
        new CreditSimulation(settings).from(Instant.parse("2026-11-27T12:00:00Z").toEpochMilli());
    int outcomes = 0;
    List<String> near = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      CreditEvent event = events.next();
      JsonNode json = JsonMapper.shared().readTree(event.json());
      String application = json.path("application").asString();
      if (event.kind() == CreditEvent.Kind.DECISION
          && Math.abs(json.path("risk").asDouble() - 0.5) < 0.01) {
        near.add(application);
      }
      if (event.kind() == CreditEvent.Kind.OUTCOME) {
        outcomes++;
        known.add(application);
      }
      clerk
          .sees(event)
          .ifPresent(
              label -> {
                assertThat(label.atMillis()).isEqualTo(event.at());
                said.add(label);
              });
    }
    assertThat(said).hasSizeBetween(outcomes / 40, outcomes / 10);
    near.retainAll(known);
    assertThat(near).hasSizeGreaterThan(20);
    assertThat(said).extracting(LabelRecord::prediction).containsAll(near);
    assertThat(said).extracting(LabelRecord::verdict).contains("error", "no-error");
    assertThat(said).extracting(LabelRecord::id).doesNotHaveDuplicates();
    assertThat(LabelRecord.read(said.getFirst().json())).isEqualTo(said.getFirst());
  }

  @Test
  void aFrameComesLateNowAndThenAndNoneIsLost() {
    var stutter = new Stutter();
    List<String> sent = new ArrayList<>();
    for (long at = 0; at < 900_000; at += 100) {
      sent.addAll(stutter.next(at, "frame " + at));
    }
    assertThat(sent).hasSize(9_000).doesNotHaveDuplicates();
    assertThat(sent.subList(2_999, 3_004))
        .containsExactly(
            "frame 299900", "frame 300100", "frame 300200", "frame 300300", "frame 300000");
  }

  @Test
  void partsAreClosedInReverseWhateverOneOfThemDoes() {
    List<String> closed = new ArrayList<>();
    var parts = new Parts();
    parts.add(() -> closed.add("first"));
    parts.add(
        () -> {
          throw new IllegalStateException("does not close");
        });
    parts.add(() -> closed.add("last"));
    parts.close();
    assertThat(closed).containsExactly("last", "first");
    parts.add(() -> closed.add("too late"));
    assertThat(closed).endsWith("too late");
  }

  private static void await(Path file) throws InterruptedException {
    for (int i = 0; i < 500 && !Files.exists(file); i++) {
      Thread.sleep(10);
    }
    // The size is counted just after the file has its name.
    Thread.sleep(50);
  }

  private static List<String> files(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).map(it -> it.getFileName().toString()).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
