package io.assay.stream.assertions;

import io.assay.assertion.eval.OverStream;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.eval.WindowJudge;
import io.assay.assertion.eval.WindowPart;
import io.assay.assertion.eval.WindowState;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.EventDecoder;
import io.assay.stream.contract.PartialRecord;
import java.util.ArrayList;
import java.util.List;

/** What the tasks have gathered for one thing that is judged over all of them. */
sealed interface Merging {
  void take(PartialRecord partial, Verdicts out);

  byte[] snapshot();

  /**
   * Goes on from a snapshot.
   *
   * @throws IllegalArgumentException where the bytes are none
   */
  void restore(byte[] snapshot);

  /** Forgets all. */
  void clear();

  /** Whether it has failed in itself and judges no more, as it may have before a restart. */
  boolean hasFailed();

  /** An assertion over windows. */
  final class OfWindows implements Merging {
    private final WindowJudge judge;
    private WindowState state;

    OfWindows(WindowJudge judge) {
      this.judge = judge;
      this.state = judge.newState();
    }

    @Override
    public void take(PartialRecord partial, Verdicts out) {
      long read = partial.received();
      if (read != Long.MIN_VALUE) {
        judge.expectOnly(state, partial.lanes(), partial.perSource(), read);
      }
      for (PartialRecord.Piece piece : partial.pieces()) {
        WindowPart part = judge.restorePart(piece.part());
        if (piece.received() == Long.MIN_VALUE) {
          judge.add(state, part, out);
        } else {
          judge.take(state, piece.lane(), part, piece.received(), out);
        }
      }
    }

    @Override
    public byte[] snapshot() {
      return judge.snapshot(state);
    }

    @Override
    public void restore(byte[] snapshot) {
      state = judge.restoreState(snapshot);
    }

    @Override
    public void clear() {
      state = judge.newState();
    }

    @Override
    public boolean hasFailed() {
      return judge.hasFailed(state);
    }
  }

  /** All that is said over a stream. */
  final class OfStream implements Merging {
    private final OverStream judge;
    private final EventDecoder decoder;
    private final long slack;
    private OverStream.Merged merged;

    /** {@code slack}: how long events may be under way that a silence waits for, nanoseconds. */
    OfStream(OverStream judge, EventDecoder decoder, long slack) {
      this.judge = judge;
      this.decoder = decoder;
      this.slack = slack;
      this.merged = judge.newMerged();
    }

    @Override
    public void take(PartialRecord partial, Verdicts out) {
      judge.expectOnly(merged, partial.lanes(), partial.received());
      for (PartialRecord.Piece piece : partial.pieces()) {
        ToldEvents told = ToldEvents.read(piece.part());
        judge.take(
            merged, piece.lane(), events(told), told.reached(), piece.received(), slack, out);
      }
    }

    private List<Event> events(ToldEvents told) {
      List<Event> events = new ArrayList<>();
      for (WindowChange.Came came : told.events()) {
        if (decoder.decode(came.payload(), null, came.source(), came.received())
            instanceof Decoded.Readable(var event)) {
          events.add(event);
        }
      }
      return events;
    }

    @Override
    public byte[] snapshot() {
      return judge.snapshot(merged);
    }

    @Override
    public void restore(byte[] snapshot) {
      merged = judge.restore(snapshot);
    }

    @Override
    public void clear() {
      merged = judge.newMerged();
    }

    /** Silences are told from what comes: there is nothing that could be too much. */
    @Override
    public boolean hasFailed() {
      return false;
    }
  }
}
