package io.assay.simulate;

import java.util.List;

/** A frame with what a faultless detector reports of it. */
record TrackedFrame(View view, List<Tracked> tracked) {
  TrackedFrame {
    tracked = List.copyOf(tracked);
  }

  /**
   * A road user that a faultless detector reports.
   *
   * @param track the tracker's name for it; a new one when it comes back after having been hidden
   * @param age frames since the track began
   */
  record Tracked(String track, Sighting sighting, int age) {
    int object() {
      return sighting.thing().id();
    }
  }

  int frame() {
    return view.snapshot().frame();
  }
}
