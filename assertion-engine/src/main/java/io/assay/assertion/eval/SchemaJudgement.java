package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.Violation;
import io.assay.assertion.eval.term.Evidence;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.StreamType;
import io.assay.assertion.event.StructType;
import io.assay.assertion.event.Type;
import io.assay.assertion.rule.ir.CheckedAssertion;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The built-in {@code schema}: every value is of its declared type and range. One violation for
 * each that is not; its unit is the event.
 */
final class SchemaJudgement implements Judgement {
  static final String NAME = CheckedAssertion.SCHEMA;

  private final Scope scope;

  SchemaJudgement(StreamType stream) {
    this.scope = new Scope(assertion(stream));
  }

  private static CheckedAssertion assertion(StreamType stream) {
    return CheckedAssertion.schema(
        stream,
        EventFields.declared(stream.root(), ""),
        Hashes.of(NAME, stream.name(), stream.root().toString()));
  }

  @Override
  public CheckedAssertion assertion() {
    return scope.assertion;
  }

  @Override
  public void judge(Memory memory, Moment moment) {
    List<Event.Problem> problems = moment.problems();
    count(moment, Tally.SEEN);
    count(moment, Tally.PASSED);
    count(moment, Tally.JUDGED);
    count(moment, problems.isEmpty() ? Tally.HELD : Tally.VIOLATED);
    if (problems.isEmpty()) {
      return;
    }
    Set<String> told = new HashSet<>();
    for (Event.Problem problem : problems) {
      if (told.add(problem.path())) {
        moment.out().violation(finding(problem, moment).violation());
      }
    }
  }

  private Finding finding(Event.Problem problem, Moment moment) {
    String came = problem.came();
    if (isPrivate(problem.path())) {
      came = Evidence.masked(came);
    }
    String field = problem.path().isEmpty() ? "the event" : problem.path();
    String found = PayloadPath.of(scope.assertion.on().root(), problem.path());
    String where = found.equals(problem.path()) ? "" : " in '" + found + "'";
    return new Finding(
        moment,
        scope,
        "",
        problem.path(),
        field,
        List.of(moment.now()),
        1,
        "%s needs %s%s, came %s".formatted(field, problem.needed(), where, came),
        List.of(
            new Violation.Value(field, JsonValues.quote(came), false),
            new Violation.Value("needed", JsonValues.quote(problem.needed()), true)),
        List.of(new Finding.Shown(moment.now(), "at", elementOf(problem.path()))));
  }

  /** The place in the first list on the way; -1 where there is none. */
  private static int elementOf(String path) {
    int open = path.indexOf('[');
    return open < 0 ? -1 : Integer.parseInt(path, open + 1, path.indexOf(']', open), 10);
  }

  private boolean isPrivate(String path) {
    StructType struct = scope.assertion.on().root();
    for (String step : path.split("\\.", -1)) {
      int open = step.indexOf('[');
      Optional<StructType.Field> field = struct.field(open < 0 ? step : step.substring(0, open));
      if (field.isEmpty() || field.get().hidden()) {
        return field.isPresent();
      }
      Type type = field.get().type();
      if ((type instanceof Type.ListOf list ? list.element() : type) instanceof StructType nested) {
        struct = nested;
      }
    }
    return false;
  }

  private void count(Moment moment, Tally tally) {
    moment.count(NAME, "", tally, 1);
  }
}
