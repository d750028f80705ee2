package io.assay.assertion.eval;

import io.assay.assertion.Tally;
import io.assay.assertion.eval.term.Evidence;
import io.assay.assertion.eval.term.NoValue;
import io.assay.assertion.eval.term.ReferenceTerm;
import io.assay.assertion.event.Durations;
import io.assay.assertion.event.Event;
import io.assay.assertion.event.None;
import io.assay.assertion.event.Row;
import io.assay.assertion.rule.ir.CheckedAssertion;
import io.assay.assertion.rule.ir.Context.Versions;
import io.assay.assertion.rule.ir.Kind;
import io.assay.assertion.rule.ir.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code compare VERSION by INPUT}: each two events of a key that judged one input by different
 * versions are a pair, judged when the later one comes.
 *
 * <p>Lines over windows are judged elsewhere, by the pairs that {@link #arrived} finds. Those do
 * not wait until events are in order: a window may be over before the next event of the key comes.
 */
final class CompareJudgement implements Judgement {
  private final Scope scope;
  private final Versions versions;
  private final VersionOrder order;
  private final ReferenceTerm version;
  private final ReferenceTerm input;
  private final ExpectLines lines;

  /** How long a line without a window waits for the other version. */
  private final long patience;

  /** The longest window; 0 where no line has one. */
  private final long window;

  private final boolean hidden;

  CompareJudgement(CheckedAssertion assertion, Kind.Expect kind) {
    this.scope = new Scope(assertion);
    this.versions = assertion.context().versions().orElseThrow();
    this.order = VersionOrder.of(versions.version());
    this.version = scope.terms.value(versions.version());
    this.input = scope.terms.value(versions.input());
    this.lines = new ExpectLines(scope, kind);
    this.patience = versions.patience();
    this.window = longest(kind);
    this.hidden =
        Evidence.isHidden(scope.terms, versions.input())
            || Evidence.isHidden(scope.terms, versions.version());
  }

  private long longest(Kind.Expect kind) {
    return kind.expectations().stream()
        .flatMap(line -> line.window().stream())
        .mapToLong(versions::reach)
        .max()
        .orElse(0);
  }

  @Override
  public CheckedAssertion assertion() {
    return scope.assertion;
  }

  @Override
  public void judge(Memory memory, Moment moment) {
    if (lines.isEmpty()) {
      return;
    }
    forget(memory, moment, moment.now().at());
    lines.count(moment, "", Tally.SEEN, 1);
    bind(null, null, moment.row());
    switch (scope.passes()) {
      case NO -> {}
      case UNKNOWN -> lines.undecided(moment, scope.unknown());
      case YES -> {
        lines.count(moment, "", Tally.PASSED, 1);
        Past now = moment.now();
        try {
          meet(memory.halves(), half(now.at(), moment.row(), now), moment);
        } catch (NoValue e) {
          lines.undecided(moment, e.reason());
        }
      }
    }
  }

  /** Reads what the event bound judged, and by which version. */
  private Halves.Half half(long at, Row row, @Nullable Past past) {
    return new Halves.Half(
        value(input, versions.input()), value(version, versions.version()), at, row, past);
  }

  private Object value(ReferenceTerm term, Term written) {
    Object value = term.value(scope.frame);
    if (value == None.NULL || value == Term.Null.NULL) {
      String name = written instanceof Term.Select select ? select.field().name() : "a value";
      throw NoValue.missing(scope.assertion.on().name() + "." + name + " is missing");
    }
    return value;
  }

  private void meet(Halves halves, Halves.Half now, Moment moment) {
    for (Halves.Half other : halves.others(now, patience)) {
      other.met = true;
      now.met = true;
      boolean isOld = order.compare(other.version, now.version) < 0;
      judge(isOld ? other : now, isOld ? now : other, other, moment);
    }
    halves.add(now, lost -> alone(lost, moment, "more inputs wait for another version than fit"));
  }

  private void judge(Halves.Half older, Halves.Half newer, Halves.Half earlier, Moment moment) {
    bind(older.row, newer.row, null);
    Past from = Objects.requireNonNull(older.past);
    Past to = Objects.requireNonNull(newer.past);
    String subject =
        "%s %s@%s %s@%s"
            .formatted(older.input, older.version, instant(from), newer.version, instant(to));
    String label = "%s: %s and %s".formatted(older.input, older.version, newer.version);
    ExpectLines.Telling telling =
        (line, of, element, severity) -> {
          scope.event(newer.row); // a correction of the line before may have left another
          return new Finding(
              moment,
              scope,
              line.name(),
              shown(subject),
              shown(label),
              List.of(Objects.requireNonNull(earlier.past), moment.now()),
              severity,
              scope.sentence(() -> line.unmet().sentence("the pair")),
              line.evidence().values(scope.frame),
              List.of(new Finding.Shown(from, "old", -1), new Finding.Shown(to, "new", -1)));
        };
    try {
      lines.judge(moment, -1, telling);
    } finally {
      lines.tell(moment);
    }
  }

  /** Told apart from other events of the same. */
  private static String instant(Past past) {
    return past.ordinal() == 0 ? Long.toString(past.at()) : past.at() + "." + past.ordinal();
  }

  private String shown(String text) {
    return hidden ? Evidence.masked(text) : text;
  }

  /** The rows of a pair, the newer one as the event; or an event alone. */
  private void bind(@Nullable Row older, @Nullable Row newer, @Nullable Row alone) {
    bind(scope, versions, older, newer);
    scope.event(Objects.requireNonNull(newer == null ? alone : newer));
  }

  static void bind(Scope scope, Versions versions, @Nullable Row older, @Nullable Row newer) {
    if (older == null || newer == null) {
      scope.frame.clear(versions.older());
      scope.frame.clear(versions.newer());
    } else {
      scope.frame.setReference(versions.older(), older);
      scope.frame.setReference(versions.newer(), newer);
    }
  }

  /** No event of the key can come any more before this time. */
  private void forget(Memory memory, Moment moment, long clock) {
    if (memory.hasHalves()) {
      String reason =
          "no other version has judged the input within %s".formatted(Durations.print(patience));
      memory.halves().forgetBefore(clock - patience, gone -> alone(gone, moment, reason));
    }
  }

  private void alone(Halves.Half half, Moment moment, String reason) {
    if (!half.met) {
      Past past = Objects.requireNonNull(half.past);
      lines.undecided(moment.at(past), reason);
    }
  }

  @Override
  public long due(Memory memory) {
    if (lines.isEmpty() || !memory.hasHalves()) {
      return Long.MAX_VALUE;
    }
    for (Halves.Half half : memory.halves().all()) {
      if (!half.met) {
        return half.at + patience;
      }
    }
    return Long.MAX_VALUE;
  }

  @Override
  public void passed(Memory memory, Moment last, long clock) {
    forget(memory, last, clock);
  }

  /** The pairs that windows count of an event, whether or not it is in order. */
  List<Taken.Pair> arrived(Memory memory, Event event, EventSlices slices, Verdicts out) {
    if (window == 0) {
      return List.of();
    }
    Halves halves = memory.arrived();
    bind(null, null, event.root());
    List<Taken.Pair> pairs = new ArrayList<>();
    if (scope.passes() == Scope.Passes.YES) {
      try {
        Halves.Half now = half(event.at(), event.root(), null);
        halves.others(now, window).forEach(other -> pairs.add(pair(other, now)));
        halves.add(now, lost -> tooMany(lost, slices, out));
      } catch (NoValue e) {
        return List.of(); // nobody knows what it judged: the event is no half of a pair
      }
    }
    return pairs;
  }

  private Taken.Pair pair(Halves.Half other, Halves.Half now) {
    boolean isOld = order.compare(other.version, now.version) < 0;
    return new Taken.Pair(
        scope.assertion.name(),
        isOld ? other.row : now.row,
        isOld ? now.row : other.row,
        Math.max(other.at, now.at),
        Math.abs(other.at - now.at));
  }

  private void tooMany(Halves.Half lost, EventSlices slices, Verdicts out) {
    String reason = "more inputs wait for another version than fit";
    slices.count(scope.assertion.name(), Tally.UNDECIDED, lost.at, lost.row, out);
    out.undecided(scope.assertion.name(), "", lost.at, reason);
  }

  /** No event of the key can come any more before this time. */
  void forgetArrived(Memory memory, long before) {
    if (window > 0 && memory.hasArrived()) {
      memory.arrived().forgetBefore(before - window, gone -> {});
    }
  }
}
