package io.assay.assertion.eval.term;

import static io.assay.assertion.eval.term.Evaluated.issue;
import static io.assay.assertion.eval.term.Evaluated.reason;
import static io.assay.assertion.eval.term.Evaluated.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.assertion.event.Rect;
import org.junit.jupiter.api.Test;

class CamerasTest {
  /** 700 pixels of focal length, the middle of the image at 600, 180. */
  private static final String FRONT =
      "calibration front = [[700, 0, 600, 0], [0, 700, 180, 0], [0, 0, 1, 0]]\n";

  /** The same camera, turned to look back. */
  private static final String REAR =
      "calibration rear = [-700, 0, -600, 0,  0, 700, -180, 0,  0, 0, -1, 0]\n";

  private static Rect front(String cuboid) {
    return (Rect) value(FRONT, "project(%s)".formatted(cuboid));
  }

  @Test
  void theNearFaceOfACubeIsItsOutline() {
    Rect seen = front("cuboid(0, 0, 10, 1, 1, 1, 0)");
    double half = 700 * 0.5 / 9.5;
    assertThat(seen.x()).isEqualTo(600 - half, within(1e-9));
    assertThat(seen.y()).isEqualTo(180 - half, within(1e-9));
    assertThat(seen.width()).isEqualTo(2 * half, within(1e-9));
    assertThat(seen.height()).isEqualTo(2 * half, within(1e-9));
  }

  @Test
  void aTurnedBoxShowsItsOtherSide() {
    Rect along = front("cuboid(0, 0, 1000, 1, 2, 8, 0)");
    Rect across = front("cuboid(0, 0, 1000, 1, 2, 8, 1.5707963267948966)");
    assertThat(along.width()).isEqualTo(5.6, within(0.01));
    assertThat(across.width()).isEqualTo(1.4, within(0.01));
  }

  /** Yaw turns from right to behind: a quarter to the near right end lies lower in the image. */
  @Test
  void aQuarterTurnBringsTheRightEndNearer() {
    Rect turned = front("cuboid(0, 1, 20, 0, 0, 8, 0.7853981633974483)");
    double reach = 4 * Math.sqrt(0.5);
    assertThat(turned.x() + turned.width())
        .isEqualTo(600 + 700 * reach / (20 - reach), within(1e-9));
    assertThat(turned.x()).isEqualTo(600 - 700 * reach / (20 + reach), within(1e-9));
  }

  @Test
  void theImageEndsWhereItEndsAndTheBoxGoesOn() {
    Rect seen = front("cuboid(-12, 0, 10, 1, 1, 1, 0)");
    assertThat(seen.x()).isNegative();
  }

  @Test
  void whatIsNotWhollyInFrontHasNoPlaceInTheImage() {
    String why = "a corner of the cuboid is not in front of the camera";
    assertThat(reason(FRONT, "project(cuboid(0, 0, -10, 1, 1, 1, 0))")).isEqualTo(why);
    assertThat(reason(FRONT, "project(cuboid(0, 0, 0.4, 1, 1, 1, 0))")).isEqualTo(why);
    assertThat(reason(FRONT, "project(cuboid(0, 0, 0.0 / 0.0, 1, 1, 1, 0))")).isEqualTo(why);
    assertThat(value(REAR, "project(cuboid(0, 0, -10, 1, 1, 1, 0)).width > 0")).isEqualTo(true);
  }

  @Test
  void severalCalibrationsAreNamed() {
    assertThat(value(FRONT + REAR, "project(cuboid(0, 0, 10, 1, 1, 1, 0), front)"))
        .isInstanceOf(Rect.class);
    assertThat(issue(FRONT + REAR, "project(cuboid(0, 0, 10, 1, 1, 1, 0))"))
        .isEqualTo(
            "'project' needs to know by which calibration: front, rear; as in: project(b.body,"
                + " front)");
    assertThat(issue("project(cuboid(0, 0, 10, 1, 1, 1, 0))"))
        .startsWith("'project' needs a calibration, and the stream declares none; add");
    assertThat(issue(FRONT, "project(cuboid(0, 0, 10, 1, 1, 1, 0), frond)"))
        .contains("did you mean 'front'?");
    assertThat(issue(FRONT, "project(rect(0, 0, 1, 1))"))
        .isEqualTo("project takes (cuboid, list of numbers), got (rect)");
  }

  @Test
  void aCalibrationIsThreeRowsOfFour() {
    String wrong = "a calibration is three rows of four numbers; as in: ";
    for (String matrix :
        new String[] {
          "[1, 2, 3]", "[[1, 0, 0, 0], [0, 1, 0], [0, 0, 1, 0]]", "7", "[1, 2, \"x\"]", "[]"
        }) {
      assertThat(issue("calibration c = " + matrix, "1")).as(matrix).startsWith(wrong);
    }
    assertThat(issue("calibration c = [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0]]", "1"))
        .startsWith("the third row gives the depth; with zeros alone there is none");
    assertThat(issue(FRONT + FRONT, "1"))
        .isEqualTo("stream 's' has a field or calibration 'front' already");
  }

  @Test
  void aFieldMayBeCalledCalibration() {
    assertThat(issue("calibration double", "calibration > 0.5")).isEmpty();
  }
}
