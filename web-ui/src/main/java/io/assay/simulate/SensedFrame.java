package io.assay.simulate;

import java.util.List;
import java.util.Optional;

/**
 * What both sensors say of a frame, errors included.
 *
 * @param camera empty in a silence
 */
record SensedFrame(TrackedFrame truth, Optional<List<CameraBox>> camera, List<LidarBox> lidar) {
  SensedFrame {
    camera = camera.map(List::copyOf);
    lidar = List.copyOf(lidar);
  }

  /** The LIDAR's frame is ready this much after the camera's. */
  static final int LIDAR_DELAY = 12;

  record CameraBox(String track, RoadUser label, double score, Box box) {
    /** As the rules filter. */
    boolean counts() {
      return score >= 0.5;
    }
  }

  /** A cuboid in camera coordinates and its box in the image. */
  record LidarBox(Sighting sighting, double score, Box box) {
    int object() {
      return sighting.thing().id();
    }

    /** In metres, to a hundredth, as it is reported. */
    double distance() {
      return Math.round(sighting.distance() * 100) / 100.0;
    }
  }

  int frame() {
    return truth.frame();
  }

  long at() {
    return truth.view().snapshot().at();
  }
}
