package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Joins and matches, worked by hand; and that the order of arrival changes nothing. */
class JoinTest {
  private static final String STREAMS =
      """
      language 1
      stream camera from topic "c" {
        key vehicle string
        time at timestamp(millis)
        size 1000 x 400
        speed double?
        boxes list { label string score ratio area rect }
      }
      stream lidar from topic "l" {
        key vehicle string
        time at timestamp(millis)
        range double?
        boxes list { label string score double area rect distance length(metres) }
      }
      stream radar from topic "r" {
        key vehicle string
        time at timestamp(millis)
        boxes list { label string score double area rect }
      }
      """;

  private static final String AGREE =
      """
      assertion agree on camera {
        join lidar within 50ms
        match c in camera.boxes, l in lidar.boxes where iou(c.area, l.area) > 0
        unmatched c where c.score >= 0.5
        unmatched l where l.score >= 2.0 && l.distance <= 40metres
        ignore where touches_border(c.area)
        severity size(unmatched)
        explain "{side} {size(unmatched)}"
        correct when side == lidar insert l into camera.boxes with area = l.area, label = l.label
        correct when side == camera remove c
      }
      """;

  private static GroupTrial group(String rules) {
    return GroupTrial.of(STREAMS + rules, "vehicle", "v");
  }

  private static String camera(long at, String... boxes) {
    return "camera %d {\"boxes\":[%s]}".formatted(at, String.join(",", boxes));
  }

  private static String lidar(long at, String... boxes) {
    return "lidar %d {\"boxes\":[%s]}".formatted(at, String.join(",", boxes));
  }

  private static String radar(long at, String... boxes) {
    return "radar %d {\"boxes\":[%s]}".formatted(at, String.join(",", boxes));
  }

  private static String box(double x, double score) {
    return box(x, score, 10);
  }

  private static String box(double x, double score, double distance) {
    return "{\"label\":\"car\",\"score\":%s,\"area\":[%s,100,40,30],\"distance\":%s}"
        .formatted(score, x, distance);
  }

  @Test
  void findsWhatOneSensorSeesAloneInBothDirections() {
    GroupTrial group = group(AGREE).storing();
    group.judge(
        camera(0, box(100, 0.9), box(300, 0.9), box(500, 0.2)),
        lidar(20, box(110, 3), box(700, 3), box(800, 1), box(900, 3, 60)));
    assertThat(group.errors).isEmpty();
    assertThat(group.subjects()).containsExactly("0 camera[1]", "0 lidar[1]");
    assertThat(group.violations)
        .extracting(Violation::sentence)
        .containsExactly("camera 1", "lidar 1");
    assertThat(group.count("agree", Tally.JUDGED)).isEqualTo(1);
    assertThat(group.count("agree", Tally.VIOLATED)).isEqualTo(1);
    Violation alone = group.violations.get(1);
    assertThat(alone.events())
        .extracting(e -> e.stream() + " " + e.role() + " " + e.subjectIndex())
        .containsExactly("camera at -1", "lidar partner 1");
    assertThat(alone.corrections()).hasSize(1);
    assertThat(alone.corrections().getFirst().actions()).containsExactly("insert");
    assertThat(alone.corrections().getFirst().fields()).contains("[700.0,100.0,40.0,30.0]");
    Violation removed = group.violations.getFirst();
    assertThat(removed.corrections().getFirst().actions()).containsExactly("remove");
    assertThat(removed.corrections().getFirst().fields())
        .contains("[100.0,100.0,40.0,30.0]")
        .doesNotContain("[300.0");
  }

  @Test
  void ignoresWhatTouchesTheBorder() {
    GroupTrial group = group(AGREE).judge(camera(0, box(0, 0.9), box(980, 0.9)), lidar(0));
    assertThat(group.subjects()).isEmpty();
    assertThat(group.count("agree", Tally.HELD)).isEqualTo(1);
  }

  @Test
  void takesTheNearestEventAndOfTwoTheEarlier() {
    String rules =
        """
        assertion near on camera {
          join lidar within 50ms
          expect lidar.range == 1.0
          explain "{lidar.range}"
        }
        """;
    GroupTrial group = group(rules).storing();
    group.judge(
        "lidar 70 {\"range\":2,\"boxes\":[]}",
        camera(100),
        "lidar 130 {\"range\":1,\"boxes\":[]}", // as near as the one before: that one it is
        camera(119),
        "lidar 160 {\"range\":3,\"boxes\":[]}",
        camera(150),
        camera(211),
        "lidar 262 {\"range\":4,\"boxes\":[]}");
    assertThat(group.violations)
        .extracting(v -> v.at() / 1_000_000 + " " + v.sentence())
        .containsExactly("100 2", "150 3");
    assertThat(group.reasons).containsExactly("211 lidar has no event within 50ms");
    assertThat(group.count("near", Tally.JUDGED)).isEqualTo(3);
    assertThat(group.count("near", Tally.SEEN)).isEqualTo(4);
  }

  @Test
  void onePartnerServesSeveral() {
    GroupTrial group =
        group(AGREE)
            .judge(lidar(100, box(700, 3)), camera(80), camera(100), camera(120), camera(150))
            .judge(lidar(300));
    assertThat(group.subjects())
        .containsExactly("80 lidar[0]", "100 lidar[0]", "120 lidar[0]", "150 lidar[0]");
  }

  @Test
  void waitsForAPartnerThatIsLate() {
    GroupTrial group = group(AGREE).judge(camera(100, box(300, 0.9)), camera(200), camera(300));
    assertThat(group.violations).isEmpty();
    assertThat(group.reasons).isEmpty();
    group.judge(lidar(90, box(300, 3)));
    assertThat(group.count("agree", Tally.JUDGED)).isEqualTo(0); // one at 109 would be nearer
    group.judge(lidar(210));
    assertThat(group.count("agree", Tally.JUDGED)).isEqualTo(2);
    assertThat(group.reasons).isEmpty();
  }

