package io.assay.stream.assertions;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.eval.TruthFate;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.event.Event;
import java.util.ArrayList;
import java.util.HashMap;
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
  private final List<Lately> lately = new ArrayList<>();
  private final Map<CountSheet.Name, CountSheet.Name> names = new HashMap<>();
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

  /** Under which name something was counted at a place among an event's counts. */
  private record Lately(String stream, String assertion, String expectation, CountSheet.Name name) {
    boolean is(String otherStream, String otherAssertion, String otherExpectation) {
      return assertion.equals(otherAssertion)
          && expectation.equals(otherExpectation)
          && stream.equals(otherStream);
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
    counts.add(new Count(name(assertion, expectation), tally, minute, by));
  }

  /** An event is counted as the one before was, mostly: names are looked up in that order. */
  private CountSheet.Name name(String assertion, String expectation) {
    int place = counts.size();
    if (place < lately.size() && lately.get(place).is(stream, assertion, expectation)) {
      return lately.get(place).name();
    }
    var name = new CountSheet.Name(streamOf(assertion), assertion, expectation);
    CountSheet.Name known = names.putIfAbsent(name, name);
    var now = new Lately(stream, assertion, expectation, known == null ? name : known);
    if (place < lately.size()) {
      lately.set(place, now);
    } else {
      lately.add(now);
    }
    return now.name();
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
