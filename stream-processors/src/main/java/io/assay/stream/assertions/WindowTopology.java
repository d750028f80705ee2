package io.assay.stream.assertions;

import io.assay.assertion.eval.GroupJudge;
import io.assay.assertion.eval.OverStream;
import io.assay.assertion.eval.WindowJudge;
import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What tasks have gathered in; violations, counts and figures of windows and silences that are
 * over, out. One for all streams of a project: partials are few, and each assertion's are merged by
 * one task.
 */
public final class WindowTopology {
  /** The store, and so the name of the topic that has what it has. */
  public static final String STATE = "windows";

  private static final String READ = "read-partials";
  private static final String MERGE = "merge";

  private final LiveRules rules;
  private final JudgeSettings settings;
  private final Map<String, Figures> figures;

  /**
   * @param rules those that judge live
   * @param figures by stream: where the tasks report what they do
   */
  public WindowTopology(CheckedRules rules, JudgeSettings settings, Map<String, Figures> figures) {
    this(LiveRules.fixed(rules), settings, new ConcurrentHashMap<>(figures));
  }

  /**
   * @param rules that may change
   * @param figures by stream; those that are missing are added
   */
  public WindowTopology(
      LiveRules rules, JudgeSettings settings, ConcurrentMap<String, Figures> figures) {
    this.rules = rules;
    this.settings = settings;
    this.figures = figures;
  }

  /** Whether rules have anything to merge. */
  public static boolean isNeeded(CheckedRules rules) {
    return rules.assertions().stream().anyMatch(WindowJudge::isWindowed)
        || !OverStream.assertions(rules.assertions()).isEmpty();
  }

  /** Of one task, by what their partials are told by. */
  private Map<String, Merging> mergings(LiveRules.Generation generation) {
    CheckedRules rules = generation.rules();
    Map<String, Merging> all = new HashMap<>();
    for (StreamType stream : rules.streams()) {
      for (WindowJudge judge : WindowJudge.of(rules, stream, settings.project())) {
        all.put(judge.assertion().judgementHash(), new Merging.OfWindows(judge));
      }
      OverStream.of(rules, stream, settings.project())
          .ifPresent(
              judge -> all.put(BeatLanes.hash(stream.name()), ofStream(rules, stream, judge)));
    }
    return all;
  }

  private Merging ofStream(CheckedRules rules, StreamType stream, OverStream judge) {
    Set<String> reads = GroupJudge.of(rules, List.of(stream), settings.project()).reads(stream);
    EventDecoder decoder = EventDecoder.of(stream, reads);
    return new Merging.OfStream(judge, decoder, settings.idleAfter().toNanos());
  }

  public Topology build() {
    var bytes = new ByteArraySerializer();
    var read = new ByteArrayDeserializer();
    return new Topology()
        .addSource(READ, read, read, settings.topics().partials())
        .addProcessor(MERGE, new Supplier(), READ)
        .addSink(AssertionTopology.VIOLATIONS, settings.topics().violations(), bytes, bytes, MERGE)
        .addSink(AssertionTopology.COUNTS, settings.topics().counts(), bytes, bytes, MERGE)
        .addSink(AssertionTopology.FIGURES, settings.topics().figures(), bytes, bytes, MERGE)
        .addSink(AssertionTopology.RULE_USE, settings.topics().ruleUse(), bytes, bytes, MERGE);
  }

  /** One merge a task, with its store. */
  private final class Supplier implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {
    @Override
    public Processor<byte[], byte[], byte[], byte[]> get() {
      return new WindowMerge(rules, WindowTopology.this::mergings, settings, figures);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      StoreBuilder<KeyValueStore<Bytes, byte[]>> store =
          Stores.keyValueStoreBuilder(
                  Stores.persistentKeyValueStore(STATE), Serdes.Bytes(), Serdes.ByteArray())
              .withCachingEnabled()
              .withLoggingEnabled(Map.of());
      return Set.of(store);
    }
  }
}
