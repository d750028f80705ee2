package io.assay.web.labels;

import io.assay.web.labels.Scene.Box;
import io.assay.web.media.MediaFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What moves in a video, each as one region with a key frame for every frame: Label Studio does not
 * interpolate what was imported. Between two events in which something is, it moves in a straight
 * line; before one in which it is not, and at the sample's end, its last key frame is disabled,
 * which hides it from the next frame on until it is back.
 */
final class LabelStudioVideo {
  private final ExportSample sample;
  private final VideoTiming timing;
  private final MediaFiles.Size size;
  private final List<Seen> seen = new ArrayList<>();

  /** The scenes that have a frame of their own. */
  private record Seen(int frame, Scene scene) {}

  private record Track(String kind, String identity) {}

  LabelStudioVideo(ExportSample sample, VideoTiming timing, MediaFiles.Size size) {
    this.sample = sample;
    this.timing = timing;
    this.size = size;
    int last = 0;
    long firstAt = sample.scenes().getFirst().at();
    for (Scene scene : sample.scenes()) {
      int frame = timing.frame(scene, firstAt);
      if (frame > last) {
        seen.add(new Seen(frame, scene));
        last = frame;
      }
    }
  }

  void regions(ArrayNode result) {
    int number = 0;
    for (Map.Entry<Track, Map<Integer, Box>> track : tracks().entrySet()) {
      ObjectNode region = result.addObject();
      region.put("id", sample.source().prediction() + "-" + number++);
      region.put("type", "videorectangle");
      region.put("from_name", LabelStudioConfig.VIDEO_BOXES).put("to_name", "video");
      region.put("original_width", size.width()).put("original_height", size.height());
      ObjectNode value = region.putObject("value");
      value.put("framesCount", seen.getLast().frame());
      value.put("duration", timing.seconds(seen.getLast().frame() + 1));
      value.putArray("labels").add(LabelStudioConfig.named(track.getKey().kind()));
      sequence(value.putArray("sequence"), track.getValue());
    }
  }

  /** By place among the frames; what nothing tells apart is a track of its own. */
  private Map<Track, Map<Integer, Box>> tracks() {
    var tracks = new LinkedHashMap<Track, Map<Integer, Box>>();
    for (int i = 0; i < seen.size(); i++) {
      int unnamed = 0;
      for (Box box : seen.get(i).scene().boxes()) {
        Optional<Box> inside = box.within(size);
        if (inside.isPresent()) {
          String name = box.identity().isEmpty() ? "\0" + i + "/" + unnamed++ : box.identity();
          tracks
              .computeIfAbsent(new Track(box.kind(), name), ignored -> new LinkedHashMap<>())
              .put(i, inside.get());
        }
      }
    }
    return tracks;
  }

  private void sequence(ArrayNode sequence, Map<Integer, Box> boxes) {
    for (Map.Entry<Integer, Box> at : boxes.entrySet()) {
      int place = at.getKey();
      Box next = boxes.get(place + 1);
      int frame = seen.get(place).frame();
      if (next == null) {
        key(sequence.addObject(), frame, at.getValue(), false);
      } else {
        int until = seen.get(place + 1).frame();
        for (int f = frame; f < until; f++) {
          double share = (double) (f - frame) / (until - frame);
          key(sequence.addObject(), f, between(at.getValue(), next, share), true);
        }
      }
    }
  }

  private void key(ObjectNode key, int frame, Box box, boolean enabled) {
    key.put("frame", frame).put("time", timing.seconds(frame));
    Percent.put(key, box, size);
    key.put("enabled", enabled);
  }

  private static Box between(Box a, Box b, double share) {
    return new Box(
        a.kind(),
        a.identity(),
        OptionalDouble.empty(),
        a.x() + (b.x() - a.x()) * share,
        a.y() + (b.y() - a.y()) * share,
        a.width() + (b.width() - a.width()) * share,
        a.height() + (b.height() - a.height()) * share,
        a.corrected());
  }
}
