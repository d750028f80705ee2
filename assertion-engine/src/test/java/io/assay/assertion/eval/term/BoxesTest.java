package io.assay.assertion.eval.term;

import static io.assay.assertion.eval.term.Evaluated.number;
import static io.assay.assertion.eval.term.Evaluated.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.assertion.event.Rect;
import io.assay.assertion.event.StreamType.ImageSize;
import io.assay.assertion.event.Type.Basic;
import io.assay.assertion.rule.Span;
import io.assay.assertion.rule.ir.Local;
import io.assay.assertion.rule.ir.Term;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoxesTest {
  private static final String A = "rect(0.0, 0.0, 10.0, 10.0)";

  @Test
  void boxesThatOnlyTouchShareNothing() {
    String beside = "rect(10.0, 0.0, 10.0, 10.0)";
    assertThat(number("iou(%s, %s)".formatted(A, beside))).isZero();
    assertThat(number("overlap(%s, %s)".formatted(A, beside))).isZero();
  }

  @Test
  void aBoxWithoutAreaOverlapsNothing() {
    for (String empty :
        List.of(
            "rect(5, 5, 0, 0)", "rect(5, 5, 0, 3)", "rect(8, 8, -2, -2)", "rect(5, 5, -1, 3)")) {
      assertThat(number("area(%s)".formatted(empty))).as(empty).isZero();
      assertThat(number("iou(%s, %s)".formatted(A, empty))).as(empty).isZero();
      assertThat(number("overlap(%s, %s)".formatted(empty, A))).as(empty).isZero();
    }
    assertThat(value("contains(%s, rect(5, 5, 0, 0))".formatted(A))).isEqualTo(true);
  }

  @Test
  void unionCountsTheSharedPartOnce() {
    assertThat(number("iou(%s, rect(5, 0, 10, 10))".formatted(A))).isEqualTo(50.0 / 150);
    assertThat(number("iou(%s, %s)".formatted(A, A))).isEqualTo(1);
    assertThat(number("overlap(%s, rect(5, 5, 2, 2))".formatted(A))).isEqualTo(1);
  }

  @Test
  void aBoxContainsItself() {
    assertThat(value("contains(%s, %s)".formatted(A, A))).isEqualTo(true);
    assertThat(value("contains(%s, rect(0, 0, 10, 10.5))".formatted(A))).isEqualTo(false);
    assertThat(value("contains(%s, rect(-1, 0, 2, 2))".formatted(A))).isEqualTo(false);
  }

  @Test
  void distancesAreBetweenMiddles() {
    assertThat(number("distance(%s, rect(3, 4, 10, 10))".formatted(A))).isEqualTo(5);
    assertThat((double[]) value("center(rect(1, 2, 4, 6))")).containsExactly(3, 5);
    assertThat(number("distance(center(%s), center(rect(0, 0, 16, 26)))".formatted(A)))
        .isEqualTo(Math.hypot(3, 8), within(1e-12));
    assertThat(value("distance(cuboid(0,0,0,1,1,1,0), cuboid(1,2,2,1,1,1,0)) == 3metres"))
        .isEqualTo(true);
  }

  @Test
  void interpolationIsExactAtBothEnds() {
    assertThat(value("interpolate(rect(0, 0, 1, 1), rect(4, 8, 3, 1), 0.25)"))
        .isEqualTo(new Rect(1, 2, 1.5, 1));
    assertThat(number("interpolate(0.1, 0.7, 1)")).isEqualTo(0.7);
    assertThat(number("interpolate(0.1, 0.7, 0)")).isEqualTo(0.1);
  }

  @Test
  void theBorderIsTheImages() {
    assertThat(touches(new Rect(1, 1, 97, 47), 0)).isFalse();
    assertThat(touches(new Rect(0, 1, 10, 10), 0)).isTrue();
    assertThat(touches(new Rect(90, 1, 10, 10), 0)).isTrue();
    assertThat(touches(new Rect(10, 40, 10, 10), 0)).isTrue();
    assertThat(touches(new Rect(-3, 10, 2, 10), 0)).isTrue();
    assertThat(touches(new Rect(2, 2, 10, 10), 1)).isFalse();
    assertThat(touches(new Rect(2, 2, 10, 10), 2)).isTrue();
    // Without a size there is no border.
    assertThat(value("touches_border(rect(0, 0, 1, 1))")).isEqualTo(false);
    assertThat(value("touches_border(rect(0, 0, 1, 1), 8px)")).isEqualTo(false);
  }

  private static boolean touches(Rect box, double margin) {
    var span = new Span("test", 1, 1, 0, 0);
    var local = new Local("box", Basic.RECT, 0);
    var call =
        new Term.Call(
            "touches_border_rect_double",
            List.of(new Term.Read(local, span), new Term.Constant(margin, Basic.DOUBLE, span)),
            Basic.BOOL,
            span);
    Frame frame = new Frame(1);
    frame.setReference(local, box);
    return new TermCompiler(Optional.of(new ImageSize(100, 50))).bool(call).test(frame);
  }
}
