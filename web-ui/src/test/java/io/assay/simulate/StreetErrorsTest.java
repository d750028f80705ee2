package io.assay.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.simulate.RecordedStreet.Seen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Reads the street by the rules' definitions, without the engine: every error said to be visible is
 * found, and what is found besides was never made out, or did move.
 */
class StreetErrorsTest {
  static List<Long> seeds() {
    return RecordedStreet.seeds();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void itsFlickersAreErrorsOrRoadUsersThatWereHidden(long seed) {
    RecordedStreet street = RecordedStreet.of(seed);
    Set<KnownError> found = new HashSet<>();
    int hidden = 0;
    for (Map.Entry<String, List<Seen>> track : street.tracks().entrySet()) {
      List<Seen> seen = track.getValue().stream().filter(s -> s.score() >= 0.5).toList();
      for (int i = 1; i < seen.size(); i++) {
        Seen last = seen.get(i - 1);
        Seen back = seen.get(i);
        if (back.event() - last.event() > 1 && back.at() - last.at() < 500) {
          List<KnownError> errors =
              street.explaining("flicker", track.getKey(), last.at(), back.at());
          found.addAll(errors);
          if (errors.isEmpty()) {
            hidden++;
            assertGone(street, track.getKey(), last.at(), back.at());
          }
        }
      }
    }
    assertThat(found).hasSameElementsAs(street.visibleTo("flicker")).hasSizeGreaterThan(100);
    assertThat(hidden).as("flickers that are no errors").isGreaterThan(5);
  }

  private static void assertGone(RecordedStreet street, String track, long last, long back) {
    int object = street.tracked(track, last).orElseThrow().get("object").intValue();
    for (long at = last + 100; at < back; at += 100) {
      assertThat(street.object(object, at).filter(RecordedStreet::isPlain))
          .as("%s, gone from %d to %d, at %d", track, last, back, at)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void itsBlinksAreErrorsOrGlimpses(long seed) {
    RecordedStreet street = RecordedStreet.of(seed);
    long end = street.camera().getLast().get("at").longValue();
    Set<KnownError> found = new HashSet<>();
    int glimpses = 0;
    for (Map.Entry<String, List<Seen>> track : street.tracks().entrySet()) {
      List<Seen> seen = track.getValue().stream().filter(s -> s.score() >= 0.5).toList();
      int first = 0;
      for (int i = 0; i < seen.size(); i++) {
        if (i + 1 == seen.size() || seen.get(i + 1).at() - seen.get(i).at() >= 300) {
          Seen from = seen.get(first);
          Seen to = seen.get(i);
          if (to.at() - from.at() < 300 && end - to.at() >= 300 && from.event() > 0) {
            List<KnownError> errors =
                street.explaining("appear", track.getKey(), from.at(), to.at());
            found.addAll(errors);
            if (errors.isEmpty()) {
              glimpses++;
              assertGone(street, track.getKey(), to.at(), to.at() + 200);
            }
          }
          first = i + 1;
        }
      }
    }
    assertThat(found).containsAll(street.visibleTo("appear")).hasSizeGreaterThan(50);
    assertThat(glimpses).as("blinks that are no errors").isGreaterThan(5);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void itsJumpsAreErrorsOrRoadUsersThatPassByFast(long seed) {
    RecordedStreet street = RecordedStreet.of(seed);
    Set<KnownError> found = new HashSet<>();
    int fast = 0;
    for (Map.Entry<String, List<Seen>> track : street.tracks().entrySet()) {
      for (int i = 1; i < track.getValue().size(); i++) {
        Seen last = track.getValue().get(i - 1);
        Seen next = track.getValue().get(i);
        double way = last.box().distance(next.box());
        if (way * 1000 / (next.at() - last.at()) > 400) {
          List<KnownError> errors =
              street.explaining("no_jump", track.getKey(), last.at(), next.at());
          found.addAll(errors);
          if (errors.isEmpty()) {
            fast++;
            Box there = box(street.tracked(track.getKey(), last.at()));
            Box here = box(street.tracked(track.getKey(), next.at()));
            assertThat(there.distance(here))
                .as("%s at %d moved %f", track.getKey(), next.at(), way)
                .isGreaterThan(0.6 * way);
          }
        }
      }
    }
    assertThat(found).containsAll(street.visibleTo("no_jump")).hasSizeGreaterThan(10);
    assertThat(fast).as("jumps that are no errors").isGreaterThan(50);
  }

  private static Box box(Optional<JsonNode> object) {
    return RecordedStreet.corners(object.orElseThrow().get("box"));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatAgreeSeesIsSeenByOneSensorAlone(long seed) {
    RecordedStreet street = RecordedStreet.of(seed);
    Set<KnownError> found = new HashSet<>();
    List<String> hidden = new ArrayList<>();
    List<String> plainly = new ArrayList<>();
    for (JsonNode event : street.camera()) {
      long at = event.get("at").longValue();
      List<JsonNode> camera = event.get("boxes").valueStream().toList();
      List<JsonNode> lidar = nearest(street, at).get("boxes").valueStream().toList();
      Stream<String> tracks =
          camera.stream()
              .filter(box -> box.get("score").doubleValue() >= 0.5)
              .filter(box -> lidar.stream().noneMatch(l -> overlap(box, l)))
              .map(box -> box.get("track").stringValue(""));
      tracks.forEach(track -> found.addAll(street.explaining("agree", track, at, at)));
      lidar.stream()
          .filter(l -> l.get("score").doubleValue() >= 2)
          .filter(l -> l.get("distance").doubleValue() <= 40)
          .filter(l -> camera.stream().noneMatch(box -> overlap(box, l)))
          .forEach(
              l -> {
                int object = object(street, l, at);
                List<KnownError> errors =
                    street.visibleTo("agree").stream()
                        .filter(error -> error.from() <= at && error.to() >= at)
                        .filter(error -> error.object().equals(OptionalInt.of(object)))
                        .toList();
                found.addAll(errors);
                if (errors.isEmpty()) {
                  boolean plain =
                      street.object(object, at).filter(RecordedStreet::isPlain).isPresent();
                  (plain ? plainly : hidden).add(object + " at " + at);
                }
              });
    }
    assertThat(found).containsAll(street.visibleTo("agree")).hasSizeGreaterThan(100);
    assertThat(hidden).as("seen by the LIDAR alone, and no error").hasSizeGreaterThan(50);
    // The LIDAR's turn is up to 40 ms away, in which somebody may come out from behind a car.
    assertThat(plainly.size()).as("%s", plainly).isLessThan(hidden.size() / 20);
  }

  /** Whose a LIDAR's box is, by where its cuboid stands. */
  private static int object(RecordedStreet street, JsonNode lidar, long at) {
    return street.objects(at).stream()
        .min(
            Comparator.comparingDouble(
                object ->
                    Math.hypot(
                        object.get("x").doubleValue() - lidar.get("x").doubleValue(),
                        object.get("z").doubleValue() - lidar.get("z").doubleValue())))
        .orElseThrow()
        .get("object")
        .intValue();
  }

  private static JsonNode nearest(RecordedStreet street, long at) {
    long before = Optional.ofNullable(street.lidar().floorKey(at)).orElse(Long.MIN_VALUE / 2);
    long after = Optional.ofNullable(street.lidar().ceilingKey(at)).orElse(Long.MAX_VALUE / 2);
    long nearest = at - before <= after - at ? before : after;
    assertThat(Math.abs(nearest - at))
        .as("from %d to a turn of the LIDAR", at)
        .isLessThanOrEqualTo(50);
    return Objects.requireNonNull(street.lidar().get(nearest));
  }

  private static boolean overlap(JsonNode camera, JsonNode lidar) {
    JsonNode a = lidar.get("area");
    double x = a.get(0).doubleValue();
    double y = a.get(1).doubleValue();
    Box box = new Box(x, y, x + a.get(2).doubleValue(), y + a.get(3).doubleValue());
    return RecordedStreet.corners(camera.get("bbox")).iou(box) > 0;
  }
}
