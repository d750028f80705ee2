package io.assay.imports;

/**
 * When a video's frames were taken. Every time is computed from the start, so that a rate such as
 * 30 a second, whose frames last no whole number of milliseconds, does not drift.
 *
 * @param start epoch milliseconds of frame 1
 */
public record FrameClock(long start, double framesPerSecond) {
  public FrameClock {
    if (!(framesPerSecond > 0) || Double.isInfinite(framesPerSecond)) {
      throw new IllegalArgumentException(
          "frames per second must be above 0, got " + framesPerSecond);
    }
  }

  /** Epoch milliseconds of a frame, counted from 1. */
  public long at(int frame) {
    return start + Math.round((frame - 1) * 1000.0 / framesPerSecond);
  }
}
