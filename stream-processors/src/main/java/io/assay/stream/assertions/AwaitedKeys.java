package io.assay.stream.assertions;

import io.assay.stream.contract.KeyDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/** Keys of predictions that wait for their truth; they are stored by id. */
final class AwaitedKeys implements TaskErasures.Held {
  private final String stream;
  private final Supplier<Optional<TruthCounts>> truths;
  private final LongConsumer anew;

  /**
   * @param truths of now; empty where nothing waits for any: then nobody can read what is stored
   * @param anew hands on what was counted, and goes on from the store
   */
  AwaitedKeys(String stream, Supplier<Optional<TruthCounts>> truths, LongConsumer anew) {
    this.stream = stream;
    this.truths = truths;
    this.anew = anew;
  }

  private TruthCounts truths() {
    return truths.get().orElseThrow();
  }

  @Override
  public boolean isOf(String named) {
    return stream.equals(named);
  }

  @Override
  public long readUntil(String named) {
    return truths.get().map(TruthCounts::predictionsRead).orElse(Long.MIN_VALUE);
  }

  @Override
  public void settle(long millis) {
    anew.accept(millis);
  }

  @Override
  public List<TaskErasures.Range> ranges() {
    return List.of(truths().store().ids());
  }

  @Override
  public boolean isOf(KeyValue<Bytes, byte[]> entry, KeyDigest key) {
    return truths.get().map(now -> now.store().isOf(entry.value, key)).orElse(false);
  }

  @Override
  public long forget(List<KeyValue<Bytes, byte[]>> found, long millis) {
    anew.accept(millis);
    truths().forget(found.stream().map(entry -> entry.key).toList());
    return found.size();
  }
}
