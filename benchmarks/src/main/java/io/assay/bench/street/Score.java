package io.assay.bench.street;

import io.assay.simulate.KnownError;
import java.util.List;

/**
 * How well an assertion finds the errors that it can see.
 *
 * @param visible errors that violate it by its definition, as the simulator says
 * @param found those of them that a violation is about
 * @param right violations that are about an error visible to it
 * @param possible what it could have flagged, and {@code wrong}: how much of that is in such an
 *     error
 */
record Score(int visible, int found, int violations, int right, long possible, long wrong) {
  static final Score NONE = new Score(0, 0, 0, 0, 0, 0);

  static Score of(String assertion, List<Flag> flags, Drive drive) {
    List<KnownError> visible =
        drive.errors().stream().filter(error -> error.visibleTo().contains(assertion)).toList();
    List<Flag> own = flags.stream().filter(flag -> flag.assertion().equals(assertion)).toList();
    List<Flag> possible = Possible.flags(assertion, drive);
    return new Score(
        visible.size(),
        (int) visible.stream().filter(e -> own.stream().anyMatch(flag -> flag.isRight(e))).count(),
        own.size(),
        (int) own.stream().filter(flag -> visible.stream().anyMatch(flag::isRight)).count(),
        possible.size(),
        possible.stream().filter(flag -> visible.stream().anyMatch(flag::isRight)).count());
  }

  Score plus(Score other) {
    return new Score(
        visible + other.visible,
        found + other.found,
        violations + other.violations,
        right + other.right,
        possible + other.possible,
        wrong + other.wrong);
  }

  /** The share of violations that are right; without any, none is wrong. */
  double precision() {
    return violations == 0 ? 1 : (double) right / violations;
  }

  double recall() {
    return visible == 0 ? 1 : (double) found / visible;
  }

  /** The precision of flags given at random. */
  double baseRate() {
    return possible == 0 ? 0 : (double) wrong / possible;
  }

  double lift() {
    return precision() / baseRate();
  }
}
