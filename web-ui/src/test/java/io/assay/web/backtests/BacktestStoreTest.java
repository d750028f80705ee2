package io.assay.web.backtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.assertion.rule.SourceFile;
import io.assay.embedded.TestPostgres;
import io.assay.stream.contract.RuleContent;
import io.assay.web.backtests.BacktestRow.State;
import io.assay.web.backtests.BacktestStore.Taken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Who judges what, among several instances of which some die. */
class BacktestStoreTest {
  private static final Instant START = Instant.parse("2026-11-27T09:00:00Z");
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final BacktestResult RESULT =
      new BacktestResult(10, 0, List.of(), List.of(), 1, 1, null, null, true, List.of());

  private JdbcClient jdbc;
  private BacktestStore store;
  private BacktestRows rows;

  @BeforeEach
  void migrate() {
    TestPostgres.Database database = TestPostgres.shared().migrated();
    var source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    source.setUser(database.user());
    source.setPassword(database.password());
    jdbc = JdbcClient.create(source);
    rows = new BacktestRows(jdbc);
    store =
        new BacktestStore(
            jdbc,
            new TransactionTemplate(new DataSourceTransactionManager(source)),
            Clock.fixed(START, ZoneOffset.UTC));
  }

  private static RuleContent rules(String text) {
    return new RuleContent(List.of(new SourceFile("camera.assay", text)), Map.of());
  }

  private String ask(String project, String text) {
    return store.add(
        new BacktestAsked(
            project,
            "camera.assay",
            rules(text),
            Optional.of(rules("in force")),
            3,
            START.minusSeconds(3600),
            START,
            "ada"));
  }

  private BacktestRow row(String id) {
    return rows.one("default", id).orElseThrow();
  }

  private void silence() {
    jdbc.sql("update backtest set lease = now() - interval '1 second' where state = 'RUNNING'")
        .update();
  }

  @Test
  void eachIsJudgedByOneAndWhatCameOfItIsKept() {
    String id = ask("default", "draft");
    Taken taken = store.take("one", LEASE).orElseThrow();
    assertThat(taken.id()).isEqualTo(id);
    assertThat(store.take("other", LEASE)).isEmpty();
    assertThat(store.alive(taken, "one", LEASE, 5, 40)).isTrue();
    assertThat(row(id).percent()).isEqualTo(40);
    assertThat(store.content("default", taken.draft())).isEqualTo(rules("draft"));
    assertThat(store.content("default", taken.inForce())).isEqualTo(rules("in force"));
    store.done(taken, "one", RESULT);
    assertThat(row(id).state()).isEqualTo(State.DONE);
    assertThat(rows.result("default", id)).contains(RESULT);
    assertThat(rows.result("other", id)).isEmpty();
  }

  @Test
  void oneWhoseInstanceDiedIsBegunAnewAndTheDeadOneIsNotHeard() {
    String id = ask("default", "draft");
    Taken taken = store.take("dead", LEASE).orElseThrow();
    silence();
    assertThat(store.take("one", LEASE)).contains(taken);
    assertThat(store.alive(taken, "dead", LEASE, 9, 90)).isFalse();
    store.done(taken, "dead", RESULT);
    store.failed(taken, "dead", "it was only paused");
    assertThat(row(id).state()).isEqualTo(State.RUNNING);
    assertThat(row(id).attempts()).isEqualTo(2);
  }

  @Test
  void whatKillsThreeInstancesIsNotBegunOnceMore() {
    String id = ask("default", "draft");
    for (int i = 0; i < BacktestStore.MOST_ATTEMPTS; i++) {
      assertThat(store.take("instance " + i, LEASE)).isPresent();
      store.giveUp();
      assertThat(row(id).state()).isEqualTo(State.RUNNING);
      silence();
    }
    assertThat(store.take("one", LEASE)).isEmpty();
    store.giveUp();
    assertThat(row(id).state()).isEqualTo(State.INTERRUPTED);
    assertThat(row(id).trouble()).contains("3 times");
  }

  @Test
  void anInstanceThatEndsInAnOrderlyWayGivesItsOwnBack() {
    String id = ask("default", "draft");
    assertThat(store.take("one", LEASE)).isPresent();
    store.release("another");
    assertThat(row(id).state()).isEqualTo(State.RUNNING);
    store.release("one");
    assertThat(row(id).state()).isEqualTo(State.WAITING);
    assertThat(row(id).attempts()).isZero();
    assertThat(store.take("other", LEASE)).isPresent();
  }

  @Test
  void aCancelledOneIsNobodysWhoeverCancelsIt() {
    String id = ask("default", "draft");
    Taken taken = store.take("one", LEASE).orElseThrow();
    assertThat(store.cancel("other", id)).isFalse();
    assertThat(store.cancel("default", id)).isTrue();
    assertThat(store.cancel("default", id)).isFalse();
    assertThat(store.alive(taken, "one", LEASE, 5, 40)).isFalse();
    store.done(taken, "one", RESULT);
    assertThat(row(id).state()).isEqualTo(State.CANCELLED);
    assertThat(rows.result("default", id)).isEmpty();
  }

  @Test
  void aProjectThatAsksForMuchDoesNotKeepOthersWaiting() {
    for (int i = 0; i < 5; i++) {
      ask("busy", "draft");
    }
    assertThat(store.take("one", LEASE)).map(Taken::project).contains("busy");
    ask("quiet", "draft");
    assertThat(store.take("one", LEASE)).map(Taken::project).contains("quiet");
    assertThat(store.take("one", LEASE)).map(Taken::project).contains("busy");
  }

  @Test
  void soManyAreKeptAndRulesThatNoneNamesGo() {
    for (int i = 0; i < BacktestStore.KEPT + 3; i++) {
      store.cancel("default", ask("default", "draft " + i));
    }
    String open = ask("default", "draft that waits");
    Set<String> seen = new HashSet<>();
    List<BacktestRow> page = rows.newest("default", Optional.empty(), 60);
    while (!page.isEmpty()) {
      page.forEach(one -> assertThat(seen.add(one.id())).isTrue());
      page = rows.newest("default", Optional.of(page.getLast().place()), 60);
    }
    assertThat(seen).hasSize(BacktestStore.KEPT).contains(open);
    // Each had a draft of its own, and the rules in force were the same.
    assertThat(jdbc.sql("select count(*) from backtest_rules").query(Long.class).single())
        .isEqualTo(BacktestStore.KEPT + 1);
  }

  @Test
  void moreThanAnybodyWaitsForIsRefused() {
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < BacktestStore.MOST_OPEN; i++) {
      asked.add(ask("default", "draft"));
    }
    assertThatThrownBy(() -> ask("default", "draft"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("20 backtests of this project wait or run already");
    store.cancel("default", asked.getFirst());
    assertThat(ask("default", "draft")).isNotEmpty();
  }
}
