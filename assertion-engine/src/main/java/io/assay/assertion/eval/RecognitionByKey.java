package io.assay.assertion.eval;

import io.assay.assertion.eval.term.Frame;

/** Without identity the key itself is followed: each of its events is a sighting of it. */
final class RecognitionByKey implements Recognition {
  private static final String KEY = "";

  @Override
  public Object mark(Frame frame) {
    return KEY;
  }

  @Override
  public void match(Memory memory, Candidates candidates, long index, long at) {
    Track track = memory.tracks.get(KEY);
    for (int i = 0; i < candidates.size() && track != null; i++) {
      if (candidates.counts(i)) {
        candidates.recognise(i, track);
      } else if (candidates.mayCount(i)) {
        track.doubtful = true;
      }
    }
  }

  @Override
  public boolean recognisable(Track track, long index, long at) {
    return true;
  }

  @Override
  public Track begin(Memory memory, Object mark) {
    return new Track(KEY, "event");
  }

  @Override
  public String subject(Track track, int element) {
    return "";
  }

  @Override
  public void moved(Track track, Object mark, long index, long at) {
    // the key is where its events are
  }
}
