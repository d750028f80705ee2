package io.assay.assertion.rule.ir;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.Span;
import java.util.List;
import java.util.Optional;

/**
 * A test that stands beside the rules.
 *
 * @param assertion the name of the assertion under test
 * @param title the sentence
 */
public record CheckedTest(
    String assertion, String title, List<Given> given, List<Expected> expected, Span span) {
  public CheckedTest {
    given = List.copyOf(given);
    expected = List.copyOf(expected);
  }

  /** Events to feed. */
  public sealed interface Given {
    StreamType stream();

    Span span();

    /**
     * Events made from a pattern: the first at 0, then one every {@code everyNanos}.
     *
     * @param values fields of the event, constant terms, by dotted name
     * @param list the list that the element is put into, if any
     * @param element its fields
     * @param seen one character an event, 1 with the element, 0 without; empty: one event with it
     */
    record Pattern(
        StreamType stream,
        long everyNanos,
        List<Value> values,
        Optional<String> list,
        List<Value> element,
        String seen,
        Span span)
        implements Given {
      public Pattern {
        values = List.copyOf(values);
        element = List.copyOf(element);
      }
    }

    /** JSON Lines beside the rule file. */
    record Lines(StreamType stream, String file, Span span) implements Given {}
  }

  /** A field and its value. */
  public record Value(String name, Term term) {}

  /** What must come out. */
  public sealed interface Expected {
    /** A violation whose deciding event is {@code atNanos} after the first, with these values. */
    record ViolationAt(long atNanos, List<Value> with, Span span) implements Expected {
      public ViolationAt {
        with = List.copyOf(with);
      }
    }

    record Violations(long count, Span span) implements Expected {}

    record Silence(Span span) implements Expected {}

    record Undecided(Span span) implements Expected {}
  }
}
