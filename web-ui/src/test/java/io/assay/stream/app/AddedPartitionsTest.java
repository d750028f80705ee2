package io.assay.stream.app;

import static io.assay.stream.app.Site.await;
import static io.assay.stream.app.Site.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.app.StreamStatus.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partitions are added to topics while they are read, on a real broker. */
class AddedPartitionsTest {
  private final Site site = new Site("added");
  private final String camera = site.topic("camera");

  @TempDir private Path folder;

  /** Time goes on in the old partitions before anyone has noticed the new ones. */
  @Test
  void eventsOfANewPartitionAreJudgedAndInTheirWindow() throws Exception {
    site.create(camera, 2);
    CheckedRules rules =
        site.camera(
            """
            assertion few on camera { expect seen < 100 mode active }
            assertion busy on camera { window tumbling 10s expect sum(seen) < 0 mode active }
            """);
    try (StreamProcessors processors = StreamProcessors.start(rules, site.settings(folder))) {
      site.send(camera, 0, List.of(seen("v0", 1_000, 1)));
      site.send(camera, 1, List.of(seen("v1", 1_000, 1)));
      await(processors, status -> status.figures().events() == 2);

      site.grow(camera, 4);
      site.send(camera, 0, List.of(seen("v0", 25_000, 1)));
      site.send(camera, 1, List.of(seen("v1", 25_000, 1)));
      await(processors, status -> status.figures().events() >= 4);
      site.send(camera, 3, List.of(seen("v3", 2_000, 200)));
      await(processors, status -> status.figures().violations() >= 1);
      site.send(camera, 2, List.of(seen("v2", 3_000, 1), seen("v2", 25_000, 1)));
      site.send(camera, 3, List.of(seen("v3", 25_000, 1)));
      // It has started again: how far the others had come is told by their next events.
      site.send(camera, 0, List.of(seen("v0", 25_500, 1)));
      site.send(camera, 1, List.of(seen("v1", 25_500, 1)));

      List<Violation> found = site.violations(2);
      assertThat(found).extracting(Violation::assertion).containsExactly("few", "busy");
      assertThat(found.getFirst().key()).isEqualTo("v3");
      assertThat(found.getLast().values().toString()).contains("value=203");
      assertThat(site.read(site.topics().late(), 0)).isEmpty();
      assertThat(processors.status()).extracting(StreamStatus::state).containsOnly(State.RUNNING);
    }
  }

  /** Its key speaks on in a partition that nobody reads for a moment. */
  @Test
  void aKeyThatMovesToANewPartitionIsNotTakenForSilent() throws Exception {
    site.create(camera, 1);
    CheckedRules rules =
        site.camera("assertion alive on camera { silence at most 500ms mode active }");
    ProcessorSettings settings = site.settings(folder).idleAfter(Duration.ofMillis(300));
    try (StreamProcessors processors = StreamProcessors.start(rules, settings)) {
      site.send(camera, 0, List.of(seen("other", 0, 1)));
      await(processors, status -> status.figures().events() == 1);

      site.grow(camera, 2);
      // What it goes on with is there before it moves: however slow the test is, it never paused.
      site.send(camera, 1, List.of(seen("v0", 400, 1), seen("v0", 800, 1), seen("v0", 1_200, 1)));
      site.send(camera, 0, List.of(seen("v0", 0, 1)));
      await(processors, status -> status.figures().events() >= 5);

      assertThat(site.violations(2))
          .as("silent only after the last event")
          .extracting(found -> found.key() + ' ' + (found.at() / 1_000_000 - Site.START_MILLIS))
          .containsExactlyInAnyOrder("other 500", "v0 1700");
    }
  }

  @Test
  void aKeyedTopicStopsVisiblyAndGoesOnThroughAnInternalOne() throws Exception {
    site.create(camera, 2);
    int vehicles = 8;
    CheckedRules rules =
        site.camera("assertion steady on camera { change seen at most 1 per 1s mode active }");
    ProcessorSettings keyed = site.settings(folder).keyed(true);
    var before = new ArrayList<Violation>();
    try (StreamProcessors processors = StreamProcessors.start(rules, keyed)) {
      for (int vehicle = 0; vehicle < vehicles; vehicle++) {
        site.send(camera, "v" + vehicle, seen("v" + vehicle, 0, 0));
      }
      await(processors, status -> status.figures().events() == vehicles);
      site.grow(camera, 5);
      for (int vehicle = 0; vehicle < vehicles; vehicle++) {
        site.send(camera, "v" + vehicle, seen("v" + vehicle, 1_000, 9));
      }
      StreamStatus blocked = await(processors, status -> status.state() == State.BLOCKED);
      assertThat(blocked.message())
          .contains(camera + " has 5 partitions", "remembered in 2", "assay.keyed=false");
      before.addAll(site.violations(0));
      Thread.sleep(1_500);
      assertThat(processors.status().getFirst().state()).isEqualTo(State.BLOCKED);
      assertThat(site.violations(0)).hasSameSizeAs(before);
    }
    try (StreamProcessors processors = StreamProcessors.start(rules, keyed.keyed(false))) {
      await(processors, status -> status.state() == State.RUNNING);
      List<Violation> found = site.violations(vehicles);
      assertThat(found).extracting(Violation::key).doesNotHaveDuplicates().hasSize(vehicles);
    }
  }

  @Test
  void windowsStopWhereTheirCountsWouldBeMergedInTwoPlaces() throws Exception {
    site.create(camera, 1);
    CheckedRules rules =
        site.camera(
            "assertion busy on camera { window tumbling 10s expect sum(seen) < 0 mode active }");
    try (StreamProcessors processors = StreamProcessors.start(rules, site.settings(folder))) {
      site.send(camera, 0, List.of(seen("v0", 0, 1)));
      await(processors, true, status -> status.state() == State.RUNNING);
      site.grow(site.topics().partials(), 5);
      StreamStatus blocked = await(processors, true, status -> status.state() == State.BLOCKED);
      assertThat(blocked.message()).contains("has 5 partitions", "windows are kept in 4");
      assertThat(processors.status().getFirst().state()).isEqualTo(State.RUNNING);
    }
  }
}
