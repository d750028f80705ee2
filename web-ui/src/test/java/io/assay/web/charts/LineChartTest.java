package io.assay.web.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.web.charts.LineChart.Limit;
import io.assay.web.charts.LineChart.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineChartTest {
  private static final List<Point> POINTS =
      List.of(Point.of("a", 1.0), Point.of("b", null), Point.of("c", 3.0));

  @Test
  void aLineBreaksWhereThereIsNoValue() {
    LineChart chart = LineChart.of(POINTS);
    assertThat(chart.line()).isEqualTo("M4.00 44.00M236.00 4.00");
    assertThat(chart.dots()).extracting(LineChart.Dot::name).containsExactly("a", "c");
    assertThat(chart.limits()).isEmpty();
  }

  @Test
  void aLimitFarFromAllValuesIsDrawnToo() {
    LineChart chart = LineChart.of(POINTS, List.of(new Limit("most", 5), new Limit("some", 2)));
    assertThat(chart.highest()).isEqualTo(5);
    assertThat(chart.limits()).extracting(LineChart.DrawnLimit::y).containsExactly(4.0, 34.0);
    assertThat(chart.dots().getLast().y()).isCloseTo(24, within(1e-9));
  }

  @Test
  void limitsAloneAreNoChart() {
    LineChart chart = LineChart.of(List.of(Point.of("a", null)), List.of(new Limit("most", 5)));
    assertThat(chart.dots()).isEmpty();
    assertThat(chart.limits()).isEmpty();
  }
}
