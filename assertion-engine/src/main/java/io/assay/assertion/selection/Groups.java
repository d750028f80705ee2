package io.assay.assertion.selection;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** Which members each group has, in order, in two arrays; a member may be of no group. */
final class Groups {
  static final int NONE = -1;

  private final int[] starts;
  private final int[] members;

  private Groups(int[] starts, int[] members) {
    this.starts = starts;
    this.members = members;
  }

  /** Sorts members by their group in O(n). */
  static Groups of(int[] groupOf, int count) {
    int[] starts = new int[count + 1];
    int grouped = 0;
    for (int group : groupOf) {
      if (group != NONE) {
        starts[group + 1]++;
        grouped++;
      }
    }
    for (int g = 0; g < count; g++) {
      starts[g + 1] += starts[g];
    }
    int[] next = starts.clone();
    int[] members = new int[grouped];
    for (int i = 0; i < groupOf.length; i++) {
      if (groupOf[i] != NONE) {
        members[next[groupOf[i]]++] = i;
      }
    }
    return new Groups(starts, members);
  }

  int size(int group) {
    return starts[group + 1] - starts[group];
  }

  int member(int group, int place) {
    return members[starts[group] + place];
  }

  int[] membersOf(int group) {
    return Arrays.copyOfRange(members, starts[group], starts[group + 1]);
  }

  void forEach(int group, IntConsumer action) {
    for (int i = starts[group]; i < starts[group + 1]; i++) {
      action.accept(members[i]);
    }
  }
}
