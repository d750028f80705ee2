package io.assay.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StreetSimulationTest {
  private static final long MORNING = Instant.parse("2026-03-02T08:00:00Z").toEpochMilli();
  private static final long NIGHT = Instant.parse("2026-03-02T23:00:00Z").toEpochMilli();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** One sighting of a track, as its consumer sees it. */
  private record Seen(int event, long at, double score, double x, double y) {}

  /** A recording, read back from its JSON. */
  private record Recording(
      List<JsonNode> camera,
      List<JsonNode> lidar,
      List<JsonNode> errors,
      Map<String, List<Seen>> tracks) {
    long errorsVisibleTo(String rule) {
      return errors.stream().filter(error -> visible(error, rule)).count();
    }
  }

  private static final Map<Long, Recording> RECORDINGS = new HashMap<>();

  static List<Long> seeds() {
    return List.of(1L, 2L);
  }

  private static Recording recording(long seed) {
    return RECORDINGS.computeIfAbsent(
        seed, s -> read(new StreetSimulation(new StreetSettings(s, 1, MORNING, 6000, ""))));
  }

  private static Recording read(StreetSimulation simulation) {
    var recording =
        new Recording(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new TreeMap<>());
    for (Iterator<StreetFrame> frames = simulation.frames(); frames.hasNext(); ) {
      StreetFrame frame = frames.next();
      frame.camera().map(JSON::readTree).ifPresent(recording.camera()::add);
      recording.lidar().add(JSON.readTree(frame.lidar()));
      frame.errors().stream().map(JSON::readTree).forEach(recording.errors()::add);
    }
    for (int event = 0; event < recording.camera().size(); event++) {
      JsonNode frame = recording.camera().get(event);
      for (JsonNode box : frame.get("boxes")) {
        JsonNode b = box.get("bbox");
        double x = (b.get(0).doubleValue() + b.get(2).doubleValue()) / 2;
        double y = (b.get(1).doubleValue() + b.get(3).doubleValue()) / 2;
        recording
            .tracks()
            .computeIfAbsent(box.get("track").stringValue(), track -> new ArrayList<>())
            .add(
                new Seen(event, frame.get("at").longValue(), box.get("score").doubleValue(), x, y));
      }
    }
    return recording;
  }

  private static boolean visible(JsonNode error, String rule) {
    return error.get("visibleTo").valueStream().anyMatch(name -> name.stringValue().equals(rule));
  }

  /** Whether an error that a rule should see explains what was found on a track at a time. */
  private static boolean explains(JsonNode error, String rule, String track, long from, long to) {
    boolean near =
        error.get("from").longValue() <= to + 400 && error.get("to").longValue() >= from - 400;
    boolean itsTrack =
        error.get("kind").stringValue().equals("silence")
            || error.get("tracks").valueStream().anyMatch(name -> name.stringValue().equals(track));
    return near && itsTrack && visible(error, rule);
  }

  @Test
  void equalSeedsGiveEqualBytes() {
    var settings = new StreetSettings(5, 2, MORNING, 120, "frames/");
    Iterator<StreetFrame> one = new StreetSimulation(settings).frames();
    Iterator<StreetFrame> two = new StreetSimulation(settings).frames();
    while (one.hasNext()) {
      StreetFrame a = one.next();
      StreetFrame b = two.next();
      assertThat(a.camera()).isEqualTo(b.camera());
      assertThat(List.of(a.lidar(), a.truth(), a.errors()))
          .isEqualTo(List.of(b.lidar(), b.truth(), b.errors()));
      if (a.number() % 40 == 0) {
        assertThat(a.png()).isEqualTo(b.png());
      }
    }
    assertThat(two.hasNext()).isFalse();
  }

  @Test
  void otherSeedsAndVehiclesGiveOtherStreets() {
    var two = new StreetSimulation(new StreetSettings(5, 2, MORNING, 1, "")).frames();
    var other = new StreetSimulation(new StreetSettings(6, 1, MORNING, 1, "")).frames();
    StreetFrame first = two.next();
    StreetFrame second = two.next();

    assertThat(List.of(first.vehicle(), second.vehicle())).containsExactly("v1", "v2");
    assertThat(first.truth().replace("v1", "v2")).isNotEqualTo(second.truth());
    assertThat(first.truth()).isNotEqualTo(other.next().truth());
  }

  @Test
  void anEndlessStreetGoesOnAndEndsInNoError() {
    var frames =
        new StreetSimulation(new StreetSettings(5, 1, MORNING, StreetSettings.ENDLESS, ""))
            .frames();
    for (int i = 1; i <= 300; i++) {
      StreetFrame frame = frames.next();
      assertThat(frame.number()).isEqualTo(i);
      assertThat(frame.at()).isEqualTo(MORNING + (i - 1) * 100L);
    }
    assertThat(frames.hasNext()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void boxesLieInTheImageAndScoresAreRatios(long seed) {
    for (JsonNode event : recording(seed).camera()) {
      for (JsonNode box : event.get("boxes")) {
        JsonNode b = box.get("bbox");
        assertThat(b.get(0).doubleValue()).isBetween(0.0, b.get(2).doubleValue());
        assertThat(b.get(1).doubleValue()).isBetween(0.0, b.get(3).doubleValue());
        assertThat(b.get(2).doubleValue()).isLessThanOrEqualTo(1242);
        assertThat(b.get(3).doubleValue()).isLessThanOrEqualTo(375);
        assertThat(box.get("score").doubleValue()).isBetween(0.0, 1.0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void itsFlickersAreExactlyTheErrorsThatFlickerSees(long seed) {
    Recording recording = recording(seed);
    int flickers = 0;
    for (Map.Entry<String, List<Seen>> track : recording.tracks().entrySet()) {
      List<Seen> seen = track.getValue().stream().filter(s -> s.score() >= 0.5).toList();
      for (int i = 1; i < seen.size(); i++) {
        Seen last = seen.get(i - 1);
        Seen back = seen.get(i);
        if (back.event() - last.event() > 1 && back.at() - last.at() < 500) {
          flickers++;
          assertThat(recording.errors())
              .as("%s gone from %d to %d", track.getKey(), last.at(), back.at())
              .anyMatch(e -> explains(e, "flicker", track.getKey(), last.at(), back.at()));
        }
      }
    }
    assertThat(flickers).isEqualTo((int) recording.errorsVisibleTo("flicker")).isGreaterThan(100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void itsBlinksAreErrorsThatAppearSees(long seed) {
    Recording recording = recording(seed);
    long end = recording.camera().getLast().get("at").longValue();
    int blinks = 0;
    for (Map.Entry<String, List<Seen>> track : recording.tracks().entrySet()) {
      List<Seen> seen = track.getValue().stream().filter(s -> s.score() >= 0.5).toList();
      int first = 0;
      for (int i = 0; i < seen.size(); i++) {
        if (i + 1 == seen.size() || seen.get(i + 1).at() - seen.get(i).at() >= 300) {
          Seen from = seen.get(first);
          Seen to = seen.get(i);
          if (to.at() - from.at() < 300 && end - to.at() >= 300 && from.event() > 0) {
            blinks++;
            assertThat(recording.errors())
                .as("%s lived from %d to %d", track.getKey(), from.at(), to.at())
                .anyMatch(e -> explains(e, "appear", track.getKey(), from.at(), to.at()));
          }
          first = i + 1;
        }
      }
    }
    assertThat(blinks)
        .isGreaterThanOrEqualTo((int) recording.errorsVisibleTo("appear"))
        .isGreaterThan(50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void itsJumpsAreErrorsThatNoJumpSees(long seed) {
    Recording recording = recording(seed);
    int jumps = 0;
    for (Map.Entry<String, List<Seen>> track : recording.tracks().entrySet()) {
      for (int i = 1; i < track.getValue().size(); i++) {
        Seen last = track.getValue().get(i - 1);
        Seen next = track.getValue().get(i);
        double way = Math.hypot(next.x() - last.x(), next.y() - last.y());
        if (way * 1000 / (next.at() - last.at()) > 400) {
          jumps++;
          assertThat(recording.errors())
              .as("%s jumped at %d", track.getKey(), next.at())
              .anyMatch(e -> explains(e, "no_jump", track.getKey(), last.at(), next.at()));
        }
      }
    }
    assertThat(jumps)
        .isGreaterThanOrEqualTo((int) recording.errorsVisibleTo("no_jump"))
        .isGreaterThan(10);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatOneSensorSeesAloneIsAnErrorThatAgreeSees(long seed) {
    Recording recording = recording(seed);
    Map<Long, JsonNode> lidar = new HashMap<>();
    recording.lidar().forEach(event -> lidar.put(event.get("at").longValue() - 12, event));
    Map<JsonNode, Integer> explained = new HashMap<>();
    for (JsonNode event : recording.camera()) {
      long at = event.get("at").longValue();
      List<Box> camera = event.get("boxes").valueStream().map(b -> corners(b.get("bbox"))).toList();
      List<JsonNode> partner =
          Objects.requireNonNull(lidar.get(at)).get("boxes").valueStream().toList();
      boolean alone = false;
      for (int i = 0; i < camera.size(); i++) {
        Box box = camera.get(i);
        boolean inside = box.x1() > 0 && box.y1() > 0 && box.x2() < 1242 && box.y2() < 375;
        boolean sure = event.get("boxes").get(i).get("score").doubleValue() >= 0.5;
        alone |=
            inside && sure && partner.stream().noneMatch(l -> box.iou(area(l.get("area"))) > 0);
      }
      for (JsonNode l : partner) {
        boolean sure = l.get("score").doubleValue() >= 2 && l.get("distance").doubleValue() <= 40;
        alone |= sure && camera.stream().noneMatch(box -> box.iou(area(l.get("area"))) > 0);
      }
      List<JsonNode> errors =
          recording.errors().stream()
              .filter(e -> e.get("from").longValue() <= at && e.get("to").longValue() >= at)
              .filter(e -> visible(e, "agree"))
              .toList();
      if (alone) {
        assertThat(errors).as("seen by one sensor at %d", at).isNotEmpty();
        errors.forEach(error -> explained.merge(error, 1, Integer::sum));
      }
    }
    assertThat(explained).hasSize((int) recording.errorsVisibleTo("agree"));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void boxesPileUpOnlyWhereAnErrorSaysSo(long seed) {
    Recording recording = recording(seed);
    for (JsonNode event : recording.camera()) {
      List<Box> boxes = event.get("boxes").valueStream().map(b -> corners(b.get("bbox"))).toList();
      // The middle one of a connected three overlaps two others.
      boolean pile =
          boxes.stream().anyMatch(a -> boxes.stream().filter(b -> a.iou(b) >= 0.5).count() >= 3);
      long at = event.get("at").longValue();
      boolean said =
          recording.errors().stream()
              .filter(e -> e.get("from").longValue() <= at && e.get("to").longValue() >= at)
              .anyMatch(e -> visible(e, "multibox"));
      assertThat(pile).as("pile at %d", at).isEqualTo(said);
    }
  }

  private static Box corners(JsonNode b) {
    return new Box(
        b.get(0).doubleValue(),
        b.get(1).doubleValue(),
        b.get(2).doubleValue(),
        b.get(3).doubleValue());
  }

  private static Box area(JsonNode a) {
    double x = a.get(0).doubleValue();
    double y = a.get(1).doubleValue();
    return new Box(x, y, x + a.get(2).doubleValue(), y + a.get(3).doubleValue());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void itsSilencesAreErrors(long seed) {
    Recording recording = recording(seed);
    int long500 = 0;
    for (int i = 1; i < recording.camera().size(); i++) {
      long from = recording.camera().get(i - 1).get("at").longValue();
      long gap = recording.camera().get(i).get("at").longValue() - from;
      long500 += gap > 500 ? 1 : 0;
      if (gap > 100) {
        assertThat(recording.errors())
            .anyMatch(
                e ->
                    e.get("kind").stringValue().equals("silence")
                        && e.get("from").longValue() == from + 100
                        && e.get("frames").longValue() == gap / 100 - 1);
      }
    }
    assertThat(long500).isEqualTo((int) recording.errorsVisibleTo("camera_alive"));
    assertThat(recording.lidar()).hasSize(6000);
  }

  @Test
  void errorsComeAsOftenAndLastAsLongAsTheTableSays() {
    var simulation = new StreetSimulation(new StreetSettings(3, 2, MORNING, 9000, ""));
    Map<Integer, Integer> lengths = new TreeMap<>();
    for (Iterator<StreetFrame> frames = simulation.frames(); frames.hasNext(); ) {
      for (String error : frames.next().errors()) {
        JsonNode node = JSON.readTree(error);
        if (node.get("kind").stringValue().equals("dropout")) {
          lengths.merge(node.get("frames").intValue(), 1, Integer::sum);
        }
      }
    }
    simulation
        .errorCounts()
        .forEach(
            (kind, count) ->
                // Four standard deviations of a Poisson count, and a few jumps that found no room.
                assertThat((double) count.injected())
                    .as(kind)
                    .isCloseTo(count.expected(), within(4 * Math.sqrt(count.expected()) + 2)));
    double dropouts = lengths.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(dropouts).isGreaterThan(500);
    ErrorTable.STREET
        .row(ErrorKind.DROPOUT)
        .lengths()
        .forEach(
            (length, share) ->
                assertThat(lengths.getOrDefault(length, 0) / dropouts)
                    .as("share of %d frames", length)
                    .isCloseTo(share, within(4 * Math.sqrt(share / dropouts))));
  }

  @Test
  void everyRuleHasErrorsThatItSeesAndErrorsThatItDoesNot() {
    for (String rule :
        List.of(
            "flicker", "appear", "stable_label", "no_jump", "multibox", "agree", "camera_alive")) {
      long visible = seeds().stream().mapToLong(s -> recording(s).errorsVisibleTo(rule)).sum();
      long all = seeds().stream().mapToLong(s -> recording(s).errors().size()).sum();
      assertThat(visible).as(rule).isBetween(1L, all - 1);
    }
    assertThat(recording(1).errors())
        .allMatch(error -> error.get("why").size() == 7, "says why for each of seven rules");
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void drawsFramesThatAreDarkAtNight(long seed) throws IOException {
    double day = brightness(seed, MORNING);
    double night = brightness(seed, NIGHT);

    assertThat(day).isGreaterThan(90);
    assertThat(night).isLessThan(day * 0.7);
  }

  private static double brightness(long seed, long start) throws IOException {
    var frame = new StreetSimulation(new StreetSettings(seed, 1, start, 5, "")).frames().next();
    byte[] png = frame.png();
    assertThat(png.length).isBetween(10_000, 80_000);
    var image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(1242);
    assertThat(image.getHeight()).isEqualTo(375);
    long sum = 0;
    for (int pixel : image.getRGB(0, 0, 1242, 375, null, 0, 1242)) {
      sum += (pixel >> 16 & 255) + (pixel >> 8 & 255) + (pixel & 255);
    }
    return sum / (3.0 * 1242 * 375);
  }
}
