package io.assay.web.rules;

import io.assay.web.backtests.BacktestResult;
import io.assay.web.backtests.BacktestRow;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Backtests as programs get them; private fields are masked. */
final class BacktestItems {
  private BacktestItems() {}

  /** What programs ask for; {@code from} and {@code to}: event time, RFC 3339. */
  record Wanted(
      @Nullable String file, @Nullable String text, @Nullable Instant from, @Nullable Instant to) {}

  /**
   * What was judged.
   *
   * @param follows the generation in force now; 0 for none
   * @param change of its lines against that file in force, with a few around
   */
  record Draft(String file, String text, long follows, List<RuleItems.ChangedLine> change) {}

  /**
   * One backtest.
   *
   * @param base the generation that was in force when it was asked for, 0 for none
   * @param state {@code waiting}, {@code running}, {@code done}, {@code failed}, {@code cancelled}
   *     or {@code interrupted}
   * @param percent how far it is
   * @param events read so far
   * @param attempts how often it was begun
   * @param violationsInForce of the rules in force, {@code violationsDraft}: of the draft; null
   *     until it is done
   * @param figures null until it is done, and in lists
   */
  record Item(
      String id,
      String file,
      long base,
      Instant from,
      Instant to,
      String by,
      Instant asked,
      String state,
      int percent,
      long events,
      int attempts,
      @Nullable Instant ended,
      String trouble,
      @Nullable Long violationsInForce,
      @Nullable Long violationsDraft,
      @Nullable BacktestResult figures) {
    static Item of(BacktestRow row, @Nullable BacktestResult figures) {
      return new Item(
          row.id(),
          row.file(),
          row.base(),
          row.from(),
          row.to(),
          row.by(),
          row.asked(),
          row.state().name().toLowerCase(Locale.ROOT),
          row.percent(),
          row.events(),
          row.attempts(),
          row.ended(),
          row.trouble(),
          row.violationsInForce(),
          row.violationsDraft(),
          figures);
    }
  }
}
