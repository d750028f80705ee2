package io.assay.web.rounds;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assay.stream.contract.SampleRecord;
import io.assay.web.system.Broker;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What rounds have proposed and the broker does not have yet: a table, so that none is lost. */
@Component
class SampleOutbox {
  /** Whoever sends some has them for so long; when that process dies, another sends them then. */
  private static final Duration LEASE = Duration.ofMinutes(1);

  private final JdbcClient jdbc;
  private final Clock clock;
  private final boolean isSent;

  SampleOutbox(JdbcClient jdbc, Clock clock, Environment environment) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.isSent = Broker.clients(environment).isPresent();
  }

  /** One that is due. */
  record Due(long id, SampleRecord sample) {}

  /** Notes all items of a round; in the transaction that opens it. Nothing, without a broker. */
  void note(String project, long round) {
    if (!isSent) {
      return;
    }
    List<String> bodies =
        new RoundSamples(jdbc)
            .of(project, round).stream().map(one -> new String(one.json(), UTF_8)).toList();
    jdbc.sql(
            "INSERT INTO sample_outbox (body, next) SELECT body::json, ? FROM unnest(?::text[])"
                + " body")
        .params(now(), bodies.toArray(String[]::new))
        .update();
  }

  /** Some that are due, which nobody else is given meanwhile. */
  List<Due> take(int most) {
    return jdbc.sql(
            """
            UPDATE sample_outbox SET next = ? WHERE id IN (
              SELECT id FROM sample_outbox WHERE next <= ? ORDER BY next, id LIMIT ? FOR UPDATE SKIP LOCKED)
            RETURNING id, body\
            """)
        .params(now().plus(LEASE), now(), most)
        .query(
            (row, number) ->
                new Due(
                    row.getLong("id"), SampleRecord.read(row.getString("body").getBytes(UTF_8))))
        .list();
  }

  void sent(List<Due> sent) {
    jdbc.sql("DELETE FROM sample_outbox WHERE id = ANY (?)").param(ids(sent)).update();
  }

  /** Has them sent again after a while. */
  void failed(List<Due> failed, Duration pause) {
    jdbc.sql("UPDATE sample_outbox SET next = ? WHERE id = ANY (?)")
        .params(now().plus(pause), ids(failed))
        .update();
  }

  private static Long[] ids(List<Due> some) {
    return some.stream().map(Due::id).toArray(Long[]::new);
  }

  private OffsetDateTime now() {
    return RoundStore.time(clock.instant());
  }
}
