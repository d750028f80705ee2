package io.assay.assertion.eval;

import io.assay.assertion.eval.term.Evidence;
import io.assay.assertion.eval.term.Frame;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.eval.term.ReferenceTerm;
import io.assay.assertion.event.None;
import org.jspecify.annotations.Nullable;

/** Equal values are one identity. */
record RecognitionByValue(ReferenceTerm value, boolean hidden) implements Recognition {
  @Override
  public @Nullable Object mark(Frame frame) {
    try {
      Object mark = value.value(frame);
      return mark == None.NULL ? null : mark;
    } catch (NoValue e) {
      return null;
    }
  }

  @Override
  public void match(Memory memory, Candidates candidates, long index, long at) {
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.mayCount(i)) {
        Track track = memory.find(candidates.mark(i), i);
        if (track != null) {
          track.doubtful = true;
        }
      }
    }
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.counts(i)) {
        Track track = memory.find(candidates.mark(i), i);
        if (track == null && hasTwin(candidates, i)) {
          candidates.withdraw(i);
        } else if (track != null) {
          candidates.recognise(i, track);
          candidates.call(i, track.identity);
        }
      }
    }
    memory.lastSeen = candidates.tracks();
  }

  /** Whether an earlier element of the event begins this very identity. */
  private static boolean hasTwin(Candidates candidates, int element) {
    for (int i = 0; i < element; i++) {
      if (candidates.counts(i)
          && candidates.track(i) == null
          && candidates.mark(i).equals(candidates.mark(element))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean recognisable(Track track, long index, long at) {
    return !track.ended;
  }

  @Override
  public Track begin(Memory memory, Object mark) {
    return new Track(mark, shown(mark));
  }

  private String shown(Object identity) {
    String text = String.valueOf(identity);
    return hidden ? Evidence.masked(text) : text;
  }

  @Override
  public String subject(Track track, int element) {
    return shown(track.identity);
  }

  @Override
  public void moved(Track track, Object mark, long index, long at) {
    // an identity by value is where its value is
  }
}
