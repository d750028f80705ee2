package io.assay.stream.app;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.assay.assertion.Violation;
import io.assay.assertion.rule.SourceFile;
import io.assay.embedded.TestBroker;
import io.assay.stream.app.StreamStatus.State;
import io.assay.stream.contract.RuleContent;
import io.assay.stream.contract.RuleFollower;
import io.assay.stream.contract.RuleHome;
import io.assay.stream.contract.RuleOrigin;
import io.assay.stream.contract.RuleSet;
import io.assay.stream.contract.RuleWriter;
import io.assay.stream.metrics.Scrapes;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** Processors that go by what a folder has, on a real broker. */
class FollowedRulesTest {
  private static final Pattern RUNNING =
      Pattern.compile("assay_stream_running\\{project=\"street\",stream=\"(\\w+)\"} ([0-9.]+)");

  private final Site site = new Site("followed");
  private final String camera = site.topic("camera");
  private final String lidar = site.topic("lidar");

  @TempDir private Path folder;

  @Test
  void aFileThatChangesIsPublishedAndOneWithMistakesIsNot() throws Exception {
    site.create(camera, 2);
    Path rules = Files.createDirectories(folder.resolve("rules"));
    Path file = rules.resolve("camera.assay");
    Files.writeString(file, stream("camera", camera) + expect("camera", "seen < 10"));
    try (Followed all = follow(rules)) {
      all.await(() -> all.isRunning("camera"));
      site.send(camera, "v1", Site.seen("v1", 0, 11));
      assertThat(site.violations(1))
          .extracting(FollowedRulesTest::told)
          .containsExactly("camera 0");

      Files.writeString(file, stream("camera", camera) + expect("camera", "sen < 10"));
      all.await(() -> !all.folder.problem().isEmpty());
      assertThat(all.folder.problem()).contains("camera.assay:2:", "did you mean 'seen'?");
      site.send(camera, "v1", Site.seen("v1", 100, 12));
      assertThat(site.violations(2)).hasSize(2);

      Files.writeString(file, stream("camera", camera) + expect("camera", "seen < 20"));
      all.await(() -> all.processors.rules().generation() == 2);
      // Who publishes hears of it after those who go by it may have.
      all.await(() -> all.folder.problem().isEmpty());
      site.send(camera, "v1", Site.seen("v1", 200, 13));
      site.send(camera, "v1", Site.seen("v1", 300, 21));
      assertThat(site.violations(3))
          .extracting(FollowedRulesTest::told)
          .containsExactly("camera 0", "camera 100", "camera 300");
    }
    assertThat(published()).extracting(RuleSet::generation).containsExactly(1L, 2L);
  }

  /** Whoever may change one project's rules must not read, or write, what all projects have. */
  @Test
  void rulesThatNameATopicOfAssayItselfAreRefusedVisibly() throws Exception {
    site.create(camera, 2);
    Path rules = Files.createDirectories(folder.resolve("rules"));
    Path file = rules.resolve("camera.assay");
    Files.writeString(file, stream("camera", camera) + expect("camera", "seen < 10"));
    String forged = stream("forge", site.topics().violations());
    try (Followed all = follow(rules)) {
      all.await(() -> all.isRunning("camera"));
      Files.writeString(file, forged);
      all.await(() -> all.folder.problem().contains("belongs to Assay itself"));

      publish(forged);
      all.await(() -> all.processors.rules().refused().contains("belongs to Assay itself"));
      assertThat(all.processors.rules().generation()).isEqualTo(1);
      site.send(camera, "v1", Site.seen("v1", 0, 11));
      assertThat(site.violations(1)).hasSize(1);
      assertThat(all.processors.status()).extracting(StreamStatus::stream).containsOnly("camera");
    }
  }

  /** Past the folder. */
  private void publish(String text) {
    var request =
        new RuleWriter.Request(
            "street",
            new RuleContent(List.of(new SourceFile("forge.assay", text)), Map.of()),
            new RuleOrigin(RuleHome.FOLDER, "", "", "somebody", Instant.EPOCH),
            "",
            OptionalLong.empty(),
            false);
    Map<String, Object> clients =
        Map.of("bootstrap.servers", TestBroker.shared().bootstrapServers());
    assertThat(new RuleWriter(clients, site.topics()).publish(request))
        .isInstanceOf(RuleWriter.Outcome.Published.class);
  }

