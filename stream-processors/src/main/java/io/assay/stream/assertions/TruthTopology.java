package io.assay.stream.assertions;

import io.assay.assertion.event.EventDecoder;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.stream.contract.Erasing;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What turned out to be true of a stream's predictions, joined to them by id: truths in by their
 * topics, predictions from those who judge them; partial counts of windows out, and what is told of
 * the rules.
 *
 * <p>Both go through one topic, so that an id's meet in one task, in an order that stays.
 */
public final class TruthTopology {
  /** The store, and so the name of the topic that has what it has. */
  public static final String STATE = "truths";

  /** Comes before the names of other sources: tasks with state keep their numbers. */
  private static final String READ = "awaiting";

  private static final String MEET = "meet";

  private final LiveRules rules;
  private final AwaitedStream stream;
  private final JudgeSettings settings;
  private final Figures figures;
  private final Erasing erasing;

  private TruthTopology(
      LiveRules rules,
      AwaitedStream stream,
      JudgeSettings settings,
      Figures figures,
      Erasing erasing) {
    this.erasing = erasing;
    this.rules = rules;
    this.stream = stream;
    this.settings = settings;
    this.figures = figures;
  }

  /**
   * @param rules that may change; topics of truths are those of now
   * @param settings their sources: how many partitions each topic of truths has that is there; for
   *     the others it is waited, while predictions are kept
   * @param figures of the stream: where the tasks report what they do
   * @param erasing which keys are to be forgotten
   */
  public static TruthTopology of(
      LiveRules rules,
      StreamType stream,
      JudgeSettings settings,
      Figures figures,
      Erasing erasing) {
    AwaitedStream awaited =
        AwaitedStream.of(rules.newest().rules(), stream.name(), settings.project())
            .orElseThrow(
                () -> new IllegalArgumentException("nothing waits for truth of " + stream.name()));
    return new TruthTopology(rules, awaited, settings, figures, erasing);
  }

  /** The topics that truths of a stream come from; none where nothing waits for any. */
  public static List<String> topics(CheckedRules rules, StreamType stream, String project) {
    Optional<AwaitedStream> awaited = AwaitedStream.of(rules, stream, project);
    return awaited.map(AwaitedStream::topics).map(List::copyOf).orElse(List.of());
  }

  public Topology build() {
    var topology = new Topology();
    stream.topics().stream()
        .filter(settings.sources()::containsKey)
        .forEach(topic -> take(topology, topic));
    var bytes = new ByteArraySerializer();
    var read = new ByteArrayDeserializer();
    return topology
        .addSource(READ, read, read, settings.topics().awaiting())
        .addProcessor(MEET, new Supplier(), READ)
        .addSink(AssertionTopology.PARTIALS, settings.topics().partials(), bytes, bytes, MEET)
        .addSink(AssertionTopology.COUNTS, settings.topics().counts(), bytes, bytes, MEET)
        .addSink(AssertionTopology.RULE_USE, settings.topics().ruleUse(), bytes, bytes, MEET)
        .addSink(AssertionTopology.ERASURES, settings.topics().erasures(), bytes, bytes, MEET)
        .addSink(
            AssertionTopology.DEAD_LETTERS, settings.topics().deadLetters(), bytes, bytes, MEET);
  }

  /** Each topic has tasks of its own, however many partitions the others have. */
  private void take(Topology topology, String topic) {
    var bytes = new ByteArraySerializer();
    var plain = new ByteArrayDeserializer();
    String read = "truth-" + topic;
    String take = "take-truth-" + topic;
    String to = AssertionTopology.AWAITING + '-' + topic;
    String aside = AssertionTopology.DEAD_LETTERS + '-' + topic;
    var source =
        new TakeTruth.Source(
            settings.project(),
            stream.type().name(),
            topic,
            Objects.requireNonNull(settings.sources().get(topic)),
            settings.watched(),
            now -> idOnly(now, topic));
    topology
        .addSource(AutoOffsetReset.earliest(), read, new ReceivedTime(), plain, plain, topic)
        .addProcessor(take, () -> new TakeTruth(rules, source, to, aside, figures), read)
        .addSink(aside, settings.topics().deadLetters(), bytes, bytes, take);
    AwaitingSink.add(topology, to, settings.topics().awaiting(), take);
  }

  private Optional<EventDecoder> idOnly(CheckedRules now, String topic) {
    return AwaitedStream.of(now, stream.type().name(), settings.project())
        .flatMap(awaited -> awaited.idOnly(topic));
  }

  /** One a task, with its store. */
  private final class Supplier implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {
    @Override
    public Processor<byte[], byte[], byte[], byte[]> get() {
      return new MeetTruth(rules, stream.type().name(), settings, figures, erasing);
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
