package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.Violation.Corrected;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a rule proposes that the events should have been: the whole of each, by hand. */
class CorrectionsTest {
  private static Trial trial(String assertion) {
    return Trial.of(Frames.STREAM + "assertion judged on camera {\n" + assertion + "\n}").storing();
  }

  private static String box(String track, String label, double score, double x) {
    return "{\"track\":\"%s\",\"label\":\"%s\",\"score\":%s,\"area\":[%s,10,40,30]}"
        .formatted(track, label, score, x);
  }

  private static List<Corrected> of(Trial trial) {
    assertThat(trial.errors).isEmpty();
    assertThat(trial.found("judged")).hasSize(1);
    return trial.found("judged").getFirst().corrections();
  }

  @Test
  void insertsWhatWasMissingWhereItMustHaveBeen() {
    Trial trial =
        trial(
            """
              each b in boxes
              identity b.track
              absent less than 500ms
              correct insert b with area = interpolate(b.area), label = majority(b.label)
            """);
    trial.judge(
        Frames.frame(0, box("t", "car", 0.9, 0)),
        Frames.frame(100, box("u", "van", 0.9, 500)),
        Frames.frame(200),
        Frames.frame(400, box("t", "van", 0.7, 100)));
    assertThat(of(trial))
        .containsExactly(
            new Corrected(
                trial.found("judged").getFirst().spanEvents().get(0).id(),
                100_000_000,
                List.of("insert"),
                "{\"vehicle\":\"v\",\"at\":\"1970-01-01T00:00:00.100Z\",\"boxes\":["
                    + "{\"track\":\"u\",\"label\":\"van\",\"score\":0.9,\"area\":[500.0,10.0,40.0,30.0]},"
                    + "{\"track\":\"t\",\"label\":\"car\",\"score\":0.9,\"area\":[25.0,10.0,40.0,30.0]}]}"),
            new Corrected(
                trial.found("judged").getFirst().spanEvents().get(1).id(),
                200_000_000,
                List.of("insert"),
                "{\"vehicle\":\"v\",\"at\":\"1970-01-01T00:00:00.200Z\",\"boxes\":["
                    + "{\"track\":\"t\",\"label\":\"car\",\"score\":0.9,\"area\":[50.0,10.0,40.0,30.0]}]}"));
  }

  @Test
  void removesWhatLivedTooShort() {
    Trial trial =
        trial(
            """
              each b in boxes
              identity b.track
              present less than 200ms
              correct remove b
            """);
    trial.judge(
        Frames.frame(0),
        Frames.frame(100, box("t", "car", 0.9, 0), box("u", "car", 0.9, 99)),
        Frames.frame(200, box("u", "car", 0.9, 99)),
        Frames.frame(300, box("u", "car", 0.9, 99)));
    List<Corrected> corrected = of(trial);
    assertThat(corrected).hasSize(1);
    assertThat(corrected.getFirst().fields()).contains("\"u\"").doesNotContain("\"t\"");
    assertThat(corrected.getFirst().actions()).containsExactly("remove");
  }

  @Test
  void setsWhatTheMajoritySays() {
    Trial trial =
        trial(
            """
              each b in boxes
              identity b.track
              consistent b.label within 2s
              correct set b.label = majority(b.label)
            """);
    trial.judge(
        Frames.frame(0, box("t", "car", 0.9, 0)),
        Frames.frame(100, box("t", "car", 0.9, 0)),
        Frames.frame(200, box("t", "van", 0.9, 0)));
    List<Corrected> corrected = of(trial);
    assertThat(corrected).extracting(Corrected::at).containsExactly(200_000_000L);
    assertThat(corrected.getFirst().fields()).contains("\"car\"").doesNotContain("van");
  }

  @Test
  void mergesPilesIntoTheBest() {
    Trial trial =
        trial(
            """
              let piles = clusters(boxes, a, b, iou(a.area, b.area) >= 0.5).filter(c, size(c) >= 3)
              expect size(piles) == 0
              severity size(piles)
              correct merge boxes where iou >= 0.5 keep highest(score)
            """);
    trial.judge(
        Frames.frame(
            0,
            box("a", "car", 0.7, 0),
            box("b", "car", 0.9, 1),
            box("c", "car", 0.8, 2),
            box("d", "car", 0.1, 300)));
    List<Corrected> corrected = of(trial);
    assertThat(corrected).hasSize(1);
    assertThat(corrected.getFirst().fields())
        .contains("\"b\"")
        .contains("\"d\"")
        .doesNotContain("\"a\"")
        .doesNotContain("\"c\"");
  }

  @Test
  void leavesLaterLinesJudgedAsIfNothingHadBeenProposed() {
    Trial trial =
        trial(
            """
              each b in boxes
              expect sure: b.score >= 0.5
              expect named: b.label != "none"
              correct set b.score = 0.5
            """);
    trial.judge(Frames.frame(0, box("a", "none", 0.1, 0), box("b", "none", 0.2, 0)));
    assertThat(trial.found("judged"))
        .extracting(Violation::expectation)
        .containsExactly("sure", "named", "sure", "named");
    assertThat(trial.found("judged").get(2).corrections().getFirst().fields())
        .contains("\"score\":0.1")
        .contains("\"score\":0.5");
  }

  @Test
  void violationsOfOneSubjectAreOneEpisodeUntilItIsQuiet() {
    Trial trial =
        trial(
            """
              each b in boxes
              identity b.track
              absent less than 300ms
            """);
    trial.judge(Frames.of("t 101011111011", "u 111111111111"));
    List<Violation> found = trial.found("judged");
    assertThat(found)
        .extracting(Violation::at)
        .containsExactly(200_000_000L, 400_000_000L, 1_000_000_000L);
    assertThat(found)
        .extracting(Violation::episode)
        .containsExactly(found.get(0).id(), found.get(0).id(), found.get(2).id());
  }
}
