package io.assay.stream.embeddings;

import io.assay.stream.contract.ReleaseRecord;
import io.assay.stream.contract.StabilityRecord;
import io.assay.stream.contract.StabilityRecord.Measured;
import io.assay.stream.contract.StabilityRecord.Moved;
import io.assay.stream.contract.StabilityRecord.Neighbourhoods;
import io.assay.stream.contract.StabilityRecord.Outcome;
import io.assay.stream.contract.StabilityRecord.Verdict;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a release, by itself or against a base, about to be told anew. */
final class Facts {
  private final ReleaseRecord release;
  private final String base;
  private final long sequence;
  String by = "";
  long items;
  long baseItems;
  long shared;
  @Nullable Measured measured;
  String unmeasured = "";
  List<Moved> moved = List.of();
  long stateBytes;
  long atMillis;
  long measuredMillis;
  long generation;
  List<Verdict> verdicts = List.of();
  @Nullable Outcome judgement;
  @Nullable Neighbourhoods neighbourhoods;

  private Facts(ReleaseRecord release, String base, long sequence) {
    this.release = release;
    this.base = base;
    this.sequence = sequence;
  }

  /**
   * @param before what was told last
   */
  static Facts of(ReleaseRecord release, String base, Optional<StabilityRecord> before) {
    var facts = new Facts(release, base, before.map(StabilityRecord::sequence).orElse(0L) + 1);
    before.ifPresent(facts::take);
    return facts;
  }

  private void take(StabilityRecord before) {
    by = before.by();
    items = before.items();
    baseItems = before.baseItems();
    shared = before.shared();
    measured = before.measured();
    unmeasured = before.unmeasured();
    moved = before.moved();
    stateBytes = before.stateBytes();
    atMillis = before.atMillis();
    measuredMillis = before.measuredMillis();
    generation = before.generation();
    verdicts = before.verdicts();
    judgement = before.judgement();
    neighbourhoods = before.neighbourhoods();
  }

  String base() {
    return base;
  }

  private double coverage() {
    long all = items + baseItems - shared;
    return base.isEmpty() || all <= 0 ? 0 : (double) shared / all;
  }

  StabilityRecord record() {
    return new StabilityRecord(
        release.project(),
        release.embeddings(),
        release.release(),
        base,
        sequence,
        release.number(),
        release.status(),
        release.why(),
        by,
        items,
        baseItems,
        shared,
        coverage(),
        measured,
        unmeasured,
        moved,
        stateBytes,
        atMillis,
        release.openedMillis(),
        release.closedMillis(),
        measuredMillis,
        generation,
        verdicts,
        base.isEmpty() ? release.previous() : "",
        base.isEmpty() ? release.bases() : List.of(),
        judgement,
        neighbourhoods);
  }
}
