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
 * @param tracks identities of the boxes in the camera's event, in their order; empty where one has
 *     none yet
 * @param lidar what the LIDAR turned out between this frame and the next
 * @param truth what there was to see
 * @param errors injected errors that ended a short while before, with what rules can see of them
 */
public record StreetFrame(
    String vehicle,
    int number,
    String image,
    long at,
    Optional<String> camera,
    List<String> tracks,
    List<LidarScan> lidar,
    String truth,
    List<KnownError> errors,
    Picture picture) {
  public StreetFrame {
    tracks = List.copyOf(tracks);
    lidar = List.copyOf(lidar);
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
