package io.assay.assertion.rule.ir;

/** Which events are taken together. Windows of time align to the Unix epoch in UTC. */
public sealed interface Window {
  record Tumbling(long nanos) implements Window {}

  /** A new one begins every so often, and each lasts as long as it says. */
  record Hopping(long nanos, long everyNanos) implements Window {}

  /** Ends once nothing came for so long. */
  record Session(long gapNanos) implements Window {}

  /** The trailing time or events, judged at every event. */
  record Last(Bound bound) implements Window {
    /** All of them are kept, and gone through at every event. */
    public static final int MOST_EVENTS = 10_000;
  }
}
