package io.assay.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.stability.Gate.Found;
import io.assay.stability.Gate.Line;
import io.assay.stability.Gate.Measure;
import io.assay.stability.Gate.Outcome;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class GateTest {
  private final Gate gate = new Gate(Map.of(Measure.EIS, 0.15, Measure.NEIGHBOURS, 0.6));

  @Test
  void eachBoundHasItsSide() {
    List<Line> lines =
        gate.lines(Map.of(Measure.EIS, Found.of(0.15), Measure.NEIGHBOURS, Found.of(0.6)));
    assertThat(lines).extracting(Line::measure).containsExactly(Measure.EIS, Measure.NEIGHBOURS);
    assertThat(Gate.outcome(lines)).isEqualTo(Outcome.PASS);
    assertThat(outcome(0.151, 0.7)).isEqualTo(Outcome.FAIL);
    assertThat(outcome(0.1, 0.599)).isEqualTo(Outcome.FAIL);
  }

  @Test
  void whatIsNotDefinedIsUndecidedUnlessAnotherFails() {
    List<Line> lines = gate.lines(Map.of(Measure.EIS, Found.of(0.1)));
    assertThat(Gate.outcome(lines)).isEqualTo(Outcome.UNDECIDED);
    assertThat(lines.get(1).why()).contains("it is not defined for these two");
    assertThat(Gate.outcome(gate.lines(Map.of(Measure.EIS, Found.of(0.9)))))
        .isEqualTo(Outcome.FAIL);
  }

  @Test
  void roundingAndNoiseAreSaid() {
    var rough = new Found(OptionalDouble.of(0.1499), 0.001, Double.NaN, Double.NaN);
    assertThat(gate.lines(Map.of(Measure.EIS, rough)).get(0))
        .satisfies(line -> assertThat(line.outcome()).isEqualTo(Outcome.UNDECIDED))
        .satisfies(
            line -> assertThat(line.why()).contains("rounding may have moved it by 0.00100"));
    var noisy = new Found(OptionalDouble.of(0.14), 0, 0.12, 0.16);
    assertThat(gate.lines(Map.of(Measure.EIS, noisy)).get(0))
        .satisfies(line -> assertThat(line.outcome()).isEqualTo(Outcome.PASS))
        .satisfies(
            line ->
                assertThat(line.why())
                    .contains("with other items it may well lie on the other side"));
  }

  @Test
  void withoutBoundsThereIsNothingToFail() {
    assertThat(new Gate(Map.of()).lines(Map.of(Measure.EIS, Found.of(1)))).isEmpty();
  }

  @Test
  void aBoundIsANumber() {
    assertThatThrownBy(() -> new Gate(Map.of(Measure.PIP, Double.NaN)))
        .hasMessage("a bound of pip needs to be 0 or more, got NaN");
  }

  private Outcome outcome(double eis, double neighbours) {
    return Gate.outcome(
        gate.lines(Map.of(Measure.EIS, Found.of(eis), Measure.NEIGHBOURS, Found.of(neighbours))));
  }
}
