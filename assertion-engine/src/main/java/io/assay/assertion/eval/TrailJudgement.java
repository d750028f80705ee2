package io.assay.assertion.eval;

/** A kind that keeps a trail of each thing it follows: what it counts and needs of the past. */
interface TrailJudgement extends Judgement, Following.Lives {
  Units units();

  @Override
  default void ended(Track track, Moment moment, long index) {
    units().ended(track, moment);
  }

  @Override
  default void finish(Memory memory, Moment last) {
    units().finish(memory, last);
  }

  /** How far back the next sighting, whenever it comes, may look. */
  Reach reach(Memory memory, Past now);

  @Override
  default long neededFrom(Memory memory, Past now) {
    return Trails.neededFrom(memory, reach(memory, now));
  }

  @Override
  default void pin(Memory memory, Pins pins) {
    Trails.pin(memory, pins);
  }
}
