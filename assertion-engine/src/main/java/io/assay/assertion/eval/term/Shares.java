package io.assay.assertion.eval.term;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * How evenly a map's values share their whole, as of attributions: the sign of a value says in
 * which direction it counts, its size how much.
 */
final class Shares {
  private Shares() {}

  static void register(Functions.Registry to) {
    to.put(
        "entropy_map",
        (compiler, terms) -> {
          ReferenceTerm map = compiler.value(terms.get(0));
          return (DoubleTerm) frame -> entropy(ascending(map.value(frame)));
        });
    to.put(
        "top_share_map",
        (compiler, terms) -> {
          ReferenceTerm map = compiler.value(terms.get(0));
          LongTerm many = compiler.whole(terms.get(1));
          return (DoubleTerm) frame -> topShare(ascending(map.value(frame)), many.value(frame));
        });
  }

  /** Sizes divided by their sum. Ascending, so that the sums do not hang on the map's order. */
  private static double[] ascending(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw Boxing.unexpected("a map", value);
    }
    double[] sizes =
        map.values().stream()
            .mapToDouble(of -> Math.abs(Boxing.number(Objects.requireNonNull(of))))
            .sorted()
            .toArray();
    double sum = Arrays.stream(sizes).sum();
    if (!(sum > 0) || Double.isInfinite(sum)) {
      throw NoValue.failed(
          sum == 0
              ? "there is nothing to share"
              : "values that are no finite numbers have no shares");
    }
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] /= sum;
    }
    return sizes;
  }

  private static double entropy(double[] shares) {
    double bits = 0;
    for (double share : shares) {
      if (share > 0) {
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return Math.max(0, bits);
  }

  private static double topShare(double[] shares, long many) {
    double sum = 0;
    for (int i = shares.length - 1; i >= Math.max(0, shares.length - many); i--) {
      sum += shares[i];
    }
    return Math.min(1, sum);
  }
}
