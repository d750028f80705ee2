package io.assay.stream.embeddings;

import io.assay.stream.contract.ReleaseRecord;
import io.assay.stream.contract.ReleaseStatus;
import io.assay.stream.embeddings.Told.Answer;
import io.assay.stream.embeddings.Told.Progress;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A release as the one who merges has it in memory; all but the times is stored. */
final class MergedRelease {
  ReleaseRecord record;

  /** By partition. */
  final Map<Integer, Progress> progress = new TreeMap<>();

  /** To the present step, by partition. */
  final Map<Integer, Answer> answers = new TreeMap<>();

  /** When more of it came last, by the clock; after a restart, then. */
  long changedMillis;

  /** When its tasks were asked last; after a restart, then. */
  long steppedMillis;

  /** When it was published last. */
  long publishedMillis;

  /** What has come since it was published. */
  boolean changed;

  /** By base; null while nothing is measured. */
  @Nullable CompletableFuture<Map<String, MeasuredPair>> measuring;

  MergedRelease(ReleaseRecord record, long nowMillis) {
    this.record = record;
    this.changedMillis = nowMillis;
    this.publishedMillis = nowMillis;
    this.steppedMillis = nowMillis;
  }

  String name() {
    return record.release();
  }

  ReleaseStatus status() {
    return record.status();
  }

  /** As its tasks have told while it was open. */
  long items() {
    return progress.values().stream().mapToLong(Progress::items).sum();
  }

  long newestMillis() {
    return progress.values().stream().mapToLong(Progress::newestMillis).max().orElse(0);
  }

  long shared(String base) {
    return progress.values().stream().mapToLong(one -> one.shared().getOrDefault(base, 0L)).sum();
  }

  /** Takes what a task tells; whether that is news. */
  boolean take(Progress told, long nowMillis) {
    Progress before = progress.get(told.partition());
    if (before != null && told.sequence() <= before.sequence()) {
      return false;
    }
    progress.put(told.partition(), told);
    changed = true;
    if (before == null || told.isOtherThan(before)) {
      changedMillis = nowMillis;
    }
    return true;
  }

  /** Whether each task has a marker from each of its sources. */
  boolean isComplete(int partitions) {
    return progress.size() == partitions && progress.values().stream().allMatch(Progress::complete);
  }

  /**
   * Whether every task has said, so long after more of it came last, that nothing is on its way.
   */
  boolean isQuiet(Map<Integer, Long> alive, int partitions, long quietMillis) {
    return progress.size() == partitions
        && alive.size() == partitions
        && alive.values().stream().allMatch(at -> at - changedMillis >= quietMillis);
  }
}