  @Test
  void aCheckoutTellsItsCommitAndIsNotReadWhileGitIsAtWork() throws Exception {
    Path rules = Files.createDirectories(folder.resolve("repository/rules"));
    Path git = Files.createDirectories(folder.resolve("repository/.git/refs/heads"));
    Files.writeString(folder.resolve("repository/.git/HEAD"), "ref: refs/heads/main\n");
    Files.writeString(git.resolve("main"), "1111111111111111111111111111111111111111\n");
    Files.writeString(rules.resolve("camera.assay"), stream("camera", camera));
    try (Followed all = follow(rules)) {
      all.await(() -> all.processors.rules().generation() == 1);
      Path busy = Files.writeString(folder.resolve("repository/.git/index.lock"), "");
      Files.writeString(
          rules.resolve("camera.assay"), stream("camera", camera) + expect("camera", "seen < 9"));
      // A Git that was killed is told of.
      FileTime killed = FileTime.from(Instant.now().minusSeconds(40));
      Files.setLastModifiedTime(busy, killed);
      all.await(() -> all.folder.problem().contains("delete " + busy));
      assertThat(all.ready().getDetails())
          .extractingByKey("rules in use", as(MAP))
          .containsEntry("unpublished", all.folder.problem())
          .containsEntry("generation", 1L);
      Files.writeString(
          rules.resolve("camera.assay"), stream("camera", camera) + expect("camera", "seen < 10"));
      Files.delete(git.resolve("main"));
      Files.writeString(
          folder.resolve("repository/.git/packed-refs"),
          "# pack-refs with: peeled\n2222222222222222222222222222222222222222 refs/heads/main\n");
      Files.delete(busy);
      all.await(() -> all.processors.rules().generation() == 2);
      // Who publishes hears of it after those who go by it may have.
      all.await(() -> all.folder.problem().isEmpty());
    }
    assertThat(published().getLast().content().files().getFirst().text()).contains("seen < 10");
    assertThat(published())
        .extracting(set -> set.origin().home() + " " + set.origin().version().charAt(0))
        .containsExactly(RuleHome.GIT + " 1", RuleHome.GIT + " 2");
  }

  /** A work tree has a file in its place, which is written while it is looked at. */
  @Test
  void aCheckoutThatCannotBeReadIsToldAndLookedAtAgain() throws Exception {
    Path rules = Files.createDirectories(folder.resolve("tree"));
    Path git = Files.createDirectories(folder.resolve("git"));
    Files.writeString(git.resolve("HEAD"), "1111111111111111111111111111111111111111\n");
    Path link = Files.writeString(rules.resolve(".git"), "gitdir: " + git + "\n");
    Files.writeString(rules.resolve("camera.assay"), stream("camera", camera));
    try (Followed all = follow(rules)) {
      all.await(() -> all.processors.rules().generation() == 1);
      Files.write(link, new byte[] {(byte) 0xff, (byte) 0xff});
      all.await(() -> all.folder.problem().contains("cannot be looked at, it is tried again"));
      Files.writeString(link, "gitdir: " + git + "\n");
      all.await(() -> all.folder.problem().isEmpty());
      Files.writeString(
          rules.resolve("camera.assay"), stream("camera", camera) + expect("camera", "seen < 10"));
      all.await(() -> all.processors.rules().generation() == 2);
    }
  }

  @Test
  void streamsComeAndGoWithoutTouchingTheOthers() throws Exception {
    site.create(camera, 2);
    site.create(lidar, 2);
    Path rules = Files.createDirectories(folder.resolve("rules"));
    Files.writeString(
        rules.resolve("camera.assay"), stream("camera", camera) + expect("camera", "seen < 10"));
    String ofLidar = "stream lidar" + stream("lidar", lidar).split("stream lidar")[1];
    try (Followed all = follow(rules)) {
      all.await(() -> all.isRunning("camera"));
      site.send(camera, "v1", Site.seen("v1", 0, 11));
      assertThat(site.violations(1)).hasSize(1);
      Instance before = all.instance("camera");

      Files.writeString(
          rules.resolve("lidar.assay"), "language 1\n" + ofLidar + expect("lidar", "seen < 10"));
      all.await(() -> all.isRunning("lidar"));
      assertThat(all.instance("camera")).isSameAs(before);
      site.send(lidar, "v1", Site.seen("v1", 0, 11));
      assertThat(site.violations(2)).hasSize(2);

      Files.writeString(
          rules.resolve("joined.assay"),
          "language 1\nassertion alike on camera { join lidar within 50ms"
              + " expect camera.seen == lidar.seen mode active }");
      all.await(() -> all.group("camera").equals(site.prefix() + "-street-camera.lidar"));
      all.await(() -> all.isRunning("camera"));
      site.send(camera, "v1", Site.seen("v1", 5_000, 1));
      site.send(lidar, "v1", Site.seen("v1", 5_000, 2));
      site.send(camera, "v1", Site.seen("v1", 6_000, 1));
      site.send(lidar, "v1", Site.seen("v1", 6_000, 1));
      assertThat(site.violations(3))
          .extracting(FollowedRulesTest::told)
          .containsExactlyInAnyOrder("camera 0", "lidar 0", "alike 5000");

      Files.delete(rules.resolve("joined.assay"));
      Files.delete(rules.resolve("lidar.assay"));
      all.await(() -> all.group("camera").equals(site.prefix() + "-street-camera"));
      all.await(() -> all.isRunning("camera"));
      assertThat(all.processors.status()).hasSize(1);
      site.send(camera, "v1", Site.seen("v1", 7_000, 11));
      assertThat(site.violations(4))
          .extracting(FollowedRulesTest::told)
          .containsExactlyInAnyOrder("camera 0", "lidar 0", "alike 5000", "camera 7000");
    }
  }

