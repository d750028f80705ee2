package io.assay.stream.assertions;

import io.assay.assertion.eval.Beats;
import io.assay.assertion.eval.OverStream;
import io.assay.assertion.eval.Taken;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.event.Event;
import io.assay.stream.contract.PartialRecord;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Events that tell how silent a stream was as a whole. */
final class BeatLanes implements LaneCounts {
  /** There is one of a stream, for all that is said over it. */
  private static final String OVER_STREAM = "over-stream";

  private static final byte[] NO_PAIRS = {};

  private final String project;
  private final String stream;
  private final OverStream judge;
  private final Map<Integer, Lane> lanes = new TreeMap<>();

  private static final class Lane {
    private final Beats beats;
    private final IdentityHashMap<Event, byte[]> payloads = new IdentityHashMap<>();
    private final List<WindowChange.Came> told = new ArrayList<>();
    private long reached = Long.MIN_VALUE;
    private long received = Long.MIN_VALUE;
    private boolean changed;

    private Lane(Beats beats) {
      this.beats = beats;
    }

    private void tell(Event event) {
      byte[] payload = payloads.remove(event);
      if (payload != null) {
        told.add(ToldEvents.came(event, NO_PAIRS, payload));
      }
    }

    private void heard(long now) {
      changed |= now > received;
      received = Math.max(received, now);
    }
  }

  /** {@code judge}: of this task alone. */
  BeatLanes(String project, String stream, OverStream judge) {
    this.project = project;
    this.stream = stream;
    this.judge = judge;
  }

  @Override
  public String stream() {
    return stream;
  }

  @Override
  public String judgementHash() {
    return hash(stream);
  }

  @Override
  public boolean awaitsTruth() {
    return false;
  }

  /** What the records of a stream are told by. */
  static String hash(String stream) {
    return OVER_STREAM + '/' + stream;
  }

  private Lane lane(int number) {
    return lanes.computeIfAbsent(number, unused -> new Lane(judge.newBeats()));
  }

  @Override
  public void count(Taken taken, byte[] payload, int number, Verdicts out) {
    Event event = taken.event();
    Lane lane = lane(number);
    lane.payloads.put(event, payload);
    List<Event> told =
        lane.beats.add(
            event,
            followed -> {
              lane.payloads.remove(followed);
              judge.followed(followed, out);
            });
    told.forEach(lane::tell);
    lane.reached = Math.max(lane.reached, event.at());
    lane.heard(event.received());
    lane.changed = true;
  }

  @Override
  public boolean reach(int number, long newest, long received) {
    Lane lane = lane(number);
    boolean further = newest > lane.reached;
    lane.reached = Math.max(lane.reached, newest);
    lane.heard(received);
    return further;
  }

  @Override
  public List<PartialRecord> handOn(Numbers count) {
    var records = new PartialRecords(this::record, count);
    for (Map.Entry<Integer, Lane> entry : lanes.entrySet()) {
      Lane lane = entry.getValue();
      if (lane.changed) {
        lane.changed = false;
        lane.beats.tell().ifPresent(lane::tell);
        handOn(entry.getKey(), lane, records);
      }
    }
    return records.all();
  }

  /** Only the last piece says how far the lane is: what stands in those before it is not late. */
  private static void handOn(int number, Lane lane, PartialRecords records) {
    List<WindowChange.Came> events = new ArrayList<>();
    int size = 0;
    for (WindowChange.Came came : lane.told) {
      if (size > 0 && size + came.payload().length > LaneCounts.MOST_BYTES) {
        byte[] part = new ToldEvents(lane.beats.told(), Long.MIN_VALUE, events).bytes();
        records.add(number, Long.MIN_VALUE, part);
        events.clear();
        size = 0;
      }
      events.add(came);
      size += came.payload().length;
    }
    lane.told.clear();
    byte[] part = new ToldEvents(lane.beats.told(), lane.reached, events).bytes();
    records.add(number, lane.received, part);
  }

  @Override
  public PartialRecord rest(Numbers count) {
    return record(
        count,
        lanes.entrySet().stream().map(lane -> rest(lane.getKey(), lane.getValue())).toList());
  }

  private static PartialRecord.Piece rest(int number, Lane lane) {
    return new PartialRecord.Piece(
        number, lane.received, new ToldEvents(lane.beats.told(), lane.reached, List.of()).bytes());
  }

  @Override
  public void restore(PartialRecord rest) {
    for (PartialRecord.Piece piece : rest.pieces()) {
      Lane lane = lane(piece.lane());
      ToldEvents stored = ToldEvents.read(piece.part());
      lane.beats.toldUntil(stored.told());
      lane.reached = stored.reached();
      lane.received = piece.received();
    }
  }

  private PartialRecord record(Numbers count, List<PartialRecord.Piece> pieces) {
    return new PartialRecord(
        project, stream, "", judgementHash(), count.all(), count.perSource(), pieces);
  }
}
