package io.assay.cli;

import io.assay.stability.Displacement.Moved;
import io.assay.stability.Embedding;
import io.assay.stability.NearestItems;
import io.assay.stability.NearestItems.Near;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What was near an item that moved, and is now.
 *
 * @param item its name, or its row where it has none
 * @param before nearest first, by the vectors of the old embedding
 * @param after nearest first, by those of the new one
 */
record StabilityNear(String item, List<Near> before, List<Near> after) {
  private static final int AT_ONCE = 1_000;

  StabilityNear {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /**
   * Of the items that moved most, the furthest first.
   *
   * @param most how many of them
   * @param k how many neighbours of each
   */
  static List<StabilityNear> of(StabilityFiles.Compared compared, int most, int k) {
    List<Moved> moved = compared.report().displacement().most(most);
    if (moved.isEmpty()) {
      return List.of();
    }
    List<String> names =
        compared
            .names()
            .orElseGet(
                () ->
                    IntStream.range(0, compared.report().rows())
                        .mapToObj(Integer::toString)
                        .toList());
    List<List<Near>> before = nearest(compared.embeddings().get(0), names, moved, k);
    List<List<Near>> after = nearest(compared.embeddings().get(1), names, moved, k);
    return IntStream.range(0, moved.size())
        .mapToObj(
            i -> new StabilityNear(names.get(moved.get(i).row()), before.get(i), after.get(i)))
        .toList();
  }

  private static List<List<Near>> nearest(
      Embedding embedding, List<String> names, List<Moved> asked, int k) {
    NearestItems nearest =
        NearestItems.of(
            k,
            asked.stream().map(moved -> names.get(moved.row())).toList(),
            asked.stream().map(moved -> row(embedding, moved.row())).toList());
    for (int from = 0; from < embedding.rows(); from += AT_ONCE) {
      int to = Math.min(embedding.rows(), from + AT_ONCE);
      List<double[]> rows = new ArrayList<>();
      for (int i = from; i < to; i++) {
        rows.add(row(embedding, i));
      }
      nearest.offer(names.subList(from, to), rows);
    }
    return nearest.nearest();
  }

  private static double[] row(Embedding embedding, int number) {
    var row = new double[embedding.dimensions()];
    embedding.copyRow(number, row);
    return row;
  }

  /** How many are near it in both. */
  long stayed() {
    List<String> now = after.stream().map(Near::item).toList();
    return before.stream().filter(near -> now.contains(near.item())).count();
  }
}
