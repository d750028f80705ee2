package io.assay.stream.assertions;

import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Kind;
import io.assay.stream.contract.KeyDigest;
import io.assay.stream.contract.SilentRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Keys that a judge remembers. Joined streams share what is remembered of a key: it goes with it,
 * whichever of them is named.
 */
final class JudgedKeys implements TaskErasures.Held {
  private final JudgeTask.Assignment here;
  private final PassingTime time;
  private final LongConsumer anew;

  /** {@code anew}: stores all that is remembered, and goes on from the store. */
  JudgedKeys(JudgeTask.Assignment here, PassingTime time, LongConsumer anew) {
    this.here = here;
    this.time = time;
    this.anew = anew;
  }

  @Override
  public boolean isOf(String stream) {
    return here.figures().containsKey(stream);
  }

  @Override
  public long readUntil(String stream) {
    return time.readUntil(stream);
  }

  @Override
  public void settle(long millis) {
    anew.accept(millis);
  }

  @Override
  public List<TaskErasures.Range> ranges() {
    StateKeys keys = here.keys();
    return List.of(
        new TaskErasures.Range(keys.ofKey(""), keys.afterKeys()),
        new TaskErasures.Range(keys.ofWakes(), keys.afterWakes()));
  }

  @Override
  public boolean isOf(KeyValue<Bytes, byte[]> entry, KeyDigest key) {
    return key.isOf(here.keys().streamKeyIn(entry.key));
  }

  /** Events that windows were counted again from may lie where nothing has been written since. */
  @Override
  public long forget(List<KeyValue<Bytes, byte[]>> found, long millis) {
    anew.accept(millis);
    found.forEach(entry -> here.store().delete(entry.key));
    found.stream()
        .map(entry -> new String(here.keys().streamKeyIn(entry.key), StandardCharsets.UTF_8))
        .distinct()
        .forEach(key -> forgetSilence(key, millis));
    Journal.clean(here.store(), here.keys(), JudgeTask.WINDOWS);
    return found.size();
  }

  /** That it is silent, or speaks, is told of no more: compaction takes out what was told. */
  private void forgetSilence(String key, long millis) {
    for (CheckedAssertion assertion : here.rules().current().judge().assertions()) {
      if (assertion.kind() instanceof Kind.Silence) {
        byte[] told =
            SilentRecord.recordKey(
                here.settings().project(), assertion.on().name(), assertion.name(), key);
        here.context().forward(withoutValue(told, millis), AssertionTopology.SILENT);
      }
    }
  }

  // Kafka's records take null for an absent value, without saying so in their types.
  @SuppressWarnings("NullAway")
  private static Record<byte[], byte[]> withoutValue(byte[] key, long millis) {
    return new Record<>(key, null, millis);
  }
}
