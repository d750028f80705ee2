package io.assay.stream.assertions;

import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** One judge a task, with its store. */
record JudgeSupplier(Supplier<Judge> judge, StoreBuilder<?> store)
    implements ProcessorSupplier<byte[], Arriving, byte[], byte[]> {

  @Override
  public Processor<byte[], Arriving, byte[], byte[]> get() {
    return judge.get();
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    return Set.of(store);
  }
}
