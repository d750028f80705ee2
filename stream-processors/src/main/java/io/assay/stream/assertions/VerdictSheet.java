package io.assay.stream.assertions;

import io.assay.assertion.Violation;
import io.assay.assertion.eval.Verdicts;
import io.assay.stream.contract.CountRecord;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What those find and count who judge no events one by one: counts are in the task's store with
 * what they count, and sent now and then.
 */
public final class VerdictSheet {
  /** Where releases of embeddings are judged, tasks are numbered from here. */
  public static final int RELEASES = 3 << 20;

  private final String project;
  private final String stream;
  private final Gathered gathered = new Gathered(Map.of());
  private final Counts counts;

  /**
   * @param stream whose verdicts they are
   * @param figures hears of them, too
   */
  public VerdictSheet(
      KeyValueStore<Bytes, byte[]> store, String project, String stream, Figures figures) {
    this.project = project;
    this.stream = stream;
    this.counts =
        new Counts(store, new StateKeys(project), stream, Tallied.to(Map.of(stream, figures)));
  }

  /** Takes what judging brings forth; what was found before is forgotten. */
  public Verdicts begin() {
    gathered.clear(stream);
    return gathered;
  }

  /** Counts what was brought forth, and returns the violations. */
  public List<Violation> end() {
    counts.add(gathered);
    counts.store();
    return gathered.found().stream().map(Gathered.Found::violation).toList();
  }

  /** Assertions that failed in themselves, and how. */
  public void failures(Figures figures) {
    gathered.failures().forEach(one -> figures.assertionFailed(one.assertion(), one.message()));
  }

  /** Hands out every count that has changed since it was last sent. */
  public void send(int partition, Consumer<CountRecord> to) {
    counts.send(project, partition, to);
  }
}
