package io.assay.stream.assertions;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.eval.TruthFate;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What judging one event brought forth; nothing of it leaves before the judge has come to an end.
 */
final class Gathered implements Verdicts {
  private final List<Found> found = new ArrayList<>();
  private final List<Count> counts = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private final List<Turned> truths = new ArrayList<>();
  private final Map<String, String> streams;
  private String stream = "";
  private @Nullable LateReason late;
  private int duplicates;

  /** A violation and the record it becomes. */
  static final class Found {
    private final Violation violation;
    private final byte[] json;

    Found(Violation violation) {
      this.violation = violation;
      this.json = ViolationJson.write(violation);
    }

    Violation violation() {
      return violation;
    }

    byte[] json() {
      return json;
    }
  }

  record Count(CountSheet.Name name, Tally tally, long minute, long by) {}

  /** What became of a truth. */
  record Turned(String truth, TruthFate fate) {}

  record Failure(String stream, String assertion, String message) {}

  /** {@code streams}: of each assertion, but not of those that every stream has. */
  Gathered(Map<String, String> streams) {
    this.streams = streams;
  }

  /** {@code now}: the stream of the event that is judged, or of which nothing came. */
  void clear(String now) {
    stream = now;
    found.clear();
    counts.clear();
    failures.clear();
    truths.clear();
    late = null;
    duplicates = 0;
  }

  @Override
  public void violation(Violation violation) {
    found.add(new Found(violation));
  }

  @Override
  public void count(String assertion, String expectation, Tally tally, long minute, long by) {
    var name = new CountSheet.Name(streamOf(assertion), assertion, expectation);
    counts.add(new Count(name, tally, minute, by));
  }

  @Override
  public void truth(String name, String id, TruthFate fate) {
    truths.add(new Turned(name, fate));
  }

  @Override
  public void late(Event event, LateReason reason) {
    late = reason;
  }

  @Override
  public void duplicate(Event event) {
    duplicates++;
  }

  @Override
  public void error(String assertion, String message) {
    failures.add(new Failure(streamOf(assertion), assertion, message));
  }

  private String streamOf(String assertion) {
    return streams.getOrDefault(assertion, stream);
  }

  List<Found> found() {
    return found;
  }

  List<Count> counts() {
    return counts;
  }

  List<Failure> failures() {
    return failures;
  }

  List<Turned> truths() {
    return truths;
  }

  /** Why the event was not judged; null when it was. */
  @Nullable LateReason late() {
    return late;
  }

  int duplicates() {
    return duplicates;
  }
}
