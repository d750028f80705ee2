package io.assay.web.alerts;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.ObjLongConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * That one instance looks at a time. Whoever holds the lease has a number; whoever takes it over
 * has the next one. By the database's clock, so that those of the instances need not agree.
 */
@Component
class AlertLease {
  private static final String NAME = "alerts";

  private final JdbcClient jdbc;
  private final String holder = UUID.randomUUID().toString();

  AlertLease(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Takes the lease where it is free, or goes on holding it; its number, if it is held. */
  @Transactional
  OptionalLong hold(Duration lease) {
    Optional<Long> token =
        jdbc.sql(
                """
                INSERT INTO alert_lease AS known (name, holder, until, token)
                VALUES (:name, :holder, clock_timestamp() + :millis * interval '1 millisecond', 1)
                ON CONFLICT (name) DO UPDATE SET
                  token = known.token + CASE WHEN known.holder = excluded.holder THEN 0 ELSE 1 END,
                  holder = excluded.holder, until = excluded.until
                WHERE known.holder = excluded.holder OR known.until < clock_timestamp()
                RETURNING token\
                """)
            .param("name", NAME)
            .param("holder", holder)
            .param("millis", lease.toMillis())
            .query(Long.class)
            .optional();
    return token.isPresent() ? OptionalLong.of(token.get()) : OptionalLong.empty();
  }

  /**
   * Does what is done under the lease, for each project that there is: it is taken anew before
   * each, since all of them together may take longer than it lasts. Ends where another has it.
   *
   * @param work is given the project, and the lease's number
   */
  void forEach(List<String> projects, Duration lease, ObjLongConsumer<String> work) {
    for (String project : projects) {
      OptionalLong token = hold(lease);
      if (token.isEmpty()) {
        return;
      }
      work.accept(project, token.getAsLong());
    }
  }

  /**
   * Whether the lease is still the one of that number; nobody takes it over before the transaction
   * ends.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  boolean isHeld(long token) {
    return jdbc.sql(
            "SELECT token FROM alert_lease WHERE name = ? AND holder = ? AND token = ? FOR SHARE")
        .params(NAME, holder, token)
        .query(Long.class)
        .optional()
        .isPresent();
  }

  /** Lets another take over at once. */
  @Transactional
  void release() {
    jdbc.sql("UPDATE alert_lease SET until = clock_timestamp() WHERE name = ? AND holder = ?")
        .params(NAME, holder)
        .update();
  }
}
