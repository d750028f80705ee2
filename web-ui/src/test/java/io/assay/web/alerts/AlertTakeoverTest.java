package io.assay.web.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.ir.CheckedRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two instances on one database, whose connections are cut at random while 200 alerts change: each
 * change is written down once, and told once.
 */
class AlertTakeoverTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final int ALERTS = 200;
  private static final int KILLS = 20;
  private static final Duration LEASE = Duration.ofMillis(150);

  private final CheckedRules rules = AlertTables.rules(ruleText());
  private final AlertTables tables = new AlertTables(NOON);
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicReferenceArray<String> living = new AtomicReferenceArray<>(2);
  private final BitSet violated = new BitSet();
  private final int[] changes = new int[ALERTS];
  private volatile boolean over;

  private static String ruleText() {
    var text =
        new StringBuilder(
            """
            stream camera from topic "av.camera" { key vehicle string  time at timestamp(millis)  score ratio }
            route people { to webhook("https://example.com/hook"), slack("alerts")  group by assertion }
            """);
    for (int i = 0; i < ALERTS; i++) {
      text.append(
          "assertion a%d on camera { expect score >= 0.5 mode active alert when rate > 2%% to people }\n"
              .formatted(i));
    }
    return text.toString();
  }

  /** Looks as an instance does, until it is cut off; then another comes in its place. */
  private void run(int place) {
    for (int life = 0; !over; life++) {
      String name = "instance-%d-%d".formatted(place, life);
      var source = (PGSimpleDataSource) tables.source();
      source.setApplicationName(name);
      AlertTables.Instance instance =
          tables.instance(source, AlertTables.settings(Duration.ZERO, Duration.ZERO, ALERTS));
      living.set(place, name);
      try {
        while (!over && name.equals(living.get(place))) {
          OptionalLong token = instance.transactions().execute(s -> instance.lease().hold(LEASE));
          if (token != null && token.isPresent()) {
            instance.watch().look("default", rules, Map.of(), token.getAsLong());
            looks.incrementAndGet();
          }
          Thread.sleep(5);
        }
      } catch (RuntimeException cutOff) {
        // What was not committed is not there; the next one goes on.
      } catch (InterruptedException stopped) {
        return;
      }
    }
  }

  private void kill(int place) {
    String name = living.getAndSet(place, "");
    tables
        .jdbc
        .sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ?")
        .param(name)
        .query(row -> {});
  }

  @Test
  void nothingIsLostAndNothingDoubled() throws Exception {
    for (int i = 0; i < ALERTS; i++) {
      tables.count("a" + i, NOON, 1000, 0, 0);
    }
    var random = new SplittableRandom(7);
    List<Thread> instances = new ArrayList<>();
    for (int place = 0; place < 2; place++) {
      int own = place;
      instances.add(Thread.ofPlatform().start(() -> run(own)));
    }
    for (int kill = 0; kill < KILLS; kill++) {
      change(random);
      int before = looks.get();
      Thread.sleep(random.nextInt(60));
      kill(random.nextInt(2));
      awaitLooks(before + 2);
    }
    change(random, violated.cardinality() == 0 ? new BitSet() : (BitSet) violated.clone());
    awaitLooks(looks.get() + 3);
    over = true;
    for (Thread instance : instances) {
      instance.join();
    }
    assertHistory();
    assertNotices();
    assertThat(tables.column("SELECT fingerprint FROM alert")).isEmpty();
    assertThat(tables.column("SELECT token FROM alert_lease").getFirst())
        .as("it was taken over now and then")
        .satisfies(token -> assertThat(Integer.parseInt(token)).isGreaterThan(3));
  }

  private void awaitLooks(int count) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (looks.get() < count && System.nanoTime() < until) {
      Thread.sleep(5);
    }
    assertThat(looks.get()).as("looks that were committed").isGreaterThanOrEqualTo(count);
  }

  private void change(SplittableRandom random) {
    var chosen = new BitSet();
    for (int i = 0; i < 60; i++) {
      chosen.set(random.nextInt(ALERTS));
    }
    change(random, chosen);
  }

  /** All at once, so that no look sees a part. */
  private void change(SplittableRandom random, BitSet chosen) {
    violated.xor(chosen);
    chosen.stream().forEach(i -> changes[i]++);
    tables.passes(Duration.ofSeconds(1 + random.nextInt(5)));
    tables
        .jdbc
        .sql("UPDATE count_minute SET violated = CASE WHEN assertion = ANY (?) THEN 500 ELSE 0 END")
        .param(violated.stream().mapToObj(i -> "a" + i).toArray(String[]::new))
        .update();
  }

  private void assertHistory() {
    Map<String, List<String>> phases = new HashMap<>();
    tables
        .jdbc
        .sql("SELECT assertion, from_phase, to_phase FROM alert_history ORDER BY id")
        .query(
            row -> {
              phases
                  .computeIfAbsent(row.getString("assertion"), name -> new ArrayList<>())
                  .add(row.getString("from_phase") + ' ' + row.getString("to_phase"));
            });
    for (int i = 0; i < ALERTS; i++) {
      List<String> own = phases.getOrDefault("a" + i, List.of());
      assertThat(own).as("changes of a%d", i).hasSize(changes[i]);
      for (int j = 0; j < own.size(); j++) {
        assertThat(own.get(j))
            .matches(j % 2 == 0 ? "(INACTIVE|RESOLVED) FIRING" : "FIRING RESOLVED");
      }
    }
  }

  /** What people know after each notice differs from before by what the notice tells. */
  private void assertNotices() {
    Map<String, Integer> told = new HashMap<>();
    Map<String, TreeSet<String>> known = new HashMap<>();
    for (String body : tables.column("SELECT body FROM alert_notice ORDER BY id")) {
      Notice notice = JsonMapper.shared().readValue(body, Notice.class);
      TreeSet<String> group = known.computeIfAbsent(notice.groupKey(), key -> new TreeSet<>());
      for (NoticeAlert alert : notice.alerts()) {
        String name = alert.labels().get("alertname");
        boolean isNews = alert.firing() ? group.add(name) : group.remove(name);
        if (isNews) {
          told.merge(name, 1, Integer::sum);
        }
      }
    }
    assertThat(known.values()).allSatisfy(group -> assertThat(group).isEmpty());
    for (int i = 0; i < ALERTS; i++) {
      assertThat(told.getOrDefault("a" + i, 0)).as("told of a%d", i).isEqualTo(changes[i]);
    }
    assertThat(
            tables.column(
                "SELECT n.id FROM alert_notice n LEFT JOIN alert_delivery d ON d.notice = n.id"
                    + " GROUP BY n.id HAVING count(d.notice) <> 2"))
        .as("a delivery for each target")
        .isEmpty();
  }
}
