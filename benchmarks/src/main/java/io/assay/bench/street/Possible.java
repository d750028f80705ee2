package io.assay.bench.street;

import io.assay.bench.street.Flag.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that an assertion could have flagged in a drive; the share of it that is wrong is what
 * flags given at random would find.
 */
final class Possible {
  private Possible() {}

  /**
   * For {@code multibox} each frame, for {@code camera_alive} each span between two frames, for
   * {@code agree} each box of either sensor, for the others each track in each event from its first
   * sighting to its last.
   */
  static List<Flag> flags(String assertion, Drive drive) {
    return switch (assertion) {
      case "multibox" -> moments(assertion, drive, 0);
      case "camera_alive" -> moments(assertion, drive, Flag.FRAME);
      case "agree" -> boxes(assertion, drive);
      default -> tracks(assertion, drive);
    };
  }

  private static List<Flag> moments(String assertion, Drive drive, long before) {
    return drive.tracks().keySet().stream()
        .map(at -> new Flag(assertion, new Subject.Stream(), at - before, at))
        .toList();
  }

  private static List<Flag> boxes(String assertion, Drive drive) {
    List<Flag> boxes = new ArrayList<>();
    drive
        .tracks()
        .forEach(
            (at, tracks) ->
                tracks.forEach(
                    track -> boxes.add(new Flag(assertion, new Subject.Track(track), at, at))));
    drive
        .objects()
        .forEach(
            (at, objects) ->
                objects.forEach(
                    user -> boxes.add(new Flag(assertion, new Subject.RoadUser(user), at, at))));
    return boxes;
  }

  private static List<Flag> tracks(String assertion, Drive drive) {
    var inOrder = new TreeMap<>(drive.tracks());
    Map<String, Long> last = new HashMap<>();
    inOrder.forEach((at, tracks) -> tracks.forEach(track -> last.put(track, at)));
    List<Flag> flags = new ArrayList<>();
    var open = new HashSet<String>();
    inOrder.forEach(
        (at, tracks) -> {
          tracks.stream().filter(track -> !track.isEmpty()).forEach(open::add);
          open.forEach(track -> flags.add(new Flag(assertion, new Subject.Track(track), at, at)));
          open.removeIf(track -> at.equals(last.get(track)));
        });
    return flags;
  }
}
