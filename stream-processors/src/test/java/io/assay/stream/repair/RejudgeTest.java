package io.assay.stream.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.archive.Archive;
import io.assay.stream.repair.PastEvents.Sent;
import io.assay.stream.repair.Round.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A repaired event gives what it would have given had it come right: no more, and no less. */
class RejudgeTest {
  private static final long START = PastEvents.START;
  private static final String TOPIC = "av.camera";
  private static final int EVENTS = 90;

  @TempDir private Path folder;

  private static CheckedRules rules(String lateness) {
    String text =
        """
        language 1
        stream camera from topic "av.camera" {
          key      vehicle string
          time     at      timestamp(millis)
          lateness %s
          speed    double
          boxes    list { track string label string }
        }
        assertion gone on camera { mode active each b in boxes identity b.track absent less than 500ms }
        assertion short on camera { mode shadow each b in boxes identity b.track present less than 300ms }
        assertion agrees on camera {
          mode active each b in boxes identity b.track consistent b.label within 1s
        }
        assertion fast on camera { mode active expect speed < 18.0 }
        assertion jumps on camera { mode active change speed at most 4.0 per 1s }
        assertion quiet on camera { mode active silence at most 400ms }
        assertion draft on camera { mode draft expect speed < 0.0 }
        assertion mean on camera {
          mode active window tumbling 1s let m = mean(speed) expect m < 12.0
        }
        """
            .formatted(lateness);
    return PastEvents.rules(text);
  }

