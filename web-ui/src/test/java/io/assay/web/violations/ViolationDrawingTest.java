package io.assay.web.violations;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.web.system.Moment;
import io.assay.web.violations.Frame.Box;
import io.assay.web.violations.Frame.Kind;
import io.assay.web.violations.Lanes.Lane;
import io.assay.web.violations.Lanes.Stretch;
import io.assay.web.violations.Lanes.Tick;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ViolationDrawingTest {
  private static final Lanes GAP =
      new Lanes(
          List.of(tick(0, 0), tick(500, 100), tick(1000, 200)),
          List.of(
              new Lane(
                  "t5", true, List.of(0.0, 1000.0), List.of(), List.of(new Stretch(0, 1000)))));

  /** A frame of 400 x 100 pixels is drawn twice as large. */
  private static Frame frame(Box... boxes) {
    return new Frame(
        0,
        "e",
        Moment.ofNanos(0),
        "0 ms",
        "gap",
        Optional.empty(),
        Optional.empty(),
        400,
        100,
        List.of(boxes),
        true,
        "{}",
        List.of());
  }

  @Test
  void theGapAndWhereItWasLastSeenAreRed() {
    BufferedImage picture =
        ViolationDrawing.of(
            frame(new Box(100, 20, 50, 40, "car", Kind.LAST_KNOWN)), Optional.empty(), GAP);
    assertThat(picture.getWidth()).isEqualTo(800);
    assertThat(picture.getHeight()).isGreaterThan(200);
    assertThat(colour(picture, 202, 40)).isEqualTo(ViolationDrawing.MISSING);
    assertThat(colour(picture, 460, picture.getHeight() - 25)).isEqualTo(ViolationDrawing.MISSING);
    assertThat(colour(picture, 700, 100)).isEqualTo(ViolationDrawing.GROUND);
  }

  @Test
  void boxesLieOnTheImage() {
    var image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, Color.GREEN.getRGB());
    BufferedImage picture = ViolationDrawing.of(frame(), Optional.of(image), GAP);
    assertThat(colour(picture, 400, 100)).isEqualTo(Color.GREEN);
  }

  @Test
  void aCaptionStaysInThePicture() {
    BufferedImage picture =
        ViolationDrawing.of(
            frame(new Box(390, 40, 10, 10, "a pedestrian 0.93", Kind.SUBJECT)),
            Optional.empty(),
            GAP);
    // Written below the box, of which nothing is further to the left.
    boolean written = false;
    for (int x = 600; x < 700; x++) {
      for (int y = 100; y < 160; y++) {
        written |= !colour(picture, x, y).equals(ViolationDrawing.GROUND);
      }
    }
    assertThat(written).isTrue();
  }

  @Test
  void ofOneEventThereAreNoLanes() {
    var one = new Lanes(List.of(tick(0, 0)), GAP.lanes());
    assertThat(ViolationDrawing.of(frame(), Optional.empty(), one).getHeight()).isEqualTo(200);
  }

  private static Color colour(BufferedImage picture, int x, int y) {
    return new Color(picture.getRGB(x, y));
  }

  private static Tick tick(double x, int millis) {
    return new Tick(x, "+" + millis + " ms", Moment.ofNanos(millis * 1_000_000L));
  }
}
