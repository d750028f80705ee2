package io.assay.stream.assertions;

import io.assay.assertion.eval.Informed;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.eval.WindowJudge;
import io.assay.assertion.eval.WindowPart;
import io.assay.stream.contract.AwaitingRecord.Mark;
import io.assay.stream.contract.PartialRecord;
import java.util.Collection;
import java.util.List;

/**
 * What one task counts of truths for an assertion over windows; the events themselves have been
 * counted by those who judge them.
 *
 * <p>Counts say nothing of time. How far each source has come is handed on behind them, in a lane
 * of its own, so that no window is judged before.
 */
final class TruthLanes {
  private static final int NOTE = 16;

  private final String project;
  private final WindowJudge judge;
  private final WindowPart part;
  private boolean changed;

  /** {@code judge}: of this task alone. */
  TruthLanes(String project, WindowJudge judge) {
    this.project = project;
    this.judge = judge;
    this.part = judge.newPart();
  }

  /** What an event carries that an assertion has counted. */
  static String note(String judgementHash) {
    return judgementHash.substring(0, Math.min(NOTE, judgementHash.length())) + ' ';
  }

  /**
   * Adds what can be said now; nothing of events that came before the assertion was judged.
   *
   * @return whether it was concerned
   */
  boolean inform(Informed informed, Verdicts out) {
    String own = note(judge.assertion().judgementHash());
    if (!informed.note().contains(own) || !judge.awaits(informed)) {
      return false;
    }
    judge.inform(part, informed, out);
    changed = true;
    return true;
  }

  /**
   * What was counted since the last call, and how far sources have come.
   *
   * @param lane of the first source; those of the others follow at equal distance
   */
  List<PartialRecord> handOn(Collection<Mark> marks, int lane, LaneCounts.Numbers lanes) {
    var records = new PartialRecords(this::record, lanes);
    if (changed) {
      changed = false;
      for (byte[] bytes : judge.handOn(part, LaneCounts.MOST_BYTES)) {
        records.add(lane, Long.MIN_VALUE, bytes);
      }
    }
    for (Mark mark : marks) {
      WindowPart empty = judge.newPart();
      if (mark.newest() != Long.MIN_VALUE) {
        judge.reach(empty, mark.newest());
      }
      int own = lane + mark.source() * lanes.perSource();
      records.add(own, mark.received(), judge.snapshot(empty));
    }
    return records.all();
  }

  private PartialRecord record(LaneCounts.Numbers lanes, List<PartialRecord.Piece> pieces) {
    return new PartialRecord(
        project,
        judge.assertion().on().name(),
        judge.assertion().name(),
        judge.assertion().judgementHash(),
        lanes.all(),
        lanes.perSource(),
        pieces);
  }
}
