package io.assay.assertion.eval.term;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.event.Rect;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NearbyTest {
  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  private static List<Integer> around(Nearby nearby, Zone zone) {
    nearby.seek(zone);
    List<Integer> found = new ArrayList<>();
    for (int i = nearby.next(-1); i >= 0; i = nearby.next(i)) {
      found.add(i);
    }
    return found;
  }

  private static Nearby of(List<Rect> boxes, Function<Rect, Zone> zone) {
    return Nearby.of(boxes.stream().map(zone).toArray(Zone[]::new));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void findsInOrderAllThatOverlap(long seed) {
    var random = new RandomBoxes(seed);
    List<Rect> boxes = random.rects(random.size());
    Nearby nearby = of(boxes, Zone::of);
    for (Rect box : random.rects(20)) {
      List<Integer> found = around(nearby, Zone.of(box));
      assertThat(found).isSorted().doesNotHaveDuplicates();
      assertThat(found)
          .containsAll(
              IntStream.range(0, boxes.size())
                  .filter(i -> box.iou(boxes.get(i)) > 0 || boxes.get(i).iou(box) > 0)
                  .boxed()
                  .toList());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void findsAllWhoseCentresAreNear(long seed) {
    var random = new RandomBoxes(seed);
    List<Rect> boxes = random.rects(random.size());
    for (double reach : new double[] {0, 1e-200, 10, 30.000000000000004, 1e9}) {
      Nearby nearby = of(boxes, box -> Zone.around(box, reach));
      for (Rect box : random.rects(10)) {
        assertThat(around(nearby, Zone.around(box, reach)))
            .containsAll(
                IntStream.range(0, boxes.size())
                    .filter(i -> distance(box, boxes.get(i)) <= reach)
                    .boxed()
                    .toList());
      }
    }
  }

  /** As the language has it. */
  private static double distance(Rect a, Rect b) {
    return Math.hypot(
        a.x() + a.width() / 2 - b.x() - b.width() / 2,
        a.y() + a.height() / 2 - b.y() - b.height() / 2);
  }

  @Test
  void whatMayLieAnywhereIsNearToAllAndAllToIt() {
    Zone[] zones = new Zone[70];
    for (int i = 0; i < zones.length; i++) {
      zones[i] = Zone.of(new Rect(100 * i, 0, 10, 10));
    }
    zones[3] = Zone.ANYWHERE;
    zones[66] = Zone.NOWHERE;
    Nearby nearby = Nearby.of(zones);
    assertThat(around(nearby, Zone.NOWHERE)).containsExactly(3);
    assertThat(around(nearby, zones[69])).contains(3, 69).doesNotContain(0, 66);
    assertThat(around(nearby, Zone.ANYWHERE)).hasSize(70);
  }

  @ParameterizedTest
  @MethodSource("crowds")
  void asksFewOfMany(List<Rect> boxes) {
    Nearby nearby = of(boxes, Zone::of);
    int asked = boxes.stream().mapToInt(box -> around(nearby, Zone.of(box)).size()).sum();
    assertThat(asked).isLessThan(boxes.size() * 12);
  }

  /** In rows, with some far off or as large as the image, on one line, padded with nothing. */
  static List<List<Rect>> crowds() {
    List<Rect> rows = grid(200);
    List<Rect> outliers = new ArrayList<>(grid(200));
    outliers.set(17, new Rect(1e12, 0, 10, 10));
    outliers.set(90, new Rect(-1e300, -1e300, 10, 10));
    List<Rect> large = new ArrayList<>(grid(200));
    large.set(5, new Rect(0, 0, 2000, 2000));
    large.set(6, new Rect(-1e9, -1e9, 2e9, 2e9));
    List<Rect> line = IntStream.range(0, 200).mapToObj(i -> new Rect(50 * i, 0, 40, 40)).toList();
    List<Rect> padded = new ArrayList<>(grid(100));
    padded.addAll(IntStream.range(0, 100).mapToObj(i -> new Rect(0, 0, 0, 0)).toList());
    return List.of(rows, grid(160), outliers, large, line, padded);
  }

  private static List<Rect> grid(int boxes) {
    return IntStream.range(0, boxes)
        .mapToObj(i -> new Rect(i % 10 * 200, i / 10 * 80, 80, 60))
        .toList();
  }

  @Test
  void hasNothingToFindInAnEmptyList() {
    assertThat(around(Nearby.of(new Zone[0]), Zone.of(new Rect(0, 0, 9, 9)))).isEmpty();
    assertThat(Nearby.all(0).next(-1)).isEqualTo(-1);
    assertThat(Nearby.all(2).next(0)).isEqualTo(1);
    assertThat(Nearby.all(2).next(1)).isEqualTo(-1);
  }
}
