package io.assay.stream.repair;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Replays any number of records, of which it holds a few: fifty to be sent, or as many as are
 * judged together.
 */
public final class ReplayBatches {
  private static final int SENT = 50;
  private static final long SENT_BYTES = 8L << 20;
  private static final int JUDGED = 5_000;
  private static final long JUDGED_BYTES = 64L << 20;

  private final List<Chosen> held = new ArrayList<>();
  private final Consumer<List<Chosen>> to;
  private final int most;
  private final long mostBytes;
  private long bytes;

  private ReplayBatches(Consumer<List<Chosen>> to, boolean judged) {
    this.to = to;
    this.most = judged ? JUDGED : SENT;
    this.mostBytes = judged ? JUDGED_BYTES : SENT_BYTES;
  }

  /** Tells of each what would become of it. */
  public static ReplayBatches planning(
      Replayer replayer, ReplayPlan.Wish wish, Consumer<Replayer.Outcome> told) {
    return new ReplayBatches(some -> replayer.plan(some, wish, told), replayer.isRejudging());
  }

  /** Tells of each what became of it, once that is certain. */
  public static ReplayBatches replaying(
      Replayer replayer, ReplayPlan.Wish wish, Consumer<Replayer.Outcome> told) {
    return new ReplayBatches(some -> replayer.replay(some, wish, told), replayer.isRejudging());
  }

  public void add(Chosen one) {
    held.add(one);
    bytes += one.bytes();
    if (held.size() >= most || bytes >= mostBytes) {
      finish();
    }
  }

  /** Replays those that are still held. */
  public void finish() {
    if (!held.isEmpty()) {
      to.accept(List.copyOf(held));
      held.clear();
      bytes = 0;
    }
  }
}
