package io.assay.stream.embeddings;

import io.assay.stream.contract.ReleaseAcceptance;
import io.assay.stream.contract.ReleaseKey;
import io.assay.stream.contract.ReleaseRecord;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Keeps what is told of the releases of some embeddings, of all that stand on the topic. */
final class HearReleases extends ContextualProcessor<Bytes, byte[], Void, Void> {
  private final String project;
  private final String embeddings;
  private final String name;
  private @Nullable KeyValueStore<Bytes, byte[]> store;

  /** {@code name}: of the store. */
  HearReleases(String project, String embeddings, String name) {
    this.project = project;
    this.embeddings = embeddings;
    this.name = name;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    super.init(context);
    store = context.getStateStore(name);
  }

  @Override
  public void process(Record<Bytes, byte[]> record) {
    Optional<ReleaseKey> key =
        record.key() == null ? Optional.empty() : ReleaseKey.read(record.key().get());
    if (key.isPresent()
        && key.get().project().equals(project)
        && key.get().embeddings().equals(embeddings)
        && (record.value() == null || isReadable(key.get(), record.value()))) {
      Objects.requireNonNull(store, "init comes first").put(record.key(), record.value());
    }
  }

  /** What others may have written there must not stop whoever reads it. */
  private static boolean isReadable(ReleaseKey key, byte[] value) {
    try {
      if (key.part().isEmpty()) {
        ReleaseRecord.read(value);
      } else if (key.equals(
          ReleaseKey.of(key.project(), key.embeddings(), key.release()).accepted())) {
        ReleaseAcceptance.read(value);
      }
      return true;
    } catch (IllegalArgumentException broken) {
      return false;
    }
  }
}
