package io.assay.simulate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Ten minutes of a street, read back from the JSON that users get. */
record RecordedStreet(
    List<JsonNode> camera,
    TreeMap<Long, JsonNode> lidar,
    Map<Long, JsonNode> truth,
    List<KnownError> errors,
    Map<String, List<Seen>> tracks) {
  static final long MORNING = Instant.parse("2026-03-02T08:00:00Z").toEpochMilli();
  static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Map<Long, RecordedStreet> STREETS = new HashMap<>();

  /** One sighting of a track, as its consumer sees it. */
  record Seen(int event, long at, double score, Box box) {}

  static List<Long> seeds() {
    return List.of(1L, 2L);
  }

  static RecordedStreet of(long seed) {
    return STREETS.computeIfAbsent(
        seed, s -> read(new StreetSimulation(new StreetSettings(s, 1, MORNING, 6000, ""))));
  }

  private static RecordedStreet read(StreetSimulation simulation) {
    var street =
        new RecordedStreet(
            new ArrayList<>(),
            new TreeMap<>(),
            new HashMap<>(),
            new ArrayList<>(),
            new TreeMap<>());
    simulation
        .frames()
        .forEachRemaining(
            frame -> {
              frame.camera().map(JSON::readTree).ifPresent(street.camera::add);
              frame
                  .lidar()
                  .forEach(scan -> street.lidar.put(scan.at(), JSON.readTree(scan.event())));
              street.truth.put(frame.at(), JSON.readTree(frame.truth()));
              street.errors.addAll(frame.errors());
            });
    for (int event = 0; event < street.camera.size(); event++) {
      JsonNode frame = street.camera.get(event);
      for (JsonNode box : frame.get("boxes")) {
        if (!box.get("track").isNull()) {
          street
              .tracks
              .computeIfAbsent(box.get("track").stringValue(), track -> new ArrayList<>())
              .add(
                  new Seen(
                      event,
                      frame.get("at").longValue(),
                      box.get("score").doubleValue(),
                      corners(box.get("bbox"))));
        }
      }
    }
    return street;
  }

  List<KnownError> visibleTo(String rule) {
    return errors.stream().filter(error -> error.visibleTo().contains(rule)).toList();
  }

  /** Errors that a rule should see and that explain what was found on a track at a time. */
  List<KnownError> explaining(String rule, String track, long from, long to) {
    return visibleTo(rule).stream()
        .filter(error -> error.from() <= to + 400 && error.to() >= from - 400)
        .filter(error -> error.kind().equals("silence") || error.tracks().contains(track))
        .toList();
  }

  /** The road user that a faultless detector would report under a track's name. */
  Optional<JsonNode> tracked(String track, long at) {
    return objects(at).stream()
        .filter(object -> object.get("track").stringValue("").equals(track))
        .findFirst();
  }

  Optional<JsonNode> object(int number, long at) {
    return objects(at).stream()
        .filter(object -> object.get("object").intValue() == number)
        .findFirst();
  }

  List<JsonNode> objects(long at) {
    return Objects.requireNonNull(truth.get(at)).get("objects").valueStream().toList();
  }

  /** Whether a detector has no excuse for not seeing it. */
  static boolean isPlain(JsonNode object) {
    return object.get("visible").doubleValue() >= 0.6
        && object.get("truncated").doubleValue() <= 0.4
        && corners(object.get("box")).height() >= 24;
  }

  static Box corners(JsonNode b) {
    return new Box(
        b.get(0).doubleValue(),
        b.get(1).doubleValue(),
        b.get(2).doubleValue(),
        b.get(3).doubleValue());
  }
}
