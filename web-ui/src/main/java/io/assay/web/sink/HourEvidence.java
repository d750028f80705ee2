package io.assay.web.sink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;

/**
 * Decides of which violations of an assertion's hour the evidence is kept, as they come.
 *
 * <p>What was decided before, {@code known}, is stored; a batch is offered one by one, in
 * logarithmic time each, and what it comes to is stored again.
 */
final class HourEvidence {
  /** The least bad first; of equals the one that came last, since an equal one displaces none. */
  private static final Comparator<Worst> ORDER =
      Comparator.comparingDouble(Worst::severity)
          .thenComparing(Comparator.comparingLong(Worst::number).reversed());

  private final EvidenceBounds bounds;
  private final PriorityQueue<Worst> worst = new PriorityQueue<>(ORDER);
  private final Set<UUID> kept = new HashSet<>();
  private final List<UUID> displaced = new ArrayList<>();
  private long violations;
  private final long keptBefore;
  private int firsts;
  private int openers;

  HourEvidence(EvidenceBounds bounds, Known known) {
    this.bounds = bounds;
    this.violations = known.violations();
    this.keptBefore = known.kept();
    this.firsts = known.firsts();
    this.openers = known.openers();
    for (int i = 0; i < known.worst().size(); i++) {
      worst.add(new Worst(known.worst().get(i), known.severities().get(i), i, true));
    }
  }

  /**
   * Takes notice of a new one.
   *
   * @param opens whether it opens an episode
   * @return why it is kept; {@code COUNTED} and {@code WORST} are provisional: a later one of the
   *     batch may displace it
   */
  Why offer(UUID id, double severity, boolean opens) {
    violations++;
    if (firsts < bounds.first()) {
      firsts++;
      kept.add(id);
      return Why.FIRST;
    }
    if (opens && openers < bounds.openers()) {
      openers++;
      kept.add(id);
      return Why.OPENER;
    }
    worst.add(new Worst(id, severity, violations, false));
    if (worst.size() <= bounds.worst()) {
      kept.add(id);
      return Why.WORST;
    }
    Worst least = worst.remove();
    if (least.stored()) {
      displaced.add(least.id());
    } else {
      kept.remove(least.id());
    }
    if (least.id().equals(id)) {
      return Why.COUNTED;
    }
    kept.add(id);
    return Why.WORST;
  }

  /** Whether the evidence of one that was offered is to be kept, now that all were. */
  boolean keeps(UUID id) {
    return kept.contains(id);
  }

  /** Those that were kept before, and are displaced by worse ones. */
  List<UUID> displaced() {
    return displaced;
  }

  /**
   * What is to be stored.
   *
   * @param removed how many of the displaced could go
   */
  Known known(int removed) {
    List<Worst> sorted = worst.stream().sorted(Comparator.comparingLong(Worst::number)).toList();
    return new Known(
        violations,
        keptBefore + kept.size() - removed,
        firsts,
        openers,
        sorted.stream().map(Worst::id).toList(),
        sorted.stream().map(Worst::severity).toList());
  }

  /** Why evidence is kept, or not. */
  enum Why {
    FIRST,
    OPENER,
    WORST,
    COUNTED
  }

  /**
   * The row of an hour.
   *
   * @param violations all of the hour
   * @param kept those of them with evidence
   * @param worst kept for being worse than others, in the order in which they came
   * @param severities of these
   */
  record Known(
      long violations,
      long kept,
      int firsts,
      int openers,
      List<UUID> worst,
      List<Double> severities) {
    static final Known NOTHING = new Known(0, 0, 0, 0, List.of(), List.of());

    Known {
      worst = List.copyOf(worst);
      severities = List.copyOf(severities);
    }

    /** Whether every violation so far is kept for good: then none is among those counted. */
    boolean complete() {
      return violations == (long) firsts + openers;
    }
  }

  private record Worst(UUID id, double severity, long number, boolean stored) {}
}
