package io.assay.stream.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.SliceValue;
import io.assay.assertion.event.StreamType;
import io.assay.stream.contract.CountRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is judged is counted by the slices that a stream declares, exactly. */
class SlicedCountsTest {
  private static final String STREAM =
      """
      language 1
      stream camera from topic "av.camera" {
        key    vehicle string
        time   at      timestamp(millis)
        speed          double
        weather        string?
        %s
      }
      assertion slow on camera { mode active  expect speed < 30.0 }
      assertion steady on camera { mode active  change speed at most 20.0 per 1s }
      """;
  private static final String SLICES =
      """
      slice rain = weather == "rain"
        slice fast = speed > 20.0
      """;

  private static StreamType camera(RulesByHand rules) {
    return rules.newest().rules().streams().getFirst();
  }

  private static void judge(JudgeRun run, RulesByHand rules, int i, double speed, String weather) {
    long at = Camera.START_MILLIS + 7_000L * i;
    String told = weather.isEmpty() ? "" : ",\"weather\":\"" + weather + "\"";
    run.judge(
        camera(rules),
        "{\"vehicle\":\"v%d\",\"at\":%d,\"speed\":%.1f%s}".formatted(i % 3, at, speed, told),
        at);
  }

  /** {@code assertion slice value}: judged/violated/undecided over all minutes. */
  private static Map<String, String> bySlice(JudgeRun run) {
    Map<String, long[]> sums = new TreeMap<>();
    for (CountRecord count : run.counts().values()) {
      for (CountRecord.InSlice part : count.slices()) {
        String name = count.assertion() + ' ' + part.slice() + ' ' + part.value();
        long[] sum = sums.computeIfAbsent(name, unused -> new long[3]);
        sum[0] += part.judged();
        sum[1] += part.violated();
        sum[2] += part.undecided();
      }
    }
    Map<String, String> shown = new TreeMap<>();
    sums.forEach((name, sum) -> shown.put(name, sum[0] + "/" + sum[1] + "/" + sum[2]));
    return shown;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1 << 20})
  void countsAreThoseOfEachEventWhateverCrashes(long hotBytes) {
    var rules = new RulesByHand(STREAM.formatted(SLICES));
    var random = new Random(5);
    Map<String, long[]> expected = new TreeMap<>();
    try (var run = new JudgeRun(rules, hotBytes, JudgeSettings.DEFAULT_BUDGET)) {
      for (int i = 0; i < 400; i++) {
        double speed = random.nextInt(40);
        String weather = new String[] {"rain", "dry", ""}[random.nextInt(3)];
        judge(run, rules, i, speed, weather);
        SliceValue rain =
            weather.isEmpty()
                ? SliceValue.UNDECIDED
                : weather.equals("rain") ? SliceValue.TRUE : SliceValue.FALSE;
        SliceValue fast = speed > 20 ? SliceValue.TRUE : SliceValue.FALSE;
        for (String name : new String[] {"slow rain " + rain, "slow fast " + fast}) {
          long[] sum = expected.computeIfAbsent(name, unused -> new long[2]);
          sum[0]++;
          sum[1] += speed < 30 ? 0 : 1;
        }
        if (random.nextInt(9) == 0) {
          run.tick(i);
        }
        if (random.nextInt(20) == 0) {
          run.crash();
        }
      }
      run.tick(400);
      Map<String, String> counted = bySlice(run);
      expected.forEach(
          (name, sum) -> assertThat(counted).containsEntry(name, sum[0] + "/" + sum[1] + "/0"));
      for (CountRecord count : run.counts().values()) {
        for (String slice : new String[] {"rain", "fast"}) {
          assertThat(sum(count, slice))
              .as("%s of %s", slice, count)
              .containsExactly(count.judged(), count.violated(), count.undecided());
        }
      }
    }
  }

  private static long[] sum(CountRecord count, String slice) {
    var sum = new long[3];
    count.slices().stream()
        .filter(part -> part.slice().equals(slice))
        .forEach(
            part -> {
              sum[0] += part.judged();
              sum[1] += part.violated();
              sum[2] += part.undecided();
            });
    return sum;
  }

  @Test
  void otherSlicesAreCountedFromWhenTheyAreDeclared() {
    var rules = new RulesByHand(STREAM.formatted(""));
    try (var run = new JudgeRun(rules, 1 << 20, JudgeSettings.DEFAULT_BUDGET)) {
      judge(run, rules, 0, 35, "rain");
      run.tick(1);
      assertThat(bySlice(run)).isEmpty();
      assertThat(run.counts().values())
          .allMatch(
              count -> !new String(count.json(), StandardCharsets.UTF_8).contains("\"slices\""));

      rules.change(STREAM.formatted(SLICES));
      run.change();
      judge(run, rules, 1, 35, "rain");
      run.tick(2);
      assertThat(bySlice(run))
          .containsEntry("slow rain TRUE", "1/1/0")
          .containsEntry("slow fast TRUE", "1/1/0");

      rules.change(STREAM.formatted("slice fast = speed > 50.0"));
      run.change();
      judge(run, rules, 2, 35, "rain");
      run.crash();
      judge(run, rules, 3, 35, "rain");
      run.tick(3);
      assertThat(bySlice(run))
          .containsEntry("slow rain TRUE", "1/1/0")
          .containsEntry("slow fast TRUE", "1/1/0")
          .containsEntry("slow fast FALSE", "2/2/0");
      assertThat(
              run.counts().values().stream()
                  .filter(count -> count.assertion().equals("slow"))
                  .mapToLong(CountRecord::judged)
                  .sum())
          .isEqualTo(4);
    }
  }
}
