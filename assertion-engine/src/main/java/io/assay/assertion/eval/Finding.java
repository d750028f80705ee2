package io.assay.assertion.eval;

import io.assay.assertion.Violation;
import io.assay.assertion.ViolationJson;
import io.assay.assertion.eval.term.Evidence;
import io.assay.assertion.rule.ir.CheckedAssertion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a kind of assertion has found wrong: becomes a violation with an id and evidence within the
 * size limit.
 *
 * @param span the events at fault, in order; never empty
 * @param around the events to show, each with its role
 */
record Finding(
    Moment moment,
    Scope scope,
    String expectation,
    String subject,
    String label,
    List<Past> span,
    double severity,
    String sentence,
    List<Violation.Value> values,
    List<Shown> around,
    Optional<Object> element,
    List<Violation.Corrected> corrections) {

  Finding(
      Moment moment,
      Scope scope,
      String expectation,
      String subject,
      String label,
      List<Past> span,
      double severity,
      String sentence,
      List<Violation.Value> values,
      List<Shown> around) {
    this(
        moment,
        scope,
        expectation,
        subject,
        label,
        span,
        severity,
        sentence,
        values,
        around,
        Optional.empty(),
        List.of());
  }

  /** Of a longer span so many events are named, unless there is room for all. */
  private static final int MOST_REFERENCES = 1000;

  /**
   * An event to show.
   *
   * @param origin of an event of another stream; none: of the stream judged
   */
  record Shown(Past event, String role, int subjectIndex, Optional<Origin> origin) {
    Shown(Past event, String role, int subjectIndex) {
      this(event, role, subjectIndex, Optional.empty());
    }
  }

  /** Another stream, and what of its events is evidence. */
  record Origin(String stream, EventFields fields) {}

  /** The same, about an element that is not found by its place in {@code each}. */
  Finding about(Object subjectRow) {
    return new Finding(
        moment,
        scope,
        expectation,
        subject,
        label,
        span,
        severity,
        sentence,
        values,
        around,
        Optional.of(subjectRow),
        corrections);
  }

  /** Its episode is its own until whoever remembers earlier ones says otherwise. */
  Violation violation() {
    return new Finding(
            moment,
            scope,
            expectation,
            subject,
            label,
            span,
            severity,
            sentence,
            values,
            around,
            element,
            scope.corrections(this))
        .fitted();
  }

  private Violation fitted() {
    Violation whole = frozen(Violation.MOST_EVENTS, span.size(), false);
    if (roughSize(whole) <= Violation.MOST_BYTES / 4) {
      return whole;
    }
    int shown = Math.min(around.size(), Violation.MOST_EVENTS);
    int references = span.size();
    Violation smaller = whole;
    while (ViolationJson.write(smaller).length > Violation.MOST_BYTES) {
      if (references > MOST_REFERENCES) {
        references = MOST_REFERENCES;
      } else if (shown > 0) {
        shown = shown == 1 ? 0 : Math.max(1, shown / 2);
      } else if (references > 2) {
        references /= 2;
      } else {
        return bare();
      }
      smaller = frozen(shown, references, true);
    }
    return smaller;
  }

  private static long roughSize(Violation violation) {
    long size = violation.spanEvents().size() * 160L + 1024 + 4L * violation.sentence().length();
    for (Violation.FrozenEvent event : violation.events()) {
      size += 4L * event.fields().length();
    }
    for (Violation.Corrected corrected : violation.corrections()) {
      size += 4L * corrected.fields().length();
    }
    for (Violation.Value value : violation.values()) {
      size += 4L * (value.value().length() + value.expression().length());
    }
    return size;
  }

  /** All that is of unbounded length left out: sentences and values may hold a user's own text. */
  private Violation bare() {
    int longest = 4096;
    String cut = sentence.length() > longest ? sentence.substring(0, longest) + "…" : sentence;
    return new Finding(
            moment, scope, expectation, subject, label, span, severity, cut, List.of(), List.of())
        .frozen(0, 2, true);
  }

  private Violation frozen(int mostShown, int mostReferences, boolean truncated) {
    CheckedAssertion assertion = scope.assertion;
    Past deciding = moment.now();
    String key = moment.key().key();
    List<Violation.FrozenEvent> events = new ArrayList<>();
    for (Shown shown : evenly(worthShowing(mostShown), mostShown)) {
      Past event = shown.event();
      events.add(
          new Violation.FrozenEvent(
              event.id(),
              event.at(),
              shown.origin().map(Origin::stream).orElse(assertion.on().name()),
              shown.role(),
              shown.subjectIndex(),
              shown.origin().map(Origin::fields).orElse(scope.fields).freeze(event.row())));
    }
    List<Violation.EventReference> references = new ArrayList<>();
    for (Past event : evenly(span, mostReferences)) {
      references.add(new Violation.EventReference(event.id(), event.at(), event.source()));
    }
    String id =
        Hashes.of(
            moment.key().project,
            assertion.judgementHash(),
            expectation,
            key,
            Evidence.unmarked(subject),
            deciding.id());
    return new Violation(
        id,
        moment.key().project,
        assertion.name(),
        assertion.judgementHash(),
        expectation,
        assertion.on().name(),
        key,
        subject,
        label,
        span.getFirst().at(),
        span.getLast().at(),
        deciding.at(),
        deciding.id(),
        severity,
        assertion.level(),
        assertion.mode(),
        sentence,
        distinct(values),
        events,
        references,
        Optional.ofNullable(deciding.version()),
        id,
        mostShown == 0 ? List.of() : corrections,
        truncated
            || events.size() < around.size()
            || references.size() < span.size()
            || hasHoles());
  }

  /** Of a stretch that is too long not all events are kept. Two events may lie apart. */
  private boolean hasHoles() {
    return span.size() > 2 && span.getLast().sequence() - span.getFirst().sequence() >= span.size();
  }

  /** Where there are more than are shown, those whose fields are still kept. */
  private List<Shown> worthShowing(int most) {
    return around.size() <= most
        ? around
        : around.stream().filter(shown -> shown.event().row() != null).toList();
  }

  /** A name that the kind gives may also stand in severity. */
  private static List<Violation.Value> distinct(List<Violation.Value> values) {
    Set<String> expressions = new HashSet<>();
    return values.stream().filter(value -> expressions.add(value.expression())).toList();
  }

  /** First, last, and evenly between. */
  static <T> List<T> evenly(List<T> all, int most) {
    if (all.size() <= most) {
      return all;
    }
    if (most < 2) {
      return all.subList(0, most);
    }
    List<T> some = new ArrayList<>(most);
    for (int i = 0; i < most; i++) {
      some.add(all.get((int) ((long) i * (all.size() - 1) / (most - 1))));
    }
    return some;
  }
}
