package io.assay.web.system;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list as programs get it. By key, never by offset: what comes meanwhile moves nothing.
 *
 * @param next what {@code after} takes for the part behind it; null on the last
 */
public record Listing<T>(List<T> items, @Nullable String next) {
  public Listing {
    items = List.copyOf(items);
  }

  /**
   * Of rows of which one more than {@code limit} were asked for.
   *
   * @param key of a row, behind which the next part begins
   */
  public static <R, T> Listing<T> of(
      List<R> found, int limit, Function<R, T> item, Function<R, String> key) {
    return new Listing<>(
        found.stream().limit(limit).map(item).toList(),
        found.size() > limit ? key.apply(found.get(limit - 1)) : null);
  }

  /**
   * Of all rows there are, in the order of their keys, which are put in order here: a database may
   * have another.
   *
   * @param after the key of the last one of the part before; empty for the first
   */
  public static <R, T> Listing<T> within(
      List<R> all, String after, int limit, Function<R, T> item, Function<R, String> key) {
    List<R> behind =
        all.stream()
            .filter(row -> after.isEmpty() || key.apply(row).compareTo(after) > 0)
            .sorted(Comparator.comparing(key))
            .toList();
    return of(behind, limit, item, key);
  }

  /**
   * @throws Refused where {@code limit} is none
   */
  public static void requireLimit(int limit, int most) {
    if (limit < 1 || limit > most) {
      throw Refused.bad("limit needs 1 .. %d, got %d".formatted(most, limit));
    }
  }
}
