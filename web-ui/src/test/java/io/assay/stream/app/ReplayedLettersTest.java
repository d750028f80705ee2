package io.assay.stream.app;

import static io.assay.stream.app.Site.START_MILLIS;
import static io.assay.stream.app.Site.seen;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.embedded.TestBroker;
import io.assay.stream.archive.Archive;
import io.assay.stream.archive.ArchiveSettings;
import io.assay.stream.archive.FolderStore;
import io.assay.stream.contract.HeaderNames;
import io.assay.stream.repair.AsideFilter;
import io.assay.stream.repair.AsideReader;
import io.assay.stream.repair.Chosen;
import io.assay.stream.repair.PutAside;
import io.assay.stream.repair.Rejudge;
import io.assay.stream.repair.ReplayPlan;
import io.assay.stream.repair.Replayer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters of the processors, repaired and sent once more, on a real broker. */
class ReplayedLettersTest {
  private static final String ONE_TOO_MANY =
      "assertion one_at_most on camera { expect seen <= 1 mode active }\n";
  private static final ReplayPlan.Wish ONCE = new ReplayPlan.Wish(false, "test");

  private final Map<String, Object> clients =
      Map.of("bootstrap.servers", TestBroker.shared().bootstrapServers());

  @TempDir private Path folder;

  @Test
  void aRepairedEventIsJudgedAsIfItHadComeRight() throws Exception {
    String right = seen("v", 0, 2);
    Violation wanted = violationOf("right", right);

    var site = new Site("repaired");
    site.create(site.topic("camera"), 2);
    try (StreamProcessors processors = start(site, "repaired")) {
      assertThat(processors.unjudged()).isEmpty();
      site.send(site.topic("camera"), 1, List.of(right.substring(1)));
      assertThat(site.read(site.topics().deadLetters(), 1)).hasSize(1);

      PutAside letter = onlyLetter(site);
      assertThat(letter.cause()).isEqualTo("broken-json");
      var replayer = new Replayer(clients, site.topics(), "street", Clock.systemUTC());
      List<Chosen> chosen = List.of(Chosen.edited(letter, right.getBytes(UTF_8)));
      assertThat(replayed(replayer, chosen)).isInstanceOf(ReplayPlan.Send.class);
      assertThat(replayed(replayer, chosen)).isInstanceOf(ReplayPlan.Replayed.class);

      assertThat(site.violations(1)).extracting(Violation::id).containsExactly(wanted.id());
      assertThat(wanted.at()).isEqualTo(START_MILLIS * 1_000_000L);
    }
  }

  @Test
  void whatIsSentUntouchedAndStillCannotBeReadSaysWhoseReplayItIs() throws Exception {
    var site = new Site("again");
    site.create(site.topic("camera"), 1);
    try (StreamProcessors processors = start(site, "again")) {
      assertThat(processors.unjudged()).isEmpty();
      site.send(site.topic("camera"), 0, List.of("{"));
      assertThat(site.read(site.topics().deadLetters(), 1)).hasSize(1);
      PutAside letter = onlyLetter(site);
      var replayer = new Replayer(clients, site.topics(), "street", Clock.systemUTC());

      assertThat(replayed(replayer, List.of(Chosen.untouched(letter))))
          .isEqualTo(new ReplayPlan.Send(site.topic("camera")));

      assertThat(site.read(site.topics().deadLetters(), 2)).hasSize(2);
      try (var reader = AsideReader.deadLetters(clients, site.topics())) {
        List<PutAside> both = reader.page(AsideFilter.of("street"), null, 10).records();
        assertThat(both).extracting(PutAside::replayOf).containsExactly(null, letter.name());
      }
    }
  }

  /** The broken one is archived where it stood; what it would have shown is found later. */
  @Test
  void aRejudgedEventIsFoundOnceAndWithItsOrigin() throws Exception {
    String right = seen("v", 100, 2);
    var site = new Site("rejudged");
    site.create(site.topic("camera"), 1);
    CheckedRules rules = site.camera(ONE_TOO_MANY);
    var settings = ArchiveSettings.in(folder.resolve("archive")).rollEvery(Duration.ofMillis(200));
    ProcessorSettings processing = site.settings(folder.resolve("rejudged"));
    var archive = new Archive(new FolderStore(folder.resolve("archive")), "street");
    try (StreamProcessors processors = start(site, "rejudged");
        Archiver archiver = Archiver.start(rules, processing, settings)) {
      assertThat(processors.unjudged()).isEmpty();
      site.send(
          site.topic("camera"), 0, List.of(seen("v", 0, 3), right.substring(1), seen("v", 200, 4)));
      assertThat(site.violations(2)).hasSize(2);
      PutAside letter = onlyLetter(site);
      while (!archive.holds("camera", 0, 2, Instant.ofEpochMilli(letter.receivedMillis()))) {
        assertThat(archiver.failure()).isEmpty();
        Thread.sleep(50);
      }

      var rejudge = new Rejudge(rules, 0, archive, "street", Duration.ofMinutes(1));
      Replayer replayer =
          new Replayer(clients, site.topics(), "street", Clock.systemUTC()).rejudging(rejudge);
      List<Chosen> chosen = List.of(Chosen.edited(letter, right.getBytes(UTF_8)));
      assertThat(replayed(replayer, chosen)).isInstanceOf(ReplayPlan.Judge.class);
      assertThat(replayed(replayer, chosen))
          .isInstanceOfSatisfying(
              ReplayPlan.Replayed.class, it -> assertThat(it.why()).startsWith("rejudged "));

      List<ConsumerRecord<byte[], byte[]>> records = site.read(site.topics().violations(), 3);
      assertThat(records)
          .extracting(it -> HeaderNames.text(it.headers(), HeaderNames.ORIGIN, "live"))
          .containsExactlyInAnyOrder("live", "live", "repair");
      assertThat(site.violations(3))
          .extracting(violation -> violation.at() / 1_000_000L - START_MILLIS)
          .containsExactlyInAnyOrder(0L, 100L, 200L);
    }
  }

  private static ReplayPlan replayed(Replayer replayer, List<Chosen> one) {
    List<Replayer.Outcome> outcomes = new ArrayList<>();
    replayer.replay(one, ONCE, outcomes::add);
    assertThat(outcomes).hasSize(1);
    return outcomes.getFirst().plan();
  }

  private PutAside onlyLetter(Site site) {
    try (var reader = AsideReader.deadLetters(clients, site.topics())) {
      List<PutAside> all = reader.page(AsideFilter.of("street"), null, 10).records();
      assertThat(all).hasSize(1);
      return reader.read(all.getFirst().position()).orElseThrow();
    }
  }

  private Violation violationOf(String stem, String payload) throws Exception {
    var site = new Site(stem);
    site.create(site.topic("camera"), 2);
    try (StreamProcessors processors = start(site, stem)) {
      assertThat(processors.unjudged()).isEmpty();
      site.send(site.topic("camera"), 0, List.of(payload));
      List<Violation> found = site.violations(1);
      assertThat(found).hasSize(1);
      return found.getFirst();
    }
  }

  private StreamProcessors start(Site site, String stem) throws InterruptedException {
    CheckedRules rules = site.camera(ONE_TOO_MANY);
    StreamProcessors processors =
        StreamProcessors.start(rules, site.settings(folder.resolve(stem)));
    Site.await(processors, status -> status.state() == StreamStatus.State.RUNNING);
    return processors;
  }
}
