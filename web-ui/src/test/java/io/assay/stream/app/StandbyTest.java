package io.assay.stream.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Backtest;
import io.assay.assertion.scenario.Extent;
import io.assay.assertion.scenario.Recording;
import io.assay.embedded.TestBroker;
import io.assay.stream.contract.TopicPlan;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances, of which each keeps a copy of the other's state, on a real broker. */
class StandbyTest {
  private static final int PARTITIONS = 4;
  private static final int KEYS = 400;
  private static final int FRAMES = 20;

  private static final Map<String, String> SOON =
      Map.of(
          "consumer.session.timeout.ms", "6000",
          "probing.rebalance.interval.ms", "60000",
          // Figures of single tasks.
          "metrics.recording.level", "DEBUG");

  private final Site site = new Site("standby");
  private final String camera = site.topic("camera");
  private final TaskFigures figures = new TaskFigures(site.prefix() + "-street-camera");
  private final List<String> sent = new ArrayList<>();

  @TempDir private Path folder;

  /** A label that changes on both sides of the kill tells whether state went along. */
  @Test
  void theOtherGoesOnFromItsOwnCopyWhenOneIsKilled() throws Exception {
    site.create(camera, PARTITIONS);
    TestBroker.shared()
        .createTopics(site.topics().plans(PARTITIONS).stream().map(TopicPlan::newTopic).toList());
    String text =
        """
        language 1
        stream camera from topic "%s" { key vehicle string time at timestamp(millis) seen int }
        assertion steady on camera { change seen at most 2 per 10s mode active }
        """
            .formatted(camera);
    Path file = Files.writeString(folder.resolve("camera.assay"), text);
    ProcessorSettings settings =
        site.settings(folder.resolve("this")).running(true, 1, 1).kafka(SOON);
    var others = new HashMap<String, String>();
    others.put("standby-replicas", "1");
    SOON.forEach((name, value) -> others.put("kafka." + name, value));

    Process other = ServiceProcess.start(site, folder.resolve("other"), file, others);
    try (ProjectRules rules = ProjectRules.follow(settings);
        StreamProcessors processors = StreamProcessors.follow(rules, settings);
        ToldViolations told = ToldViolations.of(site)) {
      told.readUntil(() -> figures.active().size() == 2 && figures.standby().size() == 2);
      assertThat(processors.status()).hasSize(1);
      send(0, FRAMES / 2);
      Set<String> wanted = judged(Site.rules(text));
      told.readUntil(() -> told.ids().size() >= wanted.size());
      told.readUntil(() -> figures.hasCopies());
      double copied = figures.copied();
      other.destroyForcibly().waitFor();

      send(FRAMES / 2, FRAMES);
      Set<String> all = judged(Site.rules(text));
      told.readUntil(() -> told.ids().size() >= all.size());
      told.readToEnd();
      assertThat(figures.active()).hasSize(PARTITIONS);
      assertThat(figures.restored()).as("of %s copied", copied).isLessThan(copied / 20);
      assertThat(told.ids()).isEqualTo(all);
      assertThat(told.all()).hasSameSizeAs(all);
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  private void send(int from, int to) throws Exception {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      var events = new ArrayList<String>();
      for (int frame = from; frame < to; frame++) {
        for (int key = partition; key < KEYS; key += PARTITIONS) {
          events.add(Site.seen("v" + key, frame * 1_000L, frame / (1 + key % 5)));
        }
      }
      site.send(camera, partition, events);
      sent.addAll(events);
    }
  }

  /** Ids of the violations of what was sent, by a backtest. */
  private Set<String> judged(CheckedRules rules) {
    Set<String> ids = new TreeSet<>();
    var lines = new ByteArrayInputStream(String.join("\n", sent).getBytes(StandardCharsets.UTF_8));
    Backtest.run(
        rules,
        "street",
        List.of(Recording.ofLines(rules.streams().getFirst(), "camera.jsonl", lines)),
        new Extent(Long.MIN_VALUE, Long.MAX_VALUE, Set.of(), 1),
        new Backtest.Listener() {
          @Override
          public void violation(Violation violation) {
            ids.add(violation.id());
          }

          @Override
          public void unreadable(String place, String cause, String detail) {
            throw new AssertionError(place + ' ' + cause + ' ' + detail);
          }

          @Override
          public void progress(long judged) {}
        });
    return ids;
  }
}
