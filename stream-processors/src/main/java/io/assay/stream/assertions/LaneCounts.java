package io.assay.stream.assertions;

import io.assay.assertion.eval.Midway;
import io.assay.assertion.eval.Taken;
import io.assay.assertion.eval.Verdicts;
import io.assay.stream.contract.PartialRecord;
import java.util.List;

/** What one task gathers for something that is judged over all tasks, lane by lane. */
sealed interface LaneCounts permits WindowLanes, BeatLanes {
  /** A record may not be larger than a topic allows; keys and names come on top. */
  int MOST_BYTES = 512 * 1024;

  /** Whose events it gathers. */
  String stream();

  /** What its records are told by. */
  String judgementHash();

  /** Whether something is counted when truth comes, by other tasks. */
  boolean awaitsTruth();

  /** It is new to the task, which has judged events of the stream before. */
  default void begin(Midway midway) {}

  /**
   * How many lanes there are.
   *
   * @param perSource so many in a row are of one source partition
   */
  record Numbers(int all, int perSource) {}

  /**
   * An event that its key's judge has taken; {@code payload} is what its event was decoded from.
   */
  void count(Taken taken, byte[] payload, int lane, Verdicts out);

  /**
   * A lane's source is read up to a time.
   *
   * @param newest event time of its newest event; the least there is where that is not known
   * @return whether event time has gone on
   */
  boolean reach(int lane, long newest, long received);

  /** What has changed since the last call; it is gathered anew from here on. */
  List<PartialRecord> handOn(Numbers lanes);

  /** How far the lanes are, after what was gathered has been handed on. */
  PartialRecord rest(Numbers lanes);

  /** Goes on where {@link #rest} was. */
  void restore(PartialRecord rest);
}
