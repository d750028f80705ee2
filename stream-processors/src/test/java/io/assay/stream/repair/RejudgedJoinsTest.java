package io.assay.stream.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.archive.Archive;
import io.assay.stream.repair.PastEvents.Sent;
import io.assay.stream.repair.Round.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repairs on both sides of a join see each other. */
class RejudgedJoinsTest {
  private static final int EVENTS = 30;
  private static final int AT = 12;
  private static final CheckedRules RULES =
      PastEvents.rules(
          """
          language 1
          stream camera from topic "av.camera" {
            key    vehicle string
            time   at      timestamp(millis)
            boxes  list { label string }
          }
          stream lidar from topic "av.lidar" {
            key    vehicle string
            time   at      timestamp(millis)
            boxes  list { label string }
          }
          assertion agree on camera {
            mode active
            join lidar within 50ms
            match c in camera.boxes, l in lidar.boxes where c.label == l.label
            unmatched c
            unmatched l
          }
          """);

  @TempDir private Path folder;

  private static Sent sent(int at, String label) {
    long millis = PastEvents.START + at * 100L;
    return new Sent(
        "{\"vehicle\":\"v\",\"at\":%d,\"boxes\":[{\"label\":\"%s\"}]}".formatted(millis, label),
        millis + 20);
  }

  private static Map<String, List<Sent>> events(String lidarSees) {
    List<Sent> camera = new ArrayList<>();
    List<Sent> lidar = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      camera.add(sent(i, "car"));
      lidar.add(sent(i, i == AT ? lidarSees : "car"));
    }
    return Map.of("av.camera", camera, "av.lidar", lidar);
  }

  private static Map<String, List<Sent>> broken(Map<String, List<Sent>> events) {
    Map<String, List<Sent>> broken = new HashMap<>();
    events.forEach(
        (topic, all) -> {
          List<Sent> some = new ArrayList<>(all);
          some.set(AT, new Sent("{", all.get(AT).receivedMillis()));
          broken.put(topic, some);
        });
    return broken;
  }

  private static Chosen repaired(String stream, Map<String, List<Sent>> events) {
    Sent right = events.getOrDefault("av." + stream, List.of()).get(AT);
    var asItCame = new Sent("{", right.receivedMillis());
    return Chosen.edited(PastEvents.letter(stream, "av." + stream, AT, asItCame), right.bytes());
  }

  private List<Step> judged(Map<String, List<Sent>> events) {
    Archive archive = PastEvents.archive(folder.resolve("broken"), RULES, broken(events));
    return PastEvents.steps(
        RULES, archive, List.of(repaired("camera", events), repaired("lidar", events)));
  }

  @Test
  void partnersThatAreBothRepairedMeet() {
    List<Step> steps = judged(events("car"));

    assertThat(PastEvents.sent(steps.getFirst())).isEmpty();
    assertThat(PastEvents.sent(steps.getLast())).isEmpty();
    assertThat(PastEvents.judgement(steps.getFirst()).events()).isEqualTo(2);
  }

  @Test
  void partnersThatDoNotMatchAreFoundAsIfTheyHadComeRight() {
    Map<String, List<Sent>> events = events("van");
    Archive whole = PastEvents.archive(folder.resolve("whole"), RULES, events);

    List<Step> steps = judged(events);

    assertThat(PastEvents.sent(steps.getFirst()))
        .extracting(Violation::id)
        .containsExactlyElementsOf(
            PastEvents.found(RULES, whole, "v").stream().map(Violation::id).toList())
        .hasSize(2);
    assertThat(steps.getLast().records()).isEmpty();
  }

  /** Nobody can tell yet: that is undecided, as at the end of any recording. */
  @Test
  void aPartnerThatIsNotArchivedYetIsNotMissed() {
    Map<String, List<Sent>> events = events("car");
    Map<String, List<Sent>> some = new HashMap<>(broken(events));
    some.put("av.lidar", events.getOrDefault("av.lidar", List.of()).subList(0, AT));
    Archive archive = PastEvents.archive(folder.resolve("some"), RULES, some);

    List<Step> steps = PastEvents.steps(RULES, archive, List.of(repaired("camera", events)));

    assertThat(PastEvents.sent(steps.getFirst())).isEmpty();
  }
}
