package io.assay.assertion.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Adds up why windows of one assertion were undecided; its size does not grow with their number.
 */
final class UndecidedReasons {
  /** Further ones are told as one. */
  private static final int MOST = 20;

  private static final String OTHERS = "other reasons";
  private static final Pattern NUMBER = Pattern.compile("\\d[\\d.,:TZ-]*");

  private final Map<String, WhyUndecided> all = new LinkedHashMap<>();

  void add(long at, String reason) {
    String alike = NUMBER.matcher(reason).replaceAll("#");
    boolean known = all.containsKey(alike);
    boolean room = all.size() < MOST;
    all.merge(
        known || room ? alike : OTHERS,
        new WhyUndecided(known || room ? reason : OTHERS, 1, at),
        (before, one) -> new WhyUndecided(before.reason(), before.units() + 1, before.first()));
  }

  /** The most frequent before the others, of equals the one that came first. */
  List<WhyUndecided> all() {
    List<WhyUndecided> sorted = new ArrayList<>(all.values());
    sorted.sort(Comparator.comparingLong(WhyUndecided::units).reversed());
    return sorted;
  }
}