  @Test
  void healthAndFiguresTellOfTheStreamsThatThereAreAndNoOthers() throws Exception {
    Path rules = Files.createDirectories(folder.resolve("rules"));
    Path file = rules.resolve("streams.assay");
    Files.writeString(file, stream("camera", camera) + expect("camera", "seen < 10"));
    try (Followed all = follow(rules)) {
      var figures = new PrometheusRegistry();
      Scrapes.register(figures, Stream.of(new ProcessorFigures(all.processors)));
      assertThat(running(figures)).containsExactly(entry("rules", 0.0));
      all.await(() -> all.message("camera").contains("which does not exist"));
      assertThat(all.group("camera")).isEqualTo(site.prefix() + "-street-camera");
      assertThat(running(figures)).containsExactly(entry("camera", 0.0));
      assertThat(all.ready().getStatus()).isEqualTo(Status.DOWN);
      assertThat(all.ready().getDetails())
          .extractingByKey("camera", as(MAP))
          .containsEntry("state", State.WAITING)
          .containsEntry("events", 0L);

      site.create(camera, 2);
      all.await(() -> all.isRunning("camera"));
      site.send(camera, "v1", Site.seen("v1", 0, 11));
      assertThat(site.violations(1)).hasSize(1);
      assertThat(running(figures)).containsExactly(entry("camera", 1.0));
      assertThat(text(figures))
          .contains(
              "assay_stream_events_total{project=\"street\",stream=\"camera\"} 1.0",
              "assay_stream_violations_total{project=\"street\",stream=\"camera\"} 1.0");
      assertThat(all.ready().getStatus()).isEqualTo(Status.UP);

      Files.writeString(file, stream("lidar", lidar) + expect("lidar", "seen < 10"));
      all.await(() -> all.message("lidar").contains("which does not exist"));
      assertThat(running(figures)).containsExactly(entry("lidar", 0.0));
    }
  }

  /** By stream. */
  private static Map<String, Double> running(PrometheusRegistry figures) throws IOException {
    return RUNNING
        .matcher(text(figures))
        .results()
        .collect(Collectors.toMap(one -> one.group(1), one -> Double.valueOf(one.group(2))));
  }

  private static String text(PrometheusRegistry figures) throws IOException {
    var out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, figures.scrape());
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String told(Violation violation) {
    return violation.assertion() + ' ' + (violation.at() / 1_000_000 - Site.START_MILLIS);
  }

  private static String stream(String name, String topic) {
    return "language 1 stream %s from topic \"%s\" { key vehicle string time at timestamp(millis) seen int }\n"
        .formatted(name, topic);
  }

  private static String expect(String stream, String what) {
    return "assertion %1$s on %1$s { expect %2$s mode active }\n".formatted(stream, what);
  }

  private List<RuleSet> published() throws InterruptedException {
    var all = new ConcurrentLinkedQueue<RuleSet>();
    Map<String, Object> clients =
        Map.of("bootstrap.servers", TestBroker.shared().bootstrapServers());
    try (RuleFollower follower = RuleFollower.start(clients, site.topics(), all::addAll)) {
      assertThat(follower.awaitCaughtUp(Duration.ofSeconds(30))).isTrue();
    }
    return List.copyOf(all);
  }

  private Followed follow(Path rules) {
    return new Followed(rules, site.settings(folder.resolve("state")));
  }

  /** A folder, who follows it, and who judges by it. */
  private static final class Followed implements AutoCloseable {
    private final RuleFolder folder;
    private final ProjectRules rules;
    private final StreamProcessors processors;

    Followed(Path path, ProcessorSettings settings) {
      folder = RuleFolder.watch(new RuleFolder.Source(path, Map.of(), false), settings);
      rules = ProjectRules.follow(settings);
      processors = StreamProcessors.follow(rules, settings);
    }

    boolean isRunning(String stream) {
      return processors.status().stream()
          .anyMatch(s -> s.stream().equals(stream) && s.state() == State.RUNNING);
    }

    String group(String stream) {
      return processors.status().stream()
          .filter(status -> status.stream().equals(stream))
          .map(StreamStatus::applicationId)
          .findFirst()
          .orElse("");
    }

    String message(String stream) {
      return processors.status().stream()
          .filter(status -> status.stream().equals(stream))
          .map(StreamStatus::message)
          .findFirst()
          .orElse("");
    }

    Health ready() {
      return Objects.requireNonNull(
          new ProcessorHealth(processors, folder::problem).ready(100).health());
    }

    Instance instance(String stream) {
      return processors.running().stream()
          .filter(one -> one.status().getFirst().stream().equals(stream))
          .map(Running::instance)
          .findFirst()
          .orElseThrow();
    }

    void await(BooleanSupplier wanted) throws InterruptedException {
      long end = System.nanoTime() + Site.PATIENCE.toNanos();
      while (!wanted.getAsBoolean()) {
        assertThat(System.nanoTime() - end)
            .as("%s %s %s", processors.status(), processors.rules(), folder.problem())
            .isNegative();
        Thread.sleep(20);
      }
    }

    @Override
    public void close() {
      processors.close();
      rules.close();
      folder.close();
    }
  }
}