  @Test
  void aTickTellsThatAPartnerIsSilent() {
    GroupTrial group = group(AGREE).judge(lidar(0), camera(100, box(300, 0.9)));
    group.tick("lidar", 150);
    assertThat(group.reasons).isEmpty(); // one at 150 may still come
    group.tick("lidar", 151);
    assertThat(group.reasons).containsExactly("100 lidar has no event within 50ms");
  }

  @Test
  void aSilentPartnerDoesNotHoldEventsForEver() {
    GroupTrial group = group(AGREE).judge(camera(0), camera(599_000));
    assertThat(group.reasons).isEmpty();
    group.judge(camera(600_051));
    assertThat(group.reasons).containsExactly("0 lidar has no event within 50ms");
  }

  @Test
  void oneToOneLeavesOutWhatAnyWouldPair() {
    String any =
        """
        assertion pairs on camera {
          join lidar within 0.001ms
          match %s c in camera.boxes, l in lidar.boxes where iou(c.area, l.area) > 0
        }
        """;
    String[] lines = {
      camera(0, box(100, 0.9), box(120, 0.9), box(140, 0.9)), lidar(0, box(130, 3), box(110, 3))
    };
    assertThat(group(any.formatted("any").replace("0.001ms", "1ms")).judge(lines).subjects())
        .isEmpty();
    assertThat(group(any.formatted("one").replace("0.001ms", "1ms")).judge(lines).subjects())
        .containsExactly("0 camera[2]");
    // the first could take either, the second only the one: a best assignment serves both
    String[] chain = {camera(0, box(100, 0.9), box(60, 0.9)), lidar(0, box(80, 3), box(130, 3))};
    assertThat(group(any.formatted("one").replace("0.001ms", "1ms")).judge(chain).subjects())
        .isEmpty();
  }

  @Test
  void asOfTakesTheLatestBefore() {
    String rules =
        """
        assertion fresh on camera {
          join lidar as of at most 1s old
          expect lidar.range == speed
          explain "{lidar.range}"
        }
        """;
    GroupTrial group = group(rules).storing();
    group.judge(
        "lidar 0 {\"range\":1,\"boxes\":[]}",
        "lidar 100 {\"range\":2,\"boxes\":[]}",
        "camera 100 {\"speed\":1,\"boxes\":[]}",
        "camera 150 {\"speed\":2,\"boxes\":[]}",
        "lidar 1600 {\"range\":3,\"boxes\":[]}",
        "camera 1500 {\"speed\":2,\"boxes\":[]}");
    assertThat(group.violations)
        .extracting(v -> v.at() / 1_000_000 + " " + v.sentence())
        .containsExactly("100 2");
    assertThat(group.reasons).containsExactly("1500 lidar has no event of the last 1s");
  }

  @Test
  void aThingMustBeSeenByTwoOfThree() {
    String rules =
        """
        assertion seen on camera {
          join lidar, radar within 50ms
          match c in camera.boxes, l in lidar.boxes where iou(c.area, l.area) > 0
          present in at least 2 of 3
        }
        """;
    GroupTrial group = group(rules).storing();
    group.judge(
        camera(0, box(100, 0.9), box(300, 0.9)),
        lidar(0, box(100, 3), box(500, 3)),
        radar(0, box(300, 3), box(700, 3)));
    assertThat(group.errors).isEmpty();
    assertThat(group.subjects()).containsExactly("0 lidar[1]", "0 radar[1]");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theOrderInWhichStreamsArriveChangesNothing(long seed) {
    Random random = new Random(seed);
    List<String> cameras = new ArrayList<>();
    List<String> lidars = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      cameras.add(camera(i * 100L + random.nextInt(40), boxes(random)));
      if (random.nextInt(5) > 0) {
        lidars.add(lidar(i * 100L + random.nextInt(100), boxes(random)));
      }
    }
    lidars.sort((a, b) -> Long.compare(at(a), at(b)));
    List<String> wanted = null;
    for (int trial = 0; trial < 6; trial++) {
      GroupTrial group = group(AGREE);
      if (trial % 2 == 1) {
        group.storing();
      }
      group.judge(interleaved(cameras, lidars, random)).finish();
      assertThat(group.errors).isEmpty();
      List<String> found =
          group.violations.stream()
              .map(v -> v.at() + " " + v.id() + canonical(v))
              .sorted()
              .toList();
      wanted = wanted == null ? found : wanted;
      assertThat(found).isNotEmpty().isEqualTo(wanted);
    }
  }

  /** Without the offsets of records, which depend on the interleaving. */
  private static String canonical(Violation violation) {
    return new String(ViolationJson.write(violation), StandardCharsets.UTF_8)
        .replaceAll("\"offset\":\\d+", "");
  }

  private static long at(String line) {
    return Long.parseLong(line.split(" ", 3)[1]);
  }

  private static String[] boxes(Random random) {
    String[] boxes = new String[random.nextInt(4)];
    Arrays.setAll(boxes, i -> box(50 + random.nextInt(20) * 40, random.nextInt(2) + 0.6, 20));
    return Arrays.stream(boxes).map(b -> b.replace("1.6", "0.6")).toArray(String[]::new);
  }

  private static String[] interleaved(List<String> a, List<String> b, Random random) {
    List<String> all = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      boolean first = j == b.size() || (i < a.size() && random.nextBoolean());
      all.add(first ? a.get(i++) : b.get(j++));
    }
    return all.toArray(String[]::new);
  }
}
