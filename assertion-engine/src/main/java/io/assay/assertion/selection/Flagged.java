package io.assay.assertion.selection;

import java.util.ArrayList;
import java.util.List;

/** The live candidates of each assertion in each slice, ranked by severity, and their urns. */
final class Flagged {
  private final Pool pool;
  private final int assertions;
  private final int[] place;
  private final List<int[]> members = new ArrayList<>();
  private final List<Urn> ranked = new ArrayList<>();
  private final List<Urn> alike = new ArrayList<>();

  /** O(n log n). Ranks are of what is live now, and stay while others are taken out. */
  Flagged(Pool pool, Live live, Strategy.Ties ties) {
    this.pool = pool;
    this.assertions = pool.assertions().size();
    this.place = new int[pool.size()];
    Groups groups = group(live);
    boolean[] known = new boolean[pool.size()];
    for (int group = 0; group < pool.slices() * assertions; group++) {
      int[] some = groups.membersOf(group);
      double[] severities = new double[some.length];
      for (int i = 0; i < some.length; i++) {
        place[some[i]] = i;
        known[some[i]] = true;
        severities[i] = severity(some[i]);
      }
      members.add(some);
      ranked.add(new Urn(Ranks.doubled(severities, ties)));
      alike.add(Urn.ofAlike(some.length));
    }
    live.whenGone(
        c -> {
          if (known[c]) {
            int group = groupOf(c);
            ranked.get(group).remove(place[c]);
            alike.get(group).remove(place[c]);
          }
        },
        item -> {});
  }

  private Groups group(Live live) {
    int[] group = new int[pool.size()];
    for (int c = 0; c < group.length; c++) {
      boolean in = live.has(c) && pool.assertionOf(c) != Groups.NONE;
      group[c] = in ? groupOf(c) : Groups.NONE;
    }
    return Groups.of(group, pool.slices() * assertions);
  }

  private int groupOf(int c) {
    return pool.sliceOf(c) * assertions + pool.assertionOf(c);
  }

  double severity(int c) {
    return pool.candidate(c).severity();
  }

  /** In 1 .. those of its assertion and slice at first; half ranks where equal ones share. */
  double rank(int c) {
    return ranked.get(groupOf(c)).weight(place[c]) / 2.0;
  }

  /** How many its assertion and slice had at first. */
  int among(int c) {
    return members.get(groupOf(c)).length;
  }

  boolean hasAny(int slice, int assertion) {
    return alike.get(slice * assertions + assertion).total() > 0;
  }

  int drawByRank(int slice, int assertion, Dice dice) {
    int group = slice * assertions + assertion;
    return members.get(group)[ranked.get(group).draw(dice)];
  }

  double chanceByRank(int c) {
    Urn urn = ranked.get(groupOf(c));
    return (double) urn.weight(place[c]) / urn.total();
  }

  int drawAlike(int slice, int assertion, Dice dice) {
    int group = slice * assertions + assertion;
    return members.get(group)[alike.get(group).draw(dice)];
  }

  double chanceAlike(int c) {
    return 1.0 / alike.get(groupOf(c)).total();
  }
}
