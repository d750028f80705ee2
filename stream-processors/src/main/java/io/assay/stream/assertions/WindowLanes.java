package io.assay.stream.assertions;

import io.assay.assertion.eval.Midway;
import io.assay.assertion.eval.Taken;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.eval.WindowJudge;
import io.assay.assertion.eval.WindowPart;
import io.assay.stream.contract.PartialRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts of an assertion over windows. */
final class WindowLanes implements LaneCounts {
  /** Of no source: only says how the assertion began. */
  private static final int NO_LANE = -1;

  private final String project;
  private final WindowJudge judge;
  private final Map<Integer, Lane> lanes = new TreeMap<>();
  private Optional<Midway> midway = Optional.empty();

  private static final class Lane {
    private final WindowPart part;
    private long received = Long.MIN_VALUE;
    private boolean changed;

    private Lane(WindowPart part) {
      this.part = part;
    }

    private void heard(long now) {
      changed |= now > received;
      received = Math.max(received, now);
    }
  }

  /** {@code judge}: of this task alone. */
  WindowLanes(String project, WindowJudge judge) {
    this.project = project;
    this.judge = judge;
  }

  @Override
  public String stream() {
    return judge.assertion().on().name();
  }

  @Override
  public String judgementHash() {
    return judge.assertion().judgementHash();
  }

  @Override
  public boolean awaitsTruth() {
    return !judge.assertion().context().truths().isEmpty();
  }

  @Override
  public void begin(Midway now) {
    midway = Optional.of(now);
  }

  private Lane lane(int number) {
    return lanes.computeIfAbsent(
        number, unused -> new Lane(midway.map(judge::newPart).orElseGet(judge::newPart)));
  }

  @Override
  public void count(Taken taken, byte[] payload, int number, Verdicts out) {
    Lane lane = lane(number);
    judge.count(lane.part, taken, out);
    lane.heard(taken.event().received());
    lane.changed = true;
  }

  @Override
  public boolean reach(int number, long newest, long received) {
    Lane lane = lane(number);
    long before = lane.part.clock();
    if (newest != Long.MIN_VALUE) {
      judge.reach(lane.part, newest);
    }
    lane.heard(received);
    return lane.part.clock() > before;
  }

  @Override
  public List<PartialRecord> handOn(Numbers count) {
    var records = new PartialRecords(this::record, count);
    for (Map.Entry<Integer, Lane> entry : lanes.entrySet()) {
      Lane lane = entry.getValue();
      if (lane.changed) {
        lane.changed = false;
        for (byte[] bytes : judge.handOn(lane.part, MOST_BYTES)) {
          records.add(entry.getKey(), lane.received, bytes);
        }
      }
    }
    return records.all();
  }

  @Override
  public PartialRecord rest(Numbers count) {
    List<PartialRecord.Piece> pieces = new ArrayList<>();
    midway.ifPresent(
        began ->
            pieces.add(
                new PartialRecord.Piece(
                    NO_LANE, Long.MIN_VALUE, judge.snapshot(judge.newPart(began)))));
    lanes.forEach(
        (number, lane) ->
            pieces.add(new PartialRecord.Piece(number, lane.received, judge.snapshot(lane.part))));
    return record(count, pieces);
  }

  @Override
  public void restore(PartialRecord rest) {
    for (PartialRecord.Piece piece : rest.pieces()) {
      WindowPart part = judge.restorePart(piece.part());
      if (piece.lane() == NO_LANE) {
        midway = part.midway();
      } else {
        var lane = new Lane(part);
        lane.received = piece.received();
        lanes.put(piece.lane(), lane);
      }
    }
  }

  private PartialRecord record(Numbers count, List<PartialRecord.Piece> pieces) {
    return new PartialRecord(
        project,
        stream(),
        judge.assertion().name(),
        judgementHash(),
        count.all(),
        count.perSource(),
        pieces);
  }
}
