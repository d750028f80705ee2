package io.assay.stream.assertions;

import io.assay.stream.contract.RuleUse;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** The generation of rules that a task judges by, in its own store: a restart goes on with it. */
final class Noted {
  private Noted() {}

  /** Empty for a task that has judged nothing yet. */
  static Optional<Long> read(KeyValueStore<Bytes, byte[]> store, StateKeys keys) {
    return Optional.ofNullable(store.get(keys.ofGeneration()))
        .map(bytes -> ByteBuffer.wrap(bytes).getLong());
  }

  /** What is told of it. */
  static RuleUse use(
      String project,
      ProcessorContext<?, ?> context,
      long generation,
      Troubles troubles,
      Map<String, RuleUse.Cost> costs) {
    return new RuleUse(
        project,
        context.applicationId(),
        context.taskId().toString(),
        generation,
        context.currentSystemTimeMs(),
        troubles.suspended(),
        troubles.errors(),
        costs);
  }

  static void write(KeyValueStore<Bytes, byte[]> store, StateKeys keys, long generation) {
    store.put(keys.ofGeneration(), ByteBuffer.allocate(Long.BYTES).putLong(generation).array());
  }
}
