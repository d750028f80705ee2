package io.assay.web.alerts;

import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Rows of a table that something reads, as PostgreSQL counts them: no clock is in it. */
final class RowsRead {
  private RowsRead() {}

  static long of(String table, SingleConnectionDataSource on, Runnable work) {
    var transactions = new TransactionTemplate(new JdbcTransactionManager(on));
    Long rows =
        transactions.execute(
            status -> {
              // What the session has not reported yet is in it.
              long before = read(table, on);
              work.run();
              return read(table, on) - before;
            });
    return Objects.requireNonNull(rows);
  }

  private static long read(String table, SingleConnectionDataSource on) {
    return JdbcClient.create(on)
        .sql(
            "SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables WHERE"
                + " relname = ?")
        .param(table)
        .query(Long.class)
        .single();
  }
}
