package io.assay.assertion.eval;

import io.assay.assertion.event.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the assertions of a stream remember of one key. Made, stored and restored by {@link
 * StreamJudge}; changed by judging, in one thread at a time.
 */
public final class KeyState {
  final String project;

  /** Of whom it is. */
  final EventNames names;

  final History history = new History();
  final RecentIds ids = new RecentIds();

  /** Events that wait until none before them can come, in order. */
  final List<Event> waiting = new ArrayList<>(0);

  /** One for each assertion of the judge, in its order. */
  final List<Memory> memories = new ArrayList<>();

  /** The latest event time seen; before the first event, the least there is. */
  long latest = Long.MIN_VALUE;

  /** Of the newest event by event time: when it happened. */
  long newest = Long.MIN_VALUE;

  /** And when it was received; the least there is where that is not known. */
  long newestReceived = Long.MIN_VALUE;

  /** Event time judged last. */
  long judged = Long.MIN_VALUE;

  /** Place of the event judged last among those of its instant. */
  int ordinal;

  private @Nullable SliceMemo slices;

  /** Events and memories are missing, as nobody knows which fields the stored rows had. */
  boolean cut;

  KeyState(String project, EventNames names, int assertions) {
    this.project = project;
    this.names = names;
    for (int i = 0; i < assertions; i++) {
      memories.add(new Memory());
    }
  }

  SliceMemo slices() {
    SliceMemo known = slices == null ? new SliceMemo() : slices;
    slices = known;
    return known;
  }

  public String key() {
    return names.key();
  }
}
