package io.assay.assertion;

import io.assay.assertion.event.Coordinates;
import java.util.List;
import java.util.Optional;

/**
 * A violated verdict with its evidence, frozen when it was given.
 *
 * @param id hex hash of project, judgement hash, expectation, key, subject and deciding event; the
 *     same live, replayed and in a backtest
 * @param expectation name or index of the violated {@code expect}; empty for kinds with one verdict
 * @param key of the events
 * @param subject what is at fault, as one text within the key: an identity and the start of its
 *     life, an index, a field
 * @param label what the subject is called in tables: the identity's value, or a number
 * @param from event time of the span's first event, nanoseconds
 * @param to of its last event; of a silence, when it had lasted too long
 * @param at of the deciding event; of a silence, when it had lasted too long
 * @param decidingEvent its id
 * @param severity > 0; only the order counts
 * @param sentence why, with values filled in; private fields stand between U+2063 marks, so that
 *     whoever shows it can mask them
 * @param values every sub-expression of the condition and severity, with its value
 * @param events what the rule read, of at most {@link #MOST_EVENTS} events in the span and around
 *     it
 * @param spanEvents ids and coordinates of all events of the span, in order
 * @param episode the id of the violation that opened the episode: of this assertion and subject,
 *     until it has been quiet for the assertion's T; its own where it opens one
 * @param corrections what the events should have been, as far as the rule says; proposals that may
 *     be wrong
 * @param truncated whether evidence was left out to keep the record within {@link #MOST_BYTES}
 */
public record Violation(
    String id,
    String project,
    String assertion,
    String judgementHash,
    String expectation,
    String stream,
    String key,
    String subject,
    String label,
    long from,
    long to,
    long at,
    String decidingEvent,
    double severity,
    Level level,
    Mode mode,
    String sentence,
    List<Value> values,
    List<FrozenEvent> events,
    List<EventReference> spanEvents,
    Optional<String> modelVersion,
    String episode,
    List<Corrected> corrections,
    boolean truncated) {

  /** Events whose fields are kept as evidence: first, last, and evenly between. */
  public static final int MOST_EVENTS = 16;

  /** The largest record, in bytes of its canonical JSON. */
  public static final int MOST_BYTES = 256 * 1024;

  public Violation {
    values = List.copyOf(values);
    events = List.copyOf(events);
    spanEvents = List.copyOf(spanEvents);
    corrections = List.copyOf(corrections);
    if (!(severity > 0)) {
      throw new IllegalArgumentException("a violation needs severity > 0, got " + severity);
    }
  }

  /**
   * A sub-expression and what it was.
   *
   * @param expression its text
   * @param value as JSON text
   * @param threshold whether it is a limit that the rule sets, not something observed
   */
  public record Value(String expression, String value, boolean threshold) {}

  /**
   * An event of the evidence.
   *
   * @param stream whose event it is; that of the violation, or one that it is joined with
   * @param role {@code before}, {@code gap}, {@code after}, {@code life}, {@code at}, {@code
   *     partner} or {@code around}
   * @param subjectIndex which element of the judged list is the subject; -1 where it is not there
   * @param fields the decoded fields that the rule read, and the media reference, as canonical JSON
   */
  public record FrozenEvent(
      String id, long at, String stream, String role, int subjectIndex, String fields) {}

  /**
   * An event as it should have been.
   *
   * @param id of the event, and {@code at} its time
   * @param actions what was done: {@code insert}, {@code remove}, {@code set}, {@code merge}
   * @param fields the whole of the event that is frozen as evidence, corrected, as canonical JSON
   */
  public record Corrected(String id, long at, List<String> actions, String fields) {
    public Corrected {
      actions = List.copyOf(actions);
    }
  }

  /** This violation as one of an episode that an earlier one has opened. */
  public Violation within(String opener) {
    return new Violation(
        id,
        project,
        assertion,
        judgementHash,
        expectation,
        stream,
        key,
        subject,
        label,
        from,
        to,
        at,
        decidingEvent,
        severity,
        level,
        mode,
        sentence,
        values,
        events,
        spanEvents,
        modelVersion,
        opener,
        corrections,
        truncated);
  }

  /** The same, which no event decides, but that until then none has come. */
  public Violation lasting(long until) {
    return new Violation(
        id,
        project,
        assertion,
        judgementHash,
        expectation,
        stream,
        key,
        subject,
        label,
        from,
        until,
        until,
        decidingEvent,
        severity,
        level,
        mode,
        sentence,
        values,
        events,
        spanEvents,
        modelVersion,
        episode,
        corrections,
        truncated);
  }

  /** The same without what may be of any length: the sentence cut, no values, no events. */
  public Violation withoutEvidence() {
    int longest = 4096;
    String cut = sentence.length() > longest ? sentence.substring(0, longest) + "…" : sentence;
    return new Violation(
        id,
        project,
        assertion,
        judgementHash,
        expectation,
        stream,
        key,
        subject,
        label,
        from,
        to,
        at,
        decidingEvent,
        severity,
        level,
        mode,
        cut,
        List.of(),
        List.of(),
        List.of(),
        modelVersion,
        episode,
        List.of(),
        true);
  }

  /** An event of the span, by identity and provenance. */
  public record EventReference(String id, long at, Coordinates source) {}
}
