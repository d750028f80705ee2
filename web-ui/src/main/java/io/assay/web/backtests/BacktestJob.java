package io.assay.web.backtests;

/** A backtest that runs in this process: how far it is, and whether it is still wanted. */
final class BacktestJob {
  private final int readings;
  private volatile int run;
  private volatile long events;
  private volatile double share;
  private volatile boolean unwanted;

  /** {@code readings}: how often the events are read. */
  BacktestJob(int readings) {
    this.readings = readings;
  }

  /** Thrown through the engine to stop it. */
  static final class Unwanted extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unwanted() {
      super("nobody wants it any more", null, false, false);
    }
  }

  /**
   * Hears how far it is.
   *
   * @param now which time the events are read, from 0
   * @param judged events of this reading; below 0 where only the time passes
   * @throws Unwanted where it is to stop
   */
  void progress(int now, long judged, double read) {
    if (unwanted) {
      throw new Unwanted();
    }
    run = now;
    if (judged >= 0) {
      events = judged;
      share = read;
    }
  }

  /** Has it stop before the next event. */
  void stop() {
    unwanted = true;
  }

  boolean isStopped() {
    return unwanted;
  }

  long events() {
    return events;
  }

  /** How far it is: of a draft, the events may be read once more for what is gone. */
  int percent() {
    return (int) Math.min(99, 100 * (Math.min(run, readings - 1) + share) / readings);
  }
}
