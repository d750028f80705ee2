package io.assay.assertion.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Of several draws, takes the one whose embedding is farthest from all that was picked: greedy
 * k-center (Sener and Savarese, <i>Core-Set</i>, 2018), over proposals instead of everything.
 */
final class Spread {
  private final Pool pool;
  private final int proposals;
  private final List<Embedding> picked = new ArrayList<>();

  Spread(Pool pool, int proposals) {
    this.pool = pool;
    this.proposals = proposals;
  }

  void add(Candidate candidate) {
    Embedding embedding = candidate.embedding();
    if (proposals > 1 && embedding != null) {
      picked.add(embedding);
    }
  }

  /** The first draw where there is no embedding, or nothing to keep away from; -1 is no draw. */
  int farthest(IntSupplier draws) {
    int best = draws.getAsInt();
    double distance = picked.isEmpty() ? Double.POSITIVE_INFINITY : distance(best);
    for (int i = 1; i < proposals && distance < Double.POSITIVE_INFINITY; i++) {
      int next = draws.getAsInt();
      double nextDistance = next < 0 ? -1 : distance(next);
      if (nextDistance > distance) {
        best = next;
        distance = nextDistance;
      }
    }
    return best;
  }

  private double distance(int candidate) {
    Embedding embedding = candidate < 0 ? null : pool.candidate(candidate).embedding();
    double least = Double.POSITIVE_INFINITY;
    if (embedding != null) {
      for (Embedding other : picked) {
        least = Math.min(least, embedding.squaredDistance(other));
      }
    }
    return least;
  }
}
