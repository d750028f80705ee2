package io.assay.stream.assertions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.eval.GroupJudge;
import io.assay.assertion.eval.Midway;
import io.assay.assertion.eval.WindowJudge;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.scenario.Backtest;
import io.assay.assertion.scenario.BacktestReport.AssertionResult;
import io.assay.assertion.scenario.Extent;
import io.assay.assertion.scenario.Recording;
import io.assay.assertion.scenario.WhyUndecided;
import io.assay.stream.contract.CountRecord;
import io.assay.stream.contract.PartialRecord;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Assertions over windows that are added while events come. */
class AddedWindowsTest {
  private static final String STREAM =
      """
      language 1
      stream loans from topic "loans" {
        key   applicant string
        time  at        timestamp(millis)
        score double
      }
      assertion plain on loans { expect score < 5.0 mode active }
      """;

  private static final String WINDOW =
      "assertion few on loans { window tumbling 10s expect count > 5 explain \"{count}\" mode"
          + " active }\n";

  private static final int EVENTS = 60;

  @TempDir private Path folder;

  /** What is found of windows: when they begin, and the sentence. */
  private final List<String> found = new ArrayList<>();

  private final Map<String, CountRecord> counts = new HashMap<>();

  private static String event(int second) {
    return "{\"applicant\":\"p\",\"at\":%d,\"score\":0.5}"
        .formatted(Camera.START_MILLIS + second * 1000L);
  }

  /** An event a second, in windows of ten; the rules change before one of them. */
  private void run(String before, int first, int changed, String after) {
    var rules = new RulesByHand(before);
    List<StreamType> streams = rules.newest().rules().streams();
    try (var tasks = new TopologyRun(rules, streams, true, folder.resolve("tasks"));
        var merge = new WindowRun(rules, folder.resolve("merge"))) {
      tasks.idle(first);
      for (int second = first; second < EVENTS; second++) {
        if (second == changed) {
          rules.change(after);
        }
        tasks.send(streams.getFirst(), second * 1000L, event(second));
        tasks.idle(1);
        merge.send(tasks.read(TopologyRun.TOPICS.partials()));
      }
      tasks.pass(Duration.ofMinutes(2));
      tasks.idle(1);
      merge.send(tasks.read(TopologyRun.TOPICS.partials()));
      merge.violations().forEach(json -> found.add(told(json)));
      merge.counts().forEach(count -> counts.put(new String(count.key(), UTF_8), count));
    }
  }

  private static String told(String json) {
    Violation violation = ViolationJson.read(json.getBytes(UTF_8));
    long from = violation.from() / 1_000_000 - Camera.START_MILLIS;
    return from / 1000 + ": " + violation.sentence();
  }

  private long undecided() {
    return counts.values().stream().mapToLong(CountRecord::undecided).sum();
  }

  private long held() {
    return counts.values().stream().mapToLong(CountRecord::held).sum();
  }

  /** Four of its ten events come after the rule does: were it whole, it would be violated. */
  @Test
  void judgeNoWindowOfWhichTheySawAPart() {
    run(STREAM, 0, 26, STREAM + WINDOW);
    assertThat(found).isEmpty();
    assertThat(undecided()).isEqualTo(1);
    assertThat(held()).isEqualTo(3);
    AssertionResult expected = backtest(26);
    assertThat(expected.undecided()).isEqualTo(1);
    assertThat(expected.violations()).isZero();
    assertThat(expected.reasons())
        .extracting(WhyUndecided::reason)
        .containsExactly("the window begins before the range that is judged");
  }

  /** A topic is read from its first event on, as a recording is: before it there was nothing. */
  @Test
  void judgeTheFirstWindowOfAStreamThatTheySawBegin() {
    run(STREAM + WINDOW, 6, -1, "");
    assertThat(found).containsExactly("0: 4");
    assertThat(undecided()).isZero();
  }

  @Test
  void goOnInTheMidstOfAWindowWhereOnlyTheirSentenceIsNew() {
    run(STREAM + WINDOW, 0, 26, STREAM + WINDOW.replace("{count}", "of {count}"));
    assertThat(found).isEmpty();
    assertThat(undecided()).isZero();
    assertThat(held()).isEqualTo(6);
  }

  /** That they are new is stored when they begin, and no later task takes it for anew. */
  @Test
  void areNewOnce() {
    CheckedRules rules = RulesByHand.compiled(STREAM + WINDOW);
    WindowJudge judge =
        WindowJudge.of(rules, rules.streams().getFirst(), TopologyRun.PROJECT).getFirst();
    KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("counts").get();
    var midway = new Midway(1, 2);
    counts(rules, judge, store, fresh -> fresh.begin(midway));
    List<PartialRecord> partials = new ArrayList<>();
    WindowCounts again =
        counts(
            rules,
            judge,
            store,
            fresh -> {
              throw new AssertionError("it began before");
            });
    again.reach(new TimePassed("loans", 0, 1, 5), partials::add);
    again.handOn(partials::add);
    assertThat(partials)
        .flatExtracting(PartialRecord::pieces)
        .extracting(piece -> judge.restorePart(piece.part()).midway())
        .containsExactly(Optional.of(midway));
  }

  private static WindowCounts counts(
      CheckedRules rules,
      WindowJudge judge,
      KeyValueStore<Bytes, byte[]> store,
      Consumer<LaneCounts> begin) {
    return new WindowCounts(
        List.of(new WindowLanes(TopologyRun.PROJECT, judge)),
        Map.of(),
        GroupJudge.of(rules, rules.streams(), TopologyRun.PROJECT)::pairs,
        new WindowCounts.Lanes(0, 1, Map.of(), 1),
        new Journal(store, new StateKeys(TopologyRun.PROJECT), "windows"),
        begin,
        new Figures("loans"));
  }

  private static AssertionResult backtest(int from) {
    CheckedRules rules = RulesByHand.compiled(STREAM + WINDOW);
    String lines =
        IntStream.range(0, EVENTS)
            .mapToObj(AddedWindowsTest::event)
            .collect(Collectors.joining("\n"));
    var in = new ByteArrayInputStream(lines.getBytes(UTF_8));
    return Backtest.run(
            rules,
            TopologyRun.PROJECT,
            List.of(Recording.ofLines(rules.streams().getFirst(), "loans.jsonl", in)),
            new Extent(
                (Camera.START_MILLIS + from * 1000L) * 1_000_000L, Long.MAX_VALUE, Set.of(), 1),
            new Silence())
        .find("few")
        .orElseThrow();
  }

  /** Only the report is wanted. */
  private static final class Silence implements Backtest.Listener {
    @Override
    public void violation(Violation violation) {}

    @Override
    public void unreadable(String place, String cause, String detail) {
      throw new AssertionError(place + ' ' + cause + ' ' + detail);
    }

    @Override
    public void progress(long judged) {}
  }
}
