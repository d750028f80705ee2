package io.assay.stream.app;

import static io.assay.stream.app.Site.START_MILLIS;
import static io.assay.stream.app.Site.seen;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.embedded.TestBroker;
import io.assay.stream.repair.AsideFilter;
import io.assay.stream.repair.AsideReader;
import io.assay.stream.repair.Chosen;
import io.assay.stream.repair.PutAside;
import io.assay.stream.repair.ReplayPlan;
import io.assay.stream.repair.Replayer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
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
      assertThat(replayer.replay(chosen, ONCE).getFirst().plan())
          .isInstanceOf(ReplayPlan.Send.class);
      assertThat(replayer.replay(chosen, ONCE).getFirst().plan())
          .isInstanceOf(ReplayPlan.Replayed.class);

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

      replayer.replay(List.of(Chosen.untouched(letter)), ONCE);

      assertThat(site.read(site.topics().deadLetters(), 2)).hasSize(2);
      try (var reader = AsideReader.deadLetters(clients, site.topics())) {
        List<PutAside> both = reader.page(AsideFilter.of("street"), null, 10).records();
        assertThat(both).extracting(PutAside::replayOf).containsExactly(null, letter.name());
      }
    }
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
