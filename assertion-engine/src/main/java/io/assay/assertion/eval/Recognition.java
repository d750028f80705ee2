package io.assay.assertion.eval;

import io.assay.assertion.eval.term.Frame;
import org.jspecify.annotations.Nullable;

/** How elements are recognised as identities seen before. */
sealed interface Recognition permits RecognitionByValue, RecognitionByOverlap, RecognitionByKey {
  /** What the bound element is recognised by; null where it has none: undecided. */
  @Nullable Object mark(Frame frame);

  /** Gives candidates the tracks that they are; those left without are new. */
  void match(Memory memory, Candidates candidates, long index, long at);

  /** Whether an identity unseen since its last event could still be recognised. */
  boolean recognisable(Track track, long index, long at);

  Track begin(Memory memory, Object mark);

  /** What ids call an identity whose life starts as this element. */
  String subject(Track track, int element);

  /** Notes where the identity is now; the track still tells the last time. */
  void moved(Track track, Object mark, long index, long at);
}
