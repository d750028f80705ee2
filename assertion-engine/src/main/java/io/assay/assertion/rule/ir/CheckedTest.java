package io.assay.assertion.rule.ir;

import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.Span;
import java.util.List;

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
     * Events made from a pattern.
     *
     * @param times when they come, and how many
     * @param values fields of the event, by dotted name; terms of the series' variables
     * @param records records of the event, and elements of its lists
     * @param seen one character an event, 1 with the first element of the first list, 0 without,
     *     over again where it is shorter; empty: all with it
     */
    record Pattern(
        StreamType stream,
        Times times,
        List<Value> values,
        List<Records> records,
        String seen,
        Series series,
        Span span)
        implements Given {
      public Pattern {
        values = List.copyOf(values);
        records = List.copyOf(records);
      }
    }

    /**
     * A record, or the elements of a list of records.
     *
     * @param isList whether the field is a list
     * @param records the values of each; one where the field is no list
     */
    record Records(String field, boolean isList, List<List<Value>> records) {
      public Records {
        records = records.stream().map(List::copyOf).toList();
      }
    }

    /** JSON Lines beside the rule file. */
    record Lines(StreamType stream, String file, Span span) implements Given {}
  }

  /**
   * When the events of a series come, from the test's beginning.
   *
   * @param count how many there are
   */
  public record Times(long everyNanos, long fromNanos, long count) {
    /** Of an event, the first of which is 0. */
    public long of(long index) {
      return fromNanos + index * everyNanos;
    }
  }

  /**
   * The variables of a series' values.
   *
   * @param index the number of the event, from 0
   * @param locals how many variables there are
   */
  public record Series(Local index, int locals, List<Generator> generators) {
    public Series {
      generators = List.copyOf(generators);
    }
  }

  /**
   * Makes another value for each event; the same ones in every run.
   *
   * @param local stands for the value in expressions
   * @param place the field that it is for, and which generator there: chance begins with it
   * @param share what it makes of a ratio stays in 0 .. 1
   */
  public record Generator(Local local, How how, List<Term> arguments, String place, boolean share) {
    public Generator {
      arguments = List.copyOf(arguments);
    }

    /** Where the values come from. */
    public enum How {
      /** One after the other, over and over. */
      CYCLE,
      /** Each time any of them. */
      CHOICE,
      /** Any number between two. */
      UNIFORM,
      /** A number of a normal distribution. */
      NORMAL,
      /** In equal steps from the first to the last. */
      RAMP
    }
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

    /**
     * What a correction proposes for the event {@code atNanos} after the first.
     *
     * @param without the output must not have it
     * @param field of the event, or the list that the element is in
     * @param isRecord whether the values are those of a record, or of an element of a list
     * @param values of the field, or of the record's fields that the test cares for
     */
    record Corrected(
        long atNanos,
        boolean without,
        String field,
        boolean isRecord,
        List<Value> values,
        Span span)
        implements Expected {
      public Corrected {
        values = List.copyOf(values);
      }
    }
  }
}
