package io.assay.simulate;

import java.util.List;
import java.util.Optional;

/**
 * One frame of one vehicle, as its sensors tell it and as it was. Texts are JSON objects without a
 * line end.
 *
 * @param image path of the picture after the settings' prefix, as in {@code v1/000001.png}
 * @param at epoch milliseconds
 * @param camera the camera's event; empty while the camera is silent
 * @param lidar the LIDAR's event, {@code at} a few milliseconds later
 * @param truth what there was to see
 * @param errors injected errors that ended a short while before, with what rules can see of them
 */
public record StreetFrame(
    String vehicle,
    int number,
    String image,
    long at,
    Optional<String> camera,
    String lidar,
    String truth,
    List<String> errors,
    Picture picture) {
  public StreetFrame {
    errors = List.copyOf(errors);
  }

  /** Draws the picture when it is asked for, and each time it is. */
  public byte[] png() {
    return picture.png();
  }

  /** A picture that is not drawn yet. */
  public static final class Picture {
    private final Snapshot snapshot;

    Picture(Snapshot snapshot) {
      this.snapshot = snapshot;
    }

    byte[] png() {
      return Png.encode(FrameRenderer.render(snapshot));
    }
  }
}
