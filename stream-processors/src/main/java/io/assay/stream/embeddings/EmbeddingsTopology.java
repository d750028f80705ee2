package io.assay.stream.embeddings;

import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.Embeddings;
import io.assay.stream.assertions.Figures;
import io.assay.stream.assertions.LiveRules;
import io.assay.stream.assertions.ReceivedTime;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Vectors in; what is known of releases, violations, counts, dead letters and late records out. The
 * methods stand in the order in which records meet them.
 *
 * <p>Tasks keep their share of the items; one task merges what they tell, and tells all of them by
 * a topic that each instance reads whole how far releases are.
 */
public final class EmbeddingsTopology {
  /** The store of vectors, and so the name of the topic that has what it has. */
  public static final String VECTORS = "vectors";

  /** The internal topic that brings the vectors of an item together, as Kafka Streams names it. */
  public static final String BY_ITEM = "by-item";

  static final String MERGED = "merged";
  static final String RELEASES = "releases";

  /** All meet in one place. */
  static final byte[] TO_MERGE = "merge".getBytes(StandardCharsets.UTF_8);

  private final Embeddings embeddings;
  private final LiveRules rules;
  private final EmbeddingsSettings settings;
  private final Figures figures;
  private final Executor measuring;
  private final Function<String, KeyValueBytesStoreSupplier> stores;

  /**
   * @param rules that may change; what is declared of the embeddings stays
   * @param figures where the tasks report what they do
   */
  public EmbeddingsTopology(
      Embeddings embeddings, LiveRules rules, EmbeddingsSettings settings, Figures figures) {
    this(
        embeddings,
        rules,
        settings,
        figures,
        work -> Thread.ofPlatform().name("assay-measure").daemon().start(work),
        Stores::persistentKeyValueStore);
  }

  /**
   * @param measuring runs what takes long
   * @param stores by name
   */
  EmbeddingsTopology(
      Embeddings embeddings,
      LiveRules rules,
      EmbeddingsSettings settings,
      Figures figures,
      Executor measuring,
      Function<String, KeyValueBytesStoreSupplier> stores) {
    this.stores = stores;
    this.embeddings = embeddings;
    this.rules = rules;
    this.settings = settings;
    this.figures = figures;
    this.measuring = measuring;
  }

  /** The embeddings of which rules compare releases. */
  public static List<Embeddings> compared(CheckedRules rules) {
    return rules.declared().embeddings().stream()
        .filter(one -> !AskedOfReleases.assertions(rules, one.name()).isEmpty())
        .toList();
  }

  /** How many numbers a vector has. */
  public static int dimensions(Embeddings embeddings) {
    return VectorReader.dimensions(embeddings);
  }

  public Topology build() {
    var builder = new StreamsBuilder();
    hear(builder);
    KStream<byte[], Sent> kept = keep(perItem(read(builder)));
    write(kept, Sent.Route.DEAD_LETTER, "dead-letters", settings.topics().deadLetters());
    write(kept, Sent.Route.LATE, "late", settings.topics().late());
    KStream<byte[], Sent> merged = merge(kept);
    write(merged, Sent.Route.RELEASE, "releases", settings.topics().releases());
    write(merged, Sent.Route.STABILITY, "stability", settings.topics().stability());
    write(merged, Sent.Route.VIOLATION, "violations", settings.topics().violations());
    write(merged, Sent.Route.COUNT, "counts", settings.topics().counts());
    write(merged, Sent.Route.RULE_USE, "rule-use", settings.topics().ruleUse());
    return builder.build();
  }

  /** How far releases are, for every instance. */
  private void hear(StreamsBuilder builder) {
    StoreBuilder<KeyValueStore<Bytes, byte[]>> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(RELEASES), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled();
    builder.<Bytes, byte[]>addGlobalStore(
        store,
        settings.topics().releases(),
        Consumed.with(Serdes.Bytes(), Serdes.ByteArray()).withName("hear-releases"),
        () -> new HearReleases(settings.project(), embeddings.name(), RELEASES));
  }

  private KStream<byte[], byte[]> read(StreamsBuilder builder) {
    return builder.stream(
        embeddings.type().topic(),
        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
            .withTimestampExtractor(new ReceivedTime())
            .withName("read"));
  }

  /** An item's vectors must meet in one partition, since they are compared there. */
  private KStream<byte[], byte[]> perItem(KStream<byte[], byte[]> records) {
    if (settings.keyed()) {
      return records;
    }
    VectorReader reader = VectorReader.ofNames(embeddings);
    return records
        .<byte[], byte[]>process(() -> new TakeItem(reader, settings), Named.as("take-item"))
        .repartition(
            Repartitioned.<byte[], byte[]>as(BY_ITEM)
                .withKeySerde(Serdes.ByteArray())
                .withValueSerde(Serdes.ByteArray())
                .withStreamPartitioner(ToAll.partitioner())
                .withNumberOfPartitions(settings.partitions()));
  }

  private KStream<byte[], Sent> keep(KStream<byte[], byte[]> records) {
    VectorReader reader = VectorReader.of(embeddings);
    return records.process(
        new WithStore(
            stores.apply(VECTORS), () -> new ReleaseTask(embeddings, reader, settings, figures)),
        Named.as("keep"));
  }

  private KStream<byte[], Sent> merge(KStream<byte[], Sent> kept) {
    return bound(kept, Sent.Route.TOLD, "told")
        .repartition(
            Repartitioned.<byte[], byte[]>as("told")
                .withKeySerde(Serdes.ByteArray())
                .withValueSerde(Serdes.ByteArray())
                .withNumberOfPartitions(1))
        .process(
            new WithStore(
                stores.apply(MERGED),
                () -> new ReleaseMerge(embeddings, rules, settings, figures, measuring)),
            Named.as("merge"));
  }

  /** One processor a task, with its store. */
  private record WithStore(
      KeyValueBytesStoreSupplier store, Supplier<Processor<byte[], byte[], byte[], Sent>> made)
      implements ProcessorSupplier<byte[], byte[], byte[], Sent> {
    @Override
    public Processor<byte[], byte[], byte[], Sent> get() {
      return made.get();
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(
          Stores.keyValueStoreBuilder(store, Serdes.Bytes(), Serdes.ByteArray())
              .withCachingEnabled()
              .withLoggingEnabled(Map.of()));
    }
  }

  private static void write(
      KStream<byte[], Sent> sent, Sent.Route route, String name, String topic) {
    bound(sent, route, name)
        .to(topic, Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("write-" + name));
  }

  private static KStream<byte[], byte[]> bound(
      KStream<byte[], Sent> sent, Sent.Route route, String name) {
    return sent.filter((key, value) -> value.isBound(route), Named.as(name))
        .mapValues(Sent::value, Named.as(name + "-bytes"));
  }
}
