package io.assay.web.alerts.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.rule.ir.Route.Receiver;
import io.assay.embedded.TestPostgres;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Who is given what, among several instances, by a clock that is set by hand. */
class DeliveryRowsTest {
  private static final Instant START = Instant.parse("2026-11-27T09:00:00Z");
  private static final Duration LEASE = Duration.ofMinutes(1);

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private JdbcClient jdbc;
  private DeliveryRows rows;

  @BeforeEach
  void migrate() {
    TestPostgres.Database database = TestPostgres.shared().migrated();
    var source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    source.setUser(database.user());
    source.setPassword(database.password());
    jdbc = JdbcClient.create(source);
    rows =
        new DeliveryRows(
            jdbc,
            new TransactionTemplate(new DataSourceTransactionManager(source)),
            JsonMapper.shared(),
            clock());
  }

  @Test
  void eachIsGivenToOneOfManyAndGroupsKeepTheirOrder() throws Exception {
    for (int i = 0; i < 60; i++) {
      write("group-" + i % 20, "FIRING", "target-" + i % 4);
    }
    var taken = new ConcurrentLinkedQueue<Delivery>();
    var instances = new ArrayList<Thread>();
    for (int i = 0; i < 6; i++) {
      instances.add(Thread.ofVirtual().start(() -> drain(taken)));
    }
    for (Thread instance : instances) {
      instance.join();
    }
    assertThat(taken).extracting(Delivery::id).doesNotHaveDuplicates().hasSize(60);
    for (int group = 0; group < 20; group++) {
      String name = "group-" + group;
      assertThat(taken)
          .filteredOn(one -> one.groupKey().equals(name))
          .extracting(Delivery::notice)
          .hasSize(3)
          .isSorted();
    }
  }

  /** Until there is nothing left, as several instances do. */
  private void drain(ConcurrentLinkedQueue<Delivery> taken) {
    while (jdbc.sql("SELECT count(*) FROM alert_delivery WHERE status = 'PENDING'")
            .query(Long.class)
            .single()
        > 0) {
      Optional<Delivery> one = rows.take(List.of(), LEASE, Duration.ZERO);
      if (one.isPresent()) {
        taken.add(one.get());
        settle(one.get(), Delivery.Status.DELIVERED, Duration.ZERO);
      }
    }
  }

  @Test
  void aLaterNoticeWaitsWhileTheEarlierIsUnderwayOrRests() {
    long first = write("a", "FIRING", "x");
    long second = write("a", "RESOLVED", "x");
    Delivery taken = take().orElseThrow();
    assertThat(taken.notice()).isEqualTo(first);
    assertThat(take()).isEmpty();
    settle(taken, Delivery.Status.PENDING, Duration.ofSeconds(30));
    after(Duration.ofSeconds(29));
    assertThat(take()).isEmpty();
    after(Duration.ofSeconds(1));
    taken = take().orElseThrow();
    assertThat(taken.notice()).isEqualTo(first);
    assertThat(rows.superseded(taken)).as("by one that is over").isFalse();
    settle(taken, Delivery.Status.DEAD, Duration.ZERO);
    assertThat(take()).map(Delivery::notice).hasValue(second);
    assertThat(rows.outdated(rows.one("default", first, 0).orElseThrow())).isTrue();
  }

  @Test
  void whatAProcessLeavesBehindIsTakenWhenItsLeaseIsOver() {
    long notice = write("a", "FIRING", "x");
    Delivery left = take().orElseThrow();
    after(LEASE.minusSeconds(1));
    assertThat(take()).isEmpty();
    after(Duration.ofSeconds(1));
    Delivery again = take().orElseThrow();
    assertThat(again.notice()).isEqualTo(notice);
    assertThat(again.id()).isEqualTo(left.id());
    assertThat(settle(left, Delivery.Status.DEAD, Duration.ZERO)).isFalse();
    assertThat(settle(again, Delivery.Status.DELIVERED, Duration.ZERO)).isTrue();
  }

  @Test
  void aTargetIsLeftAloneBetweenTwoNoticesAndForAsLongAsItAsks() {
    write("a", "FIRING", "x");
    write("b", "FIRING", "x");
    write("c", "FIRING", "y");
    Duration pace = Duration.ofSeconds(5);
    Delivery first = rows.take(List.of(), LEASE, pace).orElseThrow();
    assertThat(rows.take(List.of(), LEASE, pace)).map(Delivery::address).hasValue("y");
    assertThat(rows.take(List.of(), LEASE, pace)).isEmpty();
    rows.hold(first, Duration.ofSeconds(20));
    after(Duration.ofSeconds(19));
    assertThat(rows.take(List.of(), LEASE, pace)).isEmpty();
    after(Duration.ofSeconds(1));
    assertThat(rows.take(List.of("WEBHOOK x"), LEASE, pace)).isEmpty();
    assertThat(rows.take(List.of(), LEASE, pace)).map(Delivery::groupKey).hasValue("b");
  }

  @Test
  void onlyWhatWaitsForNothingIsForgotten() {
    long delivered = write("a", "FIRING", "x");
    settle(take().orElseThrow(), Delivery.Status.DELIVERED, Duration.ZERO);
    long waiting = write("b", "FIRING", "x");
    after(Duration.ofDays(31));
    assertThat(rows.forget(Duration.ofDays(30))).isEqualTo(1);
    assertThat(rows.one("default", delivered, 0)).isEmpty();
    assertThat(rows.one("default", waiting, 0)).isPresent();
  }

  private Optional<Delivery> take() {
    return rows.take(List.of(), LEASE, Duration.ZERO);
  }

  private boolean settle(Delivery taken, Delivery.Status status, Duration pause) {
    return rows.settle(taken, status, pause, "", Optional.empty());
  }

  private long write(String group, String status, String address) {
    long id =
        jdbc.sql(
                "INSERT INTO alert_notice (project, route, group_key, status, reason, body,"
                    + " created) VALUES ('default', 'r', ?, ?, 'NEW', '{}', ?) RETURNING id")
            .params(group, status, Objects.requireNonNull(now.get()).atOffset(ZoneOffset.UTC))
            .query(Long.class)
            .single();
    int rowsWritten =
        jdbc.sql(
                "INSERT INTO alert_delivery (notice, target, project, receiver, address, next)"
                    + " VALUES (?, 0, 'default', ?, ?, ?)")
            .params(
                id,
                Receiver.WEBHOOK.name(),
                address,
                Objects.requireNonNull(now.get()).atOffset(ZoneOffset.UTC))
            .update();
    assertThat(rowsWritten).isEqualTo(1);
    return id;
  }

  private void after(Duration time) {
    now.updateAndGet(at -> at.plus(time));
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return Objects.requireNonNull(now.get());
      }
    };
  }
}
