package io.assay.web.rules;

import static io.assay.web.system.CsvText.text;

import io.assay.web.backtests.BacktestRow;
import io.assay.web.system.Moment;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A backtest as pages show it.
 *
 * @param state {@code waiting}, {@code running}, {@code done} and so on
 * @param open whether something is still to come
 * @param inForce violations of the rules in force, {@code draft}: of the draft; empty until it is
 *     done
 */
record BacktestLine(
    String id,
    String file,
    long base,
    String by,
    Moment asked,
    Moment from,
    Moment to,
    String state,
    boolean open,
    int percent,
    long events,
    int attempts,
    String trouble,
    String inForce,
    String draft) {
  static final List<String> HEAD =
      List.of(
          "asked",
          "by",
          "file",
          "generation",
          "from",
          "to",
          "state",
          "violations_in_force",
          "violations_draft",
          "trouble",
          "id");

  static BacktestLine of(BacktestRow row) {
    return new BacktestLine(
        row.id(),
        row.file(),
        row.base(),
        row.by(),
        new Moment(row.asked()),
        new Moment(row.from()),
        new Moment(row.to()),
        row.state().name().toLowerCase(Locale.ROOT),
        row.state().isOpen(),
        row.percent(),
        row.events(),
        row.attempts(),
        row.trouble(),
        shown(row.violationsInForce()),
        shown(row.violationsDraft()));
  }

  private static String shown(@Nullable Long number) {
    return number == null ? "" : number.toString();
  }

  /** For spreadsheets, as {@link #HEAD} has them. */
  List<String> cells() {
    return List.of(
        asked.iso(),
        text(by),
        text(file),
        Long.toString(base),
        from.iso(),
        to.iso(),
        state,
        inForce,
        draft,
        text(trouble),
        id);
  }
}