  private static List<Sent> events(long seed) {
    var random = new Random(seed);
    List<Sent> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      List<String> boxes = new ArrayList<>();
      for (int track = 0; track < 3; track++) {
        if (random.nextInt(4) > 0) {
          String label = random.nextInt(8) == 0 ? "van" : "car";
          boxes.add("{\"track\":\"t%d\",\"label\":\"%s\"}".formatted(track, label));
        }
      }
      String payload =
          "{\"vehicle\":\"v%d\",\"at\":%d,\"speed\":%.2f,\"boxes\":[%s]}"
              .formatted(
                  i % 2, START + i * 100L, random.nextDouble() * 20, String.join(",", boxes));
      events.add(new Sent(payload, START + i * 100L + 20));
    }
    return events;
  }

  private Archive archive(String name, CheckedRules rules, List<Sent> events) {
    return PastEvents.archive(folder.resolve(name), rules, Map.of(TOPIC, events));
  }

  private static PutAside letter(int offset, Sent sent) {
    return PastEvents.letter("camera", TOPIC, offset, new Sent("{", sent.receivedMillis()));
  }

  /** What is the same where a life begins earlier, in the words of whoever reads it. */
  private static String named(Violation violation) {
    return String.join(
        " ",
        violation.assertion(),
        violation.expectation(),
        violation.label(),
        violation.decidingEvent());
  }

  private static Set<String> names(List<Violation> violations) {
    return violations.stream().map(RejudgeTest::named).collect(Collectors.toSet());
  }

  /** The violations of the whole that were not there without, and no others; how many are both. */
  private static int complete(List<Violation> whole, List<Violation> without, Step step) {
    Set<String> known = names(without);
    assertThat(PastEvents.sent(step))
        .extracting(Violation::id)
        .containsExactlyInAnyOrderElementsOf(
            whole.stream().filter(one -> !known.contains(named(one))).map(Violation::id).toList());
    Judgement judgement = PastEvents.judgement(step);
    assertThat(judgement.found()).isEqualTo(step.records().size());
    Set<String> undone = new HashSet<>(known);
    undone.removeAll(names(whole));
    assertThat(judgement.undone()).isEqualTo(undone.size());
    assertThat(judgement.leftOut()).containsExactly("mean");
    Set<String> ids = without.stream().map(Violation::id).collect(Collectors.toSet());
    return (int)
        whole.stream().filter(one -> known.contains(named(one)) && !ids.contains(one.id())).count();
  }

  /** Some of what is found live has another id where its first sighting is repaired. */
  @ParameterizedTest
  @CsvSource({"0ms, 1", "250ms, 2"})
  void aRepairedLetterAddsWhatItWouldHaveAdded(String lateness, long seed) {
    CheckedRules rules = rules(lateness);
    List<Sent> events = events(seed);
    Archive whole = archive("whole", rules, events);
    int added = 0;
    int renamed = 0;
    for (int i = 0; i < EVENTS; i += 7) {
      List<Sent> broken = new ArrayList<>(events);
      broken.set(i, new Sent("{", events.get(i).receivedMillis()));
      Archive archive = archive("broken" + i, rules, broken);

      Chosen repaired = Chosen.edited(letter(i, events.get(i)), events.get(i).bytes());
      Step step = PastEvents.steps(rules, archive, List.of(repaired)).getFirst();

      String key = "v" + i % 2;
      renamed +=
          complete(
              PastEvents.found(rules, whole, key), PastEvents.found(rules, archive, key), step);
      added += step.records().size();
    }
    assertThat(added).isPositive();
    assertThat(renamed).isPositive();
  }

  /** The archive has late events where they came, where they are late again. */
  @ParameterizedTest
  @CsvSource({"0ms, 3", "250ms, 4"})
  void aLateEventIsJudgedWhereItShouldHaveCome(String lateness, long seed) {
    CheckedRules rules = rules(lateness);
    List<Sent> events = events(seed);
    Archive whole = archive("whole", rules, events);
    int added = 0;
    for (int i = 3; i < EVENTS - 20; i += 9) {
      List<Sent> late = new ArrayList<>(events);
      Sent one = new Sent(late.remove(i).payload(), START + EVENTS * 100L + 500);
      late.add(one);
      Archive archive = archive("late" + i, rules, late);
      PutAside aside = PastEvents.late("camera", TOPIC, EVENTS - 1, one);

      Step step = PastEvents.steps(rules, archive, List.of(Chosen.untouched(aside))).getFirst();

      String key = "v" + i % 2;
      complete(PastEvents.found(rules, whole, key), PastEvents.found(rules, archive, key), step);
      added += step.records().size();
    }
    assertThat(added).isPositive();
  }

  @Test
  void lettersOfAKeyAreJudgedTogetherAndTheirViolationsAreToldOnce() {
    CheckedRules rules = rules("0ms");
    List<Sent> events = events(5);
    List<Sent> broken = new ArrayList<>(events);
    List<Chosen> chosen = new ArrayList<>();
    for (int i : new int[] {20, 24, 21}) {
      broken.set(i, new Sent("{", events.get(i).receivedMillis()));
      chosen.add(Chosen.edited(letter(i, events.get(i)), events.get(i).bytes()));
    }
    Archive archive = archive("broken", rules, broken);
    Archive whole = archive("whole", rules, events);

    List<Step> steps = PastEvents.steps(rules, archive, chosen);

    for (int vehicle = 0; vehicle < 2; vehicle++) {
      String key = "v" + vehicle;
      complete(
          PastEvents.found(rules, whole, key),
          PastEvents.found(rules, archive, key),
          steps.get(2 * vehicle));
    }
    assertThat(steps.get(1).records()).isEmpty();
    assertThat(PastEvents.judgement(steps.get(1)).found()).isZero();
    assertThat(PastEvents.judgement(steps.get(1)).events()).isEqualTo(2);
  }

  @Test
  void whatCannotBeJudgedInItsHistorySaysWhy() {
    CheckedRules rules = rules("0ms");
    List<Sent> events = events(6);
    Archive archive = archive("some", rules, events);
    Sent right = events.getFirst();
    PutAside tooNew = PastEvents.letter("camera", TOPIC, EVENTS, right);
    PutAside broken = letter(4, right);
    PutAside other = PastEvents.letter("radar", TOPIC, 4, right);

    List<Step> steps =
        PastEvents.steps(
            rules,
            archive,
            List.of(Chosen.untouched(tooNew), Chosen.untouched(broken), Chosen.untouched(other)));

    assertThat(steps)
        .extracting(step -> ((ReplayPlan.Refused) step.plan()).why())
        .satisfiesExactly(
            why -> assertThat(why).contains("the archive does not hold what came with it"),
            why -> assertThat(why).contains("it still cannot be read: broken-json"),
            why -> assertThat(why).contains("declare no stream 'radar'"));
  }
}
