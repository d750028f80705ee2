package io.assay.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class StreetSimulationTest {
  private static final long MORNING = RecordedStreet.MORNING;
  private static final long NIGHT = Instant.parse("2026-03-02T23:00:00Z").toEpochMilli();

  static List<Long> seeds() {
    return RecordedStreet.seeds();
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
    for (JsonNode event : RecordedStreet.of(seed).camera()) {
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
  void boxesPileUpOnlyWhereAnErrorSaysSo(long seed) {
    RecordedStreet recording = RecordedStreet.of(seed);
    for (JsonNode event : recording.camera()) {
      List<Box> boxes =
          event.get("boxes").valueStream().map(b -> RecordedStreet.corners(b.get("bbox"))).toList();
      // The middle one of a connected three overlaps two others.
      boolean pile =
          boxes.stream().anyMatch(a -> boxes.stream().filter(b -> a.iou(b) >= 0.5).count() >= 3);
      long at = event.get("at").longValue();
      boolean said =
          recording.visibleTo("multibox").stream()
              .anyMatch(error -> error.from() <= at && error.to() >= at);
      assertThat(pile).as("pile at %d", at).isEqualTo(said);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void itsSilencesAreErrors(long seed) {
    RecordedStreet recording = RecordedStreet.of(seed);
    int long500 = 0;
    for (int i = 1; i < recording.camera().size(); i++) {
      long from = recording.camera().get(i - 1).get("at").longValue();
      long gap = recording.camera().get(i).get("at").longValue() - from;
      long500 += gap > 500 ? 1 : 0;
      if (gap > 100) {
        assertThat(recording.errors())
            .anyMatch(
                error ->
                    error.kind().equals("silence")
                        && error.from() == from + 100
                        && error.to() == from + gap - 100);
      }
    }
    assertThat(long500).isEqualTo(recording.visibleTo("camera_alive").size());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theLidarTurnsAtARateOfItsOwn(long seed) {
    TreeMap<Long, JsonNode> lidar = RecordedStreet.of(seed).lidar();

    assertThat(lidar).hasSize(7500);
    assertThat(lidar.firstKey()).isEqualTo(MORNING + 12);
    assertThat(lidar.keySet()).allMatch(at -> (at - MORNING - 12) % 80 == 0);
  }

  @Test
  void errorsComeAsOftenAndLastAsLongAsTheTableSays() {
    var simulation = new StreetSimulation(new StreetSettings(3, 2, MORNING, 9000, ""));
    Map<Integer, Integer> lengths = new TreeMap<>();
    for (Iterator<StreetFrame> frames = simulation.frames(); frames.hasNext(); ) {
      for (KnownError error : frames.next().errors()) {
        if (error.kind().equals("dropout")) {
          lengths.merge((int) (error.to() - error.from()) / 100 + 1, 1, Integer::sum);
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
      long visible =
          seeds().stream().mapToLong(s -> RecordedStreet.of(s).visibleTo(rule).size()).sum();
      long all = seeds().stream().mapToLong(s -> RecordedStreet.of(s).errors().size()).sum();
      assertThat(visible).as(rule).isBetween(1L, all - 1);
    }
    assertThat(RecordedStreet.of(1).errors())
        .allMatch(
            error -> RecordedStreet.JSON.readTree(error.json()).get("why").size() == 7,
            "says why for each of seven rules");
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
