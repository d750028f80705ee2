package io.assay.simulate;

import java.util.List;
import java.util.Optional;

/**
 * What both sensors say of a frame, errors included.
 *
 * @param camera empty in a silence
 * @param scans in order of time
 */
record SensedFrame(TrackedFrame truth, Optional<List<CameraBox>> camera, List<Scan> scans) {
  SensedFrame {
    camera = camera.map(List::copyOf);
    scans = List.copyOf(scans);
  }

  /**
   * A turn of the LIDAR, which ends between this frame and the next.
   *
   * @param at epoch milliseconds
   * @param missed what it would report without an error
   */
  record Scan(long at, List<LidarBox> boxes, List<LidarBox> missed) {
    Scan {
      boxes = List.copyOf(boxes);
      missed = List.copyOf(missed);
    }
  }

  /**
   * A box in the image.
   *
   * @param track its identity; empty until the tracker has named it
   */
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
