package io.assay.web.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.assertion.weaklabel.Finding;
import io.assay.assertion.weaklabel.Reviews;
import io.assay.web.assertions.Comparison.Flags;
import io.assay.web.assertions.ThresholdCurve.Point;
import io.assay.web.assertions.ThresholdCurve.Reviewed;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ThresholdCurveTest {
  private static final List<Double> VALUES =
      IntStream.rangeClosed(1, 100).mapToObj(one -> one / 10.0).toList();

  private static ThresholdCurve curve(Flags flags, double threshold, Reviewed... reviewed) {
    return ThresholdCurve.of(
        new Comparison("x", flags, threshold, false), VALUES, List.of(reviewed));
  }

  @Test
  void aThresholdCountsItsOwnValueByTheComparison() {
    assertThat(curve(Flags.ABOVE, 0).at(5).remaining()).isEqualTo(50);
    assertThat(curve(Flags.FROM, 0).at(5).remaining()).isEqualTo(51);
    assertThat(curve(Flags.BELOW, 11).at(5).remaining()).isEqualTo(49);
    assertThat(curve(Flags.UP_TO, 11).at(5).remaining()).isEqualTo(50);
    assertThat(curve(Flags.ABOVE, 0).at(5).share()).isCloseTo(0.5, within(1e-12));
  }

  /** The table begins with all, and each line leaves out more, whatever the comparison. */
  @ParameterizedTest
  @EnumSource(Flags.class)
  void eachOfTheTableFlagsLess(Flags flags) {
    ThresholdCurve curve = curve(flags, flags.areGreat() ? 0.05 : 10.5);
    List<Point> points = curve.points();
    assertThat(points.getFirst().remaining()).isEqualTo(100);
    assertThat(points).hasSizeGreaterThan(10).allMatch(point -> curve.knows(point.threshold()));
    for (int i = 1; i < points.size(); i++) {
      assertThat(points.get(i).remaining()).isLessThanOrEqualTo(points.get(i - 1).remaining());
    }
    assertThat(points.getLast().remaining()).isLessThanOrEqualTo(2);
    assertThat(curve.furthest()).hasValue(flags.areGreat() ? 10 : 0.1);
  }

  @Test
  void reviewsAreOfWhatRemains() {
    ThresholdCurve curve =
        curve(
            Flags.ABOVE,
            0,
            new Reviewed(1, Finding.NO_ERROR),
            new Reviewed(2, Finding.UNCLEAR),
            new Reviewed(8, Finding.ERROR),
            new Reviewed(9, Finding.ERROR));
    assertThat(curve.at(0).reviews()).isEqualTo(new Reviews(2, 1, 1));
    assertThat(curve.at(1).reviews()).isEqualTo(new Reviews(2, 0, 1));
    assertThat(curve.at(8).reviews()).isEqualTo(new Reviews(1, 0, 0));
  }

  @Test
  void nothingIsKnownOfAThresholdThatFlagsMore() {
    assertThat(DoubleStream.of(3, 4).allMatch(curve(Flags.ABOVE, 3)::knows)).isTrue();
    assertThat(curve(Flags.ABOVE, 3).knows(2.9)).isFalse();
    assertThat(curve(Flags.BELOW, 3).knows(3.1)).isFalse();
    assertThat(curve(Flags.BELOW, 3).knows(2.9)).isTrue();
  }

  @Test
  void ofNoViolationThereIsThePresentThresholdAlone() {
    ThresholdCurve none =
        ThresholdCurve.of(new Comparison("x", Flags.ABOVE, 3, false), List.of(), List.of());
    assertThat(none.points()).containsExactly(new Point(3, 0, 0, Reviews.none()));
    assertThat(none.furthest()).isEmpty();
  }
}
