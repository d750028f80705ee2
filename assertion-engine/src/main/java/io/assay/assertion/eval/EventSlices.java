package io.assay.assertion.eval;

import io.assay.assertion.SliceValue;
import io.assay.assertion.Tally;
import io.assay.assertion.eval.term.BoolTerm;
import io.assay.assertion.eval.term.Frame;
import io.assay.assertion.eval.term.TermCompiler;
import io.assay.assertion.event.Row;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.rule.ir.CheckedRules;
import io.assay.assertion.rule.ir.DeclaredStream;
import io.assay.assertion.rule.ir.Local;
import java.util.List;
import java.util.Optional;

/**
 * The declared slices of a stream by which verdicts are counted. An event is looked at when the
 * first verdict falls at it, and not again; one at which none falls is not looked at.
 */
final class EventSlices {
  /** Of a stream that declares none. */
  static final EventSlices NONE = new EventSlices();

  private final List<BoolTerm> conditions;
  private final Frame frame;
  private final Optional<Local> event;

  private EventSlices() {
    conditions = List.of();
    frame = new Frame(0);
    event = Optional.empty();
  }

  private EventSlices(DeclaredStream stream) {
    var terms = new TermCompiler(stream.type().size());
    conditions = stream.counted().stream().map(slice -> terms.bool(slice.condition())).toList();
    frame = new Frame(stream.locals());
    event = Optional.of(stream.event());
  }

  static EventSlices of(CheckedRules rules, StreamType stream) {
    return rules
        .declared(stream)
        .filter(declared -> !declared.slices().isEmpty())
        .map(EventSlices::new)
        .orElse(NONE);
  }

  boolean isEmpty() {
    return conditions.isEmpty();
  }

  /** The values of all slices at an event of a key, put together as {@link SliceValue} tells. */
  int of(KeyState key, Past past) {
    SliceMemo memo = key.slices();
    if (!memo.knows(past.sequence())) {
      memo.keep(past.sequence(), past.row() == null ? 0 : of(past.row()));
    }
    return memo.of(past.sequence());
  }

  /** Counts at an event that is not in order yet, and so has no place among those of its key. */
  void count(String assertion, Tally tally, long at, Row row, Verdicts out) {
    if (isEmpty()) {
      out.count(assertion, "", tally, Moment.minute(at), 1);
    } else {
      out.count(assertion, "", tally, Moment.minute(at), 1, of(row));
    }
  }

  private int of(Row row) {
    event.ifPresent(local -> frame.setReference(local, row));
    int all = 0;
    for (int i = 0; i < conditions.size(); i++) {
      all = value(conditions.get(i)).put(all, i);
    }
    return all;
  }

  /** Whatever it has no value for, and if it fails: who judges by the slice fails for itself. */
  private SliceValue value(BoolTerm condition) {
    try {
      return condition.test(frame) ? SliceValue.TRUE : SliceValue.FALSE;
    } catch (RuntimeException e) {
      return SliceValue.UNDECIDED;
    }
  }
}
