package io.assay.assertion.statistics;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The categories that a baseline has seen, a bin each in the order of their names; then a bin for
 * those it has not, and one for what is missing.
 */
public final class CategoryBins {
  private static final int VERSION = 1;

  private final List<String> categories;
  private final Map<String, Integer> bins = new HashMap<>();

  private CategoryBins(List<String> categories) {
    this.categories = categories;
    for (int i = 0; i < categories.size(); i++) {
      bins.put(categories.get(i), i);
    }
  }

  public static CategoryBins of(Collection<String> seen) {
    return new CategoryBins(seen.stream().distinct().sorted().toList());
  }

  public List<String> categories() {
    return categories;
  }

  /** How many bins, those for unseen and missing included. */
  public int size() {
    return categories.size() + 2;
  }

  public int unseen() {
    return categories.size();
  }

  public int missing() {
    return categories.size() + 1;
  }

  public int bin(@Nullable String category) {
    return category == null ? missing() : bins.getOrDefault(category, unseen());
  }

  public byte[] toBytes() {
    var out = new StatisticWriter(VERSION).writeUnsigned(categories.size());
    categories.forEach(out::writeText);
    return out.toBytes();
  }

  public static CategoryBins read(byte[] bytes) {
    var in = new StatisticReader(bytes, VERSION, "bins of categories");
    String[] categories = new String[in.readSize()];
    for (int i = 0; i < categories.length; i++) {
      categories[i] = in.readText();
    }
    in.end();
    return of(List.of(categories));
  }
}
