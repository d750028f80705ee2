package io.assay.stream.assertions;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.eval.TruthFate;
import io.assay.assertion.eval.Verdicts;
import io.assay.assertion.eval.WindowFigures;
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
  private final List<Failure> failures = new ArrayList<>();
  private final List<Voice> voices = new ArrayList<>(0);
  private final List<Turned> truths = new ArrayList<>();
  private final List<WindowFigures> figures = new ArrayList<>();
  private final boolean takesFigures;
  private final Map<String, String> streams;
  private final Map<String, List<String>> slices;
  private final List<Counted> counted = new ArrayList<>();
  private int counts;
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

  /** What became of a truth. */
  record Turned(String truth, TruthFate fate) {}

  /** That a key is silent, or speaks; of each assertion and key the last one holds. */
  sealed interface Voice {
    /** {@code received}: since when, by the clock of arrivals; the least there is if unknown. */
    record Silent(Violation violation, long received) implements Voice {}

    record Speaks(String stream, String assertion, String key, long at) implements Voice {}
  }

  record Failure(String stream, String assertion, String message) {}

  /** {@code streams}: of each assertion, but not of those that every stream has. */
  Gathered(Map<String, String> streams) {
    this(streams, Map.of());
  }

  /** {@code slices}: by stream those by which is counted, of streams that have any. */
  Gathered(Map<String, String> streams, Map<String, List<String>> slices) {
    this(streams, slices, false);
  }

  private Gathered(
      Map<String, String> streams, Map<String, List<String>> slices, boolean takesFigures) {
    this.streams = streams;
    this.slices = slices;
    this.takesFigures = takesFigures;
  }

  /** One that takes figures of windows, too. */
  static Gathered withFigures() {
    return new Gathered(Map.of(), Map.of(), true);
  }

  /** {@code now}: the stream of the event that is judged, or of which nothing came. */
  void clear(String now) {
    stream = now;
    found.clear();
    counts = 0;
    failures.clear();
    voices.clear();
    truths.clear();
    figures.clear();
    late = null;
    duplicates = 0;
  }

  @Override
  public void violation(Violation violation) {
    found.add(new Found(violation));
  }

  @Override
  public void count(String assertion, String expectation, Tally tally, long minute, long by) {
    next(assertion, expectation).set(tally, minute, by);
  }

  @Override
  public void count(
      String assertion, String expectation, Tally tally, long minute, long by, int inSlices) {
    next(assertion, expectation).set(tally, minute, by, inSlices);
  }

  private Counted next(String assertion, String expectation) {
    if (counts == counted.size()) {
      counted.add(new Counted());
    }
    Counted next = counted.get(counts++);
    if (!next.is(stream, assertion, expectation)) {
      CountSheet.Name name = name(assertion, expectation);
      next.name(name, stream, slices.getOrDefault(name.stream(), List.of()));
    }
    return next;
  }

  private CountSheet.Name name(String assertion, String expectation) {
    var name = new CountSheet.Name(streamOf(assertion), assertion, expectation);
    CountSheet.Name known = names.putIfAbsent(name, name);
    return known == null ? name : known;
  }

  @Override
  public void silent(Violation violation, long received) {
    voices.add(new Voice.Silent(violation, received));
  }

  @Override
  public void speaks(String assertion, String key, long at) {
    voices.add(new Voice.Speaks(streamOf(assertion), assertion, key, at));
  }

  @Override
  public void truth(String name, String id, TruthFate fate) {
    truths.add(new Turned(name, fate));
  }

  @Override
  public boolean takesFigures() {
    return takesFigures;
  }

  @Override
  public void figures(WindowFigures window) {
    figures.add(window);
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

  /** Valid until the next is judged. */
  List<Counted> counts() {
    return counted.subList(0, counts);
  }

  List<Failure> failures() {
    return failures;
  }

  /** In the order in which it was said. */
  List<Voice> voices() {
    return voices;
  }

  List<WindowFigures> figures() {
    return figures;
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
