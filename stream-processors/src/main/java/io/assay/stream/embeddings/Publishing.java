package io.assay.stream.embeddings;

import io.assay.stream.contract.HeaderNames;
import io.assay.stream.contract.ReleaseKey;
import io.assay.stream.contract.ReleaseRecord;
import io.assay.stream.contract.RuleUse;
import io.assay.stream.contract.StabilityRecord;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Tells tasks how far releases are, and everybody what is known of them; and keeps both. */
final class Publishing {
  private final ProcessorContext<byte[], Sent> context;
  private final MergeStore store;

  Publishing(ProcessorContext<byte[], Sent> context, MergeStore store) {
    this.context = context;
    this.store = store;
  }

  MergeStore store() {
    return store;
  }

  void release(MergedRelease release, ReleaseRecord next) {
    release.record = next;
    store.put(next);
    send(Sent.Route.RELEASE, next.project(), next.key().bytes(), next.json());
  }

  /** Returns in how many pieces it stands. */
  int rotation(ReleaseKey release, String base, byte[] bytes) {
    return pieces(bytes, number -> release.rotation(base, number));
  }

  /** Returns in how many pieces they stand. */
  int furthest(ReleaseKey release, String base, byte[] bytes) {
    return pieces(bytes, number -> release.furthest(base, number));
  }

  private int pieces(byte[] bytes, IntFunction<ReleaseKey> key) {
    List<byte[]> pieces = Pieces.of(bytes);
    for (int i = 0; i < pieces.size(); i++) {
      ReleaseKey one = key.apply(i);
      send(Sent.Route.RELEASE, one.project(), one.bytes(), pieces.get(i));
    }
    return pieces.size();
  }

  /** What its tasks needed for their steps, and nobody needs any more. */
  void forgetSteps(ReleaseRecord release) {
    ReleaseKey key = release.key();
    release.rotations().forEach((base, count) -> forget(count, i -> key.rotation(base, i)));
    release.furthest().forEach((base, count) -> forget(count, i -> key.furthest(base, i)));
  }

  private void forget(int pieces, IntFunction<ReleaseKey> key) {
    for (int i = 0; i < pieces; i++) {
      ReleaseKey one = key.apply(i);
      send(Sent.Route.RELEASE, one.project(), one.bytes(), null);
    }
  }

  /** As if it had never been; what was told of it stays told. */
  void forget(MergedRelease release) {
    ReleaseRecord record = release.record;
    release.progress.keySet().forEach(one -> store.deleteProgress(record.release(), one));
    store.delete(record);
    send(Sent.Route.RELEASE, record.project(), record.key().bytes(), null);
    send(Sent.Route.RELEASE, record.project(), record.key().accepted().bytes(), null);
  }

  void known(StabilityRecord next) {
    store.put(next);
    send(Sent.Route.STABILITY, next.project(), next.key(), next.json());
  }

  /** By which rules it goes from now on, where that is news. */
  void use(String project, long generation) {
    if (generation > 0 && generation != store.generation()) {
      store.noteGeneration(generation);
      var use =
          new RuleUse(
              project,
              context.applicationId(),
              context.taskId().toString(),
              generation,
              context.currentSystemTimeMs());
      send(Sent.Route.RULE_USE, project, use.key(), use.json());
    }
  }

  // Kafka's records take null for an absent value, without saying so in their types.
  @SuppressWarnings("NullAway")
  private void send(Sent.Route route, String project, byte[] key, byte @Nullable [] value) {
    var headers = new RecordHeaders();
    HeaderNames.put(headers, HeaderNames.PROJECT, project);
    context.forward(
        Sent.of(new Record<>(key, value, context.currentSystemTimeMs(), headers), route));
  }
}
