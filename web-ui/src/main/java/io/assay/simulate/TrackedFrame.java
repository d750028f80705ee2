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
   * @param track the tracker's name for it, empty until it has one; a new one when it comes back
   *     after a second or more
   * @param age frames in a row before this one in which it had a name; two fewer where it is back
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
