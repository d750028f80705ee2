package io.assay.stream.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.embedded.TestBroker;
import io.assay.stream.contract.TopicPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service is stopped and killed while events wait for it, on a real broker. */
class StoppedServiceTest {
  private static final int PARTITIONS = 4;
  private static final int KEYS = 200;

  private final Site site = new Site("stopped");
  private final String camera = site.topic("camera");

  @TempDir private Path folder;
  private Path rules;
  private int sent;

  @BeforeEach
  void topicsAndRulesAreThere() throws Exception {
    site.create(camera, PARTITIONS);
    TestBroker.shared()
        .createTopics(site.topics().plans(PARTITIONS).stream().map(TopicPlan::newTopic).toList());
    rules =
        Files.writeString(
            folder.resolve("camera.assay"),
            """
            language 1
            stream camera from topic "%s" {
              id number string
              key vehicle string
              time at timestamp(millis)
              seen int
            }
            assertion each on camera { expect seen < 0 mode active }
            """
                .formatted(camera));
  }

  private Process start(Map<String, String> settings) throws Exception {
    return ServiceProcess.start(site, folder.resolve("state"), rules, settings);
  }

  private void send(int events) throws Exception {
    var payloads = new HashMap<Integer, List<String>>();
    for (int i = 0; i < events; i++) {
      int key = sent % KEYS;
      payloads
          .computeIfAbsent(key % PARTITIONS, partition -> new ArrayList<>())
          .add(event("v" + key));
      sent++;
    }
    for (var each : payloads.entrySet()) {
      site.send(camera, each.getKey(), each.getValue());
    }
  }

  private String event(String vehicle) {
    return "{\"vehicle\":\"%s\",\"at\":%d,\"number\":\"%d\",\"seen\":1}"
        .formatted(vehicle, Site.START_MILLIS + sent, sent);
  }

  @Test
  void stoppedWithABacklogItEndsInTimeAndEachEventIsJudgedOnce() throws Exception {
    send(30_000);
    Process service = start(Map.of());
    try (ToldViolations told = ToldViolations.of(site)) {
      told.readUntil(() -> told.all().size() >= 1_000);
      service.destroy();
      assertThat(service.waitFor(5, TimeUnit.SECONDS)).as("ends within 5 s").isTrue();
      assertThat(service.exitValue()).isEqualTo(128 + 15);
      told.readToEnd();
      assertThat(told.all()).as("some are left").hasSizeLessThan(sent);

      service = start(Map.of());
      told.readUntil(() -> told.ids().size() >= sent);
      told.readToEnd();
      assertThat(told.all()).hasSize(sent);
      assertThat(told.all().stream().map(Violation::decidingEvent).distinct()).hasSize(sent);
    } finally {
      service.destroyForcibly().waitFor();
    }
  }

  @Test
  void killedWithAtLeastOnceItLosesNothingAndRepeatsByTheSameIds() throws Exception {
    Map<String, String> settings = Map.of("exactly-once", "false", "commit-every", "3s");
    Process service = start(settings);
    try (ToldViolations told = ToldViolations.of(site);
        Admin admin =
            Admin.create(Map.of("bootstrap.servers", TestBroker.shared().bootstrapServers()))) {
      feedUntil(told, () -> committed(admin) >= 1_000);
      // Told and not committed: that is what comes again.
      int before = told.all().size();
      feedUntil(told, () -> told.all().size() >= before + 1_000);
      service.destroyForcibly().waitFor();

      service = start(settings);
      send(1_000);
      told.readUntil(() -> told.ids().size() >= sent);
      Map<String, String> idOfEvent = new HashMap<>();
      for (Violation violation : told.all()) {
        String known = idOfEvent.put(violation.decidingEvent(), violation.id());
        assertThat(known).isIn(null, violation.id());
      }
      assertThat(idOfEvent).as("none is lost").hasSize(sent);
      assertThat(told.ids()).hasSize(sent);
      assertThat(told.all()).as("some came again").hasSizeGreaterThan(sent);
    } finally {
      service.destroyForcibly().waitFor();
    }
  }

  private void feedUntil(ToldViolations told, Callable<Boolean> so) throws Exception {
    long end = System.nanoTime() + Site.PATIENCE.toNanos();
    while (!so.call()) {
      send(100);
      told.read();
      assertThat(System.nanoTime() - end)
          .as("%d sent, %d told", sent, told.all().size())
          .isNegative();
    }
  }

  /** Events that the service says it has judged. */
  private long committed(Admin admin) throws InterruptedException, ExecutionException {
    return admin
        .listConsumerGroupOffsets(site.prefix() + "-street-camera")
        .partitionsToOffsetAndMetadata()
        .get()
        .entrySet()
        .stream()
        .filter(entry -> !entry.getKey().topic().equals(camera))
        .mapToLong(entry -> entry.getValue().offset())
        .sum();
  }
}
