package io.assay.assertion.eval;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Things in the world: elements of several lists that pairs connect, directly or by others. */
final class Things {
  private final int[] offsets;
  private final int[] parents;
  private final Map<Integer, Set<Integer>> sides = new HashMap<>();
  private final Map<Integer, Integer> firsts = new HashMap<>();

  private Things(List<List<?>> lists) {
    offsets = new int[lists.size() + 1];
    for (int i = 0; i < lists.size(); i++) {
      offsets[i + 1] = offsets[i] + lists.get(i).size();
    }
    parents = new int[offsets[lists.size()]];
    for (int i = 0; i < parents.length; i++) {
      parents[i] = i;
    }
  }

  static Things of(List<List<?>> lists, List<Pairs> pairs) {
    Things things = new Things(lists);
    for (Pairs some : pairs) {
      for (int i = 0; i < some.lefts(); i++) {
        for (int j : some.rightsOf(i)) {
          things.join(
              things.offsets[some.pairing.left()] + i, things.offsets[some.pairing.right()] + j);
        }
      }
    }
    for (int side = 0; side < lists.size(); side++) {
      for (int i = 0; i < lists.get(side).size(); i++) {
        int thing = things.root(things.offsets[side] + i);
        things.sides.computeIfAbsent(thing, ignored -> new HashSet<>()).add(side);
        things.firsts.putIfAbsent(thing, things.offsets[side] + i);
      }
    }
    return things;
  }

  private void join(int a, int b) {
    parents[root(a)] = root(b);
  }

  private int root(int element) {
    int root = element;
    while (parents[root] != root) {
      parents[root] = parents[parents[root]];
      root = parents[root];
    }
    return root;
  }

  /** In how many lists the thing is that this element belongs to. */
  int sides(int side, int element) {
    return sides.getOrDefault(root(offsets[side] + element), Set.of()).size();
  }

  /** Whether the thing is named by this element: the first of it, in the order of the lists. */
  boolean isFirst(int side, int element) {
    int place = offsets[side] + element;
    return firsts.getOrDefault(root(place), -1) == place;
  }
}
