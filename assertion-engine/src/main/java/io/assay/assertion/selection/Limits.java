package io.assay.assertion.selection;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Counts picks by day and assertion, and takes out what a full budget has no room for. A pick
 * counts for its candidate's assertion whatever arm drew it.
 */
final class Limits {
  private static final long DAY = 86_400;

  private record DayOf(int assertion, long day) {}

  private final Plan plan;
  private final Pool pool;
  private final Live live;
  private final Map<Long, Integer> byDay = new HashMap<>();
  private final Map<DayOf, Integer> byAssertionAndDay = new HashMap<>();
  private final int[] picked;
  private final int[] candidates;
  private final Map<Long, Integer> dayNumbers = new HashMap<>();
  private @Nullable Groups ofDay;

  Limits(Plan plan, Pool pool, Live live) {
    this.plan = plan;
    this.pool = pool;
    this.live = live;
    this.picked = new int[pool.assertions().size()];
    this.candidates = new int[pool.assertions().size()];
    for (int c = 0; c < pool.size(); c++) {
      if (pool.assertionOf(c) != Groups.NONE) {
        candidates[pool.assertionOf(c)]++;
      }
    }
  }

  /** Counts what other rounds have picked, and takes out that of which not even one may be. */
  void begin(Iterable<Candidate> earlier) {
    for (Candidate candidate : earlier) {
      int assertion = numberOf(candidate);
      if (assertion != Groups.NONE && pool.itemNamed(candidate.item()) == Groups.NONE) {
        candidates[assertion]++;
      }
    }
    earlier.forEach(this::count);
    if (plan.perDay() != null && plan.perDay() == 0) {
      dropWhere(c -> true);
    }
    for (int a = 0; a < picked.length; a++) {
      Terms terms = plan.termsOf(pool.assertionNamed(a));
      if ((terms.perDay() != null && terms.perDay() == 0) || isShareUsed(a)) {
        dropOf(a);
      }
    }
  }

  void count(Candidate candidate) {
    long day = dayOf(candidate);
    int ofAll = byDay.merge(day, 1, Integer::sum);
    if (plan.perDay() != null && ofAll >= plan.perDay()) {
      forDay(day, live::drop);
    }
    int assertion = numberOf(candidate);
    if (assertion != Groups.NONE) {
      picked[assertion]++;
      int ofBoth = byAssertionAndDay.merge(new DayOf(assertion, day), 1, Integer::sum);
      Integer perDay = plan.termsOf(pool.assertionNamed(assertion)).perDay();
      if (isShareUsed(assertion)) {
        dropOf(assertion);
      } else if (perDay != null && ofBoth >= perDay) {
        forDay(day, c -> dropIfOf(assertion, c));
      }
    }
  }

  private int numberOf(Candidate candidate) {
    String assertion = candidate.assertion();
    return assertion == null ? Groups.NONE : pool.numberOf(assertion);
  }

  /** Whether one more would be over the share. */
  private boolean isShareUsed(int assertion) {
    double share = plan.termsOf(pool.assertionNamed(assertion)).share();
    return share < 1 && picked[assertion] + 1 > share * candidates[assertion];
  }

  private void dropOf(int assertion) {
    dropWhere(c -> pool.assertionOf(c) == assertion);
  }

  private void dropIfOf(int assertion, int c) {
    if (pool.assertionOf(c) == assertion) {
      live.drop(c);
    }
  }

  private void dropWhere(IntPredicate which) {
    for (int c = 0; c < pool.size(); c++) {
      if (which.test(c)) {
        live.drop(c);
      }
    }
  }

  private void forDay(long day, IntConsumer action) {
    Groups days = ofDay == null ? groupByDay() : ofDay;
    Integer number = dayNumbers.get(day);
    if (number != null) {
      days.forEach(number, action);
    }
  }

  private Groups groupByDay() {
    int[] number = new int[pool.size()];
    for (int c = 0; c < number.length; c++) {
      number[c] = dayNumbers.computeIfAbsent(dayOf(pool.candidate(c)), unseen -> dayNumbers.size());
    }
    Groups days = Groups.of(number, dayNumbers.size());
    ofDay = days;
    return days;
  }

  private static long dayOf(Candidate candidate) {
    return Math.floorDiv(candidate.place().at().getEpochSecond(), DAY);
  }
}
