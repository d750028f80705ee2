package io.assay.stream.pairing;

import io.assay.stream.assertions.Figures;
import io.assay.stream.assertions.ReceivedTime;
import io.assay.stream.serving.Reading;
import io.assay.stream.serving.ServedRecord;
import io.assay.stream.serving.ServingReader;
import io.assay.stream.serving.Side;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * A serving stack's records in; events on the stream's own topic, and dead letters out. The methods
 * stand in the order in which records meet them.
 *
 * <p>The events are written and read again, not handed on: so they are archived, replayed and
 * judged as those of any other stream.
 */
public final class PairingTopology {
  /** The internal topic that brings both halves together, as Kafka Streams names it. */
  public static final String BY_ID = "by-id";

  private final PairingSettings settings;
  private final Figures figures;
  private final Function<ServedRecord, List<Reading>> reader;

  /**
   * @param figures where the tasks report what they do
   */
  public PairingTopology(PairingSettings settings, Figures figures) {
    this(settings, figures, new ServingReader(settings.serving())::read);
  }

  PairingTopology(
      PairingSettings settings, Figures figures, Function<ServedRecord, List<Reading>> reader) {
    this.settings = settings;
    this.figures = figures;
    this.reader = reader;
  }

  public Topology build() {
    var builder = new StreamsBuilder();
    KStream<byte[], byte[]> halves =
        settings.serving().topics().size() == 1
            ? take(builder, settings.serving().requests(), null, "")
            : take(builder, settings.serving().requests(), Side.REQUEST, "-requests")
                .merge(
                    take(builder, settings.serving().responses(), Side.RESPONSE, "-responses"),
                    Named.as("both"));
    if (settings.serving().format().isPaired()) {
      pair(halves);
    }
    return builder.build();
  }

  /** {@code side}: which the topic is for; null where both come in it. */
  private KStream<byte[], byte[]> take(
      StreamsBuilder builder, String topic, @Nullable Side side, String suffix) {
    KStream<byte[], Routed> taken =
        builder.stream(
                topic,
                Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                    .withTimestampExtractor(new ReceivedTime())
                    .withName("read" + suffix))
            .process(
                () -> new TakeId(settings, figures, reader, side), Named.as("take-id" + suffix));
    write(taken, "-taken" + suffix);
    return bound(taken, Routed.Route.BY_ID, "halves" + suffix);
  }

  /** Both halves must meet in one partition, whatever they were sent with. */
  private void pair(KStream<byte[], byte[]> halves) {
    KStream<byte[], Routed> paired =
        halves
            .repartition(
                Repartitioned.<byte[], byte[]>as(BY_ID)
                    .withKeySerde(Serdes.ByteArray())
                    .withValueSerde(Serdes.ByteArray())
                    .withNumberOfPartitions(settings.partitions()))
            .process(new Pairs(), Named.as("pair"));
    write(paired, "-paired");
  }

  private final class Pairs implements ProcessorSupplier<byte[], byte[], byte[], Routed> {
    @Override
    public Processor<byte[], byte[], byte[], Routed> get() {
      return new Pair(settings, figures, reader);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(
          Stores.keyValueStoreBuilder(
                  Stores.persistentKeyValueStore(Pair.STORE), Serdes.Bytes(), Serdes.ByteArray())
              .withCachingEnabled()
              .withLoggingEnabled(Map.of()));
    }
  }

  private void write(KStream<byte[], Routed> routed, String suffix) {
    bound(routed, Routed.Route.EVENT, "events" + suffix)
        .to(settings.stream().topic(), sink("write-events" + suffix));
    bound(routed, Routed.Route.DEAD_LETTER, "dead-letters" + suffix)
        .to(settings.topics().deadLetters(), sink("write-dead-letters" + suffix));
  }

  private static Produced<byte[], byte[]> sink(String name) {
    return Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(name);
  }

  private static KStream<byte[], byte[]> bound(
      KStream<byte[], Routed> routed, Routed.Route route, String name) {
    return routed
        .filter((key, value) -> value.isBound(route), Named.as(name))
        .mapValues(Routed::value, Named.as(name + "-bytes"));
  }
}
