package io.assay.stream.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.assertion.event.Coordinates;
import io.assay.assertion.event.Decoded;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.imputation.ImputersInForce;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeTaskTest {
  private static final String TEXT =
      """
      language 1
      stream camera from topic "av.camera" {
        key   vehicle string
        time  at      timestamp(millis)
        speed         double
      }
      assertion steady on camera {
        mode   active
        change speed at most 5.0 per 1s
      }
      """;

  private static final CheckedRules RULES = rules(TEXT);

  /** The same of a stream with a field more. */
  private static final CheckedRules WIDER =
      rules(TEXT.replace("speed         double", "driver string? private\n  speed double"));

  private final KeyValueStore<Bytes, byte[]> store = store();
  private final Figures figures = new Figures("camera");
  private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();

  private static CheckedRules rules(String text) {
    return RulesByHand.compiled(text).live();
  }

  private static KeyValueStore<Bytes, byte[]> store() {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(AssertionTopology.STATE),
            Serdes.Bytes(),
            Serdes.ByteArray())
        .withLoggingDisabled()
        .build();
  }

  private JudgeTask begin() {
    return begin(RULES, store);
  }

  private JudgeTask begin(CheckedRules by, KeyValueStore<Bytes, byte[]> store) {
    store.init(context.getStateStoreContext(), store);
    var settings =
        new JudgeSettings(
            TopologyRun.PROJECT,
            TopologyRun.TOPICS,
            false,
            1,
            Map.of(),
            WatchedSources.STEADY,
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            1 << 20);
    var keys = new StateKeys(TopologyRun.PROJECT);
    TaskRules rules =
        AssertionTopology.tasks(
                LiveRules.fixed(by), by.streams(), TopologyRun.PROJECT, ImputersInForce.NONE)
            .of(context.taskId());
    return new JudgeTask(
        new JudgeTask.Assignment(
            settings,
            Map.of("camera", figures),
            context,
            store,
            keys,
            rules,
            new Ledger(store, keys, Ledger.PAGE),
            new Arrivals(Map.of()),
            new Counts(store, keys, "camera", Tallied.to(Map.of()))),
        rules.begin(Optional.empty(), Set.of()));
  }

  private static void judge(JudgeTask task, int number, String key) {
    byte[] payload =
        "{\"vehicle\":\"%s\",\"at\":%d,\"speed\":%d}"
            .formatted(key, Camera.START_MILLIS + 100L * number, number % 7)
            .getBytes(StandardCharsets.UTF_8);
    var source = new Coordinates("av.camera", 0, number);
    if (task.by().decoder("camera").decode(payload, null, source, Camera.START_MILLIS)
        instanceof Decoded.Readable(var event)) {
      task.gathered().clear("camera");
      task.judge(task.keys().of(key), event, payload, Camera.START_MILLIS);
      task.taken(event, payload);
    }
  }

  /**
   * Where our own judging fails, the object may be half changed: it is made again from the store.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 20, 40})
  void anObjectThatWasDroppedHalfChangedIsFoundAsItWas(int events) {
    JudgeTask task = begin();
    for (int i = 0; i < events; i++) {
      judge(task, i, "v" + i % 2);
      if (task.endsPage()) {
        task.endPage();
      }
    }
    byte[] before = task.judge().snapshot(task.keys().of("v0"));
    task.keys().forget("v0");
    task.endPage();
    assertThat(task.keys().lost()).isEmpty();
    assertThat(task.judge().snapshot(task.keys().of("v0"))).isEqualTo(before);

    judge(task, events, "v0");
    byte[] after = task.judge().snapshot(task.keys().of("v0"));
    JudgeTask next = begin();
    next.resume();
    assertThat(next.judge().snapshot(next.keys().of("v0"))).isEqualTo(after);
  }

  /** What was stored before, and what is judged again, is as if there had always been the field. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 20, 40})
  void aTaskThatEndedGoesOnWhereTheStreamHasAFieldMoreSince(int stored) {
    JudgeTask before = begin();
    JudgeTask always = begin(WIDER, store());
    for (int i = 0; i < 40; i++) {
      if (i == stored) {
        before.settle(Camera.START_MILLIS);
      }
      judge(before, i, "v" + i % 2);
      judge(always, i, "v" + i % 2);
    }
    before.endPage();
    JudgeTask next = begin(WIDER, store);
    next.resume();
    for (String key : List.of("v0", "v1")) {
      assertThat(next.judge().snapshot(next.keys().of(key)))
          .isEqualTo(always.judge().snapshot(always.keys().of(key)));
    }
    assertThat(figures.restarted()).isZero();
  }
}
