package io.assay.simulate;

import io.assay.simulate.SensedFrame.CameraBox;
import io.assay.simulate.SensedFrame.LidarBox;
import io.assay.simulate.SensedFrame.Scan;
import io.assay.simulate.TrackedFrame.Tracked;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The street's events, truth and errors as JSON objects. */
final class StreetJson {
  private static final String MODEL_VERSION = "1.4.0";

  /** What is smaller, in pixels, is no truth worth telling. */
  private static final double SMALLEST = 12;

  private static final JsonFactory JSON = JsonFactory.builder().build();

  private final String vehicle;

  StreetJson(String vehicle) {
    this.vehicle = vehicle;
  }

  private String object(Consumer<JsonGenerator> content) {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("vehicle", vehicle);
      content.accept(json);
      json.writeEndObject();
    }
    return text.toString();
  }

  String camera(SensedFrame frame, List<CameraBox> boxes, String imageUrl) {
    return object(
        json -> {
          json.writeNumberProperty("at", frame.at());
          json.writeStringProperty("image_url", imageUrl);
          json.writeStringProperty("model_version", MODEL_VERSION);
          json.writeNumberProperty("frame", frame.frame());
          json.writeStringProperty(
              "weather", frame.truth().view().snapshot().weather().sky().label());
          json.writeArrayPropertyStart("boxes");
          for (CameraBox box : boxes) {
            json.writeStartObject();
            name(json, box.track());
            json.writeStringProperty("label", box.label().label());
            json.writeNumberProperty("score", box.score());
            corners(json, "bbox", box.box());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  String lidar(Scan scan) {
    return object(
        json -> {
          json.writeNumberProperty("at", scan.at());
          json.writeArrayPropertyStart("boxes");
          for (LidarBox box : scan.boxes()) {
            json.writeStartObject();
            json.writeStringProperty("label", box.sighting().thing().user().label());
            json.writeNumberProperty("score", box.score());
            json.writeArrayPropertyStart("area");
            json.writeNumber(box.box().x1());
            json.writeNumber(box.box().y1());
            json.writeNumber(Box.tenth(box.box().width()));
            json.writeNumber(Box.tenth(box.box().height()));
            json.writeEndArray();
            json.writeNumberProperty("distance", box.distance());
            cuboid(json, box.sighting());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /**
   * As KITTI has it: the middle of the cuboid's bottom in camera coordinates, rot_y 0 to the right.
   */
  private static void cuboid(JsonGenerator json, Sighting sighting) {
    Thing thing = sighting.thing();
    number(json, "x", sighting.right());
    number(json, "y", Camera.ABOVE_GROUND);
    number(json, "z", sighting.ahead());
    number(json, "h", thing.height());
    number(json, "w", thing.width());
    number(json, "l", thing.length());
    number(
        json,
        "rot_y",
        StrictMath.IEEEremainder(sighting.turn() - StrictMath.PI / 2, 2 * StrictMath.PI));
  }

  String truth(SensedFrame frame) {
    Snapshot snapshot = frame.truth().view().snapshot();
    return object(
        json -> {
          json.writeNumberProperty("at", frame.at());
          json.writeNumberProperty("frame", frame.frame());
          json.writeStringProperty("weather", snapshot.weather().sky().label());
          number(json, "daylight", snapshot.weather().daylight());
          number(json, "speed", snapshot.speed());
          json.writeArrayPropertyStart("objects");
          for (Sighting sighting : frame.truth().view().sightings()) {
            if (sighting.whole().height() >= SMALLEST) {
              object(json, sighting, frame.truth().tracked());
            }
          }
          json.writeEndArray();
        });
  }

  private static void object(JsonGenerator json, Sighting sighting, List<Tracked> tracked) {
    Thing thing = sighting.thing();
    json.writeStartObject();
    json.writeNumberProperty("object", thing.id());
    json.writeStringProperty("label", thing.user().label());
    name(
        json,
        tracked.stream()
            .filter(other -> other.object() == thing.id())
            .findFirst()
            .map(Tracked::track)
            .orElse(""));
    corners(json, "box", sighting.box().rounded());
    number(json, "visible", sighting.visible());
    number(json, "truncated", sighting.truncated());
    number(json, "distance", sighting.distance());
    number(json, "speed", thing.speed());
    cuboid(json, sighting);
    json.writeEndObject();
  }

  String error(InjectedError error, long from, long to, Map<String, Sights.Sight> sights) {
    return object(
        json -> {
          json.writeStringProperty("kind", error.kind().label());
          json.writeStringProperty("sensor", error.kind().sensor());
          json.writeArrayPropertyStart("tracks");
          error.tracks().stream().sorted().forEach(json::writeString);
          json.writeEndArray();
          if (error.object() != null) {
            json.writeNumberProperty("object", error.object());
          }
          if (error.label() != null) {
            json.writeStringProperty("label", error.label().label());
          }
          json.writeNumberProperty("from", from);
          json.writeNumberProperty("to", to);
          json.writeNumberProperty("fromFrame", error.from());
          json.writeNumberProperty("toFrame", error.to());
          json.writeNumberProperty("frames", error.frames());
          json.writeArrayPropertyStart("visibleTo");
          sights.forEach(
              (rule, sight) -> {
                if (sight.visible()) {
                  json.writeString(rule);
                }
              });
          json.writeEndArray();
          json.writeObjectPropertyStart("why");
          sights.forEach((rule, sight) -> json.writeStringProperty(rule, sight.reason()));
          json.writeEndObject();
        });
  }

  private static void name(JsonGenerator json, String track) {
    json.writeName("track");
    if (track.isEmpty()) {
      json.writeNull();
    } else {
      json.writeString(track);
    }
  }

  private static void corners(JsonGenerator json, String name, Box box) {
    json.writeArrayPropertyStart(name);
    json.writeNumber(box.x1());
    json.writeNumber(box.y1());
    json.writeNumber(box.x2());
    json.writeNumber(box.y2());
    json.writeEndArray();
  }

  private static void number(JsonGenerator json, String name, double value) {
    json.writeNumberProperty(name, Math.round(value * 1000) / 1000.0);
  }
}
