package io.assay.stability.file;

import io.assay.stability.Embedding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Embeddings brought to the same items in the same order: by name where all have names, in the
 * order of the first; else row by row.
 *
 * @param embeddings in the order given
 * @param names of their rows
 * @param items how many different ones the pair has together
 */
public record SharedItems(List<Embedding> embeddings, Optional<List<String>> names, int items) {
  public SharedItems {
    embeddings = List.copyOf(embeddings);
    names = names.map(List::copyOf);
  }

  /**
   * @param all the pair, then anchors or none; anchors need all items that the pair shares
   * @throws BadEmbeddingException where they have no rows in common, or no names and other numbers
   *     of rows
   */
  public static SharedItems of(List<NamedEmbedding> all) {
    return all.stream().allMatch(one -> one.names().isPresent()) ? byName(all) : byRow(all);
  }

  private static SharedItems byRow(List<NamedEmbedding> all) {
    int rows = all.get(0).embedding().rows();
    for (NamedEmbedding one : all) {
      if (one.embedding().rows() != rows) {
        throw new BadEmbeddingException(
            "without names in all files rows are the same items, and need equal numbers, got %s"
                .formatted(all.stream().map(e -> e.embedding().rows()).toList()));
      }
    }
    Optional<List<String>> names = all.stream().flatMap(one -> one.names().stream()).findFirst();
    return new SharedItems(all.stream().map(NamedEmbedding::embedding).toList(), names, rows);
  }

  private static SharedItems byName(List<NamedEmbedding> all) {
    List<Map<String, Integer>> places = new ArrayList<>();
    for (NamedEmbedding one : all) {
      places.add(places(one.names().orElseThrow()));
    }
    List<String> shared =
        all.get(0).names().orElseThrow().stream().filter(places.get(1)::containsKey).toList();
    if (shared.isEmpty()) {
      throw new BadEmbeddingException("a pair needs items in common, got none by name");
    }
    List<Embedding> embeddings = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      embeddings.add(all.get(i).embedding().rows(rows(shared, places.get(i))));
    }
    int items = places.get(0).size() + places.get(1).size() - shared.size();
    return new SharedItems(embeddings, Optional.of(shared), items);
  }

  private static int[] rows(List<String> shared, Map<String, Integer> places) {
    int[] rows = new int[shared.size()];
    for (int i = 0; i < rows.length; i++) {
      Integer row = places.get(shared.get(i));
      if (row == null) {
        throw new BadEmbeddingException(
            "anchors need all items of the pair, got no '%s'".formatted(shared.get(i)));
      }
      rows[i] = row;
    }
    return rows;
  }

  private static Map<String, Integer> places(List<String> names) {
    Map<String, Integer> places = new HashMap<>(names.size() * 2);
    for (int i = 0; i < names.size(); i++) {
      places.put(names.get(i), i);
    }
    return places;
  }
}
