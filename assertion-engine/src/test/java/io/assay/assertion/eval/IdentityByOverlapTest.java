package io.assay.assertion.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import org.junit.jupiter.api.Test;

class IdentityByOverlapTest {
  private static Trial flicker(String clauses) {
    return Trial.of(
        Frames.STREAM
            + "assertion flicker on camera \"x\" { each b in boxes "
            + clauses
            + " severity events }");
  }

  @Test
  void expectsABoxWhereItsLastTwoSightingsLead() {
    // 30 px a frame: three frames on, nothing of the last box is left, all of the expected one
    Trial trial =
        flicker("identity overlap(b.area) >= 0.9 absent less than 4 events")
            .judge(
                Frames.frame(0, Frames.at(0, 0, 40, 40)),
                Frames.frame(100, Frames.at(30, 0, 40, 40)),
                Frames.frame(200),
                Frames.frame(300),
                Frames.frame(400, Frames.at(120, 0, 40, 40)));
    assertThat(trial.violations).isEmpty();
    trial =
        flicker("identity overlap(b.area) >= 0.3 absent less than 4 events")
            .judge(
                Frames.frame(0, Frames.at(0, 0, 60, 40)),
                Frames.frame(100, Frames.at(30, 0, 60, 40)),
                Frames.frame(200),
                Frames.frame(300),
                Frames.frame(400, Frames.at(120, 0, 60, 40)));
    assertThat(trial.violations).hasSize(1);
  }

  @Test
  void extrapolatesPerTimeWhereTheBoundIsADuration() {
    // 30 px in 100 ms, then 500 ms: 150 px on; per event it would be 60 px
    String[] frames = {
      Frames.frame(0, Frames.at(0, 0, 60, 40)),
      Frames.frame(100, Frames.at(30, 0, 60, 40)),
      Frames.frame(200),
      Frames.frame(600, Frames.at(180, 0, 60, 40))
    };
    String rule = "identity overlap(b.area) >= 0.3 absent less than ";
    assertThat(flicker(rule + "1s").judge(frames).violations).hasSize(1);
    assertThat(flicker(rule + "9 events").judge(frames).violations).isEmpty();
  }

  @Test
  void matchesTheBestOverlapFirst() {
    // the right box fits the second element best, so the first element is left for the left box
    Trial trial =
        flicker("identity overlap(b.area) >= 0.1 absent less than 4 events")
            .judge(
                Frames.frame(0, Frames.at(0, 0, 40, 40), Frames.at(20, 0, 40, 40)),
                Frames.frame(100),
                Frames.frame(200, Frames.at(15, 0, 40, 40), Frames.at(20, 0, 40, 40)));
    assertThat(trial.violations).extracting(Violation::label).containsExactly("#1", "#2");
    assertThat(trial.violations.get(1).events().getLast().subjectIndex()).isEqualTo(1);
  }

  @Test
  void givesATieToTheOlderIdentityThenToTheEarlierElement() {
    Trial trial =
        flicker("identity overlap(b.area) >= 0.1 absent less than 4 events")
            .judge(
                Frames.frame(0, Frames.at(0, 0, 40, 40)),
                Frames.frame(100, Frames.at(0, 0, 40, 40), Frames.at(0, 0, 40, 40)),
                Frames.frame(200),
                Frames.frame(300, Frames.at(0, 0, 40, 40)));
    assertThat(trial.violations).extracting(Violation::subject).containsExactly("[0]@0");
    assertThat(trial.violations.getFirst().events().getLast().subjectIndex()).isZero();
  }

  @Test
  void forgetsAnUnseenIdentityAfterItsCoasting() {
    String[] frames = {
      Frames.frame(0, Frames.at(0, 0, 40, 40)),
      Frames.frame(100),
      Frames.frame(200),
      Frames.frame(300, Frames.at(0, 0, 40, 40))
    };
    String rule = "identity overlap(b.area) >= 0.3 coasting %s absent less than %s";
    assertThat(flicker(rule.formatted("200ms", "1s")).judge(frames).violations).isEmpty();
    assertThat(flicker(rule.formatted("300ms", "1s")).judge(frames).violations).hasSize(1);
    assertThat(flicker(rule.formatted("1 events", "9 events")).judge(frames).violations).isEmpty();
    assertThat(flicker(rule.formatted("2 events", "9 events")).judge(frames).violations).hasSize(1);
    // longer than T it is recognised, but as a new life: no gap
    assertThat(flicker(rule.formatted("9s", "300ms")).judge(frames).violations).isEmpty();
  }
}
