package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.eval.term.RandomBoxes;
import io.assay.assertion.event.Rect;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MergingTest {
  private static final String RULES =
      Frames.STREAM
          + """
          assertion near on camera {
            expect  size(boxes) < 0
            correct merge boxes where iou >= 0.3 keep highest(score)
          }
          assertion any on camera {
            expect  size(boxes) < 0
            correct merge boxes where iou >= 0.3 || iou > 2 keep highest(score)
          }
          """;

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  /** The second rule says the same, but not so that it is seen which boxes need not be compared. */
  @ParameterizedTest
  @MethodSource("seeds")
  void keepsTheBestWhetherItLooksAroundOrAtAll(long seed) {
    var random = new RandomBoxes(seed);
    String[] boxes =
        random.rects(random.size()).stream()
            .filter(box -> Double.isFinite(box.x() + box.y() + box.width() + box.height()))
            .map(MergingTest::box)
            .toArray(String[]::new);
    Trial trial = Trial.of(RULES).judge(Frames.frame(0, boxes));
    assertThat(corrected(trial, "near")).isEqualTo(corrected(trial, "any"));
  }

  private static String box(Rect box) {
    return "{\"label\":\"car\",\"score\":0.%d,\"area\":[%s,%s,%s,%s]}"
        .formatted(Math.floorMod(box.hashCode(), 9), box.x(), box.y(), box.width(), box.height());
  }

  private static List<Violation.Corrected> corrected(Trial trial, String assertion) {
    return trial.found(assertion).getFirst().corrections();
  }
}
