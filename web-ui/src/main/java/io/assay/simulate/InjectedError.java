package io.assay.simulate;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An error that the simulator has put into the detectors' output.
 *
 * @param tracks the identities whose boxes are wrong, missing or invented; empty for a silence
 * @param object the road user, null where there is none
 * @param from first frame
 * @param to last frame
 * @param label the wrong class, for a change of label or an invented box
 * @param box an invented box, or null
 * @param right by how many pixels a box jumps
 * @param score of an invented or doubted box
 */
record InjectedError(
    ErrorKind kind,
    Set<String> tracks,
    @Nullable Integer object,
    int from,
    int to,
    @Nullable RoadUser label,
    @Nullable Box box,
    double right,
    double score) {
  InjectedError {
    tracks = Set.copyOf(tracks);
  }

  int frames() {
    return to - from + 1;
  }

  InjectedError withLabel(RoadUser wrong) {
    return new InjectedError(kind, tracks, object, from, to, wrong, box, right, score);
  }

  InjectedError withRight(double pixels) {
    return new InjectedError(kind, tracks, object, from, to, label, box, pixels, score);
  }

  InjectedError withScore(double doubt) {
    return new InjectedError(kind, tracks, object, from, to, label, box, right, doubt);
  }

  InjectedError withTracks(Set<String> others) {
    return new InjectedError(kind, others, object, from, to, label, box, right, score);
  }
}
